"""A clock that is set a day on or back, and a machine that slept: nothing falls silent, nothing is told twice."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Self

import pytest

from monitor.alert.digest import digests
from monitor.alert.duty import Hours, duties
from monitor.alert.pace import LONGEST_HOLD, Pace
from monitor.alert.set_back import set_back
from monitor.evidence.looks import at, remembered
from monitor.model import (
    Commit,
    Delivery,
    DeliveryState,
    Duty,
    LookHistory,
    Looks,
    Message,
    Subscription,
    World,
)
from monitor.record.apply import after
from monitor.schedule import Every, Schedule
from tests.alert.test_digest import BOOK, daily, world
from tests.alert.world import START, Office
from tests.fakes import Watch, text

DAY = timedelta(days=1)
JUMPS = [DAY, -DAY]


class Setting:
    """A clock that can be set; what nobody sets goes on."""

    jump = timedelta()

    @classmethod
    def now(cls) -> datetime:
        return datetime.now(UTC) + cls.jump


class SetTime(datetime):
    """What APScheduler takes for the time."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return super().now(tz) + Setting.jump


@pytest.fixture
def setting(monkeypatch: pytest.MonkeyPatch) -> type[Setting]:
    monkeypatch.setattr("apscheduler.schedulers.base.datetime", SetTime)
    monkeypatch.setattr(Setting, "jump", timedelta())
    return Setting


async def runs(schedule: Schedule, count: list[int], seconds: float = 30) -> None:
    """Wait until a job has run once more; APScheduler counts every run that was missed, so it must not be many."""
    schedule.heed_clock()
    wanted = len(count) + 1
    async with asyncio.timeout(seconds):
        while len(count) < wanted:  # noqa: ASYNC110 - what is awaited has no event
            await asyncio.sleep(0.01)


@pytest.mark.parametrize("jumps", [[DAY], [-DAY], [DAY, -DAY], [-DAY, DAY], [-30 * DAY, DAY, -DAY]])
async def test_jobs_go_on_whatever_the_clock_does(setting: type[Setting], jumps: list[timedelta]) -> None:
    count: list[int] = []

    async def job() -> None:
        count.append(1)

    bugs: list[object] = []
    schedule = Schedule([Every("work", job, 0.4)], lambda *bug: bugs.append(bug), clock=setting.now)
    schedule.start()
    await runs(schedule, count)
    for jump in jumps:
        setting.jump += jump
        await runs(schedule, count)
    await schedule.stop()
    assert bugs == []


async def test_the_service_finds_out_by_itself_that_the_clock_was_set_back(setting: type[Setting]) -> None:
    ran = asyncio.Event()

    async def job() -> None:
        ran.set()

    schedule = Schedule(
        [Every("work", job, 0.2, first=timedelta(seconds=0.2))], lambda *_: None, clock=setting.now
    )
    schedule.start()
    setting.jump = -DAY
    await asyncio.wait_for(ran.wait(), 10)
    await schedule.stop()


async def test_what_is_overdue_after_a_long_sleep_runs_at_once_and_once(setting: type[Setting]) -> None:
    count: list[float] = []

    async def job() -> None:
        count.append(time.monotonic())

    schedule = Schedule([Every("work", job, 3600)], lambda *_: None, clock=setting.now)
    schedule.start()
    async with asyncio.timeout(10):
        while not count:  # noqa: ASYNC110 - the same
            await asyncio.sleep(0.01)
    setting.jump = timedelta(hours=9)
    schedule.once("wakes the scheduler", job, timedelta(hours=-1))
    await asyncio.sleep(0.3)
    await schedule.stop()
    assert len(count) == 3  # the first, the one asked for, and one for nine hours


@pytest.mark.parametrize("step", [timedelta(seconds=-2), timedelta(seconds=2), timedelta()])
async def test_small_steps_of_the_clock_are_let_be(setting: type[Setting], step: timedelta) -> None:
    schedule = Schedule([Every("work", asyncio.sleep, 60)], lambda *_: None, clock=setting.now)  # type: ignore[arg-type] # never runs
    before = [job.next_run_time for job in schedule._scheduler.get_jobs()]
    setting.jump = step
    schedule.heed_clock()
    assert [job.next_run_time for job in schedule._scheduler.get_jobs()] == before


def delivery(created: timedelta, due: timedelta, state: DeliveryState = DeliveryState.WAITING) -> Delivery:
    return Delivery("1", 1, Message("x"), START + created, START + due, state=state)


SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("owed", "becomes"),
    [
        (delivery(DAY, DAY), delivery(timedelta(), timedelta())),
        (delivery(DAY, DAY + 30 * SECOND), delivery(timedelta(), 30 * SECOND)),
        (delivery(-SECOND, DAY), None),
        (delivery(timedelta(), timedelta()), None),
        (delivery(DAY, DAY, DeliveryState.SENT), None),
        (delivery(DAY, DAY, DeliveryState.UNCERTAIN), None),
    ],
)
def test_what_a_clock_that_ran_ahead_put_off_is_owed_now(owed: Delivery, becomes: Delivery | None) -> None:
    found = set_back(World(deliveries=(owed,)), START)
    assert found == Commit(deliveries=(becomes,) if becomes else ())
    assert set_back(after(World(deliveries=(owed,)), found), START) == Commit()


@pytest.mark.parametrize("jump", JUMPS)
def test_no_chat_waits_for_a_clock_that_was_set(jump: timedelta) -> None:
    pace = Pace()
    for _ in range(40):
        pace.note(-100, START)
    pace.hold(START + timedelta(hours=12))
    now = START + jump
    assert pace.next_start(-100, now) == now
    assert pace.next_start(-100, START) == START + timedelta(hours=12)
    assert timedelta(seconds=43_000) < LONGEST_HOLD


@pytest.mark.parametrize("jump", JUMPS)
async def test_all_is_told_once_when_the_clock_is_set_in_the_middle_of_a_round(
    jump: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Office()
    office.owes(*((f"{number:02}", -100) for number in range(30)), ("99", 5))
    office.pace.note(5, START)  # it has to wait for a second, when the clock is set
    send = office.send

    async def sets_clock(one: Delivery) -> None:
        await send(one)
        if one.id == "00":
            office.clock.now += jump

    monkeypatch.setattr(office, "send", sets_clock)
    for _ in range(3):
        await office.round()
        office.store.world = after(office.store.world, set_back(office.store.world, office.clock.now))
    assert set(office.states().values()) == {DeliveryState.SENT}
    assert sorted(name for name, _ in office.attempts) == [*(f"{number:02}" for number in range(30)), "99"]
    assert sum(office.clock.naps) < 600


@pytest.mark.parametrize("jumps", [[DAY, -DAY], [-DAY, DAY], [DAY, -2 * DAY, DAY]])
async def test_a_publication_is_told_once_whatever_the_clock_did_meanwhile(jumps: list[timedelta]) -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.publishes("MEX")
    for jump in jumps:
        watch.clock.now += jump
        await watch.sweeps(after_hours=0.01)
    await watch.sweeps()
    news = [one for one in watch.store.world.deliveries if one.about]
    assert len(news) == 1
    assert "Mexico" in text(news[0].message)


@pytest.mark.parametrize("jump", JUMPS)
async def test_a_jump_of_a_day_makes_no_withdrawal(jump: timedelta) -> None:
    watch = Watch()
    url = watch.site.publishes("MEX")
    await watch.has_baseline()
    stood = watch.site._documents["MEX"]
    watch.site._documents["MEX"] = tuple(each for each in stood if each.url != url)
    await watch.sweeps()
    watch.clock.now += jump
    await watch.sweeps()
    watch.site._documents["MEX"] = stood
    watch.clock.now -= jump
    for _ in range(20):
        await watch.sweeps()
    assert watch.store.world.changes == ()


def test_a_digest_comes_once_when_its_hour_comes_twice() -> None:
    known = world(daily(0, 1, since=START - DAY))
    moment, told = START, 0
    for jump in (DAY, -DAY, DAY, -DAY, DAY):
        moment += jump
        commit = digests(known, BOOK, moment)
        told += len(commit.deliveries)
        known = after(known, commit)
    assert told == 1


@pytest.mark.parametrize("jump", JUMPS)
def test_operators_hear_no_false_silence_and_one_word_a_day(jump: timedelta) -> None:
    hours = Hours(timedelta(hours=6), 7, START - DAY)
    known = World(subscriptions=(Subscription(777, is_operator=True),), duty=Duty(START, START))
    moment, words = START, 0
    for step in (jump, -jump, jump, -jump):
        moment += step
        known = after(known, Commit(duty=Duty(moment, known.duty.heartbeat)))
        commit = duties(known, BOOK, hours, moment)
        words += len(commit.deliveries)
        known = after(known, commit)
    assert words <= 1
    assert known.incidents == {}


@pytest.mark.parametrize("jump", JUMPS)
def test_what_was_seen_before_a_jump_is_found_after_it(jump: timedelta) -> None:
    history = LookHistory("MEX")
    for moment in (START, START + SECOND, START + SECOND + jump):
        history = remembered(history, Looks(moment, moment, 1, 200, "a", ""), frozenset())
    assert at(history, START) is not None
    assert at(history, START + SECOND) is not None
    [run] = history.looks
    assert run.first <= run.last
    assert run.times == 3
