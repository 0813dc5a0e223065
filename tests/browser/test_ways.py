"""People find their way: into their language, with the keyboard alone, over the map, and from the search box."""

from __future__ import annotations

import pytest

from monitor.language.catalogs import languages
from tests.browser.conftest import Visit
from tests.browser.visitor import PHONE, Visitor

pytestmark = pytest.mark.slow

BROWSERS = (("fr-CA", "fr"), ("es-419", "es"), ("en-GB", "en"), ("de-DE", "en"))
DOORS = ("", "index.html")
LOST = "404.html"
STEPS = 700
"""More Tabs than any page has places to stop at."""
AT_ONCE = 20


@pytest.mark.parametrize(("locale", "code"), BROWSERS)
def test_the_browsers_language_is_chosen_at_both_doors(visit: Visit, locale: str, code: str) -> None:
    visitor = visit(locale=locale)
    for door in DOORS:
        visitor.goes_to(LOST)
        visitor.goes_to(door)
        visitor.page.wait_for_url(f"**/{code}/**")
        assert visitor.page.evaluate("document.documentElement.lang") == code


def test_without_scripts_a_person_chooses_the_language(visit: Visit) -> None:
    visitor = visit("index.html", java_script_enabled=False, locale="fr-FR")
    for code in languages():
        visitor.goes_to("index.html").locator(f"main a[hreflang={code}]").click()
        visitor.page.wait_for_url(f"**/{code}/**")


@pytest.mark.parametrize("door", DOORS)
def test_the_language_that_was_chosen_is_kept(visit: Visit, door: str) -> None:
    visitor = visit("", locale="fr-FR")
    visitor.page.get_by_role("link", name="Español").click()
    visitor.page.wait_for_url("**/es/**")
    visitor.goes_to(door)
    visitor.page.wait_for_url("**/es/**")
    visitor.goes_to("en/index.html")
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.path == "en/index.html", "who asks for a page gets it"


def test_another_language_shows_the_same_page_with_the_same_filter(visit: Visit) -> None:
    visitor = visit("en/countries.html?region=americas&state=published")
    before = visitor.sees("tbody tr a")
    visitor.page.get_by_role("link", name="Français").click()
    visitor.page.wait_for_url("**/fr/countries.html?region=americas&state=published")
    assert len(visitor.sees("tbody tr a")) == len(before)
    assert "Mexique" in " ".join(visitor.sees("tbody tr a"))


def test_the_first_key_leads_past_the_menus(visit: Visit) -> None:
    visitor = visit("en/countries/MEX.html")
    visitor.page.keyboard.press("Tab")
    assert visitor.focused().inner_text() == "Skip to the content"
    assert is_in_sight(visitor)
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")
    assert visitor.focused().evaluate("each => document.querySelector('main').contains(each)")


PLACES = """[...document.querySelectorAll('a[href], button, input, select, summary, [tabindex="0"]')]
    .filter(each => each.checkVisibility() && !each.disabled).length"""
HERE = """() => {
    const each = document.activeElement;
    if (each === document.body) return null;
    const style = getComputedStyle(each), inside = each.getBoundingClientRect();
    return {
        what: each.outerHTML.slice(0, 120),
        ringed: each.closest('svg') ? each.getScreenCTM().a * parseFloat(style.strokeWidth) >= 2
            : style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        seen: inside.bottom > 0 && inside.top < innerHeight && inside.right > 0 && inside.left < innerWidth,
    };
}"""


@pytest.mark.parametrize(
    "page", ["index.html", "countries/MEX.html", "pledge.html", "year.html", "methodology.html", "data.html"]
)
def test_the_keyboard_reaches_everything_and_is_seen_everywhere(
    visit: Visit, small_board: str, page: str
) -> None:
    # Without motion: what slides into sight is not in sight at once.
    visitor = visit(f"en/{page}", at=small_board, viewport=PHONE, reduced_motion="reduce")
    walked = walk(visitor)
    assert [step["what"] for step in walked if not step["ringed"]] == []
    assert [step["what"] for step in walked if not step["seen"]] == []
    assert len(walked) >= visitor.page.evaluate(PLACES)


def walk(visitor: Visitor) -> list[dict[str, object]]:
    """Press Tab until the page is left; the page itself notes at each key where the last one led: asking costs more."""
    visitor.page.evaluate(
        f"window.walked = []; addEventListener('keydown', () => walked.push(({HERE})()), true)"
    )
    for _ in range(STEPS // AT_ONCE):
        for _ in range(AT_ONCE):
            visitor.page.keyboard.down("Tab")
        walked: list[dict[str, object] | None] = visitor.page.evaluate("walked")
        if None in walked[1:]:
            return [each for each in walked[1 : walked.index(None, 1)] if each]
    pytest.fail(f"the keyboard does not leave {walked[-1]}")


def is_in_sight(visitor: Visitor) -> bool:
    box = visitor.focused().bounding_box()
    assert box is not None
    return box["x"] >= 0 and box["y"] >= 0


def test_a_country_is_found_from_the_home_page(visit: Visit) -> None:
    visitor = visit("en/index.html", viewport=PHONE)
    box = visitor.page.get_by_role("searchbox")
    box.fill("Mexico")
    box.press("Enter")
    visitor.page.wait_for_url("**/countries.html?q=Mexico*")
    assert visitor.sees("tbody tr a") == ["🇲🇽 Mexico"]
    visitor.page.get_by_role("link", name="Mexico").click()
    assert "published" in visitor.page.inner_text("main")


MARKS = """rows => Object.fromEntries(rows.map(row => [
    row.cells[0].querySelector('a').getAttribute('href').split('/').pop(),
    [...row.cells].slice(1, 7).map(cell => cell.innerText.slice(2))]))"""
SAID = """links => Object.fromEntries(links.map(link => [
    link.getAttribute('href').split('/').pop(),
    [link.querySelector('title').textContent, link.getAttribute('class')]]))"""


def test_the_maps_say_what_the_table_says(visit: Visit) -> None:
    visitor = visit("en/countries.html")
    rows = visitor.page.locator("tbody tr").evaluate_all(MARKS)
    visitor.goes_to("en/index.html")
    for place, cycle in ((0, 2), (1, 1)):
        chart = visitor.page.locator("svg.map").nth(place)
        assert f"cycle {cycle}" in (chart.get_attribute("aria-label") or "")
        said = chart.locator("a").evaluate_all(SAID)
        assert said.keys() == rows.keys()
        for country, marks in rows.items():
            assessment, report = marks[3 * cycle - 3 : 3 * cycle - 1]
            title, shade = said[country]
            assert title.endswith(f" · self-assessment: {assessment} · country report: {report}")
            assert (shade == "both") == (assessment == report == "published")


def test_the_keys_of_a_map_count_what_is_on_it(visit: Visit) -> None:
    visitor = visit("en/index.html")
    for place in (0, 1):
        shades = visitor.page.locator("svg.map").nth(place).locator("a")
        both = shades.evaluate_all("all => all.filter(each => each.classList[0] === 'both').length")
        keys = visitor.page.locator("ul.keys").nth(place).inner_text().split("\n")
        assert dict(zip(keys[::2], keys[1::2], strict=True))["Both published"] == str(both)


SHADES = {"both", "self-assessment", "country-report", "withdrawn", "not-seen", "unknown"}


def test_where_the_keyboard_is_on_the_map_is_seen_at_every_country(visit: Visit) -> None:
    visitor = visit("en/index.html", viewport=PHONE, reduced_motion="reduce")
    countries = visitor.page.locator("svg.map a")
    at = f"all => all.map(each => (each.focus(), {{...({HERE})(), shade: each.classList[0]}}))"
    here = countries.evaluate_all(at)
    assert {each["shade"] for each in here} >= SHADES
    assert [each["what"] for each in here if not (each["ringed"] and each["seen"])] == []


def test_a_country_on_the_map_leads_to_its_page(visit: Visit) -> None:
    visitor = visit("en/index.html", viewport=PHONE)
    visitor.page.locator("svg.map").first.locator("a[href='countries/BRA.html']").click()
    visitor.page.wait_for_url("**/en/countries/BRA.html")


def test_one_key_leads_past_a_map(visit: Visit) -> None:
    visitor = visit("en/index.html", reduced_motion="reduce")
    visitor.page.locator(".past a").last.focus()
    assert is_in_sight(visitor)
    visitor.page.keyboard.press("Enter")
    visitor.page.keyboard.press("Tab")
    assert visitor.focused().evaluate("each => document.querySelector('.news').contains(each)")


def test_evidence_that_is_linked_to_opens(visit: Visit) -> None:
    visitor = visit("en/countries/MEX.html")
    hidden = visitor.page.locator("details:not([open]) [id]").first
    name = hidden.get_attribute("id")
    assert not hidden.is_visible()
    visitor.goes_to(f"en/countries/MEX.html#{name}")
    visitor.page.locator(f"#{name}").wait_for(state="visible")
