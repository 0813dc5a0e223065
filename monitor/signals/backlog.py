"""What is owed and should have gone out: since when."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from monitor.alert.turns import by_chat, owed_now
from monitor.errors import TOKEN_UNKNOWN
from monitor.model import Delivery, DeliveryState, World

PATIENCE: Final = timedelta(minutes=30)
"""So long something may be owed while nothing at all is sent."""


def overdue_since(world: World, now: datetime) -> datetime | None:
    """Say since when the oldest message that could go out waits; None where none does.

    Of a chat only its first message counts, the others wait for it. What waits because a chat asks for it (a flood
    wait, a block, hours of quiet) or an operator does (a pause) is not overdue.
    """
    return min(_waits(world, now), default=None)


def still_since(world: World, now: datetime) -> datetime | None:
    """Say since when nothing goes out although something is overdue; None where something moves or nothing is owed."""
    overdue, sent = overdue_since(world, now), last_sent(world)
    return max(overdue, sent) if overdue and sent else overdue


def last_sent(world: World) -> datetime | None:
    """Say when a message last went out."""
    return max((one.settled for one in world.deliveries if _is_sent(one) and one.settled), default=None)


def _is_sent(one: Delivery) -> bool:
    return one.state is DeliveryState.SENT


def _waits(world: World, now: datetime) -> Iterator[datetime]:
    for chat, line in by_chat(owed_now(world)).items():
        known, first = world.chats.get(chat), line[0]
        if known is not None and known.away:
            continue
        if _is_tried_in_vain(first):
            # Each try moves when it is due; what does not move is when it was owed.
            yield first.created
        elif first.due <= now:
            yield first.due


def _is_tried_in_vain(one: Delivery) -> bool:
    """Tell whether Telegram was not reached with it, or knows nothing of this bot: no wish of the chat's."""
    return one.attempts > 0 or one.error.startswith(TOKEN_UNKNOWN)
