"""How words and buttons change a choice: what is held stays held, whatever is chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from monitor.alert.choice import is_in
from monitor.board.view import View
from monitor.dialogue.choice.vocabulary import Wish
from monitor.model import ALL_COUNTRIES, NEWS_KINDS, DocumentKind, Scope, Subscription

T = TypeVar("T")


def refined(old: Subscription, wish: Wish, view: View) -> Subscription:
    """Tell a chat of what it asks for: a part of what it is told of narrows that, anything else is added."""
    codes = codes_in(named_by(wish), view) if wish.names_countries else frozenset[str]()
    return replace(
        old,
        scope=_wider_or_narrower(old, wish, codes),
        muted=frozenset() if wish.is_all else old.muted - codes,
        kinds=_kinds(old.kinds, wish.kinds),
        withdrawals=old.withdrawals or wish.withdrawals,
        files=old.files if wish.files is None else wish.files,
        cycles=_cycles(old.cycles, wish, view),
        when=wish.when or old.when,
        is_silent=old.is_silent if wish.is_silent is None else wish.is_silent,
        is_paused=bool(wish.is_paused),
    )


def reduced(old: Subscription, wish: Wish, view: View) -> Subscription | None:
    """Tell a chat no longer of what it names; None where nothing would be left."""
    scope, muted = old.scope, old.muted
    if wish.names_countries:
        named = named_by(wish)
        codes = codes_in(named, view)
        scope = _without(old.scope, named, codes)
        if scope.is_everything and not old.scope.is_everything:
            return None
        muted = old.muted | (codes & codes_in(scope, view))
    kinds, cycles = old.kinds - wish.kinds, _fewer_cycles(old.cycles, wish, view)
    if wish.is_all or wish.is_all_cycles or not kinds or cycles is None:
        return None
    return replace(
        old,
        scope=scope,
        muted=muted,
        kinds=kinds,
        cycles=cycles,
        withdrawals=old.withdrawals and not wish.withdrawals,
        files=old.files and not wish.files,
    )


def can_be_left_out(wish: Wish) -> bool:
    """Tell whether words name what a chat is told of, rather than when or how."""
    return (wish.when, wish.is_silent, wish.is_paused) == (None, None, None)


def named_by(wish: Wish) -> Scope:
    """Give the countries that words name, by whatever name."""
    return Scope(wish.is_pledge, wish.regions, wish.countries)


def codes_in(scope: Scope, view: View) -> frozenset[str]:
    """Give the codes of a scope's countries."""
    countries = {country.code: country for country in view.countries}
    return frozenset(code for code in countries if is_in(code, scope, countries, view.pledges))


def toggled(old: frozenset[T], item: T) -> frozenset[T]:
    """Put an item in, or take it out."""
    return old ^ {item}


def whole_or(cycles: Iterable[str], view: View) -> frozenset[str]:
    """Keep cycles; where they are all there are, name none: a new one is then told too."""
    chosen = frozenset(cycles)
    return frozenset() if chosen >= {cycle.id for cycle in view.cycles} else chosen


def _wider_or_narrower(old: Subscription, wish: Wish, codes: frozenset[str]) -> Scope:
    if wish.is_all:
        return ALL_COUNTRIES
    # Who asks for a country that is muted means that it is told again, not that all others go.
    if not wish.names_countries or (codes and codes <= old.muted):
        return old.scope
    return _union(old.scope, named_by(wish))


def _union(one: Scope, other: Scope) -> Scope:
    # All countries are the scope that names nothing: whatever is named then narrows it.
    return Scope(
        one.is_pledge or other.is_pledge, one.regions | other.regions, one.countries | other.countries
    )


def _without(old: Scope, named: Scope, codes: frozenset[str]) -> Scope:
    return Scope(old.is_pledge and not named.is_pledge, old.regions - named.regions, old.countries - codes)


def _kinds(old: frozenset[DocumentKind], named: frozenset[DocumentKind]) -> frozenset[DocumentKind]:
    news = named & NEWS_KINDS
    return (old - NEWS_KINDS) | named if news and old >= NEWS_KINDS else old | named


def _cycles(old: frozenset[str], wish: Wish, view: View) -> frozenset[str]:
    if wish.is_all_cycles:
        return frozenset()
    return whole_or(old | wish.cycles, view) if wish.cycles else old


def _fewer_cycles(old: frozenset[str], wish: Wish, view: View) -> frozenset[str] | None:
    if not wish.cycles:
        return old
    return ((old or frozenset(cycle.id for cycle in view.cycles)) - wish.cycles) or None
