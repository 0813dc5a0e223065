"""From when to when documents stood on their pages, as far as looks and changes tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from monitor.model import Change, ChangeKind, Dossier, KnownDocument

_COMES: Final = frozenset({ChangeKind.RETURNED, ChangeKind.MOVED})
"""What was withdrawn may come back at another address, too."""


@dataclass(frozen=True, slots=True)
class Span:
    """Some time in which a document stood on its page, from look to look."""

    start: datetime
    end: datetime | None = None
    """The first look without it; None while it is there."""
    is_found: bool = False
    """It was there when we began to look: when it appeared nobody knows."""

    def covers(self, moment: datetime) -> bool:
        """Tell whether it stood there at a moment."""
        return self.start <= moment and (self.end is None or moment < self.end)


def changes_by_country(changes: Iterable[Change]) -> Mapping[str, tuple[Change, ...]]:
    """Sort changes by country, each country's in the order in which they happened."""
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        found[change.code].append(change)
    return {code: tuple(sorted(some, key=lambda each: each.seen_at)) for code, some in found.items()}


def spans(dossier: Dossier, changes: Sequence[Change]) -> tuple[tuple[KnownDocument, tuple[Span, ...]], ...]:
    """Give each known document its times on the page; ``changes``: the country's, in their order."""
    turns: dict[str, list[tuple[datetime, bool]]] = defaultdict(list)
    for change in changes:
        for url, is_there in _turns(change):
            turns[url].append((change.seen_at, is_there))
    return tuple((known, _spans(known, turns)) for known in dossier.documents)


def merged(found: Iterable[Span]) -> tuple[Span, ...]:
    """Join times that overlap or touch: one document takes over from another."""
    joined: list[Span] = []
    for span in sorted(found, key=lambda each: (each.start, not each.is_found)):
        last = joined[-1] if joined else None
        if last is None or (last.end is not None and span.start > last.end):
            joined.append(span)
        elif last.end is not None and (span.end is None or span.end > last.end):
            joined[-1] = replace(last, end=span.end)
    return tuple(joined)


def _turns(change: Change) -> Iterable[tuple[str, bool]]:
    """Say at which addresses a document went or came."""
    if change.kind is ChangeKind.WITHDRAWN:
        return ((change.document.url, False),)
    if change.kind is ChangeKind.REVISED:
        return ((change.former_url, False),)
    return ((change.document.url, True),) if change.kind in _COMES else ()


def _spans(known: KnownDocument, turns: Mapping[str, list[tuple[datetime, bool]]]) -> tuple[Span, ...]:
    urls = dict.fromkeys((known.document.url, *known.former_urls))
    found = [Span(known.first_seen, is_found=known.not_seen_at is None)]
    for moment, is_there in sorted(turn for url in urls for turn in turns.get(url, ())):
        is_open = found[-1].end is None
        if is_open and not is_there:
            found[-1] = replace(found[-1], end=moment)
        elif is_there and not is_open:
            found.append(Span(moment))
    # What went for a short time, or came back without a word, no change tells of: the dossier knows best.
    last = found[-1]
    if last.end != known.missing_since and (known.missing_since is None or last.end is None):
        found[-1] = replace(last, end=known.missing_since)
    return tuple(found)
