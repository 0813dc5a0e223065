"""The scheduler: jobs run, fail, run again, and end when they are told to."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import StoreError
from monitor.schedule import Every, Schedule


class Jobs:
    """Jobs that note what became of them."""

    def __init__(self) -> None:
        self.runs: list[str] = []
        self.bugs: list[tuple[str, BaseException]] = []
        self.ended: list[str] = []
        self.more = asyncio.Event()

    def on_bug(self, job: str, error: BaseException) -> None:
        self.bugs.append((job, error))

    async def works(self) -> None:
        self.runs.append("works")
        self.more.set()

    async def fails(self) -> None:
        self.runs.append("fails")
        raise StoreError("no space left")

    async def is_slow(self) -> None:
        self.runs.append("slow")
        self.more.set()
        try:
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0.05)
            self.ended.append("slow")

    async def ran(self, times: int, seconds: float = 10) -> None:
        async with asyncio.timeout(seconds):
            while len(self.runs) < times:  # noqa: ASYNC110 - what is awaited has no event
                await asyncio.sleep(0.01)


async def test_a_job_runs_at_once_and_again_and_again() -> None:
    jobs = Jobs()
    schedule = Schedule([Every("work", jobs.works, 0.05)], jobs.on_bug)
    schedule.start()
    await jobs.ran(3)
    await schedule.stop()
    assert jobs.bugs == []


async def test_nothing_runs_before_the_start_and_after_the_stop() -> None:
    jobs = Jobs()
    schedule = Schedule([Every("work", jobs.works, 0.02)], jobs.on_bug)
    await asyncio.sleep(0.05)
    assert jobs.runs == []
    schedule.start()
    await jobs.ran(1)
    await schedule.stop()
    number = len(jobs.runs)
    await asyncio.sleep(0.1)
    assert len(jobs.runs) == number


async def test_a_job_may_run_first_some_time_after_the_start() -> None:
    jobs = Jobs()
    start = datetime.now(UTC)
    every = Every("work", jobs.works, 60, first=timedelta(seconds=0.2))
    schedule = Schedule([every], jobs.on_bug)
    schedule.start()
    await jobs.ran(1)
    assert datetime.now(UTC) - start >= timedelta(seconds=0.2)
    await schedule.stop()


async def test_a_jobs_exception_is_heard_with_its_name_and_the_job_runs_again() -> None:
    jobs = Jobs()
    schedule = Schedule([Every("deliveries", jobs.fails, 0.05)], jobs.on_bug)
    schedule.start()
    await jobs.ran(3)
    await schedule.stop()
    assert {job for job, _ in jobs.bugs} == {"deliveries"}
    assert {str(error) for _, error in jobs.bugs} == {"no space left"}


async def test_stopping_cancels_what_runs_waits_for_it_and_calls_it_no_bug() -> None:
    jobs = Jobs()
    schedule = Schedule([Every("sweep", jobs.is_slow, 60)], jobs.on_bug)
    schedule.start()
    await jobs.ran(1)
    await schedule.stop()
    assert jobs.ended == ["slow"]
    assert jobs.bugs == []


async def test_a_slow_job_is_not_started_a_second_time() -> None:
    jobs = Jobs()
    schedule = Schedule([Every("sweep", jobs.is_slow, 0.05)], jobs.on_bug)
    schedule.start()
    await asyncio.sleep(0.4)
    await schedule.stop()
    assert jobs.runs == ["slow"]
    assert jobs.bugs == []


async def test_a_busy_loop_does_not_lose_a_run() -> None:
    jobs = Jobs()
    schedule = Schedule([Every("work", jobs.works, 60, first=timedelta(seconds=0.1))], jobs.on_bug)
    schedule.start()
    import time  # noqa: PLC0415 - blocks on purpose, as a long parse would

    time.sleep(1.3)  # noqa: ASYNC251 - the same
    await jobs.ran(1)
    await schedule.stop()
    assert jobs.bugs == []


async def test_a_job_of_one_time_runs_once_and_the_newest_replaces_one_that_waits() -> None:
    jobs = Jobs()
    schedule = Schedule([], jobs.on_bug)
    schedule.start()
    schedule.once("second look", jobs.fails, timedelta(seconds=0.1))
    schedule.once("second look", jobs.works, timedelta(seconds=0.1))
    await jobs.ran(1)
    await asyncio.sleep(0.2)
    await schedule.stop()
    assert jobs.runs == ["works"]


@pytest.mark.parametrize(("jitter", "is_spread"), [(0, False), (30, True)])
async def test_jitter_spreads_the_starts(jitter: float, is_spread: bool) -> None:
    jobs = Jobs()
    many = [Every(f"sweep {number}", jobs.works, 100, jitter) for number in range(8)]
    schedule = Schedule(many, jobs.on_bug)
    schedule.start()
    await jobs.ran(8)
    await asyncio.sleep(0.05)
    waits = {
        round((job.next_run_time - datetime.now(UTC)).total_seconds())
        for job in schedule._scheduler.get_jobs()
    }
    await schedule.stop()
    assert (len(waits) > 2) is is_spread
    assert all(69 <= wait <= 131 for wait in waits)


async def test_a_cancellation_that_nobody_asked_for_is_no_silent_end() -> None:
    jobs = Jobs()

    async def cancelled() -> None:
        jobs.runs.append("cancelled")
        raise asyncio.CancelledError

    schedule = Schedule([Every("sweep", cancelled, 60), Every("work", jobs.works, 0.05)], jobs.on_bug)
    schedule.start()
    await jobs.ran(4)
    await schedule.stop()
    assert jobs.runs.count("cancelled") == 1


class Times:
    """A schedule that stands still, and what it would run when, in seconds from its clock's moment."""

    def __init__(self, *jobs: Every) -> None:
        self.now = datetime(2026, 11, 24, 8, tzinfo=UTC)
        self.schedule = Schedule(jobs, Jobs().on_bug, clock=lambda: self.now)

    def due(self) -> dict[str, float]:
        jobs = self.schedule._scheduler.get_jobs()
        return {job.id: (job.next_run_time - self.now).total_seconds() for job in jobs}

    def after(self, name: str) -> float:
        """Say how long after a run the next one comes."""
        trigger = self.schedule._scheduler.get_job(name).trigger
        return float((trigger.get_next_fire_time(self.now, self.now) - self.now).total_seconds())


async def test_other_times_hold_from_now_on_and_nobody_waits_longer_than_before() -> None:
    work, hour = Jobs().works, timedelta(hours=1)
    times = Times(
        Every("sooner", work, 7200, first=hour), Every("later", work, 60), Every("same", work, 90, first=hour)
    )
    times.schedule._scheduler.start(paused=True)
    times.schedule.renew(
        [
            Every("sooner", work, 600, first=hour),
            Every("later", work, 7200),
            Every("same", work, 90, first=hour),
        ]
    )
    assert times.due() == {"sooner": 600, "later": 0, "same": 3600}
    assert [times.after(name) for name in ("sooner", "later", "same")] == [600, 7200, 90]
    times.now += timedelta(seconds=300)
    times.schedule.renew([Every("sooner", work, 600), Every("later", work, 7200), Every("same", work, 90)])
    assert times.due()["sooner"] == 300
    times.schedule._scheduler.shutdown(wait=False)


async def test_a_job_that_is_wanted_no_longer_goes_and_a_new_one_comes() -> None:
    work = Jobs().works
    times = Times(Every("old", work, 60), Every("work", work, 60))
    times.schedule._scheduler.start(paused=True)
    times.schedule.once("soon", work, timedelta(seconds=5))
    times.schedule.renew([Every("work", work, 60), Every("new", work, 60, first=timedelta(seconds=7))])
    assert times.due() == {"work": 0, "soon": 5, "new": 7}
    times.schedule.renew([Every("old", work, 60), Every("work", work, 60, jitter=5)])
    assert set(times.due()) == {"old", "work", "soon"}
    assert times.schedule._scheduler.get_job("work").trigger.jitter == 5
    times.schedule._scheduler.shutdown(wait=False)
