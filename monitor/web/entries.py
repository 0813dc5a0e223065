"""What feeds tell: pieces of news under names that never change, so that no reader sees one twice.

A piece is what one look found of one kind of document of one cycle, as in an alert. It is named after its first change in
the history, which is append-only: not after a language, the board's address, a setting, or what rules say later. Another
language that follows later is a piece of its own, so earlier pieces stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from monitor.alert import texts
from monitor.alert.news import Item, gather
from monitor.board.status import MATRIX_KINDS
from monitor.board.view import View
from monitor.evidence.proof import addresses
from monitor.model import Change, ChangeKind, Country, DocumentKind, KnownDocument, World
from monitor.record.said import BY

_Piece = tuple[str, datetime, ChangeKind, bool, DocumentKind, str | None, datetime, str]
_BACK: Final = frozenset({ChangeKind.RETURNED, ChangeKind.MOVED})
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_OURS: Final = "tag:uncac-monitor,2026"


@dataclass(frozen=True, slots=True)
class Entry:
    """One piece of news of one country."""

    id: str
    country: Country
    item: Item

    @property
    def seen_at(self) -> datetime:
        """The look at which it was seen, to the second."""
        return self.item.changes[0].seen_at.replace(microsecond=0)


def entries(view: View) -> tuple[Entry, ...]:
    """Give all news of the board's kinds and countries, the last that became known first."""
    countries = {country.code: country for country in view.countries}
    found: dict[str, Entry] = {}
    for changes in _pieces(change for change in view.world.changes if change.code in countries):
        first = changes[0]
        there = _there(view.world, first) if first.kind is ChangeKind.WITHDRAWN else ()
        [item] = gather(changes, there)
        entry = Entry(name("entry", first.code, first.kind, first.document.url), countries[first.code], item)
        # What was told again all the same (after a store was restored) stays the piece it was.
        found.setdefault(entry.id, entry)
    return tuple(reversed(found.values()))


def name(*parts: str) -> str:
    """Name something for ever, by what makes it itself."""
    words = "/".join((_OURS, *parts)).encode("utf-8", "backslashreplace").decode()
    return uuid5(NAMESPACE_URL, words).urn


def _pieces(changes: Iterable[Change]) -> Iterable[tuple[Change, ...]]:
    pieces: dict[_Piece, list[Change]] = {}
    newest = _LONG_AGO
    for change in changes:
        newest = max(newest, change.seen_at)
        if change.kind in texts.TOLD and change.document.kind in MATRIX_KINDS:
            pieces.setdefault(_piece(change, newest), []).append(change)
    return map(tuple, pieces.values())


def _piece(change: Change, newest: datetime) -> _Piece:
    """Say to which piece a change belongs; ``newest``: the newest look that the history had told of by then.

    A document of which nobody was sure is told later, with the look that had found it. It must not slip into a piece that
    readers have seen: what an operator said, and what comes after newer news, is a piece of its own.
    """
    document = change.document
    happened = (change.kind, change.is_language_version)
    is_said = any(evidence.where == BY for evidence in document.evidence)
    later = (newest, document.url if is_said else "")
    return change.code, change.seen_at, *happened, document.kind, document.cycle, *later


def _there(world: World, withdrawn: Change) -> Iterator[KnownDocument]:
    """Give what stood on the page when something was withdrawn, whatever went or came back later."""
    dossier, moment = world.dossiers.get(withdrawn.code), withdrawn.seen_at
    gone = _gone(world.changes, withdrawn.code, moment)
    for known in dossier.documents if dossier else ():
        is_missing = known.missing_since is not None and known.missing_since <= moment
        if known.first_seen <= moment and not is_missing and gone.isdisjoint(addresses(known)):
            yield known


def _gone(changes: Iterable[Change], code: str, moment: datetime) -> set[str]:
    """Name the addresses of what was withdrawn up to a moment and had not come back by then."""
    gone: set[str] = set()
    for change in changes:
        if change.code == code and change.seen_at <= moment:
            if change.kind is ChangeKind.WITHDRAWN:
                gone.add(change.document.url)
            elif change.kind in _BACK:
                gone -= {change.document.url, change.former_url}
    return gone
