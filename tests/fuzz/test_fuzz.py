"""Nothing false is told of a broken page, and the fuzzer can fail; the long run is scripts/fuzz."""

from __future__ import annotations

import functools
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.errors import MonitorError
from monitor.model import Snapshot
from tests.fuzz.mutations import WAYS, Way
from tests.fuzz.pages import good_pages, page, read
from tests.fuzz.trial import Broken, broken, tried
from tests.profile.reading import reader

INPUTS = 500
SEED = 20_260_101
LONGEST = 6.0
"""Seconds of CPU on a slow machine; two are allowed, a quarter is taken."""
TREATIES = "https://www.unodc.org/documents/treaties/UNCAC"


@functools.cache
def input_(number: int) -> Broken:
    return broken(SEED, number)


@pytest.mark.no_cover
@pytest.mark.parametrize("first", range(0, INPUTS, INPUTS // 5))
def test_nothing_false_is_told_of_a_broken_page(first: int) -> None:
    results = [tried(input_(number)) for number in range(first, first + INPUTS // 5)]
    assert [(result.name, result.faults) for result in results if result.faults] == []
    assert max(result.seconds for result in results) < LONGEST


def test_every_way_of_breaking_changes_some_page() -> None:
    seen: dict[str, int] = dict.fromkeys(WAYS, 0)
    for number in range(INPUTS):
        case = input_(number)
        for name in case.name.partition(": ")[2].split(", "):
            seen[name] = seen.get(name, 0) + (case.html != case.good.html)
    assert all(seen[name] for name in WAYS if ", " not in name)


def test_the_same_seed_gives_the_same_input() -> None:
    assert broken(1, 17) == broken(1, 17)
    assert broken(1, 17).html != broken(2, 17).html


def case_of(html: str, *, keeps_addresses: bool = True) -> Broken:
    good = next(each for each in good_pages() if each.name == "headings_with_lists")
    way = Way(lambda _, same: same, keeps_addresses=keeps_addresses)
    return Broken(good, html, (way,), "by hand")


def good_html() -> str:
    return case_of("").good.html


@pytest.mark.parametrize("keeps_addresses", [True, False])
def test_an_invented_document_would_be_found_out(keeps_addresses: bool) -> None:
    new = f'<h2>Second cycle</h2><p>Self-assessment: <a href="{TREATIES}/new.pdf">English</a></p></main>'
    faults = tried(case_of(good_html().replace("</main>", new), keeps_addresses=keeps_addresses)).faults
    assert "while broken: published self-assessment" in faults[0]


def test_an_address_that_really_changed_is_none_of_it() -> None:
    (first, *_) = case_of("").good.look.documents
    worse = good_html().replace(first[0].url, first[0].url.replace(".pdf", "-x.pdf"))
    assert worse != good_html()
    assert tried(case_of(worse, keeps_addresses=False)).faults == ()
    assert tried(case_of(worse)).faults != ()


def test_what_is_lost_for_a_look_comes_back_without_a_word() -> None:
    assert tried(case_of(good_html()[:900])).faults == ()


def test_a_document_forgotten_in_between_would_be_found_out() -> None:
    case = case_of(good_html() + "<!-- other bytes -->")
    known = replace(case.good.known, documents=case.good.known.documents[1:])
    forgetful = replace(case, good=replace(case.good, known=known))
    assert [fault.partition(":")[0] for fault in tried(forgetful).faults] == ["while broken"]


PIECES = (
    "<a href=x.pdf>", "</a>", "<td rowspan=9>", "<table>", "<tr>", "<h1>Mexico", "<h3>", "<select>", "<option value=y.pdf>",
    "Country report", "Self-assessment", "English", "<!--", "-->", "<base href=//x>", '"', "'", "&#0;", "&lt;", "<details>",
    '<div role=heading aria-level="">', "<a href='#t'>", "<div id=t>", "<img alt=PDF>", "<dt>", "<svg>", "<nav>", "\0",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=5), max_size=40))
@example(['<div role=heading aria-level="">', "x", "</div>"])
@settings(max_examples=200, deadline=None, derandomize=True)
def test_whatever_a_page_is_made_of_it_is_read_or_refused_in_our_words(pieces: list[str]) -> None:
    html = "".join(pieces)
    look = read(html, good_pages()[0].country)
    assert isinstance(look, (Snapshot, MonitorError))
    assert reader().readings(page(html, "MEX")) is not None


def test_another_countrys_page_in_a_language_that_names_no_country_we_know_is_not_believed() -> None:
    pages = {each.name: each for each in good_pages()}
    arabic, other = pages["arabic_page"], pages["headings_with_lists"]
    case = Broken(other, arabic.html, (Way(lambda _, same: same),), "by hand", (arabic.known,))
    assert arabic.country != other.country
    assert tried(case).faults == ()
    assert tried(replace(case, others=())).faults != ()
