"""``--json``: one document on stdout, with the names that docs/json.md promises."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from tests.cli.terminal import CODES, ROOT, Terminal

PROMISED = (ROOT / "docs/json.md").read_text("utf-8")
Names = set[str]


def promised(thing: str) -> Names:
    """Read the names of a thing out of docs/json.md: ``**A visit** `{code, outcome, …}`""."""
    if thing == "A document":
        example = re.search(r"```json\n(.*?)```", PROMISED, re.DOTALL)
        assert example
        return set(json.loads(example[1]))
    found = re.search(rf"\*\*{re.escape(thing)}\*\*[^{{]*\{{([^}}]*)\}}", PROMISED)
    assert found, thing
    return set(re.split(r",\s*", found[1]))


def every_document(value: Any) -> list[Any]:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        own = [value] if "first_seen" in value else []
        return own + [found for inner in value.values() for found in every_document(inner)]
    return [found for inner in value for found in every_document(inner)] if isinstance(value, list) else []


@pytest.mark.parametrize("words", [("documents",), ("changes",), ("status",)])
def test_documents_have_the_names_promised_wherever_they_stand(seen: Terminal, words: tuple[str]) -> None:
    done = seen.run(*words, "--json")
    documents = every_document(done.json())
    assert (done.code, done.err) == (0, "")
    assert documents
    assert {frozenset(document) for document in documents} == {frozenset(promised("A document"))}


def test_changes_have_the_names_promised(seen: Terminal) -> None:
    [change] = seen.run("changes", "--json").json()
    assert set(change) == promised("A change")
    assert (change["country"], change["kind"]) == ("MEX", "published")
    assert set(change["document"]["evidence"][0]) == {"of", "where", "words"}


def test_countries_have_the_names_promised(seen: Terminal) -> None:
    countries = seen.run("status", "--json").json()
    assert {each["country"] for each in countries} == set(CODES)
    assert {frozenset(each) for each in countries} == {frozenset(promised("A country"))}
    cells = [cell for each in countries for row in each["cycles"] for cell in row["kinds"].values()]
    assert {frozenset(cell) for cell in cells} == {frozenset({"state", "why", "documents"})}
    assert {frozenset(each["pledge"]) for each in countries} == {frozenset({"state", "signed", "source"})}


def test_visits_have_the_names_promised_and_the_alert_goes_elsewhere(terminal: Terminal) -> None:
    done = terminal.run("sweep", "--json")
    visits = done.json()
    assert done.code == 0
    assert sorted(each["code"] for each in visits) == sorted(CODES)
    assert {frozenset(each) for each in visits} == {frozenset(promised("A visit"))}


def test_an_alert_shown_in_the_terminal_does_not_mix_with_the_json(empty: Terminal) -> None:
    done = empty.run("sweep", "--json")
    assert len(done.json()) == len(CODES)
    assert "First look" in done.err


def test_a_page_that_was_read_has_the_names_promised(seen: Terminal) -> None:
    address = seen.site.profile_url.format(code="MEX")
    read = seen.run("read", address, "--country", "MEX", "--json").json()
    assert set(read) == {"country", "url", "error", "links"}
    assert {frozenset(link) for link in read["links"]} == {frozenset(promised("A link"))}
    assert {frozenset(words) for link in read["links"] for words in link["words"]} == {
        frozenset({"where", "text"})
    }
    assert read["error"] is None
    documents = [link["document"] for link in read["links"] if link["document"]]
    assert {frozenset(document) for document in documents} == {frozenset(promised("A document"))}


def test_a_right_configuration_has_no_mistakes(seen: Terminal) -> None:
    assert seen.run("check", "--json").json() == {"mistakes": [], "online": None}


def test_mistakes_have_the_names_promised(empty: Terminal) -> None:
    empty.set(SOURCE__SPACING="often", LOG__LEVEL="loud")
    done = empty.run("check", "--json")
    found = done.json()
    assert (done.code, done.err, found["online"]) == (2, "", None)
    assert {frozenset(mistake) for mistake in found["mistakes"]} == {
        frozenset({"file", "key", "value", "expected"})
    }
    assert [mistake["key"] for mistake in found["mistakes"]] == [
        "MONITOR_SOURCE__SPACING",
        "MONITOR_LOG__LEVEL",
    ]


def test_first_contact_has_the_names_promised(seen: Terminal) -> None:
    online = seen.run("check", "--online", "--json").json()["online"]
    assert set(online) == promised("`online`")
    fields = re.search(r"`addresses` is a list of\n`\{([^}]*)\}`", PROMISED)
    assert fields
    assert {frozenset(each) for each in online["addresses"]} == {frozenset(fields[1].split(", "))}


def test_proposals_have_the_names_promised(terminal: Terminal) -> None:
    terminal.finds("MEX", "https://www.unodc.org/documents/roadmap.pdf", "Roadmap")
    terminal.run("say", "MEX", "https://www.unodc.org/documents/roadmap.pdf", "self-assessment")
    [proposal] = terminal.run("proposals", "--json").json()
    assert set(proposal) == promised("A proposal")
    assert (proposal["country"], proposal["words"]) == ("MEX", "Roadmap")


@pytest.mark.parametrize("words", [("documents",), ("changes",), ("proposals",)])
def test_nothing_known_is_an_empty_list(empty: Terminal, words: tuple[str]) -> None:
    assert empty.run(*words, "--json").json() == []
