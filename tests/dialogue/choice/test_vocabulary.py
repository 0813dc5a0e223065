"""The words a choice can be made of."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dialogue.choice.vocabulary import KEYWORDS, PHRASES, Wish, cycle_words, key
from monitor.model import DocumentKind, When
from monitor.names import name_key, spellings
from tests.alert.samples import CYCLES
from tests.config.helpers import COUNTRIES

WISHES = st.builds(
    Wish,
    is_all=st.booleans(),
    countries=st.frozensets(st.sampled_from(["MEX", "BRA"])),
    when=st.none() | st.sampled_from(When),
    is_silent=st.none() | st.booleans(),
    is_paused=st.none() | st.booleans(),
)


def test_no_word_is_also_the_name_of_a_country() -> None:
    names = {name_key(spelling) for country in COUNTRIES for spelling in spellings(country)}
    assert names & {*KEYWORDS, *cycle_words(CYCLES)} == set()


def test_no_phrase_means_two_things() -> None:
    written = [key(phrase) for _, phrases in PHRASES for phrase in phrases.split(",")]
    assert len(written) == len(set(written))
    assert set(KEYWORDS) & set(cycle_words(CYCLES)) == set()
    assert "" not in written


@pytest.mark.parametrize("text", ["follow-ups", "Follow ups", "FOLLOWUPS"])
def test_case_spaces_and_hyphens_do_not_matter(text: str) -> None:
    assert KEYWORDS[key(text)] == Wish(kinds=frozenset({DocumentKind.FOLLOW_UP}))


def test_what_is_said_later_holds_where_words_contradict_each_other() -> None:
    first = Wish(when=When.DAILY, is_silent=True, is_paused=True, countries=frozenset({"MEX"}))
    later = Wish(when=When.WEEKLY, is_silent=False, is_paused=False, countries=frozenset({"BRA"}))
    both = first.and_also(later)
    assert (both.when, both.is_silent, both.is_paused) == (When.WEEKLY, False, False)
    assert both.countries == {"MEX", "BRA"}


@given(WISHES)
def test_saying_nothing_more_changes_nothing(wish: Wish) -> None:
    assert wish.and_also(Wish()) == wish == Wish().and_also(wish)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish(), False),
        (Wish(is_all=True), False),
        (Wish(is_pledge=True), True),
        (Wish(regions=frozenset({"Europe"})), True),
        (Wish(countries=frozenset({"MEX"})), True),
    ],
)
def test_a_wish_names_countries_by_whatever_name(wish: Wish, expected: bool) -> None:
    assert wish.names_countries is expected
