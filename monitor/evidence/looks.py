"""What is remembered of the looks at a page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Final

from monitor.model import Change, LookHistory, Looks

MOST: Final = 60
"""Runs of equal looks that a country keeps, beside those that show a change.

All of them are written at every commit: with pages that differ at every look, 192 countries make 2 MB and 40 ms of it.
"""


def moments(changes: Iterable[Change]) -> Mapping[str, frozenset[datetime]]:
    """Give by country the looks between which something happened."""
    found: defaultdict[str, set[datetime]] = defaultdict(set)
    for change in changes:
        found[change.code] |= {moment for moment in (change.not_before, change.seen_at) if moment}
    return {code: frozenset(each) for code, each in found.items()}


def at(history: LookHistory, moment: datetime) -> Looks | None:
    """Give the run of looks that the look at a moment belongs to; None where it is not remembered."""
    return next((looks for looks in history.looks if looks.first <= moment <= looks.last), None)


def remembered(history: LookHistory, look: Looks, needed: Collection[datetime]) -> LookHistory:
    """Add a look: one more of the last run where it found the same. ``needed``: moments whose runs are never dropped."""
    *earlier, last = history.looks or (None,)
    if last is not None and (last.body_hash, last.error) == (look.body_hash, look.error):
        # A clock that was set back must not end a run before it began.
        same = replace(last, last=max(last.last, look.last), times=last.times + 1, status=look.status)
        return replace(history, looks=(*filter(None, earlier), same))
    return replace(history, looks=_kept((*history.looks, look), needed))


def _kept(runs: tuple[Looks, ...], needed: Collection[datetime]) -> tuple[Looks, ...]:
    old, new = runs[:-MOST], runs[-MOST:]
    proving = (run for run in old if any(run.first <= moment <= run.last for moment in needed))
    return (*proving, *new)
