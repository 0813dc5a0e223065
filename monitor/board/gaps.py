"""When countries could not be read, for so long that something may have appeared and gone unseen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from monitor.board.view import View
from monitor.model import Country, Dossier, Looks

_SHORT: Final = timedelta(days=1)
"""Shorter gaps are usual: they do not hide anything that still stands there."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Some time in which a country could not be read."""

    country: Country
    since: datetime | None
    """The last good look before it; None where there was none."""
    until: datetime | None
    """The first good look after it; None while it lasts."""


def gaps(view: View, since: datetime, until: datetime) -> tuple[Gap, ...]:
    """Name the gaps of a day or more that touch a time, as far as looks are remembered."""
    return tuple(gap for country in view.countries for gap in _of(view, country, since, until))


def _of(view: View, country: Country, since: datetime, until: datetime) -> Iterator[Gap]:
    dossier, looked = view.world.dossiers.get(country.code), view.world.looks.get(country.code)
    if dossier is None or dossier.first_read is None or dossier.first_read > until:
        yield Gap(country, None, None)
        return
    for start, end in _unread(looked.looks) if looked else _failing(dossier):
        shown = (min(end or until, until)) - max(start or since, since)
        if shown >= _SHORT:
            yield Gap(country, start, None if end is None or end > until else end)


def _unread(runs: Iterable[Looks]) -> Iterator[tuple[datetime | None, datetime | None]]:
    """Give the times from the last good look before a failure to the next one."""
    last_good: datetime | None = None
    is_open = False
    for run in runs:
        if run.error:
            is_open = True
            continue
        if is_open:
            yield last_good, run.first
        last_good, is_open = run.last, False
    if is_open:
        yield last_good, None


def _failing(dossier: Dossier) -> tuple[tuple[datetime | None, datetime | None], ...]:
    return ((dossier.failing.since, None),) if dossier.failing else ()
