"""A chat hears of what it asked for, and of nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from monitor.alert.choice import is_asked_for, is_in
from monitor.model import (
    ALL_COUNTRIES,
    FILE_CHANGES,
    NEWS_KINDS,
    Change,
    ChangeKind,
    Country,
    Document,
    DocumentKind,
    Pledge,
    PledgeState,
    Scope,
    Subscription,
)

NOW = datetime(2026, 11, 24, 8, tzinfo=UTC)
COUNTRIES = {
    code: Country(code, {"en": code}, region=region)
    for code, region in (("MEX", "Americas"), ("BRA", "Americas"), ("CHE", "Europe"), ("NER", ""))
}
PLEDGES = {
    "MEX": Pledge(PledgeState.SIGNATORY),
    "BRA": Pledge(PledgeState.UNKNOWN),
    "CHE": Pledge(PledgeState.NOT_SIGNATORY),
}
CHAT = Subscription(1)


def change(
    code: str = "MEX",
    kind: ChangeKind = ChangeKind.PUBLISHED,
    of: DocumentKind = DocumentKind.COUNTRY_REPORT,
    cycle: str | None = "2",
) -> Change:
    return Change(code, kind, Document("https://www.unodc.org/a.pdf", "a", of, cycle), NOW, None)


def hears(subscription: Subscription, about: Change) -> bool:
    return is_asked_for(about, subscription, COUNTRIES, PLEDGES)


@pytest.mark.parametrize(
    ("kind", "withdrawals", "expected"),
    [
        (ChangeKind.PUBLISHED, False, True),
        (ChangeKind.REVISED, False, True),
        (ChangeKind.WITHDRAWN, True, True),
        (ChangeKind.WITHDRAWN, False, False),
        (ChangeKind.MOVED, True, False),
        (ChangeKind.RETURNED, True, False),
    ],
)
def test_moves_and_returns_are_silent_and_withdrawals_a_choice(
    kind: ChangeKind, withdrawals: bool, expected: bool
) -> None:
    assert hears(replace(CHAT, withdrawals=withdrawals), change(kind=kind)) is expected


@pytest.mark.parametrize("kind", ChangeKind)
def test_what_happens_to_files_is_heard_only_where_it_was_chosen_and_changes_nothing_else(
    kind: ChangeKind,
) -> None:
    about = change(kind=kind)
    assert hears(replace(CHAT, files=True), about) is (kind in FILE_CHANGES or hears(CHAT, about))
    assert not (kind in FILE_CHANGES and hears(CHAT, about))


@pytest.mark.parametrize("kind", DocumentKind)
def test_a_chat_hears_only_of_the_kinds_it_asked_for(kind: DocumentKind) -> None:
    assert hears(CHAT, change(of=kind)) is (kind in NEWS_KINDS)
    assert hears(replace(CHAT, kinds=frozenset({kind})), change(of=kind))


@pytest.mark.parametrize(
    ("chosen", "cycle", "expected"),
    [
        (frozenset(), "1", True),
        (frozenset("2"), "2", True),
        (frozenset("2"), "1", False),
        (frozenset("12"), "1", True),
        (frozenset("2"), None, True),
    ],
)
def test_a_chat_hears_of_its_cycles_and_always_of_a_document_whose_cycle_is_unknown(
    chosen: frozenset[str], cycle: str | None, expected: bool
) -> None:
    assert hears(replace(CHAT, cycles=chosen), change(cycle=cycle)) is expected


@pytest.mark.parametrize(
    ("scope", "codes"),
    [
        (ALL_COUNTRIES, "MEX BRA CHE NER XXX"),
        (Scope(is_pledge=True), "MEX"),
        (Scope(regions=frozenset({"Americas"})), "MEX BRA"),
        (Scope(countries=frozenset({"CHE", "NER"})), "CHE NER"),
        (Scope(is_pledge=True, regions=frozenset({"Europe"})), "MEX CHE"),
        (Scope(is_pledge=True, countries=frozenset({"NER"})), "MEX NER"),
        (Scope(regions=frozenset({"Europe"}), countries=frozenset({"XXX"})), "CHE XXX"),
    ],
)
def test_a_scope_is_whatever_any_of_its_parts_names(scope: Scope, codes: str) -> None:
    asked = (*COUNTRIES, "XXX")
    assert [code for code in asked if is_in(code, scope, COUNTRIES, PLEDGES)] == codes.split()
    assert [code for code in asked if hears(replace(CHAT, scope=scope), change(code))] == codes.split()


def test_a_muted_country_is_left_out_whatever_the_scope_says() -> None:
    muted = replace(CHAT, scope=Scope(countries=frozenset({"MEX", "CHE"})), muted=frozenset({"MEX"}))
    assert [hears(muted, change(code)) for code in ("MEX", "CHE")] == [False, True]


def test_a_pause_does_not_change_what_was_asked_for() -> None:
    assert hears(replace(CHAT, is_paused=True), change())
