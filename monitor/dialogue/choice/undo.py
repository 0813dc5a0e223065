"""A choice as a button can carry it, so that an unsubscription can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from monitor.alert import press
from monitor.alert.press import short
from monitor.board.regions import regions
from monitor.board.view import View
from monitor.dialogue.choice.keep import fresh
from monitor.dialogue.choice.place import Place
from monitor.model import DocumentKind, Scope, Subscription, When

_BETWEEN: Final = "|"
_KINDS: Final = tuple(DocumentKind)
_WHEN: Final = {"o": When.AT_ONCE, "d": When.DAILY, "w": When.WEEKLY}
_SHORT: Final = 4
"""Letters of a region's short name: enough for the few there are."""


def undoing(place: Place, ended: Subscription) -> str:
    """Write the data of a button that brings a subscription back; nothing where it does not fit or more is lost."""
    if ended.held:
        return ""
    try:
        return press.data("set", place.token, "undo", _written(ended))
    except ValueError:
        return ""


def restored(place: Place, written: str, view: View) -> Subscription | None:
    """Give the subscription that a button, perhaps forged, brings back."""
    parts = written.split(_BETWEEN)
    if len(parts) != len(("flags", "kinds", "cycles", "regions", "countries", "muted")):
        return None
    flags, kinds, cycles, named, countries, muted = parts
    chosen = frozenset(kind for at, kind in enumerate(_KINDS) if str(at) in kinds)
    scope = _scope(named, countries, view, is_pledge="p" in flags)
    if not chosen or scope is None or flags[:1] not in _WHEN:
        return None
    return replace(
        fresh(place),
        when=_WHEN[flags[0]],
        withdrawals="x" in flags,
        files="f" in flags,
        is_silent="q" in flags,
        kinds=chosen,
        cycles=frozenset(cycles.split(",")) & {cycle.id for cycle in view.cycles},
        scope=scope,
        muted=frozenset(muted.split(",")) & _codes(view),
    )


def _scope(named: str, countries: str, view: View, *, is_pledge: bool) -> Scope | None:
    """Read a scope; None where nothing that it named is known any more: that does not mean all countries."""
    by_name = {short(region)[:_SHORT]: region for region in regions(view.countries)}
    known = frozenset(by_name[each] for each in named.split(",") if each in by_name)
    scope = Scope(is_pledge, known, frozenset(countries.split(",")) & _codes(view))
    return None if scope.is_everything and (named or countries) else scope


def _codes(view: View) -> frozenset[str]:
    return frozenset(country.code for country in view.countries)


def _written(ended: Subscription) -> str:
    when = next(letter for letter, each in _WHEN.items() if each is ended.when)
    flags = "".join(
        (
            when,
            "p" * ended.scope.is_pledge,
            "x" * ended.withdrawals,
            "f" * ended.files,
            "q" * ended.is_silent,
        )
    )
    kinds = "".join(str(_KINDS.index(kind)) for kind in sorted(ended.kinds))
    return _BETWEEN.join(
        (
            flags,
            kinds,
            _list(ended.cycles),
            _list(short(region)[:_SHORT] for region in ended.scope.regions),
            _list(ended.scope.countries),
            _list(ended.muted),
        )
    )


def _list(items: Iterable[str]) -> str:
    return ",".join(sorted(items))
