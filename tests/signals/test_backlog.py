"""What is overdue, and what only waits because somebody wants it to."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from telegram.error import InvalidToken

from monitor.alert.settle import Notices, Outcome, held_for_all, settled
from monitor.errors import TOKEN_UNKNOWN, DeliveryError
from monitor.model import Chat, Delivery, DeliveryState, Duty, Message, World
from monitor.record.apply import after
from monitor.signals.backlog import last_sent, overdue_since, still_since
from monitor.telegram.faults import delivery_error
from tests.signals.sights import MINUTE, NOW, owed, sent, world

HOUR = 60 * MINUTE
LATER = NOW + HOUR
NOTICES = Notices(lambda _, __: Message("uncertain"), lambda _, __: Message("given up"))


def since(*deliveries: Delivery, **changes: object) -> datetime | None:
    return overdue_since(world(*deliveries, **changes), NOW)


def test_what_is_due_and_not_sent_is_overdue_since_then() -> None:
    assert since(owed(HOUR)) == NOW - HOUR
    assert since(owed(HOUR, due=NOW - MINUTE)) == NOW - MINUTE


@pytest.mark.parametrize("state", [state for state in DeliveryState if state is not DeliveryState.WAITING])
def test_what_is_settled_is_not(state: DeliveryState) -> None:
    assert since(owed(HOUR, state=state, settled=NOW)) is None


def test_what_telegram_was_not_reached_with_is_overdue_however_late_the_next_try() -> None:
    assert since(owed(HOUR, attempts=5, error="Bad Gateway", due=LATER)) == NOW - HOUR


def test_what_waits_for_a_token_is_overdue_between_two_tries() -> None:
    assert since(owed(HOUR, error=f"{TOKEN_UNKNOWN} (Unauthorized)", due=NOW + MINUTE)) == NOW - HOUR


def test_a_chats_own_flood_wait_is_not() -> None:
    assert since(owed(HOUR, error="Flood control exceeded", due=LATER), owed(HOUR, name="B")) is None


def test_a_chat_that_takes_nothing_is_not() -> None:
    away = {1: Chat(1, away="blocked", away_since=NOW)}
    assert since(owed(HOUR, error="Forbidden", attempts=2), chats=away) is None
    assert since(owed(HOUR), chats={1: Chat(1)}) == NOW - HOUR


def test_what_an_operator_holds_back_is_not() -> None:
    paused = Duty(NOW, NOW, paused_since=NOW - HOUR)
    assert since(owed(HOUR), duty=paused) is None
    assert since(owed(HOUR, about=()), duty=paused) == NOW - HOUR


def test_the_oldest_of_all_chats_counts() -> None:
    assert since(owed(HOUR, 1, "B"), owed(3 * HOUR, 2, "C"), owed(2 * HOUR, 3, "D")) == NOW - 3 * HOUR


def test_while_something_goes_out_nothing_stands_still() -> None:
    known = world(sent(MINUTE), owed(HOUR), sent(2 * HOUR, name="1"))
    assert last_sent(known) == NOW - MINUTE
    assert still_since(known, NOW) == NOW - MINUTE


def test_it_stands_still_since_what_waits_was_owed_or_since_the_last_that_went_out() -> None:
    assert still_since(world(sent(3 * HOUR), owed(HOUR)), NOW) == NOW - HOUR
    assert still_since(world(owed(HOUR)), NOW) == NOW - HOUR
    assert still_since(world(sent(HOUR)), NOW) is None
    assert still_since(World(), NOW) is None


def test_what_was_given_up_or_is_uncertain_has_not_gone_out() -> None:
    lost = replace(sent(MINUTE), state=DeliveryState.UNCERTAIN)
    assert last_sent(world(lost, replace(lost, id="1", state=DeliveryState.GIVEN_UP))) is None


@pytest.mark.parametrize(
    ("error", "is_overdue"),
    [
        (DeliveryError("Bad Gateway"), True),
        (DeliveryError("Flood control exceeded. Retry in 900 seconds", retry_after=900), False),
        (DeliveryError("Forbidden: bot was blocked by the user", is_permanent=True), False),
    ],
)
def test_the_marks_are_those_that_delivering_leaves(error: DeliveryError, *, is_overdue: bool) -> None:
    known = world(owed(HOUR))
    _, commit = settled(known, [Outcome(known.deliveries[0], NOW, error)], NOTICES)
    assert (overdue_since(after(known, commit), NOW + MINUTE / 60) is not None) is is_overdue


def test_a_token_that_telegram_does_not_know_leaves_its_mark() -> None:
    error = delivery_error(InvalidToken(), "1:token")
    assert error.is_bot_fault
    known = world(owed(HOUR))
    later = after(known, held_for_all(known, error, NOW))
    assert overdue_since(later, NOW + timedelta(seconds=1)) == NOW - HOUR
