from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.deliver import DeliveryReport
from monitor.alert.pace import CHAT, GROUP
from monitor.alert.settle import DELAYS, LIFE
from monitor.errors import DeliveryError, StoreError
from monitor.model import TERMINAL, Commit, DeliveryState, Subscription
from tests.alert.world import START, Office

WAITING, SENT = DeliveryState.WAITING, DeliveryState.SENT
UNCERTAIN, GIVEN_UP = DeliveryState.UNCERTAIN, DeliveryState.GIVEN_UP
NO_LINE = DeliveryError("connection refused")
BLOCKED = DeliveryError("Forbidden: bot was blocked by the user", is_permanent=True)
TIMED_OUT = DeliveryError("Timed out", is_uncertain=True)
UNPARSABLE = DeliveryError("can't parse entities", is_message_fault=True)
NO_TOKEN = DeliveryError("unknown token", is_bot_fault=True, retry_after=300)


@pytest.fixture
def office() -> Office:
    return Office()


async def test_nothing_owed_is_nothing_done(office: Office) -> None:
    assert await office.round() == DeliveryReport()
    assert office.store.commits == []


async def test_what_is_due_is_sent_in_id_order_and_settled(office: Office) -> None:
    office.owes(("3", 3), ("1", 1), ("2", 2))
    assert await office.round() == DeliveryReport(sent=3)
    assert office.attempts == [("1", 1), ("2", 2), ("3", 3)]
    assert office.delivery("1") == replace(office.delivery("1"), state=SENT, attempts=1, settled=START)
    assert await office.round() == DeliveryReport()
    assert len(office.attempts) == 3


async def test_each_delivery_is_settled_before_the_next_is_sent(office: Office) -> None:
    office.owes(("1", 1), ("2", 2), ("3", 3))
    office.fails_with(3, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError):
        await office.round()
    assert office.states() == {"1": SENT, "2": SENT, "3": WAITING}
    assert len(office.store.commits) == 2


async def test_what_is_not_due_yet_waits(office: Office) -> None:
    office.owes(("1", 1))
    later = replace(office.delivery("1"), due=START + timedelta(hours=1))
    await office.store.acommit(Commit(deliveries=(later,)))
    assert await office.round() == DeliveryReport(waiting=1)
    office.clock.advance(3600)
    assert await office.round() == DeliveryReport(sent=1)


async def test_a_chat_gets_one_message_a_second_while_others_go_on(office: Office) -> None:
    office.owes(("1", 1), ("2", 1), ("3", 2))
    assert (await office.round()).sent == 3
    assert office.attempts == [("1", 1), ("3", 2), ("2", 1)]
    assert [at - START for at in office.times] == [timedelta(0), timedelta(0), CHAT.window]


async def test_a_group_gets_twenty_a_minute_and_the_loop_keeps_looking(office: Office) -> None:
    office.owes(*((f"{number:02}", -100) for number in range(21)))
    assert (await office.round()).sent == 21
    assert office.times[20] - office.times[0] == GROUP.window
    assert max(office.clock.naps) <= 1.0


async def test_the_terminal_is_not_paced(office: Office) -> None:
    office.owes(*((f"{number:02}", TERMINAL) for number in range(40)))
    assert (await office.round()).sent == 40
    assert office.clock.naps == []


async def test_a_flood_wait_holds_that_chat_only_and_in_order(office: Office) -> None:
    office.owes(("1", 1), ("2", 1), ("3", 2))
    office.fails_with(1, DeliveryError("flood", retry_after=37))
    report = await office.round()
    assert report == DeliveryReport(sent=1, postponed=1, waiting=2)
    assert office.attempts == [("1", 1), ("3", 2)]
    assert office.delivery("1").due == START + timedelta(seconds=37)
    office.clock.advance(36)
    assert await office.round() == DeliveryReport(waiting=2)
    office.clock.advance(1)
    assert (await office.round()).sent == 2
    assert office.attempts[2:] == [("1", 1), ("2", 1)]


async def test_flood_waits_do_not_lengthen_the_delay_after_a_lost_line(office: Office) -> None:
    office.owes(("1", 1))
    office.fails_with(
        1, DeliveryError("flood", retry_after=0), DeliveryError("flood", retry_after=0), NO_LINE
    )
    await office.round()
    assert office.delivery("1").due == office.clock.now + DELAYS[0]


async def test_a_lost_line_is_tried_again_after_growing_delays_up_to_a_day(office: Office) -> None:
    office.owes(("1", 1))
    office.fails_with(1, *[NO_LINE] * 11)
    waits = []
    for _ in range(11):
        await office.round()
        waits.append(office.delivery("1").due - office.clock.now)
        office.clock.now = office.delivery("1").due
    assert [wait.total_seconds() for wait in waits[:6]] == [10, 30, 120, 600, 3600, 3 * 3600]
    assert waits == sorted(waits)
    assert waits[-3:] == [timedelta(days=1)] * 3
    assert (await office.round()).sent == 1


async def test_after_thirty_days_a_delivery_is_given_up_and_the_operators_are_told(office: Office) -> None:
    office.subscribes(Subscription(9, is_operator=True))
    office.owes(("1", 1), ("2", 1))
    office.clock.now = START + LIFE - DELAYS[0] + timedelta(seconds=1)
    office.fails_with(1, NO_LINE)
    report = await office.round()
    assert report == DeliveryReport(sent=2, given_up=1)
    assert office.states() == {"1": GIVEN_UP, "1~notice-1": SENT, "2": SENT}
    assert office.delivery("1~notice-1").message.html == "never: 1 connection refused"


async def test_a_delivery_lives_its_whole_thirty_days(office: Office) -> None:
    office.owes(("1", 1))
    office.clock.now = START + LIFE - DELAYS[0]
    office.fails_with(1, NO_LINE)
    assert await office.round() == DeliveryReport(postponed=1, waiting=1)


async def test_three_lost_tries_in_a_row_end_the_round(office: Office) -> None:
    office.owes(*((str(number), number) for number in range(1, 7)))
    for number in range(1, 7):
        office.fails_with(number, NO_LINE)
    report = await office.round()
    assert report == DeliveryReport(postponed=3, waiting=6, trouble=report.trouble)
    assert "connection refused" in report.trouble
    assert (await office.round()).postponed == 3


@pytest.mark.parametrize("other", [None, BLOCKED, UNPARSABLE, DeliveryError("flood", retry_after=9)])
async def test_an_answer_between_lost_tries_shows_that_the_line_is_up(
    office: Office, other: DeliveryError | None
) -> None:
    office.owes(*((str(number), number) for number in range(1, 7)))
    for number in (1, 2, 4, 5):
        office.fails_with(number, NO_LINE)
    if other is not None:
        office.fails_with(3, other)
    report = await office.round()
    assert report.trouble == ""
    assert len(office.attempts) == 6


@pytest.mark.parametrize("error", [ZeroDivisionError(), asyncio.CancelledError(), StoreError("read")])
async def test_an_unexpected_exception_comes_through_and_the_delivery_waits(
    office: Office, error: BaseException
) -> None:
    office.owes(("1", 1))
    office.fails_with(1, error)
    with pytest.raises(type(error)):
        await office.round()
    assert office.states() == {"1": WAITING}
    assert office.delivery("1").attempts == 0


async def test_what_was_sent_is_written_down_when_the_disk_has_room_again(office: Office) -> None:
    office.owes(("1", 1), ("2", 2))
    office.store.refusals = 3
    assert (await office.round()).sent == 2
    assert office.attempts == [("1", 1), ("2", 2)]


async def test_a_disk_that_stays_full_stops_the_round_before_the_next_message(office: Office) -> None:
    office.owes(("1", 1), ("2", 2))
    office.store.refusals = 4
    with pytest.raises(StoreError):
        await office.round()
    assert office.attempts == [("1", 1)]


ERRORS = [NO_LINE, BLOCKED, TIMED_OUT, UNPARSABLE, NO_TOKEN, DeliveryError("flood", retry_after=20)]


@given(
    owed=st.lists(st.sampled_from([1, 2, -100]), max_size=8),
    failures=st.lists(st.tuples(st.sampled_from([1, 2, -100]), st.sampled_from(ERRORS)), max_size=12),
)
def test_whatever_fails_nothing_is_lost_nothing_doubled_and_order_is_kept(
    owed: list[int], failures: list[tuple[int, DeliveryError]]
) -> None:
    office = Office()
    office.owes(*((f"{number}", chat) for number, chat in enumerate(owed)))
    for chat, error in failures:
        office.fails_with(chat, error)

    async def deliver_all() -> None:
        for _ in range(60):
            await office.round()
            office.clock.advance(24 * 3600 / 3)

    asyncio.run(deliver_all())
    assert WAITING not in office.states().values()
    assert set(office.states()) == {str(number) for number in range(len(owed))}
    for chat in (1, 2, -100):
        tried = [name for name, other in office.attempts if other == chat]
        assert tried == sorted(tried)
