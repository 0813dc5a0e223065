"""Every kind of page, in every language, on every screen: it fits, is accessible, asks nobody and runs nobody's script."""

from __future__ import annotations

import pytest

from monitor.language.catalogs import languages
from monitor.web.files import HTML
from monitor.web.plan import plan
from tests.browser.conftest import Visit
from tests.browser.judge import barriers
from tests.browser.visitor import DESKTOP, NARROW, PHONE, TABLET, TWICE
from tests.web import world

pytestmark = pytest.mark.slow

SHARED = ("index.html", "countries.html", "pledge.html", "year.html", "methodology.html", "data.html")
COUNTRIES = {
    "MEX": "published this week",
    "LKA": "withdrew a document",
    "JAM": "a document is missing, but not for long",
    "HTI": "cannot be read now",
    "TUV": "was never read",
    "KAZ": "a look at it is held",
    "MNG": "has a doubtful document",
    "VUT": "has one without a cycle",
    "GHA": "replaced a document",
    "ZWE": "has hostile titles",
    "GBR": "has the longest name",
    "EU": "is no country",
}
PAGES = (*SHARED, *(f"countries/{code}.html" for code in COUNTRIES))
KINDS = (*SHARED, "countries/MEX.html", "countries/KAZ.html", "countries/TUV.html", "countries/LKA.html")
LOST = "404.html"
"""The page for addresses that lead nowhere."""


def everywhere(pages: tuple[str, ...], code: str) -> list[str]:
    return [*(f"{code}/{page}" for page in pages), *((LOST,) if code == "en" else ())]


def test_every_kind_of_page_is_looked_at() -> None:
    made = {path for path, make in plan(world.view()).items() if path.endswith(".html")}
    shared = {path.partition("/")[2] for path in made if path.startswith("en/") and "countries/" not in path}
    assert shared == set(SHARED)
    assert {path for path in made if "/" not in path} == {"index.html", "404.html"}
    assert plan(world.view())["404.html"]().content_type == HTML


@pytest.mark.parametrize("code", languages())
def test_no_page_is_wider_than_the_screen(visit: Visit, code: str) -> None:
    visitor = visit()
    wide = []
    # French words are the longest: there every sort of country is looked at.
    for path in everywhere(PAGES if code == "fr" else KINDS, code):
        visitor.goes_to(path)
        for screen in (DESKTOP, TABLET, TWICE, PHONE, NARROW):
            visitor.turns_to(screen)
            if visitor.is_wider_than_the_screen():
                wide.append(f"{path} on {screen['width']} px")
    assert wide == []


def test_nothing_hinders_anybody_by_day_at_a_desk(visit: Visit, small_board: str) -> None:
    visitor = visit(at=small_board, color_scheme="light", viewport=DESKTOP)
    found = {path: barriers(visitor.goes_to(path)) for path in everywhere(KINDS, "en")}
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("code", languages())
def test_nothing_hinders_anybody_by_night_on_a_phone(visit: Visit, small_board: str, code: str) -> None:
    visitor = visit(at=small_board, color_scheme="dark", viewport=PHONE)
    # French words are the longest: what they do to colours that lie over each other is judged, too.
    found = {
        path: barriers(visitor.goes_to(path), in_colour=code == "fr" or path == LOST)
        for path in everywhere(KINDS, code)
    }
    assert {path: each for path, each in found.items() if each} == {}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_choice_of_a_language_fits_and_hinders_nobody(visit: Visit, scheme: str) -> None:
    visitor = visit("404.html", viewport=NARROW, color_scheme=scheme)
    # Our script leads on at once, and without any script axe does not run.
    visitor.page.route("**/board.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    assert barriers(visitor.goes_to("index.html")) == []
    assert visitor.path == "index.html"
    assert not visitor.is_wider_than_the_screen()


@pytest.mark.parametrize("code", languages())
def test_strangers_words_stay_words(visit: Visit, hostile_board: str, code: str) -> None:
    visitor = visit(at=hostile_board)
    for path in everywhere((*PAGES, "countries/ALB.html", "countries/NOR.html"), code):
        page = visitor.goes_to(path)
        assert page.locator("img[src='x'], script:not([src])").count() == 0, path
        assert page.locator("a[href^='javascript:'], a[href^='data:']").count() == 0, path
    # Whoever leaves complains of every script that ran (the visitor's fixture sees to it).
    assert "<script>alert(1)</script>" in visitor.goes_to(f"{code}/countries/ZWE.html").inner_text("main")


def test_all_words_and_links_are_there_without_scripts(visit: Visit, small_board: str) -> None:
    scripted, plain = visit(at=small_board), visit(at=small_board, java_script_enabled=False)
    for page in KINDS:
        seen, read = (each.goes_to(f"en/{page}") for each in (scripted, plain))
        links = "[...document.links].map(each => each.href)"
        assert set(seen.evaluate(links)) == set(read.evaluate(links)), page
        rows = "[...document.querySelectorAll('tbody tr')].filter(row => row.checkVisibility()).length"
        assert read.evaluate(rows) == seen.evaluate(rows), page
        assert all(each.is_visible() for each in read.locator("main :not(details *) > table").all()), page


MOVING = """[...document.querySelectorAll('*')].filter(each => {
    const style = getComputedStyle(each);
    return parseFloat(style.transitionDuration) > 0.01 || parseFloat(style.animationDuration) > 0.01
        || style.scrollBehavior === 'smooth';
}).map(each => each.outerHTML.slice(0, 80))"""


def test_who_asks_sees_nothing_move_and_paper_has_the_facts_and_no_menus(
    visit: Visit, small_board: str
) -> None:
    visitor = visit(at=small_board, reduced_motion="reduce")
    for path in KINDS:
        page = visitor.goes_to(f"en/{path}")
        assert page.evaluate(MOVING) == [], path
        page.emulate_media(media="print")
        assert visitor.sees("nav, form, .skip") == [], path
        assert visitor.sees("h1") != [], path
        page.emulate_media(media="screen")
    page.emulate_media(media="print")
    assert page.pdf().startswith(b"%PDF")
