"""Words refine a choice: a part of what is told narrows it, anything else is added; nothing that is held is lost."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dialogue.choice.refine import can_be_left_out, codes_in, reduced, refined, whole_or
from monitor.dialogue.choice.vocabulary import Wish
from monitor.model import ALL_COUNTRIES, NEWS_KINDS, DocumentKind, Scope, Subscription, When
from tests.dialogue.choice.room import CHAT, view

K = DocumentKind
SEEN = view()
OLD = Subscription(CHAT, withdrawals=False)


def some(*codes: str) -> frozenset[str]:
    return frozenset(codes)


MEXICO = Wish(countries=some("MEX"))
EUROPE = Wish(regions=some("Europe"))
PLEDGE = Wish(is_pledge=True)


@pytest.mark.parametrize(
    ("old", "wish", "expected"),
    [
        (ALL_COUNTRIES, MEXICO, Scope(countries=some("MEX"))),
        (ALL_COUNTRIES, PLEDGE, Scope(is_pledge=True)),
        (ALL_COUNTRIES, EUROPE, Scope(regions=some("Europe"))),
        (Scope(countries=some("BRA")), MEXICO, Scope(countries=some("BRA", "MEX"))),
        (Scope(is_pledge=True), EUROPE, Scope(is_pledge=True, regions=some("Europe"))),
        (Scope(regions=some("Americas")), PLEDGE, Scope(is_pledge=True, regions=some("Americas"))),
        (Scope(countries=some("BRA")), Wish(is_all=True), ALL_COUNTRIES),
        (Scope(countries=some("BRA")), Wish(is_all=True, countries=some("MEX")), ALL_COUNTRIES),
        (Scope(countries=some("BRA")), Wish(when=When.DAILY), Scope(countries=some("BRA"))),
    ],
)
def test_who_is_told_of_all_narrows_it_and_others_add(old: Scope, wish: Wish, expected: Scope) -> None:
    assert refined(replace(OLD, scope=old), wish, SEEN).scope == expected


def test_a_muted_country_that_is_named_is_told_again_and_no_other_goes() -> None:
    muted = replace(OLD, muted=some("MEX", "BRA"))
    assert refined(muted, MEXICO, SEEN) == replace(OLD, muted=some("BRA"))
    both = Wish(countries=some("MEX", "GHA"))
    assert refined(muted, both, SEEN) == replace(
        OLD, muted=some("BRA"), scope=Scope(countries=some("MEX", "GHA"))
    )
    assert refined(muted, Wish(is_all=True), SEEN).muted == frozenset()


def test_naming_signatories_where_none_is_known_still_chooses_them() -> None:
    unknown = view(pledges={})
    assert refined(OLD, PLEDGE, unknown).scope == Scope(is_pledge=True)


@pytest.mark.parametrize(
    ("old", "named", "expected"),
    [
        (NEWS_KINDS, {K.EXECUTIVE_SUMMARY}, NEWS_KINDS | {K.EXECUTIVE_SUMMARY}),
        (NEWS_KINDS, {K.SELF_ASSESSMENT}, {K.SELF_ASSESSMENT}),
        (NEWS_KINDS | {K.FOLLOW_UP}, {K.COUNTRY_REPORT}, {K.COUNTRY_REPORT, K.FOLLOW_UP}),
        (NEWS_KINDS, NEWS_KINDS, NEWS_KINDS),
        ({K.SELF_ASSESSMENT}, {K.COUNTRY_REPORT}, NEWS_KINDS),
        ({K.SELF_ASSESSMENT}, set(), {K.SELF_ASSESSMENT}),
    ],
)
def test_naming_one_of_both_news_narrows_to_it_and_other_kinds_are_added(
    old: frozenset[K], named: set[K], expected: set[K]
) -> None:
    wish = Wish(kinds=frozenset(named))
    assert refined(replace(OLD, kinds=frozenset(old)), wish, SEEN).kinds == expected


@pytest.mark.parametrize(
    ("old", "wish", "expected"),
    [
        (some(), Wish(cycles=some("2")), some("2")),
        (some("1"), Wish(cycles=some("2")), some()),
        (some("1"), Wish(), some("1")),
        (some("1"), Wish(is_all_cycles=True), some()),
    ],
)
def test_cycles_are_narrowed_and_added_and_all_of_them_are_any(
    old: frozenset[str], wish: Wish, expected: frozenset[str]
) -> None:
    assert refined(replace(OLD, cycles=old), wish, SEEN).cycles == expected
    assert whole_or(some("1", "2"), SEEN) == some()


def test_when_sound_and_withdrawals_follow_the_words_and_stay_where_there_are_none() -> None:
    wish = Wish(when=When.WEEKLY, is_silent=True, withdrawals=True)
    told = refined(OLD, wish, SEEN)
    assert (told.when, told.is_silent, told.withdrawals) == (When.WEEKLY, True, True)
    assert refined(told, Wish(), SEEN) == told
    assert refined(told, Wish(is_silent=False), SEEN).is_silent is False


def test_what_happens_to_files_follows_the_words_both_ways() -> None:
    told = refined(OLD, Wish(files=True), SEEN)
    assert told == replace(OLD, files=True)
    assert refined(told, Wish(), SEEN) == told
    assert refined(told, Wish(files=False), SEEN) == OLD
    assert reduced(told, Wish(files=True), SEEN) == OLD
    assert reduced(told, Wish(withdrawals=True), SEEN) == told


def test_asking_to_be_told_ends_a_pause_unless_a_pause_is_asked_for() -> None:
    paused = replace(OLD, is_paused=True)
    assert refined(paused, MEXICO, SEEN).is_paused is False
    assert refined(OLD, Wish(is_paused=True), SEEN).is_paused is True


@pytest.mark.parametrize(
    ("old", "wish", "scope", "muted"),
    [
        (ALL_COUNTRIES, MEXICO, ALL_COUNTRIES, "MEX"),
        (Scope(countries=some("MEX", "BRA")), MEXICO, Scope(countries=some("BRA")), ""),
        (Scope(regions=some("Americas")), MEXICO, Scope(regions=some("Americas")), "MEX"),
        (
            Scope(regions=some("Americas"), countries=some("MEX")),
            MEXICO,
            Scope(regions=some("Americas")),
            "MEX",
        ),
        (Scope(is_pledge=True, regions=some("Europe")), EUROPE, Scope(is_pledge=True), ""),
        (Scope(countries=some("FRA", "MEX")), EUROPE, Scope(countries=some("MEX")), ""),
        (Scope(is_pledge=True, countries=some("BRA")), PLEDGE, Scope(countries=some("BRA")), ""),
        (Scope(countries=some("BRA")), MEXICO, Scope(countries=some("BRA")), ""),
    ],
)
def test_a_country_is_taken_out_of_the_names_and_muted_where_it_is_still_meant(
    old: Scope, wish: Wish, scope: Scope, muted: str
) -> None:
    left = reduced(replace(OLD, scope=old), wish, SEEN)
    assert left == replace(OLD, scope=scope, muted=some(*muted.split()))


def test_a_region_taken_out_of_all_mutes_its_countries_and_naming_it_brings_them_back() -> None:
    left = reduced(OLD, EUROPE, SEEN)
    assert left is not None
    assert left.muted == codes_in(Scope(regions=some("Europe")), SEEN)
    assert len(left.muted) == 48
    assert refined(left, EUROPE, SEEN) == OLD


@pytest.mark.parametrize(
    "wish",
    [
        Wish(is_all=True),
        MEXICO,
        Wish(kinds=NEWS_KINDS),
        Wish(is_all_cycles=True),
        Wish(cycles=some("1", "2")),
        Wish(cycles=some("2")),
    ],
)
def test_nothing_is_left_where_everything_was_named(wish: Wish) -> None:
    told = replace(OLD, scope=Scope(countries=some("MEX")), cycles=some("2"))
    assert reduced(told, wish, SEEN) is None


def test_kinds_cycles_and_withdrawals_are_taken_out() -> None:
    told = replace(OLD, withdrawals=True)
    assert reduced(told, Wish(withdrawals=True), SEEN) == OLD
    assert reduced(told, Wish(kinds=frozenset({K.COUNTRY_REPORT})), SEEN) == replace(
        told, kinds=frozenset({K.SELF_ASSESSMENT})
    )
    assert reduced(told, Wish(cycles=some("1")), SEEN) == replace(told, cycles=some("2"))


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (MEXICO, True),
        (Wish(when=When.DAILY), False),
        (Wish(is_silent=False), False),
        (Wish(is_paused=False), False),
    ],
)
def test_only_what_is_told_can_be_left_out(wish: Wish, expected: bool) -> None:
    assert can_be_left_out(wish) is expected


@given(
    st.builds(
        Wish,
        is_all=st.booleans(),
        is_pledge=st.booleans(),
        regions=st.frozensets(st.sampled_from(["Europe", "Americas"])),
        countries=st.frozensets(st.sampled_from(["MEX", "FRA"])),
        kinds=st.frozensets(st.sampled_from(DocumentKind)),
        cycles=st.frozensets(st.sampled_from("12")),
        is_paused=st.none() | st.booleans(),
    ),
    st.frozensets(st.sampled_from(["MEX", "BRA"])),
)
def test_what_is_held_stays_held_whatever_is_chosen(wish: Wish, muted: frozenset[str]) -> None:
    told = replace(OLD, held=(3, 4), muted=muted, thread=7)
    for changed in (refined(told, wish, SEEN), reduced(told, wish, SEEN)):
        assert changed is None or (changed.held, changed.thread) == ((3, 4), 7)
