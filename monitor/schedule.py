"""When things happen: one APScheduler, in UTC, whose jobs call the use cases."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from apscheduler.events import EVENT_JOB_ERROR, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

_EPOCH: Final = datetime.fromtimestamp(0, UTC)
Job = Callable[[], Awaitable[object]]
WATCH: Final = 1.0
"""Seconds between two looks at whether the clock was set back."""
JUMP: Final = timedelta(seconds=5)
"""Smaller steps of the clock are let be: time servers make them all day."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Every:
    """A job and how often it runs."""

    name: str
    job: Job
    seconds: float
    jitter: float = 0
    """Seconds by which a start may be earlier or later, so that nobody's clock strikes UNODC at once."""
    first: timedelta = timedelta()
    """How long after the start it runs first."""


class Schedule:
    """The jobs of one service; started and stopped inside a running loop."""

    def __init__(
        self,
        jobs: Iterable[Every],
        on_bug: Callable[[str, BaseException], None],
        *,
        clock: Callable[[], datetime] = _utc_now,
        steady: Callable[[], float] = time.monotonic,
    ) -> None:
        """``on_bug`` is called with a job's name and the exception nobody expected.

        ``steady``: seconds that nobody sets; where the clock falls behind it, it was set back.
        """
        self._on_bug = on_bug
        self._clock, self._steady = clock, steady
        self._ahead = self._clock_ahead()
        self._watch: asyncio.TimerHandle | None = None
        self._running: set[asyncio.Task[object]] = set()
        self._is_stopping = False
        # misfire_grace_time is 1 s by default: a loop that is busy for longer would skip a sweep.
        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults=defaults)
        self._every: dict[str, Every] = {}
        for every in jobs:
            self._add(every)
        self._scheduler.add_listener(self._heard, EVENT_JOB_ERROR | EVENT_JOB_MISSED)

    def _add(self, every: Every) -> None:
        self._every[every.name] = every
        self._scheduler.add_job(
            self._run,
            args=(every.job,),
            trigger="interval",
            id=every.name,
            seconds=every.seconds,
            jitter=every.jitter or None,
            next_run_time=self._clock() + every.first,
        )

    def start(self) -> None:
        """Start inside the running loop."""
        self._scheduler.start()
        self._watch_clock()

    def _clock_ahead(self) -> timedelta:
        return self._clock() - _EPOCH - timedelta(seconds=self._steady())

    def _watch_clock(self) -> None:
        self.heed_clock()
        self._watch = asyncio.get_running_loop().call_later(WATCH, self._watch_clock)

    def heed_clock(self) -> None:
        """Move all jobs with a clock that was set back: else a day's jump would be a day's silence.

        A clock that jumps on (or a machine that slept) needs nothing: what is overdue runs at once, and once.
        """
        before, self._ahead = self._ahead, self._clock_ahead()
        jump = self._ahead - before
        if jump < -JUMP:
            for job in self._scheduler.get_jobs():
                job.modify(next_run_time=job.next_run_time + jump)

    def renew(self, jobs: Iterable[Every]) -> None:
        """Go by these from now on: a job whose times are as before keeps its turn, another's comes no later than it did."""
        wanted = {every.name: every for every in jobs}
        for name in self._every.keys() - wanted.keys():
            self._scheduler.remove_job(name)
            del self._every[name]
        for name, every in wanted.items():
            known = self._every.get(name)
            if known is None:
                self._add(every)
            elif (known.seconds, known.jitter) != (every.seconds, every.jitter):
                self._change(every)

    def _change(self, every: Every) -> None:
        self._every[every.name] = every
        job = self._scheduler.get_job(every.name)
        trigger = IntervalTrigger(seconds=every.seconds, jitter=every.jitter or None, timezone=UTC)
        soonest = min(job.next_run_time, self._clock() + timedelta(seconds=every.seconds))
        job.modify(trigger=trigger, next_run_time=soonest)

    def once(self, name: str, job: Job, after: timedelta) -> None:
        """Run a job once, ``after`` from now; asked again before that, only the newest one runs."""
        moment = self._clock() + after
        self._scheduler.add_job(
            self._run, args=(job,), trigger="date", run_date=moment, id=name, replace_existing=True
        )

    def until(self, name: str) -> timedelta:
        """Say how long it is until a job's next turn."""
        at: datetime = self._scheduler.get_job(name).next_run_time
        return at - self._clock()

    async def stop(self) -> None:
        """Cancel what runs (a sweep was built to be cancelled) and wait for it: what it uses is closed next."""
        self._is_stopping = True
        if self._watch is not None:
            self._watch.cancel()
        self._scheduler.shutdown(wait=False)  # cancels every running job
        await asyncio.gather(*self._running, return_exceptions=True)

    async def _run(self, job: Job) -> None:
        task = asyncio.current_task()
        if task is None or self._is_stopping:
            return
        self._running.add(task)
        try:
            await job()
        except asyncio.CancelledError:
            if not self._is_stopping:
                raise
        finally:
            self._running.discard(task)

    def _heard(self, event: JobExecutionEvent) -> None:
        self._on_bug(event.job_id, event.exception or RuntimeError("the job was missed"))
