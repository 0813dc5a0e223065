"""The chain from a page to an alert, for one document: what was seen when, what decided, who was told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.evidence.looks import at
from monitor.evidence.proof import addresses, proof_of
from monitor.model import (
    Change,
    ChangeKind,
    Delivery,
    DeliveryState,
    DocumentFile,
    KnownDocument,
    LookHistory,
    Looks,
    World,
)


@dataclass(frozen=True, slots=True)
class Told:
    """One message that told of a document, and how often it went out; never to whom."""

    html: str
    owed: datetime
    counts: Mapping[DeliveryState, int]
    first: datetime | None
    """When the first chat took it; None while none did."""
    last: datetime | None


@dataclass(frozen=True, slots=True)
class Happened:
    """A change of the document, and the looks at the page between which it came to be."""

    change: Change
    before: Looks | None
    """The looks that did not show it yet; None where they are not remembered."""
    after: Looks | None


@dataclass(frozen=True, slots=True)
class Chain:
    """All that proves what is said of one document."""

    code: str
    proof: str
    known: KnownDocument
    without: Looks | None
    """The looks that did not show it, up to the last one; None where they are not remembered or there were none."""
    shown: Looks | None
    """The looks that showed it, from the first one on; None where they are not remembered."""
    later: tuple[Looks, ...]
    """Looks at the page since."""
    file: DocumentFile | None
    happened: tuple[Happened, ...]
    told: tuple[Told, ...]


def chain(world: World, code: str, known: KnownDocument) -> Chain:
    """Gather what is known of one document; nothing is made up for what is not remembered."""
    history = world.looks.get(code, LookHistory(code))
    shown = at(history, known.first_seen)
    numbers = [
        number
        for number, change in enumerate(world.changes)
        if change.code == code and _is_about(change, known)
    ]
    return Chain(
        code=code,
        proof=proof_of(code, known),
        known=known,
        without=at(history, known.not_seen_at) if known.not_seen_at else None,
        shown=shown,
        later=tuple(looks for looks in history.looks if looks.first > known.first_seen),
        file=world.files.get(known.document.url),
        happened=tuple(_happened(world.changes[number], history) for number in numbers),
        told=tuple(_told(world.deliveries, frozenset(numbers))),
    )


def replaced(found: Chain, change: Change) -> bool:
    """Tell whether another document took its place."""
    return change.kind is ChangeKind.REVISED and change.document.url not in addresses(found.known)


def pages_in(found: Chain) -> tuple[str, ...]:
    """Give the hashes of the pages that show it: the last without it, the first with it; so for each change."""
    around = (look for each in found.happened for look in (each.before, each.after))
    looks = filter(None, (found.without, found.shown, *around))
    return tuple(dict.fromkeys(each.body_hash for each in looks if each.body_hash))


def files_in(found: Chain) -> tuple[str, ...]:
    """Give the hashes of the document's files that were seen, the oldest first."""
    looks = (*found.file.looks, found.file.newest) if found.file else ()
    own = (each.change for each in found.happened if not replaced(found, each.change))
    changed = (look for change in own for look in (change.file_before, change.file) if look)
    return tuple(dict.fromkeys(look.sha256 for look in (*changed, *looks) if look.sha256))


def as_of(found: Chain) -> datetime:
    """Give the newest moment that the chain tells of: two bundles of it are equal while nothing new is known."""
    moments: list[datetime] = [
        found.known.first_seen,
        *(each.last for each in (found.without, found.shown, *found.later) if each),
        *(moment for each in found.told for moment in (each.owed, each.last) if moment),
        *(each.change.seen_at for each in found.happened),
        *([found.file.checked] if found.file else []),
    ]
    return max(moments)


def _is_about(change: Change, known: KnownDocument) -> bool:
    own = addresses(known)
    return change.document.url in own or (change.kind is ChangeKind.REVISED and change.former_url in own)


def _happened(change: Change, history: LookHistory) -> Happened:
    before = at(history, change.not_before) if change.not_before else None
    return Happened(change, before, at(history, change.seen_at))


def _told(deliveries: Iterable[Delivery], numbers: frozenset[int]) -> Iterator[Told]:
    by_message: dict[str, list[Delivery]] = {}
    for delivery in deliveries:
        if numbers.intersection(delivery.about):
            by_message.setdefault(delivery.message.html, []).append(delivery)
    for html, group in by_message.items():
        sent = [each.settled for each in group if each.state is DeliveryState.SENT and each.settled]
        yield Told(
            html,
            min(each.created for each in group),
            Counter(each.state for each in group),
            min(sent, default=None),
            max(sent, default=None),
        )
