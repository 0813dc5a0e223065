"""When what was held is told: digests, and what a chat missed while it could not be written to."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from monitor.alert import roundup
from monitor.alert.book import Book, numbers
from monitor.alert.hours import last_digest
from monitor.alert.outbox import can_be_told, chat_of, deliver_to, waiting_chats
from monitor.language.speech import Speech, speak
from monitor.model import (
    Change,
    Chat,
    ChatId,
    Commit,
    Delivery,
    DeliveryState,
    Message,
    Subscription,
    When,
    World,
)

Title = Callable[[Speech, int], str]
"""Says what a digest is, given how many countries are in it."""
FOLDED: Final = "told with others in one digest"
"""Why a message that waited is not sent by itself any more."""


def digests(world: World, book: Book, now: datetime) -> Commit:
    """Owe each reader whose time has come one digest of what was held for it; empty where nobody's has.

    What was held for quiet hours or a pause is owed as soon as these are over. While an operator stopped all
    alerts, everything stays held.
    """
    if world.duty.paused_since is not None:
        return Commit()
    stuck = waiting_chats(world)
    due = [reader for reader in world.subscriptions if reader.held and _is_due(world, reader, stuck, now)]
    desk = _Desk(world, book, now, numbers(now, world.deliveries))
    told = [
        each for reader in due for each in desk.digest(reader, reader.held, str(reader.when), _title(reader))
    ]
    return Commit(deliveries=tuple(told), subscriptions=tuple(map(_emptied, due)))


def welcome_back(world: World, chat: ChatId, book: Book, now: datetime) -> Commit:
    """Owe a chat that can be written to again one digest a topic of all it missed; empty where it missed nothing.

    The first message that waits goes out now, as it is: it may be on its way this very moment. What waits behind it is
    folded into the digest; where the chat itself asked for a pause, it is held with the rest.
    """
    waiting = sorted((one for one in world.deliveries if _waits(one, chat)), key=lambda one: one.id)
    head = waiting[:1]
    folded = [one for one in waiting if one.about and not set(one.about) & set(head[0].about)]
    readers = [reader for reader in world.subscriptions if reader.chat == chat and not reader.is_operator]
    known = world.chats.get(chat) or Chat(chat)
    since = known.away_since or now
    desk = _Desk(world, book, now, numbers(now, world.deliveries))
    told = [
        each
        for reader in _places(readers, folded, chat)
        if not reader.is_paused
        for each in desk.digest(reader, _missed(reader, folded), f"{since}", _missed_title(since))
    ]
    return Commit(
        deliveries=(
            *(replace(one, due=now) for one in head if one.due > now),
            *(one.given_up(FOLDED, now) for one in folded),
            *told,
        ),
        subscriptions=tuple(_back(reader, _missed(reader, folded), now) for reader in readers),
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    """Writes digests; equal ones once for all chats of a language."""

    world: World
    book: Book
    now: datetime
    sequence: Callable[[], str]
    written: dict[tuple[str, str, tuple[int, ...]], tuple[Message, ...]] = field(default_factory=dict)

    def digest(
        self, reader: Subscription, held: tuple[int, ...], name: str, title: Title
    ) -> tuple[Delivery, ...]:
        """Owe a reader the digest of some changes; ``name`` tells digests with another title apart."""
        language = chat_of(self.world, reader).speaks
        key = (language, name, held)
        if key not in self.written:
            self.written[key] = self._write(speak(language), held, title)
        return tuple(
            deliver_to(reader, message, self.now, self.sequence, held) for message in self.written[key]
        )

    def _write(self, say: Speech, held: tuple[int, ...], title: Title) -> tuple[Message, ...]:
        changes: list[Change] = [
            self.world.changes[number] for number in held if number < len(self.world.changes)
        ]
        countries = len({change.code for change in changes})
        return roundup.digest(say, title(say, countries), changes, self.world.dossiers, self.book)


def _is_due(world: World, reader: Subscription, stuck: frozenset[ChatId], now: datetime) -> bool:
    chat = chat_of(world, reader)
    if reader.is_operator or not can_be_told(reader, chat, stuck, now):
        return False
    if reader.when is When.AT_ONCE or reader.held_since is None:
        return True
    return reader.held_since <= last_digest(chat, reader.when, now)


def _emptied(reader: Subscription) -> Subscription:
    return replace(reader, held=(), held_since=None)


def _back(reader: Subscription, missed: tuple[int, ...], now: datetime) -> Subscription:
    if not reader.is_paused or not missed:
        return _emptied(reader)
    return replace(reader, held=missed, held_since=reader.held_since or now)


def _title(reader: Subscription) -> Title:
    return lambda say, countries: roundup.title(say, reader.when, countries)


def _missed_title(since: datetime) -> Title:
    return lambda say, countries: roundup.missed(say, since, countries)


def _waits(delivery: Delivery, chat: ChatId) -> bool:
    return delivery.chat == chat and delivery.state is DeliveryState.WAITING


def _places(readers: list[Subscription], folded: Iterable[Delivery], chat: ChatId) -> Iterable[Subscription]:
    """Name every topic that missed something; one whose subscription ended meanwhile is owed what waited."""
    threads = {reader.thread for reader in readers}
    gone = dict.fromkeys(one.thread for one in folded if one.thread not in threads)
    return (*readers, *(Subscription(chat, thread) for thread in gone))


def _missed(reader: Subscription, folded: Iterable[Delivery]) -> tuple[int, ...]:
    waited = (number for one in folded if one.thread == reader.thread for number in one.about)
    return tuple(dict.fromkeys((*waited, *reader.held)))
