"""Commands that look back: changes and the stock-take."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup

from tests.cli.terminal import Terminal


def test_changes_are_listed_since_a_day(seen: Terminal) -> None:
    assert "MEX published: self-assessment, cycle 2, en" in seen.run("changes", "--since", "2020-01-01").out
    assert seen.run("changes", "--since", "2999-01-01T00:00:00").out == "No changes.\n"


def test_changes_are_listed_up_to_a_day_which_is_included_and_of_one_country(seen: Terminal) -> None:
    today = datetime.now(UTC)
    yesterday = today - timedelta(days=1)
    assert "MEX published" in seen.run("changes", "méxico", "--until", f"{today:%Y-%m-%d}").out
    assert seen.run("changes", "--until", f"{yesterday:%Y-%m-%dT%H:%M:%S}").out == "No changes.\n"
    assert seen.run("changes", "Niger", "--json").json() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("changes", "--since", "yesterday"),
            "'yesterday' is no date: write 2026-12-09 or 2026-12-09T08:00:00 (UTC).",
        ),
        (
            ("changes", "--since", "2026-02-01", "--until", "2026-01-31"),
            "--since is later than the end, 2026-01-31 23:59 UTC.",
        ),
        (("changes", "Nigr"), "no State party is called 'Nigr'. Did you mean Niger (NER)"),
        (("stocktake", "--until", "2026-13-01"), "'2026-13-01' is no date"),
        (
            ("stocktake", "--since", "2026-02-01", "--until", "2026-01-31"),
            "--since is later than the end, 2026-01-31 23:59 UTC.",
        ),
        (("stocktake", "--since", "2999-01-01"), "--since is later than the end, "),
        (("stocktake", "--language", "xx"), "'xx' is not spoken here; these are: en, es, fr."),
        (("stocktake", "--format", "pdf"), "'pdf' is not one of"),
    ],
)
def test_what_cannot_be_meant_is_said_at_once(seen: Terminal, words: tuple[str, ...], said: str) -> None:
    done = seen.run(*words)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_the_stock_take_is_ready_to_be_pasted_in_three_forms_and_in_the_language_asked_for(
    seen: Terminal,
) -> None:
    markdown = seen.run("stocktake")
    assert (markdown.code, markdown.err) == (0, "")
    assert markdown.out.startswith("## Stock-take of the UNCAC reviews: 9 Dec ")
    assert "\n- **Mexico**: self-assessment (cycle 2): [English](<http" in markdown.out
    html = BeautifulSoup(seen.run("stocktake", "--format", "html", "--language", "fr").out, "html.parser")
    article = html.find("article")
    assert article
    assert article["lang"] == "fr"
    assert "Mexique\u202f: auto-évaluation (cycle 2)\u202f: Anglais (" in article.get_text()
    text = seen.run("stocktake", "--format", "text").out
    assert "\n• Mexico: self-assessment (cycle 2): English <http" in text


def test_the_stock_take_is_of_the_time_that_is_asked_for(seen: Terminal) -> None:
    done = seen.run("stocktake", "--since", "2019-12-09", "--until", "2020-12-08", "--format", "text")
    assert done.out.startswith("Stock-take of the UNCAC reviews: 9 Dec 2019 to 8 Dec 2020\n")
    assert "No page was read in this time, so nothing is known of it.\n" in done.out


def test_before_the_first_look_nothing_is_claimed(empty: Terminal) -> None:
    done = empty.run("stocktake", "--format", "text")
    assert done.code == 0
    assert "No page was read in this time" in done.out
