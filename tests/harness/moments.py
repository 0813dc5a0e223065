"""When to kill: waits for the moment aimed at, or for so long that it will not come."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from random import Random

from monitor.demo.site import SimulatedSite
from tests.harness.program import Program
from tests.harness.telegram import SlowTelegram

PATIENCE = 6.0
"""Seconds after which a moment that does not come is given up, and the kill happens all the same."""
TIGHT, LOOSE = 0.0001, 0.002
"""Seconds between two looks: a write lasts about a millisecond."""


class Moment(StrEnum):
    START = "start"
    SWEEP = "sweep"
    WRITE = "write"
    COMMIT = "commit"
    REQUEST = "request"
    ACCEPTED = "accepted"
    ANY = "any"
    REFUSED = "refused"
    """While nothing listens where Telegram should be."""


WEIGHTS = {
    Moment.START: 2,
    Moment.SWEEP: 4,
    Moment.WRITE: 6,
    Moment.COMMIT: 4,
    Moment.REQUEST: 4,
    Moment.ACCEPTED: 6,
    Moment.ANY: 3,
}
BEFORE_THE_BASELINE = (Moment.START, Moment.SWEEP, Moment.WRITE)


def choose(random: Random, *, has_baseline: bool) -> Moment:
    moments = tuple(WEIGHTS) if has_baseline else BEFORE_THE_BASELINE
    return random.choices(moments, [WEIGHTS[moment] for moment in moments])[0]


@dataclass(slots=True)
class Aim:
    """Waits in one life of the program."""

    program: Program
    site: SimulatedSite
    telegram: SlowTelegram
    random: Random
    countries: int
    latency: float

    def wait(self, moment: Moment) -> None:
        {
            Moment.START: self._start,
            Moment.SWEEP: self._sweep,
            Moment.WRITE: self._write,
            Moment.COMMIT: self._commit,
            Moment.REQUEST: self._request,
            Moment.ACCEPTED: self._accepted,
            Moment.ANY: self._any,
            Moment.REFUSED: self._refused,
        }[moment]()

    def until(self, is_there: Callable[[], bool], pause: float = LOOSE, patience: float = PATIENCE) -> None:
        end = time.monotonic() + patience
        while not is_there() and self.program.is_running and time.monotonic() < end:
            time.sleep(pause)

    def _start(self) -> None:
        time.sleep(self.random.uniform(0, 1.5))

    def _any(self) -> None:
        time.sleep(self.random.uniform(0, 5))

    def _refused(self) -> None:
        time.sleep(self.random.uniform(2, 5))

    def _sweep(self) -> None:
        asked = self.random.randint(1, self.countries)
        self.until(lambda: len(self.site.seen) >= asked)
        time.sleep(self.random.uniform(0, self.latency))

    def _write(self) -> None:
        # What is killed here is a file half written; a product that writes in place shows it by its stamp.
        for _ in range(self.random.randint(1, 3)):
            before = self._stamp()
            self.until(lambda: self.program.temporary.exists() or self._is_new(before), TIGHT)  # noqa: B023 - used up within the turn
            if self.random.choice((True, False)):
                return
            self.until(lambda: not self.program.temporary.exists(), TIGHT)

    def _commit(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            self.until(partial(self._is_new, self._stamp()), TIGHT)
        time.sleep(self.random.uniform(0, 0.01))

    def _request(self) -> None:
        wanted = self.telegram.slow.asked + self.random.randint(1, 3)
        self.until(lambda: self.telegram.slow.asked >= wanted)
        time.sleep(self.random.uniform(0, self.latency))

    def _accepted(self) -> None:
        wanted = self.telegram.accepted + self.random.randint(1, 3)
        self.until(lambda: self.telegram.accepted >= wanted)
        time.sleep(self.random.uniform(0, 1.5 * self.latency))

    def _is_new(self, before: tuple[int, int]) -> bool:
        return self._stamp() != before

    def _stamp(self) -> tuple[int, int]:
        try:
            found = self.program.store.stat()
        except OSError:
            return 0, 0
        return found.st_mtime_ns, found.st_size
