"""When a request may start: spaced, few at once, and not at a host that asked us to wait."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic

from monitor.errors import Blocked

LONGEST_WAIT = 60.0
"""Seconds that a sweep waits for a host that asked for it; for longer, its countries fail and are asked later."""
REFUSALS = 8
"""So many “come back later” in a row, nothing else between them, are the host's wish, not one page's trouble."""
REST = 300.0
"""Seconds for which such a host is then left alone."""


class Pace:
    """One gate for every request: its start is spaced in all, and further apart at a host that asks for it."""

    def __init__(self, spacing: float, concurrency: int, clock: Callable[[], float] = monotonic) -> None:
        """``spacing``: seconds between two starts; ``concurrency``: requests open at once."""
        self._spacing = spacing
        self._slots = asyncio.Semaphore(concurrency)
        self._clock = clock
        self._next_start = float("-inf")
        self._delays: dict[str, float] = {}
        self._next_starts: dict[str, float] = {}
        self._held_until: dict[str, float] = {}
        self._refusals: Counter[str] = Counter()

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until a request to ``host`` may start, and count it as open; Blocked where that would take too long."""
        async with self._slots:
            while (seconds := self._wait(host)) > 0:  # noqa: ASYNC110 - time is awaited, and may move meanwhile
                await asyncio.sleep(seconds)
            self._start(host)
            yield

    def slow_down(self, host: str, delay: float) -> None:
        """Keep at least ``delay`` seconds between two starts at ``host`` from now on."""
        self._delays[host] = delay

    def refused(self, host: str, seconds: float) -> None:
        """Note that ``host`` asked to be left alone for so many seconds (0: it named none)."""
        self._refusals[host] += 1
        pause = max(seconds, REST) if self._refusals[host] >= REFUSALS else seconds
        self._held_until[host] = max(self._held_until.get(host, 0.0), self._clock() + pause)

    def answered(self, host: str) -> None:
        """Note that ``host`` answered with something else."""
        self._refusals.pop(host, None)

    def _wait(self, host: str) -> float:
        now = self._clock()
        held = self._held_until.get(host, now) - now
        if held > LONGEST_WAIT:
            raise Blocked(
                f"{host} asked to be left alone; it is asked again in {held / 60:.0f} min", retry_after=held
            )
        return max(held, self._next_start - now, self._next_starts.get(host, now) - now)

    def _start(self, host: str) -> None:
        now = self._clock()
        self._next_start = now + self._spacing
        if delay := self._delays.get(host):
            self._next_starts[host] = now + delay
