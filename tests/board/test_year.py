from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from monitor.alert.markup import plain
from monitor.board.piece import as_html, as_lines, as_markdown
from monitor.board.stocktake import stocktake
from monitor.board.style import CHAT, HTML, MARKDOWN, PLAIN
from monitor.board.view import View
from monitor.board.year import year
from monitor.language.speech import speak
from monitor.model import (
    Change,
    ChangeKind,
    Document,
    Dossier,
    KnownDocument,
    LookHistory,
    Looks,
    Pledge,
    PledgeState,
)
from tests.alert.samples import (
    CYCLES,
    EARLIER,
    ENGLISH,
    LONG_AGO,
    MEXICO,
    NIGER,
    NIGERIA,
    NOW,
    K,
    document,
    known,
)
from tests.dialogue.talk import LANGUAGES, view

DAY = timedelta(days=1)
OLD = NOW - 400 * DAY
REPORT, SUMMARY, SPANISH = (
    document(K.COUNTRY_REPORT),
    document(K.EXECUTIVE_SUMMARY, "1"),
    document(language="es"),
)
NEW = document(K.COUNTRY_REPORT, url="https://www.unodc.org/new.pdf")


def change(kind: ChangeKind, what: Document, code: str, at: datetime = NOW, **more: object) -> Change:
    return replace(Change(code, kind, what, at, at - DAY), **more)  # type: ignore[arg-type] # fields by name


def read(code: str, *documents: KnownDocument, first: datetime = OLD) -> Dossier:
    return Dossier(code, documents, first_read=first, last_read=NOW)


def busy() -> View:
    """A year in which everything was the case."""
    mexico = read(
        "MEX",
        known(document(), NOW, EARLIER),
        known(SPANISH, NOW, EARLIER),
        known(document(language="fr"), NOW, EARLIER),
        known(SUMMARY, NOW, EARLIER),
    )
    went: Mapping[str, Any] = {
        "missing_since": NOW - DAY,
        "last_there": EARLIER - DAY,
        "is_absence_told": True,
    }
    niger = read(
        "NER",
        known(REPORT, OLD, **went, is_absence_explained=True),
        known(NEW, NOW - DAY, EARLIER - DAY),
        known(document(), OLD, is_absence_told=True),
    )
    nigeria = read("NGA", known(document(), OLD, **went))
    changes = (
        change(ChangeKind.PUBLISHED, document(), "MEX", EARLIER),
        change(ChangeKind.PUBLISHED, SPANISH, "MEX", EARLIER),
        change(ChangeKind.PUBLISHED, document(language="fr"), "MEX", is_language_version=True),
        change(ChangeKind.PUBLISHED, SUMMARY, "MEX"),
        change(ChangeKind.REVISED, NEW, "NER", NOW - DAY, former_url=REPORT.url),
        change(ChangeKind.WITHDRAWN, document(), "NER", NOW - 3 * DAY),
        change(ChangeKind.RETURNED, document(), "NER", NOW - 2 * DAY),
        change(ChangeKind.WITHDRAWN, document(), "NGA", NOW - DAY),
    )
    of = view(mexico, niger, nigeria, changes=changes)
    fine = Looks(OLD, NOW - 9 * DAY, 5, 200, "ab"), Looks(NOW - 8 * DAY, NOW - 5 * DAY, 5, 403, "", "403")
    world = replace(
        of.world, looks={"NGA": LookHistory("NGA", (*fine, Looks(NOW - 4 * DAY, NOW, 9, 200, "ab")))}
    )
    signed = {
        "MEX": Pledge(PledgeState.SIGNATORY, "2026-03-01"),
        "NER": Pledge(PledgeState.SIGNATORY, "2026"),
        "NGA": Pledge(PledgeState.UNKNOWN),
    }
    return replace(of, world=world, countries=(NIGERIA, NIGER, MEXICO), cycles=CYCLES, pledges=signed)


def text(of: View, since: datetime | None = None, until: datetime | None = None) -> str:
    return "\n".join(as_lines(year(ENGLISH, stocktake(of, since, until), PLAIN), PLAIN))


def test_a_year_is_told_in_numbers_and_then_country_by_country() -> None:
    assert text(busy()) == (
        "Stock-take of the UNCAC reviews: 9 Dec 2025 to 24 Nov 2026\n"
        "Published: 1 in 1 country\n"
        "Replaced: 1 in 1 country\n"
        "Withdrawn: 2 in 2 countries\n"
        "\n"
        "How the numbers moved\n"
        "• Self-assessment (cycle 1): 0 → 0 (appeared: 0, disappeared: 0)\n"
        "• Country report (cycle 1): 0 → 0 (appeared: 0, disappeared: 0)\n"
        "• Executive summary (cycle 1): 0 → 1 (appeared: 1, disappeared: 0)\n"
        "• Self-assessment (cycle 2): 2 → 2 (appeared: 2, disappeared: 2)\n"
        "• Country report (cycle 2): 1 → 1 (appeared: 0, disappeared: 0)\n"
        "• Executive summary (cycle 2): 0 → 0 (appeared: 0, disappeared: 0)\n"
        "\n"
        "Published\n"
        "• Mexico: self-assessment (cycle 2): English <https://www.unodc.org/documents/self-assessment-2-en.pdf>"
        " · Spanish <https://www.unodc.org/documents/self-assessment-2-es.pdf>"
        " (appeared between 23 Nov 2026 08:00 and 24 Nov 2026 08:00 UTC)\n"
        "\n"
        "Replaced\n"
        "• Niger: country report (cycle 2): English <https://www.unodc.org/new.pdf>"
        " (the one before <https://www.unodc.org/documents/country-report-2-en.pdf>)"
        " (replaced between 22 Nov 2026 14:00 and 23 Nov 2026 14:00 UTC)\n"
        "\n"
        "Withdrawn\n"
        "• Niger: self-assessment (cycle 2): English <https://www.unodc.org/documents/self-assessment-2-en.pdf>"
        " (disappeared between 20 Nov 2026 14:00 and 21 Nov 2026 14:00 UTC; there again 22 Nov 2026)\n"
        "• Nigeria: self-assessment (cycle 2): English <https://www.unodc.org/documents/self-assessment-2-en.pdf>"
        " (disappeared between 22 Nov 2026 14:00 and 23 Nov 2026 14:00 UTC)\n"
        "\n"
        "Languages\n"
        "• Mexico: self-assessment (cycle 2) now also in French:"
        " French <https://www.unodc.org/documents/self-assessment-2-fr.pdf>"
        " (appeared between 23 Nov 2026 14:00 and 24 Nov 2026 14:00 UTC)\n"
        "\n"
        "Also listed\n"
        "• Mexico: executive summary (cycle 1): English <https://www.unodc.org/documents/executive-summary-1-en.pdf>"
        " (appeared between 23 Nov 2026 14:00 and 24 Nov 2026 14:00 UTC)\n"
        "\n"
        "New signatories of the Transparency Pledge\n"
        "• Mexico: 1 Mar 2026\n"
        "• Niger: 2026, the day is not known\n"
        "\n"
        "What could not be read for a day or more, as far as is remembered\n"
        "• Not read between 15 Nov 2026 14:00 and 20 Nov 2026 14:00 UTC: Nigeria\n"
        "\n"
        "Published: The country's profile page listed it when it was last read.\n"
        "Withdrawn: The page listed it once, and has not listed it for days in which it could be read; nobody said why.\n"
        "Source: the country profiles of UNODC, looked at several times a day."
    )


def test_a_quiet_year_says_that_nothing_was_published() -> None:
    quiet = replace(view(read("MEX", known(document(), OLD))), countries=(MEXICO,), cycles=CYCLES)
    told = text(quiet)
    assert "\nPublished: nothing\n\nHow the numbers moved\n" in told
    assert "• Self-assessment (cycle 2): 1 → 1 (appeared: 0, disappeared: 0)\n" in told
    assert "Withdrawn\n" not in told
    assert "We have looked since" not in told


def test_where_we_began_later_what_we_found_then_is_not_called_published() -> None:
    later = read("MEX", known(document(), LONG_AGO), first=LONG_AGO)
    told = text(replace(view(later), countries=(MEXICO,), cycles=CYCLES))
    assert (
        "\nPublished: nothing\n"
        "We have looked since 25 Oct 2026 14:00 UTC: what stood there then is not counted as published, "
        "and what happened before that is not known.\n" in told
    )
    assert "• Self-assessment (cycle 2): 1 → 1 (appeared: 0, disappeared: 0)\n" in told


@pytest.mark.parametrize("of", [view(), busy()])
def test_of_a_time_in_which_nobody_looked_nothing_is_claimed(of: View) -> None:
    told = text(of, OLD - 9 * DAY, OLD - DAY)
    assert told.split("\n")[1] == "No page was read in this time, so nothing is known of it."
    assert "Published: nothing" not in told
    assert "How the numbers moved" not in told
    assert "Never read" not in told


def test_many_countries_that_could_not_be_read_are_not_all_named() -> None:
    told = text(view(read("MEX")))
    assert "• Never read: Afghanistan, Albania, " in told
    assert ", Bolivia (Plurinational State of) and 171 more countries\n" in told


def test_as_many_as_are_named_are_named_and_no_more_are_counted() -> None:
    of = view(read("AFG"))
    told = text(replace(of, countries=of.countries[:21]))
    assert "• Never read: Albania, " in told
    assert told.count(", ") >= 19
    assert "more countr" not in told


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        (((8, 5, ""), (3, 0, "403")), "Not read since 19 Nov 2026 14:00 UTC: Mexico"),
        (((8, 5, "403"), (3, 0, "")), "Not read before 21 Nov 2026 14:00 UTC: Mexico"),
        (((8, 0, "403"),), "Never read: Mexico"),
    ],
)
def test_a_gap_says_from_when_to_when_as_far_as_is_remembered(
    runs: tuple[tuple[int, int, str], ...], words: str
) -> None:
    looks = tuple(Looks(NOW - a * DAY, NOW - b * DAY, 2, 200, "", why) for a, b, why in runs)
    of = view(read("MEX"))
    of = replace(of, countries=(MEXICO,), world=replace(of.world, looks={"MEX": LookHistory("MEX", looks)}))
    assert f"• {words}\n" in text(of)


def test_a_document_in_no_known_language_is_called_by_its_title_and_without_one_a_document() -> None:
    titled = document(language=None, title="Réponse\u202e *de* l'État")
    nameless = document(language=None, title=" \n", url="https://www.unodc.org/2.pdf")
    changes = tuple(change(ChangeKind.PUBLISHED, each, "MEX") for each in (titled, nameless))
    told = text(replace(view(read("MEX"), changes=changes), cycles=CYCLES))
    assert f"Réponse *de* l'État <{titled.url}> · document <https://www.unodc.org/2.pdf>" in told


def test_every_form_says_the_same_in_every_language() -> None:
    for code in LANGUAGES:
        say, found = speak(code), stocktake(busy())
        html = BeautifulSoup(as_html(year(say, found, HTML), HTML, code), "html.parser")
        marked = as_markdown(year(say, found, MARKDOWN), MARKDOWN)
        reader = MarkdownIt("commonmark").enable("table")
        read_markdown = BeautifulSoup(reader.render(marked), "html.parser")
        chat = [plain(line) for line in as_lines(year(say, found, CHAT), CHAT)]
        items = [each.get_text() for each in html.find_all("li")]
        assert items == [each.get_text() for each in read_markdown.find_all("li")]
        assert [f"• {each}" for each in items] == [
            line for line in chat if line.startswith("• ") and "→" not in line
        ]
        assert {a["href"] for a in html.find_all("a")} == {a["href"] for a in read_markdown.find_all("a")}
