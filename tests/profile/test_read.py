"""A page becomes a snapshot: each address once, and what it says in two ways is a doubt."""

from __future__ import annotations

from itertools import permutations

import pytest

from monitor.model import Document, DocumentKind, Page, Validators
from monitor.profile.read import read as read_one
from tests.profile.reading import BASE, FILE, config, page, read, reader, rules

SA, CR, ES, OTHER = (
    DocumentKind.SELF_ASSESSMENT,
    DocumentKind.COUNTRY_REPORT,
    DocumentKind.EXECUTIVE_SUMMARY,
    DocumentKind.OTHER,
)


def the_document(*labels: str) -> Document:
    """Read a page that links one file under each of these labels."""
    items = "".join(f'<li><a href="{FILE}">{label}</a></li>' for label in labels)
    ((document, _),) = read(
        f"<h1>Mexico</h1><ul>{items}</ul><p><a href='es.pdf'>Executive summary</a></p>"
    ).documents[:-1]
    return document


@pytest.mark.parametrize(
    ("labels", "kind", "likely"),
    [
        (("Self-assessment", "Country report"), OTHER, SA),
        (("Self-assessment", "Country report", "Self-assessment"), OTHER, SA),
        (("Country report", "Executive summary"), OTHER, CR),
        (("Country report", "Parallel report"), OTHER, CR),
        (("Country report", "National legislation"), OTHER, CR),
        (("Self-assessment", "PDF"), SA, None),
        (("Self-assessment", "Self-assessment and country report"), SA, None),
        (("Annex", "Self-assessment and country report"), OTHER, SA),
        (("Annex", "Executive summary"), ES, None),
        (("PDF", "National legislation"), OTHER, None),
    ],
)
def test_one_address_linked_several_times_is_one_document_whatever_the_order(
    labels: tuple[str, ...], kind: DocumentKind, likely: DocumentKind | None
) -> None:
    for order in permutations(labels):
        found = the_document(*order)
        assert (found.kind, found.likely) == (kind, likely)


def test_news_called_by_two_names_is_a_doubt_that_says_both() -> None:
    found = the_document("Self-assessment", "Country report")
    assert found.doubt == "the page links it as self-assessment and as country-report"
    assert [each.words for each in found.evidence if each.of == "kind"] == [
        "Self-assessment",
        "Country report",
    ]
    assert found.evidence[-1].of == "doubt"


def test_of_equal_readings_the_one_that_says_more_is_kept() -> None:
    assert the_document("Self-assessment", "Self-assessment, second cycle (English)").cycle == "2"
    assert the_document("Self-assessment, second cycle (English)", "Self-assessment").cycle == "2"


def test_the_same_file_in_a_menu_changes_nothing() -> None:
    html = f'<nav><a href="{FILE}">PDF</a></nav><h1>Mexico</h1><p><a href="{FILE}">Self-assessment</a></p>'
    ((document, link),) = read(html).documents
    assert (document.kind, link.is_navigation) == (SA, False)


def test_a_web_page_that_a_menu_leads_to_as_well_is_a_doubt() -> None:
    link = '<a href="/corruption/en/view?id=7">Self-assessment</a>'
    html = f"<nav>{link}</nav><h1>Mexico</h1><h2>Review documents</h2><ul><li>{link}</li></ul>"
    ((document, _),) = read(html).documents
    assert (document.kind, document.likely) == (OTHER, SA)
    assert "a menu leads to" in document.doubt


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_a_file_that_also_stands_among_parallel_reports_is_a_doubt(order: tuple[int, int]) -> None:
    link = f'<a href="{FILE}">Country report</a>'
    parts = [
        f"<section><h2>Parallel reports</h2>{link}</section>",
        f"<section><h2>Review</h2>{link}</section>",
    ]
    ((document, _),) = read(f"<h1>Mexico</h1>{parts[order[0]]}{parts[order[1]]}").documents
    assert (document.kind, document.likely) == (OTHER, CR)
    assert "Parallel reports" in document.doubt


def test_a_snapshot_keeps_the_order_of_the_page_and_what_the_server_gave() -> None:
    validators = Validators("etag", "date")
    html = '<h1>Mexico</h1><p><a href="b.pdf">Executive summary</a> <a href="a.pdf">Executive summary</a></p>'
    snapshot = reader().read(Page(BASE, html, "hash", validators), config().country("MEX"))
    assert [document.url.rsplit("/", 1)[1] for document, _ in snapshot.documents] == ["b.pdf", "a.pdf"]
    assert (snapshot.body_hash, snapshot.validators, snapshot.page_url) == ("hash", validators, BASE)


def test_readings_tell_of_every_link_and_judge_nothing() -> None:
    readings = reader().readings(page('<nav><a href="a.html">a</a></nav><a href="b.pdf">Self-assessment</a>'))
    assert [reading.document is None for reading in readings] == [True, False]


def test_one_page_alone_is_read_as_by_a_reader() -> None:
    html = f'<h1>Mexico</h1><p><a href="{FILE}">Self-assessment</a></p>'
    assert read_one(page(html), config().country("MEX"), rules(), config().countries) == read(html)


def test_the_same_page_is_read_the_same_way_twice() -> None:
    html = f'<h1>Mexico</h1><p><a href="{FILE}">Self-assessment</a> <a href="{FILE}">Country report</a></p>'
    assert read(html) == read(html)
