"""When to kill: waits for the moment aimed at, or for so long that it will not come."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from random import Random

from monitor.demo.site import SimulatedSite
from tests.harness.program import Program
from tests.harness.telegram import SlowTelegram

PATIENCE = 4.0
"""Seconds after which a moment that does not come is given up, and the kill happens all the same."""
SECONDS_TO_START = 30.0
TIGHT, LOOSE = 0.0003, 0.002
"""Seconds between two looks: a write lasts about a millisecond."""


class Moment(StrEnum):
    START = "start"
    SWEEP = "sweep"
    WRITE = "write"
    COMMIT = "commit"
    REQUEST = "request"
    ACCEPTED = "accepted"
    ANY = "any"
    FILE = "file"
    """While a document's file is looked at."""
    ARCHIVE = "archive"
    MIGRATION = "migration"
    """While a store of an older version is upgraded."""
    REFUSED = "refused"
    """While nothing listens where Telegram should be."""


DECK = {
    Moment.START: 1,
    Moment.SWEEP: 2,
    Moment.WRITE: 3,
    Moment.COMMIT: 2,
    Moment.REQUEST: 2,
    Moment.ACCEPTED: 3,
    Moment.ANY: 1,
    Moment.FILE: 2,
    Moment.ARCHIVE: 2,
    Moment.MIGRATION: 2,
}
"""How often each moment comes in so many kills, dealt as cards are."""
BEFORE_THE_FIRST_LOOK = (Moment.START, Moment.SWEEP, Moment.WRITE)


def dealt(random: Random) -> Iterator[Moment]:
    """Give the moments of a run, without end; each comes once before one comes again, so a short run has them all."""
    yield from BEFORE_THE_FIRST_LOOK
    deck = list(DECK)
    while True:
        random.shuffle(deck)
        yield from deck
        deck = [moment for moment, count in DECK.items() for _ in range(count)]


@dataclass(slots=True)
class Aim:
    """Waits in one life of the program."""

    program: Program
    site: SimulatedSite
    telegram: SlowTelegram
    random: Random
    countries: int
    latency: float
    start_up: float = 0.5
    """Seconds from the start to the first page, as it was the last time."""

    def wait(self, moment: Moment) -> None:
        if moment is Moment.START:
            time.sleep(self.random.uniform(0, 1.2 * self.start_up))
            return
        if moment is Moment.MIGRATION:
            self._migration()
            return
        began = time.monotonic()
        self.until(lambda: bool(self.site.seen), patience=SECONDS_TO_START)
        self.start_up = time.monotonic() - began
        {
            Moment.SWEEP: self._sweep,
            Moment.WRITE: self._write,
            Moment.COMMIT: self._commit,
            Moment.REQUEST: self._request,
            Moment.ACCEPTED: self._accepted,
            Moment.ANY: self._any,
            Moment.REFUSED: self._refused,
            Moment.FILE: self._file,
            Moment.ARCHIVE: self._archive,
        }[moment]()

    def until(self, is_there: Callable[[], bool], pause: float = LOOSE, patience: float = PATIENCE) -> None:
        end = time.monotonic() + patience
        while not is_there() and self.program.is_running and time.monotonic() < end:
            time.sleep(pause)

    def _any(self) -> None:
        time.sleep(self.random.uniform(0, 3))

    def _refused(self) -> None:
        time.sleep(self.random.uniform(1, 3))

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

    def _migration(self) -> None:
        before = self._stamp()
        self.until(
            lambda: any(".tmp-" in name for name in self.program.leftovers()) or self._is_new(before),
            TIGHT,
            SECONDS_TO_START,
        )
        if self.random.choice((True, False)):
            time.sleep(self.random.uniform(0, 0.01))

    def _file(self) -> None:
        self.until(lambda: any(one.path.endswith(".pdf") for one in self.site.seen))
        # The answer takes its time, then the file is inspected, then it is stored.
        time.sleep(self.random.uniform(0, 8 * self.latency))

    def _archive(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            before = self._stirred()
            self.until(lambda: self._stirred() != before)  # noqa: B023 - used up within the turn
            if self._stirred() == before:
                return

    def _stirred(self) -> int:
        """Tell when last a name came or went in the archive; its folders cost less to ask than its files."""
        folders = (self.program.archive / "pages", self.program.archive / "files")
        return max((moment for folder in folders for moment in _changes(folder)), default=0)

    def _commit(self) -> None:
        for _ in range(self.random.randint(1, 3)):
            self.until(partial(self._is_new, self._stamp()), TIGHT)
        time.sleep(self.random.uniform(0, 0.01))

    def _request(self) -> None:
        wanted = self.telegram.slow.asked + self.random.randint(1, 2)
        self.until(lambda: self.telegram.slow.asked >= wanted)
        time.sleep(self.random.uniform(0, self.latency))

    def _accepted(self) -> None:
        wanted = self.telegram.accepted + self.random.randint(1, 2)
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


def _changes(folder: str | Path) -> Iterator[int]:
    """Give when a folder's own folders changed last."""
    with suppress(OSError), os.scandir(folder) as found:
        yield from (each.stat().st_mtime_ns for each in found if each.is_dir())
