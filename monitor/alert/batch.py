"""Writing down how tries ended: what comes while a write is under way goes into the next one."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, Protocol

from monitor.alert.settle import Notices, Outcome, Result, settled
from monitor.errors import NotWritten, StoreError
from monitor.model import Commit, World

SETTLE_AGAIN = (1.0, 5.0, 30.0)
"""Seconds between tries to write down what happened, before the StoreError is let through.

Where the disk takes nothing now (NotWritten) the last pause repeats: what was sent must not be forgotten meanwhile.
"""
Sleep = Callable[[float], Coroutine[Any, Any, None]]
_Waiting = list[tuple[Outcome, asyncio.Future[Result]]]


Refused = Callable[[StoreError], None]
Settled = Callable[[Outcome, Result], None]


def tell_nobody(*_: object) -> None:
    """Tell nobody."""


class Ledger(Protocol):
    """What delivering needs of the store."""

    def load(self) -> World:
        """Give all that is known now."""

    async def acommit(self, commit: Commit | Callable[[World], Commit]) -> None:
        """Write the commit whole, or raise StoreError."""


@dataclass(slots=True)
class Batches:
    """Each result waits for its write; a write takes all that wait."""

    store: Ledger
    notices: Notices
    sleep: Sleep
    refused: Refused = tell_nobody
    """Hears of every write that was refused and is tried again."""
    settled: Settled = tell_nobody
    """Hears how each try ended, once that is written down."""
    is_stuck: bool = False
    """The store refuses: nothing new should be begun, since it could not be written down."""
    _waiting: _Waiting = field(default_factory=list)
    _writing: asyncio.Task[None] | None = None
    _closing: asyncio.Event = field(default_factory=asyncio.Event)

    async def settle(self, outcome: Outcome) -> Result:
        """Give what it came to, once that is in the store; raises StoreError."""
        ended = asyncio.get_running_loop().create_future()
        self._waiting.append((outcome, ended))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write_all())
        result: Result = await ended
        return result

    async def write(self, commit: Callable[[World], Commit]) -> None:
        """Write something else, as patiently; raises StoreError."""
        number = 0
        while True:
            try:
                return await self._commit(commit)
            except StoreError as error:
                is_last = number >= len(SETTLE_AGAIN) and not isinstance(error, NotWritten)
                if self._closing.is_set() or is_last:
                    raise
                self.is_stuck = True
                self.refused(error)
                pause = SETTLE_AGAIN[min(number, len(SETTLE_AGAIN) - 1)]
                await first_of(self._closing.wait(), self.sleep(pause))
                number += 1

    async def _commit(self, commit: Callable[[World], Commit]) -> None:
        await self.store.acommit(commit)
        self.is_stuck = False

    async def close(self) -> None:
        """Wait until all that ended is written, without pauses where the store refuses."""
        self._closing.set()
        if self._writing is not None:
            await asyncio.wait([self._writing])

    async def _write_all(self) -> None:
        while self._waiting:
            taken, self._waiting = self._waiting, []
            try:
                results = await self._write([outcome for outcome, _ in taken])
            except StoreError as error:
                _fail(taken + self._waiting, error)
                self._waiting = []
                return
            _end(taken, results)

    async def _write(self, outcomes: list[Outcome]) -> tuple[Result, ...]:
        results: tuple[Result, ...] = ()

        def decide(world: World) -> Commit:
            nonlocal results
            results, commit = settled(world, outcomes, self.notices)
            return commit

        await self.write(decide)
        for outcome, result in zip(outcomes, results, strict=True):
            self.settled(outcome, result)
        return results


async def first_of(*waits: Awaitable[object]) -> None:
    """Wait for whichever ends first; the others are cancelled."""
    tasks = [asyncio.ensure_future(wait) for wait in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()


def _end(taken: _Waiting, results: tuple[Result, ...]) -> None:
    for (_, ended), result in zip(taken, results, strict=True):
        if not ended.done():
            ended.set_result(result)


def _fail(waiting: _Waiting, error: StoreError) -> None:
    for _, ended in waiting:
        if not ended.done():
            ended.set_exception(error)
