"""Tell what is owed: several chats at a time, each chat's messages one by one, the next when the last is settled."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from monitor.alert.batch import Batches, Ledger, Refused, Settled, Sleep, first_of, tell_nobody
from monitor.alert.pace import Pace
from monitor.alert.settle import (
    Notice,
    Notices,
    Outcome,
    Result,
    crowded,
    held_for_all,
    still_owed,
)
from monitor.alert.turns import Plan, Turns
from monitor.errors import DeliveryError, StoreError
from monitor.model import Commit, Delivery, DeliveryState, World

IN_FLIGHT = 8
"""Messages on their way at once: at 80 ms an answer, one at a time would be 12 a second."""
UNSETTLED = 32
"""Messages on their way or not written down at once: so many a kill may repeat, one a chat."""
FAILURES_IN_A_ROW = 3
"""After so many tries in a row that did not reach Telegram the round ends: the line is down, not a chat."""
FLOODS_IN_A_ROW = 10
"""After so many chats in a row that have to wait, all wait: Telegram means the bot, not a chat.

More than are on their way at once: a few that arrived too close together should cost no more than themselves.
"""
LANDING = 0.5
"""Seconds that a stop leaves to messages on their way: one that is cut off between Telegram's taking it and its answer
would come twice."""
NAP = 1.0
"""Seconds to sleep at most before looking again."""


class Sender(Protocol):
    """Whatever shows a delivery to its chat."""

    async def send(self, delivery: Delivery) -> None:
        """Show it, or raise DeliveryError."""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """How one round went, in numbers of deliveries."""

    sent: int = 0
    postponed: int = 0
    uncertain: int = 0
    given_up: int = 0
    waiting: int = 0
    """Still owed after the round, due or not."""
    trouble: str = ""
    """Why the round ended before everything due was tried; the operator should see it."""


async def deliver(
    *,
    store: Ledger,
    sender: Sender,
    pace: Pace,
    clock: Callable[[], datetime],
    uncertain_notice: Notice,
    given_up_notice: Notice,
    sleep: Sleep = asyncio.sleep,
    refused: Refused = tell_nobody,
    settled: Settled = tell_nobody,
) -> DeliveryReport:
    """Send what is due, in order per chat, at Telegram's pace; safe to cancel anywhere: what is on its way is waited for, a moment.

    A process that is killed may repeat the message that each chat had in flight, and no other. An error that is no
    DeliveryError comes through with its delivery still waiting. While the disk takes nothing, the round waits and
    ``refused`` hears of it; ``settled`` hears how each try ended, once that is in the store. A StoreError means that
    messages may be out and not written down: the caller has to stop delivering, or they go out again.
    """
    batches = Batches(store, Notices(uncertain_notice, given_up_notice), sleep, refused, settled)
    return await _Round(store, sender, pace, clock, sleep, batches).run()


@dataclass(slots=True)
class _Round:
    store: Ledger
    sender: Sender
    pace: Pace
    clock: Callable[[], datetime]
    sleep: Sleep
    batches: Batches
    plan: Plan = field(init=False)
    results: Counter[Result] = field(default_factory=Counter)
    moved: set[str] = field(default_factory=set)
    flying: dict[asyncio.Task[Result | None], Delivery] = field(default_factory=dict)
    """From the start of a try until it is settled."""
    sending: int = 0
    is_open: bool = False
    """Whether the first message of the round was answered and written down: until then it goes alone."""
    failures: int = 0
    floods: int = 0
    fault: DeliveryError | None = None
    """What keeps the bot from telling anybody anything."""
    bug: BaseException | None = None
    trouble: str = ""
    news: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> DeliveryReport:
        self._renew(self.store.load(), self.clock())
        try:
            await self._fly()
            await self._tidy()
        finally:
            await self._land()
        return self._report()

    async def _land(self) -> None:
        try:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._answered(), LANDING)
        finally:
            for task in self.flying:
                task.cancel()
            await asyncio.gather(*self.flying, return_exceptions=True)
            await self.batches.close()

    async def _answered(self) -> None:
        while self.sending:
            self.news.clear()
            await self.news.wait()

    async def _fly(self) -> None:
        while not isinstance(self.bug, StoreError):
            self.news.clear()
            now = self.clock()
            turn = self._turn(now) if self._has_room() else None
            if turn is not None and turn[0] <= now:
                self._start(turn[1], now)
            elif turn is not None or self.flying:
                pause = NAP if turn is None else min(NAP, (turn[0] - now).total_seconds())
                await first_of(self.news.wait(), self.sleep(pause))
            else:
                return

    def _has_room(self) -> bool:
        if self.trouble or self.bug or self.batches.is_stuck:
            return False
        if self.is_open and not self.failures:
            return self.sending < IN_FLIGHT and len(self.flying) < UNSETTLED
        return not self.flying

    def _turn(self, now: datetime) -> tuple[datetime, Delivery] | None:
        world = self.store.load()
        if self.plan.is_old(world, now):
            self._renew(world, now)
        turn = self.plan.turns.next(now)
        if turn is not None and still_owed(world, turn[1]) == turn[1]:
            return turn
        if turn is None and (self.flying or world.deliveries is self.plan.world.deliveries):
            return None
        self._renew(world, now)
        return self.plan.turns.next(now)

    def _renew(self, world: World, now: datetime) -> None:
        # A chat may have moved while its message was on the way: its new number is as busy as the old one.
        moved = (still_owed(world, delivery) for delivery in self.flying.values())
        busy = {one.chat for one in (*self.flying.values(), *moved) if one is not None}
        self.plan = Plan(world, now, Turns(world, self.pace, now, busy))

    def _start(self, delivery: Delivery, now: datetime) -> None:
        self.plan.turns.take()
        self.pace.note(delivery.chat, now)
        self.sending += 1
        task = asyncio.create_task(self._try(delivery))
        self.flying[task] = delivery
        task.add_done_callback(self._landed)

    async def _try(self, delivery: Delivery) -> Result | None:
        error: DeliveryError | None = None
        try:
            await self.sender.send(delivery)
        except DeliveryError as problem:
            error = problem
        finally:
            self.sending -= 1
            self.news.set()
        self._count(error)
        if error is not None and error.is_bot_fault:
            self.fault, self.trouble = error, str(error)
            return None
        outcome = Outcome(delivery, self.clock(), error, is_moved=delivery.id in self.moved)
        return await self.batches.settle(outcome)

    def _landed(self, task: asyncio.Task[Result | None]) -> None:
        delivery = self.flying.pop(task)
        self.news.set()
        self.bug = self.bug or (asyncio.CancelledError() if task.cancelled() else task.exception())
        result = None if self.bug else task.result()
        if result is None:
            return
        self.is_open = True
        self.results[result] += 1
        if result is Result.SENT:
            self.plan.turns.next_of(delivery, self.clock())
        elif result is Result.MOVED:
            self.moved.add(delivery.id)

    def _count(self, error: DeliveryError | None) -> None:
        is_flood = error is not None and error.retry_after is not None
        is_answered = error is None or is_flood or _is_answer(error)
        self.floods = self.floods + 1 if is_flood else 0
        self.failures = 0 if is_answered else self.failures + 1
        if error is not None and self.failures >= FAILURES_IN_A_ROW:
            self.trouble = f"{self.failures} tries in a row failed, the last with: {error}"
        if error is not None and self.floods >= FLOODS_IN_A_ROW:
            self.pace.hold(self.clock() + timedelta(seconds=error.retry_after or 0))

    async def _tidy(self) -> None:
        if self.bug is not None:
            raise self.bug
        world, fault, now = self.store.load(), self.fault, self.clock()
        if fault is not None:
            await self.batches.write(lambda world: held_for_all(world, fault, now))
        elif self.results[Result.SENT] and crowded(world):
            await self.batches.write(lambda world: Commit(forget_before=crowded(world)))

    def _report(self) -> DeliveryReport:
        deliveries = self.store.load().deliveries
        return DeliveryReport(
            sent=self.results[Result.SENT],
            postponed=self.results[Result.POSTPONED],
            uncertain=self.results[Result.UNCERTAIN],
            given_up=self.results[Result.GIVEN_UP],
            waiting=sum(1 for one in deliveries if one.state is DeliveryState.WAITING),
            trouble=self.trouble,
        )


def _is_answer(error: DeliveryError) -> bool:
    return error.is_permanent or error.is_message_fault or error.is_bot_fault or error.migrated_to is not None
