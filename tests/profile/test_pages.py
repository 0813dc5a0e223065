"""Every page of tests/pages is read as its hand-written expectation says."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Mapping
from difflib import ndiff
from pathlib import Path
from typing import Any

import pytest

from monitor.config import Config, load_config
from monitor.errors import Blocked, ProfileError
from monitor.model import Document, DocumentKind, Page
from monitor.profile.read import read

Expected = Mapping[str, Any]

PAGES = Path(__file__).parent.parent / "pages"
CASES = sorted(path.stem for path in PAGES.glob("*.html"))
PROFILE_URL = "https://www.unodc.org/corruption/en/country-profiles/data/{code}.html"
FIELDS = ("url", "title", "kind", "cycle", "language", "symbol", "doubt", "likely")
NO_BYTE_AT_ALL = {"blocked_empty_body"}


@functools.cache
def config() -> Config:
    return load_config({})


def html_of(case: str) -> str:
    return (PAGES / f"{case}.html").read_text(encoding="utf-8")


def expectation_of(case: str) -> Expected:
    expected: Expected = json.loads((PAGES / f"{case}.json").read_text(encoding="utf-8"))
    return expected


def shown(document: Document) -> dict[str, Any]:
    fields = {name: getattr(document, name) for name in FIELDS}
    return fields | {"doubt": bool(document.doubt)}


def reading_of(html: str, code: str, url: str) -> dict[str, Any]:
    page = Page(url, html, hashlib.sha256(html.encode()).hexdigest())
    try:
        snapshot = read(page, config().country(code), config().rules, config().countries)
    except Blocked:
        return {"documents": [], "error": "blocked"}
    except ProfileError:
        return {"documents": [], "error": "profile"}
    return {"documents": [shown(document) for document, _ in snapshot.documents], "error": None}


def lines(reading: Expected) -> list[str]:
    documents = (
        [document["url"], *(f"    {name}: {document[name]}" for name in FIELDS[1:])]
        for document in reading["documents"]
    )
    return [f"error: {reading['error']}", *(line for document in documents for line in document)]


def difference(expected: Expected, found: Expected) -> str:
    """Show what was expected (-) and read (+), each line that differs under its document's address."""
    wanted, got = lines(expected), lines(found)
    told = [line for line in ndiff(wanted, got) if line.startswith(("-", "+", "  http"))]
    return "\n".join(told) if wanted != got else ""


def review(folder: Path, case: str, code: str) -> str:
    """Write what is read now as the expectation, and say which file a person must look at."""
    html = (folder / f"{case}.html").read_text(encoding="utf-8")
    found = reading_of(html, code, PROFILE_URL.format(code=code))
    text = json.dumps({"country": code, "note": "please review", **found}, ensure_ascii=False, indent=2)
    (folder / f"{case}.json").write_text(text + "\n", encoding="utf-8")
    return f"please review tests/pages/{case}.json"


def country_of(html: str) -> str:
    """Find the first State party whose English name or alias the page says; MEX where it says none."""
    at = {country.code: html.find(country.name) for country in config().countries}
    named = {code: place for code, place in at.items() if place >= 0}
    return min(named, key=lambda code: named[code]) if named else "MEX"


@pytest.mark.parametrize("case", CASES)
def test_a_page_is_read_as_its_expectation_says(case: str) -> None:
    if not (PAGES / f"{case}.json").exists():
        pytest.fail(review(PAGES, case, country_of(html_of(case))))
    expected = expectation_of(case)
    code = expected["country"]
    found = reading_of(html_of(case), code, expected.get("url") or PROFILE_URL.format(code=code))
    told = difference(expected, found)
    assert not told, f"{case} ({expected['note']})\nexpected -, read +\n{told}"


def test_there_are_pages_of_every_outcome() -> None:
    errors = [expectation_of(case)["error"] for case in CASES if (PAGES / f"{case}.json").exists()]
    assert len(errors) >= 45
    assert errors.count("blocked") >= 9
    assert errors.count("profile") >= 1
    assert errors.count(None) >= 35


def test_every_expectation_has_its_page() -> None:
    assert {path.stem for path in PAGES.glob("*.json")} <= set(CASES)


@pytest.mark.parametrize("case", sorted(set(CASES) - NO_BYTE_AT_ALL))
def test_every_page_says_that_it_is_simulated_or_saved(case: str) -> None:
    said = html_of(case)
    assert "<!-- simulated" in said or "<!-- saved" in said


@pytest.mark.parametrize("case", CASES)
def test_every_expectation_is_whole(case: str) -> None:
    expected = expectation_of(case)
    for document in expected["documents"]:
        assert set(document) == set(FIELDS)
        assert document["kind"] in set(DocumentKind)
        assert document["kind"] == "other" or not document["doubt"]
        assert document["likely"] is None or document["doubt"]
    urls = [document["url"] for document in expected["documents"]]
    assert len(urls) == len(set(urls))
    assert expected["error"] in {None, "blocked", "profile"}
    assert not (expected["error"] and urls)


def test_a_missing_expectation_is_written_and_asks_for_review(tmp_path: Path) -> None:
    (tmp_path / "new.html").write_text(html_of("headings_with_lists"), encoding="utf-8")
    told = review(tmp_path, "new", country_of(html_of("headings_with_lists")))
    written = json.loads((tmp_path / "new.json").read_text(encoding="utf-8"))
    assert told == "please review tests/pages/new.json"
    assert written["country"] == "MEX"
    assert len(written["documents"]) == 4
    assert written["note"] == "please review"


def test_a_difference_names_the_document_and_the_field() -> None:
    expected = expectation_of("headings_with_lists")
    found = {"documents": [document | {"cycle": None} for document in expected["documents"]], "error": None}
    told = difference(expected, found)
    assert "-     cycle: 1" in told
    assert "+     cycle: None" in told
    assert expected["documents"][0]["url"] in told
