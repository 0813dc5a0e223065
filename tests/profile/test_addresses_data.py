"""Every real address of tests/data/unodc_documents.csv, as a bare link: what it alone can tell, is told."""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from monitor.config import Config, load_config
from monitor.model import NEWS_KINDS, Document, DocumentKind, Page
from monitor.profile.address import normalise
from monitor.profile.read import read

DATA = Path(__file__).parent.parent / "data" / "unodc_documents.csv"
PROFILE_URL = "https://www.unodc.org/corruption/en/country-profiles/data/{code}.html"
NO_COUNTRY = "CHE"
PAGE = """<!DOCTYPE html><html><head><title>Country Profile: {name}</title></head><body><!-- simulated -->
<h1>Country Profile: {name}</h1><h2>Documents</h2><ul><li><a href="{url}">English</a></li></ul>
<p>This page gives access to all documents produced by the Implementation Review Mechanism to date, including executive
summaries and full country review reports (where available), and to the directory of competent national authorities.</p>
</body></html>"""
# The two summaries of cycle 1 that lie in a session's folder: nothing in their address says what they are.
MUTE = ("18-22June2012/V1187226e.pdf", "13-15October2014/V1406186e.pdf")
PAPER = "CAC-COSP-IRG-2025-CRP.3.pdf"


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the data."""

    code: str
    cycle: str | None
    kind: str
    language: str
    url: str

    @property
    def is_summary(self) -> bool:
        return self.kind == "executive summary"

    @property
    def is_mute(self) -> bool:
        return self.url.endswith(MUTE)


def row_of(line: Mapping[str, str]) -> Row:
    return Row(line["iso3"] or NO_COUNTRY, line["cycle"] or None, line["kind"], line["language"], line["url"])


def rows() -> list[Row]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return [row_of(line) for line in csv.DictReader(file)]


ALL = rows()
SUMMARIES = [row for row in ALL if row.is_summary and not row.is_mute]
SILENT = [row for row in ALL if row.is_mute]
REPORTS = [row for row in ALL if row.kind == "country review report"]
PAPERS = [row for row in ALL if row.url.endswith(PAPER)]
OTHERS = [row for row in ALL if row.kind.startswith("other")]


def name(row: Row) -> str:
    return f"{row.code}-{row.cycle}-{row.url.rsplit('/', 1)[-1]}"


@functools.cache
def config() -> Config:
    return load_config({})


def documents(row: Row) -> list[Document]:
    country = config().country(row.code)
    html = PAGE.format(name=country.name, url=row.url)
    page = Page(PROFILE_URL.format(code=row.code), html, row.url)
    snapshot = read(page, country, config().rules, config().countries)
    return [document for document, _ in snapshot.documents]


def the_document(row: Row) -> Document:
    (document,) = documents(row)
    assert document.url == normalise(row.url, PROFILE_URL.format(code=row.code))
    return document


def test_every_row_of_the_data_is_in_exactly_one_group() -> None:
    groups = (SUMMARIES, SILENT, REPORTS, PAPERS, OTHERS)
    assert [len(group) for group in groups] == [134, 2, 1, 1, 14]
    assert sum(len(group) for group in groups) == len(ALL) == 152
    assert len({row.code for row in ALL if row.is_summary}) == 80


@pytest.mark.parametrize("row", SUMMARIES, ids=name)
def test_the_address_of_a_summary_tells_kind_cycle_and_language(row: Row) -> None:
    document = the_document(row)
    assert (document.kind, document.cycle, document.language) == (
        DocumentKind.EXECUTIVE_SUMMARY,
        row.cycle,
        row.language,
    )
    assert not document.doubt


@pytest.mark.parametrize("row", REPORTS, ids=name)
def test_the_address_of_the_country_report_tells_kind_cycle_and_language(row: Row) -> None:
    document = the_document(row)
    assert (document.kind, document.cycle, document.language) == (DocumentKind.COUNTRY_REPORT, "2", "en")
    assert not document.doubt


@pytest.mark.parametrize("row", SILENT, ids=name)
def test_a_summary_whose_address_is_mute_gets_no_guessed_cycle(row: Row) -> None:
    document = the_document(row)
    assert document.kind not in NEWS_KINDS
    assert document.cycle is None
    assert document.language == "en"


@pytest.mark.parametrize("row", PAPERS, ids=name)
def test_a_conference_room_paper_is_no_news_and_gets_no_guessed_cycle(row: Row) -> None:
    document = the_document(row)
    assert document.kind not in NEWS_KINDS
    assert document.cycle is None


@pytest.mark.parametrize("row", OTHERS, ids=name)
def test_what_is_no_review_document_is_never_news(row: Row) -> None:
    for document in documents(row):
        assert document.kind is DocumentKind.OTHER
        assert document.likely is None


def test_two_countries_with_the_same_file_both_have_it() -> None:
    shared = [row for row in SUMMARIES if row.url.endswith("ExecutiveSummaries/V1183525e.pdf")]
    assert {row.code for row in shared} == {"FIN", "ESP"}
    assert len({the_document(row).url for row in shared}) == 1
