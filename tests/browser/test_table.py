"""People filter and sort the table of countries; the address bar says what they see, so they can share it."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest

from monitor.board.status import Mark, matrix
from monitor.board.view import View
from monitor.model import Country, DocumentKind, PledgeState
from tests.browser.conftest import Visit
from tests.browser.judge import barriers
from tests.browser.visitor import PHONE, Visitor
from tests.web import world

pytestmark = pytest.mark.slow

VIEW = world.view()
TABLE = "en/countries.html"
K = DocumentKind
Choices = dict[str, str]


def shown(visitor: Visitor) -> list[str]:
    """Give the codes of the countries whose rows are shown, from top to bottom."""
    rows: list[str] = visitor.page.evaluate(
        """[...document.querySelectorAll('tbody tr')].filter(row => row.checkVisibility())
           .map(row => row.querySelector('a').getAttribute('href'))"""
    )
    return [row.removeprefix("countries/").removesuffix(".html") for row in rows]


def choose(visitor: Visitor, choices: Choices) -> None:
    for label, option in choices.items():
        field = visitor.page.get_by_role("search").get_by_label(label, exact=True)
        if label == "Country":
            field.press_sequentially(option)
        else:
            field.select_option(label=option)


def asked(visitor: Visitor) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(visitor.path.partition("?")[2]).items()}


def mark(view: View, country: Country, kind: DocumentKind, cycle: str) -> Mark:
    row = matrix(view.world.dossiers.get(country.code), view.cycles).row(cycle)
    assert row is not None
    return row.cells[kind].mark


def codes(fits: Callable[[Country], bool]) -> set[str]:
    return {country.code for country in VIEW.countries if fits(country)}


def has(wanted: Mark, kinds: tuple[DocumentKind, ...], cycles: tuple[str, ...]) -> Callable[[Country], bool]:
    return lambda country: any(
        mark(VIEW, country, kind, cycle) is wanted for kind in kinds for cycle in cycles
    )


ALL_KINDS = (K.SELF_ASSESSMENT, K.COUNTRY_REPORT, K.EXECUTIVE_SUMMARY)
FILTERS: dict[str, tuple[Choices, dict[str, str], set[str]]] = {
    "name": ({"Country": "oman"}, {"q": "oman"}, {"OMN"}),  # and not Romania
    "name in another language": ({"Country": "Côte"}, {"q": "Côte"}, {"CIV"}),
    "region": (
        {"Region": "Americas"},
        {"region": "americas"},
        codes(lambda country: country.region == "Americas"),
    ),
    "pledge": (
        {"Transparency Pledge": "signatory"},
        {"pledge": "signatory"},
        codes(lambda country: VIEW.pledges[country.code].state is PledgeState.SIGNATORY),
    ),
    "state": (
        {"State": "× withdrawn"},
        {"state": "withdrawn"},
        codes(has(Mark.WITHDRAWN, ALL_KINDS, ("1", "2"))),
    ),
    "cycle and state": (
        {"Cycle": "Cycle 1", "State": "? unknown"},
        {"cycle": "1", "state": "unknown"},
        codes(has(Mark.UNKNOWN, ALL_KINDS, ("1",))),
    ),
    "kind and state": (
        {"Document": "Country report", "State": "✓ published"},
        {"kind": "country-report", "state": "published"},
        codes(has(Mark.PUBLISHED, (K.COUNTRY_REPORT,), ("1", "2"))),
    ),
    "cycle, kind and state": (
        {"Cycle": "Cycle 2", "Document": "Self-assessment", "State": "– not seen"},
        {"cycle": "2", "kind": "self-assessment", "state": "not-seen"},
        codes(has(Mark.NOT_SEEN, (K.SELF_ASSESSMENT,), ("2",))),
    ),
    "all at once": (
        {"Region": "Americas", "Cycle": "Cycle 2", "Document": "Self-assessment", "State": "✓ published"},
        {"region": "americas", "cycle": "2", "kind": "self-assessment", "state": "published"},
        codes(
            lambda country: (
                country.region == "Americas" and has(Mark.PUBLISHED, (K.SELF_ASSESSMENT,), ("2",))(country)
            )
        ),
    ),
}


@pytest.mark.parametrize("name", FILTERS)
def test_a_filter_shows_its_countries_and_stands_in_the_address(visit: Visit, name: str) -> None:
    choices, address, fitting = FILTERS[name]
    assert 0 < len(fitting) < 192, "the example proves something"
    visitor = visit(TABLE)
    choose(visitor, choices)
    assert set(shown(visitor)) == fitting
    assert visitor.sees("#count") == [f"{len(fitting)} of 192 countries"]
    assert asked(visitor) == address
    visitor.page.reload()
    assert set(shown(visitor)) == fitting


def test_a_shared_address_shows_the_same_to_others(visit: Visit) -> None:
    visitor = visit(TABLE)
    choose(visitor, FILTERS["all at once"][0])
    visitor.page.get_by_role("button", name="Last read").click()
    friend = visit(visitor.path)
    assert shown(friend) == shown(visitor)
    assert friend.sees("#count") == visitor.sees("#count")


def test_nothing_found_is_said(visit: Visit) -> None:
    visitor = visit(TABLE)
    choose(visitor, {"Country": "Atlantis"})
    assert shown(visitor) == []
    assert visitor.sees("#count") == ["0 of 192 countries"]
    assert visitor.sees("#no-match") == ["No country matches. Clear a filter to see more."]
    visitor.page.get_by_role("button", name="Clear").click()
    assert len(shown(visitor)) == 192
    assert visitor.sees("#no-match") == []
    assert visitor.path == TABLE


def test_an_address_that_makes_no_sense_does_no_harm(visit: Visit) -> None:
    visitor = visit()
    for query in ("region=<script>alert(1)</script>", "sort=__proto__", "state=%00&cycle=9&q=%FF"):
        visitor.goes_to(f"{TABLE}?{query}")
        assert visitor.sees("#count") in (["192 of 192 countries"], ["0 of 192 countries"])


def test_back_and_forward_go_through_what_was_chosen(visit: Visit) -> None:
    visitor = visit(TABLE)
    choose(visitor, {"Region": "Europe"})
    europe = shown(visitor)
    choose(visitor, {"State": "× withdrawn"})
    both = shown(visitor)
    assert both != europe
    visitor.page.go_back()
    assert shown(visitor) == europe
    assert visitor.page.get_by_label("State", exact=True).input_value() == ""
    visitor.page.go_back()
    assert len(shown(visitor)) == 192
    visitor.page.go_forward()
    assert shown(visitor) == europe


def test_a_word_that_was_typed_is_one_step_back(visit: Visit) -> None:
    visitor = visit(TABLE)
    choose(visitor, {"Country": "mexico"})
    visitor.page.go_back()
    assert len(shown(visitor)) == 192


def test_columns_are_sorted_with_the_keyboard(visit: Visit) -> None:
    visitor = visit(TABLE)
    header = visitor.page.get_by_role("columnheader", name="Last read")
    button = header.get_by_role("button")
    button.focus()
    visitor.page.keyboard.press("Enter")
    assert header.get_attribute("aria-sort") == "ascending"
    assert set(shown(visitor)[:2]) == set(world.NEVER_READ)
    assert button.evaluate("each => each === document.activeElement"), "the keyboard stays where it was"
    visitor.page.keyboard.press("Space")
    assert header.get_attribute("aria-sort") == "descending"
    assert set(shown(visitor)[-2:]) == set(world.NEVER_READ)
    assert asked(visitor) == {"sort": "-read"}
    visitor.page.reload()
    assert set(shown(visitor)[-2:]) == set(world.NEVER_READ)
    visitor.page.get_by_role("button", name="Region").press("Enter")
    assert visitor.page.locator("[aria-sort]").count() == 1


def test_names_are_sorted_as_the_language_sorts_them(visit: Visit) -> None:
    visitor = visit("fr/countries.html?sort=-name")
    order = shown(visitor)[::-1]
    assert order[:3] == ["AFG", "ZAF", "ALB"]
    assert order.index("EGY") < order.index("SLV") < order.index("ESP"), "Égypte is no Z"


def test_documents_are_sorted_by_their_state(visit: Visit) -> None:
    visitor = visit(f"{TABLE}?sort=2.self-assessment")
    marks = [
        mark(VIEW, country, K.SELF_ASSESSMENT, "2")
        for code in shown(visitor)
        if (country := VIEW.country(code))
    ]
    order = [Mark.PUBLISHED, Mark.WITHDRAWN, Mark.UNKNOWN, Mark.NOT_SEEN]
    assert [order.index(each) for each in marks] == sorted(order.index(each) for each in marks)


def test_only_the_columns_that_are_asked_about_are_shown(visit: Visit) -> None:
    visitor = visit(TABLE)
    assert len(visitor.sees("thead th[data-kind]")) == 6
    choose(visitor, {"Cycle": "Cycle 2"})
    assert visitor.sees("thead th.group") == ["Cycle 2"]
    choose(visitor, {"Document": "Country report"})
    assert visitor.sees("thead th[data-kind]") == ["Country report"]
    assert visitor.sees("tbody tr:first-child td.m") == ["✓ published"]
    assert visitor.page.locator("thead th.group").evaluate_all("all => all.map(each => each.colSpan)") == [
        1,
        1,
    ]
    choose(visitor, {"Cycle": "any cycle", "Document": "any document"})
    assert len(visitor.sees("tbody tr:first-child td.m")) == 6


def test_what_is_filtered_hinders_nobody(visit: Visit) -> None:
    assert barriers(visit(f"{TABLE}?state=withdrawn&cycle=1&sort=region").page) == []


def test_on_a_phone_each_mark_is_named(visit: Visit) -> None:
    visitor = visit(f"{TABLE}?q=mexico", viewport=PHONE)
    row = visitor.page.locator("tbody tr").filter(has_text="Mexico")
    labels = row.locator("td.m").evaluate_all(
        "cells => cells.map(cell => getComputedStyle(cell, '::before').content)"
    )
    assert labels[0] == '"Self-assessment (cycle 1)"'
    assert len(set(labels)) == 6
