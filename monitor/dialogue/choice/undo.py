"""A choice as a button can carry it, so that an unsubscription can be taken back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from monitor.alert import press
from monitor.alert.press import short
from monitor.board.regions import regions
from monitor.dialogue.choice.keep import fresh
from monitor.dialogue.choice.place import Place
from monitor.dialogue.view import View
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
    codes = {country.code for country in view.countries}
    by_name = {short(region)[:_SHORT]: region for region in regions(view.countries)}
    chosen = frozenset(
        _KINDS[int(at)] for at in kinds if at.isascii() and at.isdigit() and int(at) < len(_KINDS)
    )
    if not chosen or not flags or flags[0] not in _WHEN:
        return None
    return replace(
        fresh(place),
        when=_WHEN[flags[0]],
        withdrawals="x" in flags,
        is_silent="q" in flags,
        kinds=chosen,
        cycles=frozenset(cycles.split(",")) & {cycle.id for cycle in view.cycles},
        scope=Scope(
            "p" in flags,
            frozenset(by_name[each] for each in named.split(",") if each in by_name),
            frozenset(countries.split(",")) & codes,
        ),
        muted=frozenset(muted.split(",")) & codes,
    )


def _written(ended: Subscription) -> str:
    when = next(letter for letter, each in _WHEN.items() if each is ended.when)
    flags = when + "p" * ended.scope.is_pledge + "x" * ended.withdrawals + "q" * ended.is_silent
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
