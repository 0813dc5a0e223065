from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from monitor.demo.documents import SimulatedDocument, first_documents, real_documents, simulated
from monitor.demo.render import LANGUAGES, LAYOUTS, TITLES, render
from monitor.model import Country, DocumentKind

MEXICO = Country("MEX", {"en": "Mexico"})
SWITZERLAND = Country("CHE", {"en": "Switzerland"})
IVORY_COAST = Country("CIV", {"en": "Côte d'Ivoire <&>"})
SUMMARY = DocumentKind.EXECUTIVE_SUMMARY
ASSESSMENT = DocumentKind.SELF_ASSESSMENT
MANY = tuple(
    simulated("MEX", kind, cycle, language)
    for cycle in ("1", "2")
    for kind in DocumentKind
    for language in ("en", "es")
)

every_layout = pytest.mark.parametrize("layout", LAYOUTS)


def soup_of(country: Country, documents: tuple[SimulatedDocument, ...], layout: str) -> BeautifulSoup:
    return BeautifulSoup(render(country, documents, layout), "lxml")


@every_layout
def test_every_layout_links_every_document_once(layout: str) -> None:
    links = [a["href"] for a in soup_of(MEXICO, MANY, layout).select("main a, nav ~ * a[href$='.pdf']")]
    assert sorted(links) == sorted(document.url for document in MANY)


@every_layout
def test_every_layout_names_the_kind_the_cycle_and_the_language(layout: str) -> None:
    for kind in DocumentKind:
        html = LAYOUTS[layout]((simulated("MEX", kind, "2", "es"),))
        assert TITLES[kind] in html
        assert "Review cycle 2" in html
        assert LANGUAGES["es"] in html


@every_layout
def test_a_document_of_an_unheard_of_cycle_and_without_a_language_is_shown_too(layout: str) -> None:
    html = LAYOUTS[layout]((SimulatedDocument(SUMMARY, "3", "", "https://example.org/a&b.pdf"),))
    assert "Review cycle 3" in html
    assert "https://example.org/a&amp;b.pdf" in html
    assert "()" not in html


@every_layout
def test_a_page_names_its_country_says_that_it_is_simulated_and_nests_two_documents(layout: str) -> None:
    html = render(IVORY_COAST, MANY, layout)
    soup = BeautifulSoup(html, "lxml")
    assert "&lt;&amp;&gt;" in html
    assert soup.h1 is not None
    assert soup.h1.get_text() == IVORY_COAST.name
    assert soup.title is not None
    assert IVORY_COAST.name in soup.title.get_text()
    assert "simulated" in soup.title.get_text()
    assert "This is a simulated page" in html
    assert html.count("<!DOCTYPE html>") == 2
    assert len(soup.select("nav a")) >= 40
    assert soup.footer is not None
    assert 10_000 <= len(html.encode()) <= 25_000


@every_layout
def test_the_same_input_gives_the_same_page(layout: str) -> None:
    assert render(MEXICO, MANY, layout) == render(MEXICO, MANY, layout)


def test_a_page_without_documents_says_so() -> None:
    assert "No documents have been published yet." in render(MEXICO, (), "matrix")


def test_the_layouts_differ() -> None:
    assert len({render(MEXICO, MANY, layout) for layout in LAYOUTS}) == len(LAYOUTS) == 6


def test_mexico_starts_with_its_two_real_summaries_and_nothing_else() -> None:
    mexico = first_documents((MEXICO,))["MEX"]
    assert [(document.kind, document.cycle) for document in mexico] == [(SUMMARY, "1"), (SUMMARY, "2")]
    assert not any("simulated" in document.url for document in mexico)


def test_nothing_is_invented_for_a_country_with_a_real_summary_of_one_cycle_only() -> None:
    only = Country("AUT", {"en": "Austria"})
    assert first_documents((only,))["AUT"] == real_documents()["AUT"]
    assert len(real_documents()["AUT"]) == 1


def test_switzerland_starts_with_all_three_kinds_of_both_cycles_the_summaries_being_real() -> None:
    swiss = first_documents((MEXICO, SWITZERLAND))["CHE"]
    kinds = {ASSESSMENT, DocumentKind.COUNTRY_REPORT, SUMMARY}
    assert {(document.kind, document.cycle) for document in swiss} == {(k, c) for k in kinds for c in "12"}
    assert all(("simulated" in document.url) == (document.kind is not SUMMARY) for document in swiss)


def test_a_country_without_a_known_address_gets_invented_summaries_that_say_so() -> None:
    nowhere = Country("XXX", {"en": "Nowhere"})
    first = first_documents((MEXICO, nowhere))["XXX"]
    assert [(document.kind, document.cycle) for document in first] == [(SUMMARY, "1"), (SUMMARY, "2")]
    assert all("/simulated/simulated-xxx-" in document.url for document in first)


def test_a_few_countries_publish_everything_and_some_in_several_languages() -> None:
    countries = tuple(Country(f"X{index:02}", {"en": f"Country {index}"}) for index in range(50))
    first = first_documents(countries)
    generous = [code for code, own in first.items() if any(one.kind is ASSESSMENT for one in own)]
    assert generous == ["X00", "X24", "X48"]
    assert {one.language for one in first["X03"]} == {"en", "fr", "es"}
    assert {one.language for one in first["X01"]} == {"en"}


def test_the_real_addresses_are_those_of_the_world_and_unique_in_each_country() -> None:
    real = real_documents()
    assert len(real) == 80
    assert sum(map(len, real.values())) == 138
    assert all(len({one.url for one in own}) == len(own) for own in real.values())
    assert all(
        one.url.startswith("https://") and "unodc.org/" in one.url for own in real.values() for one in own
    )


def test_invented_addresses_differ_and_say_nothing_of_what_they_hold() -> None:
    countries = tuple(Country(f"X{index:02}", {"en": f"Country {index}"}) for index in range(192))
    urls = [one.url for own in first_documents(countries).values() for one in own]
    assert len(set(urls)) == len(urls)
    assert len({one.url for one in MANY}) == len(MANY)
    assert not any(word in url for url in urls for word in ("cycle", *DocumentKind))


def test_the_paragraphs_put_languages_in_a_row() -> None:
    own = tuple(simulated("MEX", SUMMARY, "1", language) for language in ("en", "es"))
    assert ">English</a> | <a" in LAYOUTS["paragraphs"](own)
