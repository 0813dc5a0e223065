"""What follows when the store goes back to a copy: nothing is told twice, nothing that was owed is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from monitor.alert import notices
from monitor.alert.book import Book, numbers
from monitor.alert.digest import digests
from monitor.alert.markup import bold, clip, escape
from monitor.alert.outbox import notices_owed
from monitor.language.speech import Speech
from monitor.model import (
    ChatId,
    Commit,
    Delivery,
    DeliveryState,
    Dossier,
    KnownDocument,
    Message,
    Subscription,
    World,
)
from monitor.record.apply import after, place_of

MOST_ASKED: Final = 20
"""Messages that operators are asked about one by one."""
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)
_HOUR: Final = timedelta(hours=1)
_LONGEST: Final = timedelta(days=9)
"""After so long every digest had its hour."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What going back to a copy undoes."""

    changes: int
    """Changes that the copy does not know and what is replaced does."""
    are_kept: bool
    """Whether these stay known, as told."""
    chats: frozenset[ChatId]
    """Chats whose choices since then are lost."""


def is_later(replaced: World, copy: World) -> bool:
    """Tell whether ``replaced`` is what became of ``copy``: the same history, that went on."""
    return replaced.changes[: len(copy.changes)] == copy.changes and _newest(replaced) >= _newest(copy)


def loss(replaced: World, copy: World) -> Loss:
    """Say what is lost where ``copy`` takes the place of ``replaced``."""
    here, there = _choices(replaced), _choices(copy)
    chats = frozenset(each.chat for each in here ^ there)
    if is_later(replaced, copy):
        return Loss(len(replaced.changes) - len(copy.changes), are_kept=True, chats=chats)
    known = set(copy.changes)
    return Loss(sum(change not in known for change in replaced.changes), are_kept=False, chats=chats)


def restored(copy: World, replaced: World | None, taken: datetime, book: Book, now: datetime) -> Commit:
    """Give what changes in ``copy`` before anybody is told from it; ``replaced``: what stood there, if it can be read.

    What waited may have gone out since the copy was ``taken``: unless ``replaced`` knows, a person is asked.
    """
    later = replaced if replaced is not None and is_later(replaced, copy) else None
    commit = _continued(copy, later) if later else Commit()
    known = {one.id for one in later.deliveries} if later else set()
    waiting = [_unsure(one, now) for one in copy.deliveries if _waits(one) and one.id not in known]
    settled = replace(commit, deliveries=(*commit.deliveries, *waiting))
    told, emptied = (
        ((), ())
        if later
        else _digests_since(after(copy, settled), taken, book.with_pledges(copy.pledges), now)
    )
    unsure = (*waiting, *told)
    world = after(copy, replace(settled, deliveries=(*settled.deliveries, *told)))
    return replace(
        settled,
        subscriptions=(*settled.subscriptions, *emptied),
        deliveries=(*settled.deliveries, *told, *_asked(world, unsure, taken, now)),
    )


def _continued(copy: World, later: World) -> Commit:
    """Take over what cannot be undone: what was told, and what was seen."""
    known = {one.id: one for one in copy.deliveries}
    held = {place_of(each): each for each in later.subscriptions}
    return Commit(
        dossiers=tuple(_carried(copy, later)),
        changes=later.changes[len(copy.changes) :],
        subscriptions=tuple(_as_held(each, held.get(place_of(each))) for each in copy.subscriptions),
        deliveries=tuple(one for one in later.deliveries if known.get(one.id) != one),
        files=tuple(later.files.values()),
        looks=tuple(later.looks.values()),
    )


def _carried(copy: World, later: World) -> Iterator[Dossier]:
    """Give the dossiers in which something was told since the copy, with the documents it was told of."""
    touched: defaultdict[str, set[str]] = defaultdict(set)
    for change in later.changes[len(copy.changes) :]:
        touched[change.code].add(change.document.url)
    for code in touched.keys() & later.dossiers.keys():
        old, new = copy.dossiers.get(code), later.dossiers[code]
        if old is None or old.first_read is None:
            yield new
        else:
            yield replace(old, documents=_merged(old, new, touched[code]))


def _merged(old: Dossier, new: Dossier, urls: set[str]) -> tuple[KnownDocument, ...]:
    told = {
        each.document.url: each
        for each in new.documents
        if not urls.isdisjoint((each.document.url, *each.former_urls))
    }
    gone = {url for each in told.values() for url in each.former_urls}
    kept = [each for each in old.documents if each.document.url not in gone | told.keys()]
    return (*kept, *told.values())


def _as_held(subscription: Subscription, later: Subscription | None) -> Subscription:
    """Let a subscription hold what it holds now; what ended since is owed nothing."""
    if later is None:
        return replace(subscription, held=(), held_since=None)
    return replace(subscription, held=later.held, held_since=later.held_since)


def _digests_since(
    world: World, taken: datetime, book: Book, now: datetime
) -> tuple[tuple[Delivery, ...], tuple[Subscription, ...]]:
    """Write the digests whose hour came after the copy was taken: they have probably been sent."""
    found: list[Delivery] = []
    emptied: dict[object, Subscription] = {}
    for moment in _moments(taken, now) if any(each.held for each in world.subscriptions) else ():
        commit = digests(world, book, moment)
        found += [_unsure(one, now) for one in commit.deliveries]
        emptied |= {place_of(each): each for each in commit.subscriptions}
        world = after(world, replace(commit, deliveries=()))
    return tuple(found), tuple(emptied.values())


def _moments(taken: datetime, now: datetime) -> Iterator[datetime]:
    moment = taken
    while moment < min(now, taken + _LONGEST):
        yield moment
        moment += _HOUR
    yield now


def _asked(
    world: World, unsure: tuple[Delivery, ...], taken: datetime, now: datetime
) -> tuple[Delivery, ...]:
    """Owe the operators a word on the whole, and a question on each message, as long as these are few."""
    alerts = [one for one in unsure if one.about]

    def words(say: Speech) -> Iterator[Message]:
        yield _went_back(say, taken, len(alerts))
        yield from (notices.uncertain(say, one) for one in alerts[:MOST_ASKED])

    return notices_owed(words, world, now, numbers(now, world.deliveries))


def _went_back(say: Speech, taken: datetime, owed: int) -> Message:
    means = say.many(
        "{number} message was owed then and may have been sent since: it is not sent again by itself.",
        "{number} messages were owed then and may have been sent since: they are not sent again by themselves.",
        owed,
    )
    return Message(
        clip(
            [
                bold(say("The store went back to a copy of {when}", when=say.moment(taken))),
                escape(means),
                escape(
                    say("What was published since then and is not known any more is found and told again.")
                ),
                escape(say("Look at what chats chose since then: it may be lost.")),
            ]
        )
    )


def _unsure(delivery: Delivery, now: datetime) -> Delivery:
    return replace(delivery, state=DeliveryState.UNCERTAIN, error=notices.WENT_BACK, settled=now)


def _waits(delivery: Delivery) -> bool:
    return delivery.state is DeliveryState.WAITING


def _newest(world: World) -> datetime:
    """Say when something that has a time was last written down; long ago where nothing was."""
    times = [world.duty.swept, *(one.settled or one.created for one in world.deliveries)]
    times += [each.last_read for each in world.dossiers.values()]
    return max(filter(None, times), default=_LONG_AGO)


def _choices(world: World) -> set[Subscription]:
    return {replace(each, held=(), held_since=None) for each in world.subscriptions}
