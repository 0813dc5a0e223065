from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alert.deliver import DeliveryReport
from monitor.alert.settle import AWAY_LIFE, DELAYS, PROBE
from monitor.errors import DeliveryError
from monitor.model import Chat, Commit, DeliveryState, Subscription
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


async def test_a_migrated_chat_is_rewritten_everywhere_and_gets_its_message_at_once(office: Office) -> None:
    office.subscribes(Subscription(-5), Subscription(-5, is_operator=True))
    office.owes(("1", -5), ("2", -5))
    office.fails_with(-5, DeliveryError("migrated", migrated_to=-1005))
    assert (await office.round()) == DeliveryReport(sent=2)
    assert office.attempts == [("1", -5), ("1", -1005), ("2", -1005)]
    assert office.paused() == {-1005: ""}
    assert office.clock.now - START < timedelta(seconds=2)


async def test_many_chats_that_moved_are_not_a_lost_line(office: Office) -> None:
    office.owes(*((str(number), -number) for number in range(1, 7)))
    for number in range(1, 7):
        office.fails_with(-number, DeliveryError("migrated", migrated_to=-1000 - number))
    assert await office.round() == DeliveryReport(sent=6)


async def test_two_chats_that_name_each_other_do_not_keep_the_round_for_ever(office: Office) -> None:
    office.owes(("1", -5))
    for chat, other in ((-5, -6), (-6, -5)):
        office.fails_with(chat, *[DeliveryError("migrated", migrated_to=other)] * 9)
    assert await office.round() == DeliveryReport(postponed=1, waiting=1)
    assert len(office.attempts) == 2


async def test_a_chat_that_takes_nothing_is_paused_with_its_messages_kept(office: Office) -> None:
    office.subscribes(Subscription(1, withdrawals=False), Subscription(1, 7), Subscription(2))
    office.owes(("1", 1), ("2", 1), ("3", 2))
    office.fails_with(1, BLOCKED)
    report = await office.round()
    assert report == DeliveryReport(sent=1, postponed=1, waiting=2)
    assert office.store.world.chats == {1: Chat(1, away=str(BLOCKED), away_since=START)}
    assert len(office.store.world.subscriptions) == 3
    assert office.delivery("1").due == START + PROBE


async def test_a_paused_chat_is_probed_daily_and_resumes_with_everything_in_order(office: Office) -> None:
    office.subscribes(Subscription(1))
    office.owes(("1", 1), ("2", 1))
    office.fails_with(1, BLOCKED, BLOCKED)
    for _ in range(2):
        await office.round()
        office.clock.now = office.delivery("1").due
    assert (await office.round()) == DeliveryReport(sent=2)
    assert office.attempts == [("1", 1), ("1", 1), ("1", 1), ("2", 1)]
    assert office.paused() == {1: ""}


async def test_a_chat_that_takes_nothing_for_ninety_days_is_given_up(office: Office) -> None:
    office.owes(("1", 1))
    office.fails_with(1, *[BLOCKED] * 100)
    while office.states()["1"] is WAITING:
        await office.round()
        office.clock.now = max(office.clock.now, office.delivery("1").due)
    assert office.states()["1"] is GIVEN_UP
    assert len(office.attempts) == AWAY_LIFE.days + 1 == 91


async def test_an_uncertain_delivery_is_not_resent_and_every_operator_is_told(office: Office) -> None:
    office.subscribes(
        Subscription(9, 3, is_operator=True), Subscription(8, is_operator=True), Subscription(1)
    )
    office.owes(("1", 1))
    office.fails_with(1, TIMED_OUT)
    report = await office.round()
    assert report == DeliveryReport(sent=2, uncertain=1)
    assert office.attempts == [("1", 1), ("1~notice-1", 9), ("1~notice-2", 8)]
    assert office.delivery("1").state is UNCERTAIN
    assert office.delivery("1").settled == START
    assert office.delivery("1~notice-1").thread == 3
    assert office.delivery("1~notice-1").message.html == "perhaps: 1 Timed out"
    await office.round()
    assert len(office.attempts) == 3


async def test_the_notice_is_stored_in_the_same_write_as_what_it_is_about(office: Office) -> None:
    office.subscribes(Subscription(9, is_operator=True))
    office.owes(("1", 1))
    office.fails_with(1, TIMED_OUT)
    await office.round()
    assert [one.id for one in office.store.commits[0].deliveries] == ["1", "1~notice-1"]


async def test_a_message_no_chat_takes_is_given_up_and_the_next_goes_out(office: Office) -> None:
    office.subscribes(Subscription(9, is_operator=True), Subscription(1))
    office.owes(("1", 1), ("2", 1))
    office.fails_with(1, UNPARSABLE)
    assert await office.round() == DeliveryReport(sent=2, given_up=1)
    assert office.delivery("1").state is GIVEN_UP
    assert office.delivery("1~notice-1").message.html == "never: 1 can't parse entities"
    assert office.paused() == {9: "", 1: ""}


async def test_a_notice_that_fails_makes_no_further_notice(office: Office) -> None:
    office.subscribes(Subscription(9, is_operator=True))
    office.owes(("1", 1))
    office.fails_with(1, TIMED_OUT)
    office.fails_with(9, UNPARSABLE)
    assert await office.round() == DeliveryReport(uncertain=1, given_up=1)
    assert office.states() == {"1": UNCERTAIN, "1~notice-1": GIVEN_UP}


async def test_with_an_unknown_token_everything_waits_and_the_operator_is_told_why(office: Office) -> None:
    office.owes(("1", 1), ("2", 2), ("3", 1))
    office.fails_with(1, NO_TOKEN)
    report = await office.round()
    assert report == DeliveryReport(waiting=3, trouble="unknown token")
    assert len(office.attempts) == 1
    due = {name: office.delivery(name).due - START for name in "123"}
    assert due == {"1": timedelta(minutes=5), "2": timedelta(minutes=5), "3": timedelta(0)}
    assert await office.round() == DeliveryReport(waiting=3)
    office.clock.advance(300)
    assert (await office.round()).sent == 3
    assert office.delivery("1").attempts == 1


async def test_a_bot_fault_without_a_time_waits_two_minutes(office: Office) -> None:
    office.owes(("1", 1))
    office.fails_with(1, DeliveryError("no bot", is_bot_fault=True))
    await office.round()
    assert office.delivery("1").due == START + timedelta(minutes=2)


async def test_a_bot_fault_leaves_what_is_not_due_as_it_is(office: Office) -> None:
    office.owes(("1", 1), ("2", 2))
    tomorrow = replace(office.delivery("2"), due=START + timedelta(days=1))
    await office.store.acommit(Commit(deliveries=(tomorrow,)))
    office.fails_with(1, NO_TOKEN)
    await office.round()
    assert office.delivery("2") == tomorrow


@pytest.mark.parametrize(
    "error", [NO_LINE, DeliveryError("flood", retry_after=9), TIMED_OUT, UNPARSABLE], ids=str
)
async def test_only_a_chat_that_takes_nothing_is_paused(office: Office, error: DeliveryError) -> None:
    office.subscribes(Subscription(1))
    office.owes(("1", 1))
    office.fails_with(1, error)
    await office.round()
    assert office.paused() == {1: ""}


async def test_days_of_probing_do_not_lengthen_the_delay_after_a_lost_line(office: Office) -> None:
    office.owes(("1", 1))
    office.fails_with(1, BLOCKED, BLOCKED, NO_LINE)
    for _ in range(3):
        await office.round()
        waited, office.clock.now = office.delivery("1").due - office.clock.now, office.delivery("1").due
    assert waited == DELAYS[0]
