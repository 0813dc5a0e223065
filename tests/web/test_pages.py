"""Every page of the board in every language: whole, true to the plan, and deaf to what strangers wrote."""

from __future__ import annotations

import posixpath
from collections import Counter
from dataclasses import replace
from functools import cache
from urllib.parse import unquote, urlsplit

import pytest
from lxml import html

from monitor.board.status import MATRIX_KINDS, matrix
from monitor.evidence.proof import proof_of
from monitor.model import DocumentKind, LookHistory, Looks
from monitor.web.pages import papers
from monitor.web.plan import plan
from tests.alert.samples import ENGLISH, document, known
from tests.web import world

LANGUAGES = ("en", "es", "fr")
WORLDS = ("view", "hostile", "empty")
COUNTRIES = ("MEX", "ZWE", "PER", "JAM", "KAZ", "TLS", "TUV", "VUT", "MNG", "GEO", "GHA", "CIV")
"""One of everything that can be the case of a country."""
BASIC = ("index.html", "countries.html", "pledge.html", "year.html", "methodology.html", "data.html")
BASIC_EN = tuple(f"en/{path}" for path in BASIC)
OWN = (*BASIC, *(f"countries/{code}.html" for code in COUNTRIES))
PATHS = ("index.html", "404.html", *(f"{language}/{path}" for language in LANGUAGES for path in OWN))


@cache
def made(name: str) -> dict[str, bytes]:
    makers = plan(getattr(world, name)())
    return {path: makers[path]().body for path in PATHS}


@cache
def tree(name: str, path: str) -> html.HtmlElement:
    return html.document_fromstring(made(name)[path].decode())


@cache
def ids(name: str, path: str) -> Counter[str]:
    return Counter(map(str, tree(name, path).xpath("//@id")))


def leads_to(path: str, address: str) -> tuple[str, str]:
    """Give the path of the plan, and the place on the page, that a link on a page leads to."""
    parts = urlsplit(address)
    target = (
        posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
        if parts.path
        else path
    )
    return target.lstrip("/"), parts.fragment


@cache
def links(name: str, path: str) -> tuple[str, ...]:
    found = tree(name, path).xpath("//a/@href | //link/@href | //script/@src | //*[local-name()='use']/@href")
    return tuple({each for each in map(str, found) if not urlsplit(each).scheme})


@pytest.mark.parametrize("name", WORLDS)
def test_all_links_lead_to_files_of_the_board(name: str) -> None:
    known = set(plan(getattr(world, name)()))
    targets = {(path, leads_to(path, each)[0]) for path in PATHS for each in links(name, path)}
    assert {pair for pair in targets if pair[1] not in known} == set()


@pytest.mark.parametrize("name", WORLDS)
def test_links_to_a_place_on_a_page_find_it(name: str) -> None:
    wanted = {leads_to(path, each) for path in PATHS for each in links(name, path)}
    places = {(path, place) for path, place in wanted if place and path in PATHS}
    assert places
    assert {(path, place) for path, place in places if place not in ids(name, path)} == set()


@pytest.mark.parametrize("name", WORLDS)
def test_ids_are_unique_and_labels_have_targets(name: str) -> None:
    for path in PATHS:
        page = tree(name, path)
        here = ids(name, path)
        assert [each for each, number in here.items() if number > 1] == [], path
        pointed = [*page.xpath("//label/@for"), *" ".join(page.xpath("//@aria-labelledby")).split()]
        assert [each for each in map(str, pointed) if each not in here] == [], path


@pytest.mark.parametrize("name", WORLDS)
def test_every_page_has_one_heading_one_main_and_its_language(name: str) -> None:
    for path in PATHS:
        page = tree(name, path)
        assert len(page.xpath("//h1")) == len(page.xpath("//main")) == 1, path
        is_in_one = path.partition("/")[0] in LANGUAGES
        assert not is_in_one or page.get("lang") == path[:2], path


@pytest.mark.parametrize("name", WORLDS)
def test_no_page_has_style_script_or_handlers_of_its_own(name: str) -> None:
    for path in PATHS:
        page = tree(name, path)
        assert page.xpath("//style | //script[not(@src)] | //@style | //iframe | //base") == [], path
        assert page.xpath("//@*[starts-with(name(), 'on')]") == [], path


@pytest.mark.parametrize("name", WORLDS)
def test_addresses_lead_to_the_web_only(name: str) -> None:
    for path in PATHS:
        schemes = {urlsplit(str(each)).scheme for each in tree(name, path).xpath("//@href | //@src")}
        assert schemes <= {"", "http", "https"}, path


def test_what_strangers_wrote_is_shown_as_text() -> None:
    page = made("hostile")["en/countries/ZWE.html"]
    assert b"<script>alert" not in page
    assert b"<img" not in page
    assert "{{ 7*7 }}" in tree("hostile", "en/countries/ZWE.html").text_content()
    assert "alert(1)" in tree("hostile", "en/countries/ZWE.html").text_content()


@pytest.mark.parametrize("name", ["view", "hostile"])
def test_what_went_wrong_inside_is_not_told(name: str) -> None:
    for path, body in made(name).items():
        assert b"/opt/secret" not in body, path
        assert b"KeyError" not in body, path


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_country_stands_once_in_the_table_with_its_marks(language: str) -> None:
    of = world.view()
    rows = tree("view", f"{language}/countries.html").xpath("//table[@id='countries']/tbody/tr")
    codes = [posixpath.basename(str(row.xpath("string(th/a/@href)"))).removesuffix(".html") for row in rows]
    assert sorted(codes) == sorted(country.code for country in of.countries)
    for code, row in zip(codes, rows, strict=True):
        cells = matrix(of.world.dossiers.get(code), of.cycles).rows
        wanted = [each.cells[kind].mark.value[0] for each in cells if each.cycle for kind in MATRIX_KINDS]
        assert row.get("data-marks") == "".join(wanted), code


def test_each_status_is_told_by_a_sign_and_a_word() -> None:
    cells = tree("view", "en/countries.html").xpath("//tbody//td[contains(@class, 'm ')]")
    shown = {" ".join(cell.text_content().split()) for cell in cells}
    assert shown == {"✓ published", "× withdrawn", "– not seen", "? unknown"}


def test_a_page_is_the_same_every_time() -> None:
    again = plan(world.view())
    assert {path: again[path]().body for path in BASIC_EN} == {path: made("view")[path] for path in BASIC_EN}


def test_public_addresses_are_told_only_where_one_is_known() -> None:
    assert tree("view", "en/index.html").xpath("//link[@rel='canonical']") == []
    page = html.document_fromstring(
        plan(world.view(address=world.ADDRESS))["fr/countries/MEX.html"]().body.decode()
    )
    assert page.xpath("string(//link[@rel='canonical']/@href)").endswith("/fr/countries/MEX.html")
    assert page.xpath("string(//meta[@property='og:image']/@content)") == f"{world.ADDRESS}/fr/card.png"


def test_an_address_that_is_no_web_address_is_not_linked() -> None:
    harmful = known(document(url="javascript:alert(1)", title="English"))
    assert papers.paper(ENGLISH, "MEX", harmful, {}).href == ""
    assert papers.link(ENGLISH, harmful.document).href == ""


def test_regions_together_count_what_the_world_does() -> None:
    rows = tree("view", "en/index.html").xpath("//section[@aria-labelledby='by-region']//tbody/tr")
    columns = list(zip(*([int(cell.text) for cell in row.xpath("td")] for row in rows), strict=True))
    stats = tree("view", "en/index.html").xpath("//dl[@class='stats']//a[@class='big']/text()")
    shown = [int(text) for text in stats if text.strip()]
    # Each cycle shows three kinds, the newest first; regions count the two that are promised, and countries.
    assert [sum(column) for column in columns] == [*shown[0:2], *shown[3:5], len(world.view().countries)]


def test_what_is_not_there_is_said_in_every_language_and_is_not_the_entrance() -> None:
    words = tree("view", "404.html").text_content()
    for said in ("This page does not exist", "Cette page n'existe pas", "Esta página no existe"):
        assert said in words
        assert said not in tree("view", "index.html").text_content()


def test_a_list_of_experts_without_a_cycle_is_shown_after_the_cycles() -> None:
    view = world.view()
    experts = known(document(DocumentKind.EXPERT_LIST, cycle=None))
    looks = Looks(world.NOW, world.NOW, 1, 200, "f" * 64)
    changed = replace(
        view.world,
        dossiers={**view.world.dossiers, "MEX": replace(view.world.dossiers["MEX"], documents=(experts,))},
        looks={**view.world.looks, "MEX": LookHistory("MEX", (looks,))},
    )
    page = html.document_fromstring(
        plan(replace(view, world=changed))["en/countries/MEX.html"]().body.decode()
    )
    assert page.xpath("//section//h2/text()")[2] == "Cycle unknown"
    assert proof_of("MEX", experts) in page.text_content()
    # One look has one moment.
    assert f"{ENGLISH.moment(world.NOW)} to" not in page.text_content()
