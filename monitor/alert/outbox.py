"""Who is owed which message after a decision, now or later; nothing is sent here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from monitor.alert.hours import is_quiet
from monitor.language.speech import Speech, speak
from monitor.model import Change, Chat, ChatId, Delivery, DeliveryState, Message, Subscription, When, World

Wants = Callable[[Change, Subscription], bool]
"""Tells whether a subscription asked for a change."""
Write = Callable[[str, tuple[int, ...], str], tuple[Message, ...]]
"""Writes one country's changes, given by their numbers, in a language."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What chats are owed after a decision."""

    deliveries: tuple[Delivery, ...]
    holding: tuple[Subscription, ...]
    """Those that are told later, with the changes they are owed."""


def owed(
    changes: Iterable[Change],
    world: World,
    wants: Wants,
    write: Write,
    *,
    now: datetime,
    sequence: Callable[[], str],
    is_together: bool = False,
) -> Owed:
    """Owe every chat what it asked for: one message (in parts, where it is long) a country, or a place in its digest.

    ``sequence`` gives ids that sort in the order they are given; ``world`` is without the changes.
    ``is_together``: nobody is owed a message a country, everybody one digest, as soon as it takes messages.
    """
    numbered = dict(enumerate(changes, len(world.changes)))
    readers = [reader for reader in world.subscriptions if not reader.is_operator]
    stuck = waiting_chats(world)

    def is_now(reader: Subscription) -> bool:
        return not is_together and is_told_at_once(reader, chat_of(world, reader), stuck, now)

    told = [reader for reader in readers if is_now(reader)]
    later = [reader for reader in readers if not is_now(reader)]
    deliveries = (
        deliver_to(reader, message, now, sequence, asked)
        for code, here in _by_country(numbered)
        for reader in told
        if (asked := _asked(here, reader, wants))
        for message in write(code, asked, chat_of(world, reader).speaks)
    )
    holding = (hold(reader, asked, now) for reader in later if (asked := _asked(numbered, reader, wants)))
    return Owed(tuple(deliveries), tuple(holding))


def notices_owed(
    write: Callable[[Speech], Iterable[Message]], world: World, now: datetime, sequence: Callable[[], str]
) -> tuple[Delivery, ...]:
    """Owe every operators' chat every notice, in its language and in order."""
    by_language: defaultdict[str, list[Subscription]] = defaultdict(list)
    for reader in world.subscriptions:
        if reader.is_operator:
            by_language[chat_of(world, reader).speaks].append(reader)
    return tuple(
        deliver_to(operator, message, now, sequence)
        for language, operators in by_language.items()
        for message in write(speak(language))
        for operator in operators
    )


def is_told_at_once(reader: Subscription, chat: Chat, stuck: frozenset[ChatId], now: datetime) -> bool:
    """Tell whether a reader is told now what it asked for; ``stuck``: chats with something waiting."""
    return reader.when is When.AT_ONCE and can_be_told(reader, chat, stuck, now)


def can_be_told(reader: Subscription, chat: Chat, stuck: frozenset[ChatId], now: datetime) -> bool:
    """Tell whether a reader takes messages now.

    A chat that took none lately is owed one at a time: that one is its daily probe, the rest is held for a digest.
    """
    is_reached = not chat.away or chat.id not in stuck
    return is_reached and not reader.is_paused and not is_quiet(chat, now)


def waiting_chats(world: World) -> frozenset[ChatId]:
    """Give the chats that are owed something which was not sent yet."""
    return frozenset(one.chat for one in world.deliveries if one.state is DeliveryState.WAITING)


def chat_of(world: World, reader: Subscription) -> Chat:
    """Give what is known of a reader's chat."""
    return world.chats.get(reader.chat) or Chat(reader.chat)


def hold(reader: Subscription, numbers: tuple[int, ...], now: datetime) -> Subscription:
    """Keep changes for the reader's next digest."""
    return replace(reader, held=(*reader.held, *numbers), held_since=reader.held_since or now)


def deliver_to(
    reader: Subscription,
    message: Message,
    now: datetime,
    sequence: Callable[[], str],
    about: tuple[int, ...] = (),
) -> Delivery:
    """Owe a reader one message, without a sound where it chose so."""
    heard = replace(message, is_silent=True) if reader.is_silent and not message.is_silent else message
    return Delivery(sequence(), reader.chat, heard, now, now, reader.thread, about=about)


def _by_country(numbered: Mapping[int, Change]) -> list[tuple[str, dict[int, Change]]]:
    countries: defaultdict[str, dict[int, Change]] = defaultdict(dict)
    for number, change in numbered.items():
        countries[change.code][number] = change
    return sorted(countries.items(), key=lambda each: each[0])


def _asked(numbered: Mapping[int, Change], reader: Subscription, wants: Wants) -> tuple[int, ...]:
    return tuple(number for number, change in numbered.items() if wants(change, reader))
