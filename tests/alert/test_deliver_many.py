"""Several messages on their way at once: order, what others change meanwhile, cancelling, a store that is slow."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.alert import deliver, settle
from monitor.alert.deliver import FLOODS_IN_A_ROW, IN_FLIGHT, UNSETTLED, DeliveryReport
from monitor.alert.pace import ALL, Pace
from monitor.alert.turns import REFRESH, Turns
from monitor.errors import DeliveryError, StoreError
from monitor.model import ChatId, Commit, Delivery, DeliveryState, Duty, Message, World
from tests.alert.world import START, Memory, Office

WAITING, SENT = DeliveryState.WAITING, DeliveryState.SENT
PATIENCE = 5.0


class SlowOffice(Office):
    """Messages stay on their way until they are let through."""

    def __init__(self) -> None:
        super().__init__()
        self.flying: list[ChatId] = []
        self.most_flying = 0
        self.gates: dict[ChatId, asyncio.Event] = {}
        self.moved = asyncio.Condition()

    async def send(self, delivery: Delivery) -> None:
        self.flying.append(delivery.chat)
        self.most_flying = max(self.most_flying, len(self.flying))
        try:
            if delivery.chat in self.gates:
                await self.gates[delivery.chat].wait()
            await super().send(delivery)
        finally:
            self.flying.remove(delivery.chat)

    def closes(self, *chats: ChatId) -> None:
        self.gates |= {chat: asyncio.Event() for chat in chats}

    def opens(self, *chats: ChatId) -> None:
        for chat in chats or self.gates:
            self.gates[chat].set()


class SlowStore(Memory):
    """Each write waits until it is let through."""

    def __init__(self) -> None:
        super().__init__()
        self.is_open = asyncio.Event()
        self.is_open.set()
        self.writing = 0

    async def acommit(self, commit: Commit | Callable[[World], Commit]) -> None:
        self.writing += 1
        await self.is_open.wait()
        await super().acommit(commit)
        self.writing -= 1


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not is_so():  # noqa: ASYNC110 - what is waited for is a state of fakes, moved on by turns of the loop
            await asyncio.sleep(0)


@pytest.fixture
def office() -> SlowOffice:
    return SlowOffice()


async def test_a_slow_chat_does_not_keep_others_waiting(office: SlowOffice) -> None:
    office.owes(("1", 1), ("2", 2), ("3", 3), ("4", 2))
    office.closes(2)
    task = asyncio.create_task(office.round())
    await until(lambda: [name for name, _ in office.attempts] == ["1", "3"])
    assert office.states()["4"] is WAITING
    office.opens()
    assert (await task).sent == 4
    assert [name for name, chat in office.attempts if chat == 2] == ["2", "4"]


async def test_so_many_are_on_their_way_at_once_and_no_more(office: SlowOffice) -> None:
    office.owes(*((f"{n:02}", n) for n in range(25)))
    office.closes(*range(1, 25))
    task = asyncio.create_task(office.round())
    await until(lambda: len(office.flying) == IN_FLIGHT)
    office.opens()
    assert (await task).sent == 25
    assert office.most_flying == IN_FLIGHT


async def test_the_first_message_of_a_round_goes_alone(office: SlowOffice) -> None:
    office.owes(("1", 1), ("2", 2), ("3", 3))
    office.closes(1)
    task = asyncio.create_task(office.round())
    await until(lambda: office.flying == [1])
    for _ in range(100):
        await asyncio.sleep(0)
    assert (office.flying, office.attempts) == ([1], [])
    office.opens()
    assert (await task).sent == 3


async def test_the_pace_of_all_is_kept_with_several_on_their_way(office: SlowOffice) -> None:
    office.owes(*((f"{n:03}", n) for n in range(100)))
    assert (await office.round()).sent == 100
    times = office.times
    assert all(later - at >= ALL.window for at, later in zip(times, times[ALL.count :], strict=False))
    assert times[-1] - times[0] < 4 * ALL.window


async def test_a_chats_next_message_waits_until_its_last_one_is_written_down(office: SlowOffice) -> None:
    store = SlowStore()
    office.store = store
    office.owes(("1", 1), ("2", 2), ("3", 2), ("4", 4))
    task = asyncio.create_task(office.round())
    await until(lambda: office.states()["1"] is SENT)
    store.is_open.clear()
    await until(lambda: len(office.attempts) == 3)
    for _ in range(200):
        await asyncio.sleep(0)
    assert sorted(name for name, _ in office.attempts) == ["1", "2", "4"]
    store.is_open.set()
    assert (await task).sent == 4


async def test_results_that_come_while_a_write_is_under_way_go_into_the_next_one(office: SlowOffice) -> None:
    store = SlowStore()
    office.store = store
    office.owes(*((f"{n:02}", n) for n in range(20)))
    task = asyncio.create_task(office.round())
    await until(lambda: office.states()["00"] is SENT)
    store.is_open.clear()
    await until(lambda: len(office.attempts) == 20)
    store.is_open.set()
    assert (await task).sent == 20
    sizes = [len(commit.deliveries) for commit in store.commits]
    assert sum(sizes) == 20
    assert len(sizes) <= 4


async def test_a_store_that_does_not_answer_bounds_what_a_kill_may_repeat(office: SlowOffice) -> None:
    store = SlowStore()
    office.store = store
    office.owes(*((f"{n:03}", n) for n in range(3 * UNSETTLED)))
    task = asyncio.create_task(office.round())
    await until(lambda: office.states()["000"] is SENT)
    store.is_open.clear()
    for _ in range(3000):
        await asyncio.sleep(0)
    unsettled = sum(office.states()[name] is WAITING for name, _ in office.attempts)
    assert unsettled == UNSETTLED
    store.is_open.set()
    assert (await task).sent == 3 * UNSETTLED


async def test_cancelled_it_writes_down_all_that_arrived_and_leaves_the_rest_waiting(
    office: SlowOffice,
) -> None:
    store = SlowStore()
    office.store = store
    office.owes(("1", 1), ("2", 2), ("3", 3), ("4", 4))
    office.closes(4)
    task = asyncio.create_task(office.round())
    await until(lambda: office.states()["1"] is SENT)
    store.is_open.clear()
    await until(lambda: len(office.attempts) == 3 and office.flying == [4])
    task.cancel()
    await until(lambda: not office.flying)
    assert not task.done()
    store.is_open.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert office.states() == {"1": SENT, "2": SENT, "3": SENT, "4": WAITING}


async def test_cancelled_it_waits_a_moment_for_what_telegram_is_about_to_answer(office: SlowOffice) -> None:
    office.owes(("1", 1), ("2", 1))
    office.closes(1)
    task = asyncio.create_task(office.round())
    await until(lambda: office.flying == [1])
    task.cancel()
    await asyncio.sleep(0.05)
    office.opens()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert office.states() == {"1": SENT, "2": WAITING}


async def test_cancelled_while_the_store_refuses_it_does_not_wait_for_room(office: SlowOffice) -> None:
    office.owes(("1", 1))
    office.store.refusals = 99

    async def for_ever(seconds: float) -> None:
        await asyncio.wait_for(asyncio.Event().wait(), 1000 * seconds)

    office.clock.sleep = for_ever  # type: ignore[method-assign]
    task = asyncio.create_task(office.round())
    await until(lambda: office.store.refusals < 99)
    task.cancel()
    await asyncio.wait([task], timeout=PATIENCE)
    assert task.cancelled()
    assert office.states() == {"1": WAITING}
    assert office.store.refusals == 97  # the second try came with the end, and there was no third


async def test_while_the_store_refuses_nothing_new_is_sent(office: SlowOffice) -> None:
    office.owes(*((f"{n:02}", n) for n in range(20)))
    office.closes(1, 2)
    task = asyncio.create_task(office.round())
    await until(lambda: len(office.attempts) > 5)
    office.store.refusals = 99
    before = len(office.attempts)
    office.opens()
    with pytest.raises(StoreError):
        await task
    assert len(office.attempts) <= before + IN_FLIGHT


async def test_what_cannot_be_written_down_ends_the_round_whatever_is_on_its_way(office: SlowOffice) -> None:
    office.owes(("1", 1), ("2", 2), ("3", 3))
    office.closes(2, 3)
    task = asyncio.create_task(office.round())
    await until(lambda: sorted(office.flying) == [2, 3])
    office.store.refusals = 99
    office.opens(3)
    await asyncio.wait([task], timeout=PATIENCE)
    assert isinstance(task.exception(), StoreError)
    assert office.flying == []
    assert office.attempts == [("1", 1), ("3", 3)]


async def test_a_bug_in_one_send_lets_the_others_arrive_and_comes_through(office: SlowOffice) -> None:
    office.owes(("1", 1), ("2", 2), ("3", 3), ("4", 4))
    office.closes(2, 3)
    office.fails_with(3, ZeroDivisionError())
    task = asyncio.create_task(office.round())
    await until(lambda: sorted(office.flying) == [2, 3])
    office.opens(3)
    for _ in range(50):
        await asyncio.sleep(0)
    assert not task.done()
    office.opens(2)
    with pytest.raises(ZeroDivisionError):
        await task
    assert office.states() == {"1": SENT, "2": SENT, "3": WAITING, "4": SENT}


async def test_a_bot_fault_waits_for_those_on_their_way_and_holds_only_what_is_still_owed(
    office: SlowOffice,
) -> None:
    office.owes(("1", 1), ("2", 2), ("3", 3), ("4", 3))
    office.closes(2, 3)
    office.fails_with(3, DeliveryError("unknown token", is_bot_fault=True, retry_after=300))
    task = asyncio.create_task(office.round())
    await until(lambda: sorted(office.flying) == [2, 3])
    office.opens(3)
    await until(lambda: office.flying == [2])
    office.opens(2)
    report = await task
    assert report == DeliveryReport(sent=2, waiting=2, trouble="unknown token")
    assert office.states()["2"] is SENT
    assert office.delivery("3").due == START + timedelta(seconds=300)


async def test_many_chats_in_a_row_that_must_wait_make_all_wait(office: SlowOffice) -> None:
    office.owes(*((f"{n:02}", n) for n in range(29)))
    for chat in range(FLOODS_IN_A_ROW):
        office.fails_with(chat, DeliveryError("flood", retry_after=30))
    report = await office.round()
    assert (report.trouble, report.postponed, report.sent) == ("", FLOODS_IN_A_ROW, 29)
    at_once = sum(at == START for at in office.times)
    assert FLOODS_IN_A_ROW <= at_once <= FLOODS_IN_A_ROW + IN_FLIGHT
    assert all(at == START or at >= START + timedelta(seconds=30) for at in office.times)


async def test_fewer_in_a_row_hold_nobody_else(office: SlowOffice) -> None:
    office.owes(*((f"{n:02}", n) for n in range(29)))
    for chat in range(FLOODS_IN_A_ROW - 1):
        office.fails_with(chat, DeliveryError("flood", retry_after=30))
    assert (await office.round()).sent == 30 - FLOODS_IN_A_ROW
    assert max(office.times) == START


async def test_chats_that_must_wait_now_and_then_hold_nobody_else(office: SlowOffice) -> None:
    office.owes(*((f"{n:02}", n) for n in range(ALL.count)))
    for chat in range(1, 24, 2):
        office.fails_with(chat, DeliveryError("flood", retry_after=30))
    report = await office.round()
    assert report == DeliveryReport(sent=ALL.count - 12, postponed=12, waiting=12)
    assert max(office.times) == START


async def test_ten_thousand_turns_are_not_ten_thousand_plans(
    office: SlowOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    plans = 0

    def counted(world: World, pace: Pace, now: datetime, busy: set[ChatId]) -> Turns:
        nonlocal plans
        plans += 1
        return Turns(world, pace, now, busy)

    monkeypatch.setattr(deliver, "Turns", counted)
    office.owes(*((f"{n:04}", n % 150) for n in range(450)))
    assert (await office.round()).sent == 450
    lasted = office.times[-1] - office.times[0]
    assert plans <= lasted / REFRESH + 5


async def test_what_others_owe_during_a_long_round_is_seen_soon(office: SlowOffice) -> None:
    office.owes(*((f"{n:03}", n) for n in range(300)))
    real = office.send

    async def send(delivery: Delivery) -> None:
        if delivery.id == "040":
            office.owes(("0000", 999))
        await real(delivery)

    office.send = send  # type: ignore[method-assign]
    assert (await office.round()).sent == 301
    names = [name for name, _ in office.attempts]
    waited = office.times[names.index("0000")] - office.times[names.index("040")]
    assert waited <= REFRESH + 2 * ALL.window


async def test_a_pause_holds_alerts_at_once_and_what_operators_are_told_still_goes(
    office: SlowOffice,
) -> None:
    office.owes(*((str(n), n) for n in range(1, 6)))
    alerts = tuple(replace(office.delivery(str(n)), about=(n,)) for n in range(1, 5))
    await office.store.acommit(Commit(deliveries=alerts))
    real = office.send

    async def send(delivery: Delivery) -> None:
        if delivery.id == "1":
            await office.store.acommit(Commit(duty=Duty(paused_since=START)))
        await real(delivery)

    office.send = send  # type: ignore[method-assign]
    report = await office.round()
    assert report == DeliveryReport(sent=2, waiting=3)
    assert [name for name, _ in office.attempts] == ["1", "5"]
    await office.store.acommit(Commit(duty=Duty()))
    assert (await office.round()).sent == 3


async def test_what_was_forgotten_after_the_plan_was_made_is_not_sent(office: SlowOffice) -> None:
    office.owes(("1", 1), ("2", 2), ("3", 3))
    office.closes(1)
    task = asyncio.create_task(office.round())
    await until(lambda: office.flying == [1])
    await office.store.acommit(Commit(forgotten=frozenset({1, 2})))
    office.opens()
    await task
    assert office.attempts == [("1", 1), ("3", 3)]
    assert office.states() == {"3": SENT}


async def test_a_message_on_its_way_is_not_begun_again_when_its_chat_moves_meanwhile(
    office: SlowOffice,
) -> None:
    office.owes(("0", 7), ("1", -5), ("2", -5), *((f"3{n:03}", 100 + n) for n in range(90)))
    office.closes(-5)
    task = asyncio.create_task(office.round())
    await until(lambda: -5 in office.flying)
    await office.store.acommit(Commit(migrated={-5: -1005}))
    await until(lambda: len(office.attempts) == 91)
    assert -1005 not in office.flying
    office.opens()
    assert (await task).sent == 93
    assert [one for one in office.attempts if one[0] in {"1", "2"}] == [("1", -5), ("2", -1005)]


async def test_a_fan_out_does_not_leave_more_than_is_kept(
    office: SlowOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settle, "MOST_SETTLED", 10)
    office.owes(*((f"1{n:02}", n) for n in range(12)))
    assert (await office.round()).sent == 12
    assert len(office.states()) == 12
    office.clock.advance(60)
    office.owes(*((f"2{n:02}", n) for n in range(12)))
    assert (await office.round()).sent == 12
    assert list(office.states()) == [f"2{n:02}" for n in range(12)]


async def test_the_words_of_a_delivery_that_changed_while_it_was_on_its_way_still_go_out(
    office: SlowOffice,
) -> None:
    office.owes(("1", 1))
    office.closes(1)
    task = asyncio.create_task(office.round())
    await until(lambda: office.flying == [1])
    other = replace(office.delivery("1"), message=Message("all in one"))
    await office.store.acommit(Commit(deliveries=(other,)))
    office.opens()
    await task
    assert office.attempts == [("1", 1), ("1", 1)]
    assert office.states() == {"1": SENT}
