"""What becomes of a delivery once Telegram has answered, or has not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.errors import DeliveryError
from monitor.model import Chat, ChatId, Commit, Delivery, DeliveryState, Message, World

Notice = Callable[[Delivery], Message]
"""Words for the operators about a delivery that needs a person."""

DELAYS = tuple(
    timedelta(seconds=s) for s in (10, 30, 120, 600, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)
)
"""How long to wait after the first, second … try that did not reach Telegram; the last one stays."""
PROBE = timedelta(days=1)
"""How long to wait before asking a chat again that takes nothing."""
LIFE = timedelta(days=30)
"""A delivery older than this is given up instead of tried again."""

_NOTICE_MARK = "~notice-"


class Result(StrEnum):
    """What one try came to."""

    SENT = "sent"
    POSTPONED = "postponed"
    UNCERTAIN = "uncertain"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True)
class Settlement:
    """The result of a try and what follows from it."""

    result: Result
    commit: Commit


@dataclass(frozen=True, slots=True)
class Notices:
    """The words for operators, by what happened."""

    uncertain: Notice
    given_up: Notice


def heads(deliveries: Iterable[Delivery]) -> tuple[Delivery, ...]:
    """Give the first waiting delivery of each chat, in id order: a later one never overtakes it."""
    first: dict[ChatId, Delivery] = {}
    for delivery in sorted(deliveries, key=lambda one: one.id):
        if delivery.state is DeliveryState.WAITING:
            first.setdefault(delivery.chat, delivery)
    return tuple(first.values())


def settled_sent(world: World, delivery: Delivery, now: datetime) -> Settlement:
    """Close a delivery that arrived; its chat takes messages, so it is not away any more."""
    commit = Commit(deliveries=(delivery.sent(now),), chats=_back(world, delivery.chat))
    return Settlement(Result.SENT, commit)


def settled_error(
    world: World, delivery: Delivery, error: DeliveryError, now: datetime, notices: Notices
) -> Settlement:
    """Decide what follows from a failed try."""
    text = str(error)
    if error.is_uncertain:
        return _closed(world, delivery.uncertain(text, now), now, notices)
    if error.is_message_fault:
        return _closed(world, delivery.given_up(text, now), now, notices)
    next_try = _next_try(delivery, error, now)
    if next_try.due > delivery.created + LIFE:
        return _closed(world, delivery.given_up(text, now), now, notices)
    away = _away(world, delivery.chat, text, now) if error.is_permanent else ()
    return Settlement(Result.POSTPONED, Commit(deliveries=(next_try,), chats=away))


def held_for_all(world: World, error: DeliveryError, now: datetime) -> Commit:
    """Let every delivery that is due wait: nobody can be told anything now."""
    due = now + (DELAYS[2] if error.retry_after is None else timedelta(seconds=error.retry_after))
    waiting = (one for one in heads(world.deliveries) if one.due <= now)
    return Commit(deliveries=tuple(replace(one, error=str(error), due=due) for one in waiting))


def _next_try(delivery: Delivery, error: DeliveryError, now: datetime) -> Delivery:
    # Only tries that did not reach Telegram lengthen the delay: a flood wait or a block says nothing of the line.
    if error.is_permanent:
        return replace(delivery, error=str(error), due=now + PROBE)
    if error.retry_after is not None:
        return replace(delivery, error=str(error), due=now + timedelta(seconds=error.retry_after))
    delay = DELAYS[min(delivery.attempts, len(DELAYS) - 1)]
    return delivery.postponed(str(error), now + delay)


def _closed(world: World, delivery: Delivery, now: datetime, notices: Notices) -> Settlement:
    is_uncertain = delivery.state is DeliveryState.UNCERTAIN
    words = notices.uncertain if is_uncertain else notices.given_up
    commit = Commit(deliveries=(delivery, *_told(world, delivery, now, words)))
    return Settlement(Result.UNCERTAIN if is_uncertain else Result.GIVEN_UP, commit)


def _told(world: World, delivery: Delivery, now: datetime, words: Notice) -> tuple[Delivery, ...]:
    if _NOTICE_MARK in delivery.id:
        return ()  # a notice about a notice could go on for ever
    message = words(delivery)
    operators = [one for one in world.subscriptions if one.is_operator]
    return tuple(
        Delivery(f"{delivery.id}{_NOTICE_MARK}{number}", operator.chat, message, now, now, operator.thread)
        for number, operator in enumerate(operators, 1)
    )


def _away(world: World, chat: ChatId, reason: str, now: datetime) -> tuple[Chat, ...]:
    known = world.chats.get(chat, Chat(chat))
    since = known.away_since or now
    return () if known.away == reason else (replace(known, away=reason, away_since=since),)


def _back(world: World, chat: ChatId) -> tuple[Chat, ...]:
    known = world.chats.get(chat)
    return (replace(known, away="", away_since=None),) if known and known.away else ()
