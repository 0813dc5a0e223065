"""What becomes of a delivery once Telegram has answered, or has not."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from operator import attrgetter

from monitor.alert.turns import by_chat, owed_now
from monitor.errors import DeliveryError
from monitor.language.speech import Speech, speak
from monitor.model import (
    DEFAULT_LANGUAGE,
    Chat,
    ChatId,
    Commit,
    Delivery,
    DeliveryState,
    Message,
    Subscription,
    World,
)

Notice = Callable[[Speech, Delivery], Message]
"""Words for the operators about a delivery that needs a person."""

DELAYS = tuple(
    timedelta(seconds=s) for s in (10, 30, 120, 600, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600)
)
"""How long to wait after the first, second … try that did not reach Telegram; the last one stays."""
PROBE = timedelta(days=1)
"""How long to wait before asking a chat again that takes nothing."""
LIFE = timedelta(days=30)
"""A delivery older than this is given up instead of tried again."""
AWAY_LIFE = timedelta(days=90)
"""The same where the chat takes nothing: so long its settings are kept, too."""
MOST_SETTLED = 20_000
"""So many settled deliveries are kept at most: all of them are in every write."""

_NOTICE_MARK = "~notice-"


class Result(StrEnum):
    """What one try came to."""

    SENT = "sent"
    POSTPONED = "postponed"
    UNCERTAIN = "uncertain"
    GIVEN_UP = "given up"
    MOVED = "moved"
    """The chat has another number now; the message is still owed."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one try ended, not written down yet."""

    delivery: Delivery
    at: datetime
    error: DeliveryError | None = None
    is_moved: bool = False
    """Its chat moved in this round already: two chats that name each other must not keep us here."""


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


def settled(world: World, outcomes: Iterable[Outcome], notices: Notices) -> tuple[tuple[Result, ...], Commit]:
    """Decide what follows from tries that ended; no two of them are of one chat."""
    each = [_settled(world, outcome, notices) for outcome in outcomes]
    return tuple(one.result for one in each), _together([one.commit for one in each])


def still_owed(world: World, delivery: Delivery) -> Delivery | None:
    """Find it as it stands now; None where it was settled, forgotten or given other words meanwhile."""
    at = bisect_left(world.deliveries, delivery.id, key=attrgetter("id"))
    found = world.deliveries[at] if at < len(world.deliveries) else None
    if found is None or found.id != delivery.id or found.message != delivery.message:
        return None
    return found if found.state is DeliveryState.WAITING else None


def held_for_all(world: World, error: DeliveryError, now: datetime) -> Commit:
    """Let every delivery that is due wait: nobody can be told anything now."""
    due = now + (DELAYS[2] if error.retry_after is None else timedelta(seconds=error.retry_after))
    heads = (line[0] for line in by_chat(owed_now(world)).values())
    return Commit(
        deliveries=tuple(replace(one, error=str(error), due=due) for one in heads if one.due <= now)
    )


def crowded(world: World) -> datetime | None:
    """Say before when settled deliveries are too many to be kept; None where there is room."""
    times = sorted(one.settled for one in world.deliveries if one.settled is not None)
    return times[-MOST_SETTLED] if len(times) > MOST_SETTLED else None


def _settled(world: World, outcome: Outcome, notices: Notices) -> Settlement:
    error, now = outcome.error, outcome.at
    delivery = still_owed(world, outcome.delivery)
    if delivery is None:
        # Who changed it meanwhile knew more than we do: a forgotten chat must not come back with our result.
        return Settlement(Result.POSTPONED if error else Result.SENT, Commit())
    if error is None:
        commit = Commit(deliveries=(delivery.sent(now),), chats=_back(world, delivery.chat))
        return Settlement(Result.SENT, commit)
    if error.migrated_to is not None and not outcome.is_moved:
        return Settlement(Result.MOVED, Commit(migrated={delivery.chat: error.migrated_to}))
    return _after_error(world, delivery, error, now, notices)


def _after_error(
    world: World, delivery: Delivery, error: DeliveryError, now: datetime, notices: Notices
) -> Settlement:
    text = str(error)
    if error.is_uncertain:
        return _uncertain(world, delivery.uncertain(text, now), now, notices)
    next_try = _next_try(delivery, error, now)
    life = AWAY_LIFE if error.is_permanent else LIFE
    if error.is_message_fault or next_try.due > delivery.created + life:
        return _given_up(world, delivery.given_up(text, now), now, notices)
    away = _away(world, delivery.chat, text, now) if error.is_permanent else ()
    return Settlement(Result.POSTPONED, Commit(deliveries=(next_try,), chats=away))


def _next_try(delivery: Delivery, error: DeliveryError, now: datetime) -> Delivery:
    # Only tries that did not reach Telegram lengthen the delay: a flood wait or a block says nothing of the line.
    if error.is_permanent:
        return replace(delivery, error=str(error), due=now + PROBE)
    if error.retry_after is not None:
        return replace(delivery, error=str(error), due=now + timedelta(seconds=error.retry_after))
    delay = DELAYS[min(delivery.attempts, len(DELAYS) - 1)]
    return delivery.postponed(str(error), now + delay)


def _uncertain(world: World, delivery: Delivery, now: datetime, notices: Notices) -> Settlement:
    told = _told(world, delivery, now, notices.uncertain)
    return Settlement(Result.UNCERTAIN, Commit(deliveries=(delivery, *told)))


def _given_up(world: World, delivery: Delivery, now: datetime, notices: Notices) -> Settlement:
    # What no chat takes was perhaps owed to ten thousand: it needs a person once.
    is_known = any(
        one.state is DeliveryState.GIVEN_UP
        and one.error == delivery.error
        and one.message == delivery.message
        for one in world.deliveries
    )
    told = () if is_known else _told(world, delivery, now, notices.given_up)
    return Settlement(Result.GIVEN_UP, Commit(deliveries=(delivery, *told)))


def _told(world: World, delivery: Delivery, now: datetime, words: Notice) -> tuple[Delivery, ...]:
    if _NOTICE_MARK in delivery.id:
        return ()  # a notice about a notice could go on for ever
    operators = [one for one in world.subscriptions if one.is_operator]
    return tuple(
        _notice(
            f"{delivery.id}{_NOTICE_MARK}{number}", operator, words(_speech(world, operator), delivery), now
        )
        for number, operator in enumerate(operators, 1)
    )


def _notice(name: str, operator: Subscription, message: Message, now: datetime) -> Delivery:
    return Delivery(name, operator.chat, message, now, now, operator.thread)


def _speech(world: World, operator: Subscription) -> Speech:
    chat = world.chats.get(operator.chat)
    return speak(chat.speaks if chat else DEFAULT_LANGUAGE)


def _away(world: World, chat: ChatId, reason: str, now: datetime) -> tuple[Chat, ...]:
    known = world.chats.get(chat, Chat(chat))
    since = known.away_since or now
    return () if known.away == reason else (replace(known, away=reason, away_since=since),)


def _back(world: World, chat: ChatId) -> tuple[Chat, ...]:
    known = world.chats.get(chat)
    return (replace(known, away="", away_since=None),) if known and known.away else ()


def _together(commits: Iterable[Commit]) -> Commit:
    return Commit(
        deliveries=tuple(one for commit in commits for one in commit.deliveries),
        chats=tuple(one for commit in commits for one in commit.chats),
        migrated={old: new for commit in commits for old, new in commit.migrated.items()},
    )
