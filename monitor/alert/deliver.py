"""Tell what is owed: one message at a time, each settled in the store before the next is sent."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from monitor.alert.pace import Pace
from monitor.alert.settle import (
    Notice,
    Notices,
    Result,
    Settlement,
    heads,
    held_for_all,
    settled_error,
    settled_sent,
)
from monitor.errors import DeliveryError, StoreError
from monitor.model import Commit, Delivery, DeliveryState, World

FAILURES_IN_A_ROW = 3
"""After so many tries in a row that did not reach Telegram the round ends: the line is down, not a chat."""
NAP = 1.0
"""Seconds to sleep at most before looking again: while a group waits for its minute, other chats come due."""
SETTLE_AGAIN = (1.0, 5.0, 30.0)
"""Seconds between tries to write down what happened, before the StoreError is let through."""


class Sender(Protocol):
    """Whatever shows a delivery to its chat."""

    async def send(self, delivery: Delivery) -> None:
        """Show it, or raise DeliveryError."""


class Ledger(Protocol):
    """What delivering needs of the store."""

    def load(self) -> World:
        """Give all that is known now."""

    async def acommit(self, commit: Commit) -> None:
        """Write the commit whole, or raise StoreError."""


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
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> DeliveryReport:
    """Send what is due, in order per chat, at Telegram's pace; safe to cancel anywhere.

    An error that is no DeliveryError comes through with the delivery still waiting. A StoreError means that a
    message may be out and not written down: the caller has to stop delivering, or it goes out again.
    """
    notices = Notices(uncertain_notice, given_up_notice)
    return await _Round(store, sender, pace, clock, sleep, notices).run()


def next_turn(deliveries: Iterable[Delivery], pace: Pace, now: datetime) -> tuple[datetime, Delivery] | None:
    """Say which delivery that is due may start first, and when; None when nothing is due."""
    due = [(pace.next_start(one.chat, now), one) for one in heads(deliveries) if one.due <= now]
    return min(due, key=lambda turn: (turn[0], turn[1].id), default=None)


@dataclass(slots=True)
class _Round:
    store: Ledger
    sender: Sender
    pace: Pace
    clock: Callable[[], datetime]
    sleep: Callable[[float], Awaitable[None]]
    notices: Notices
    results: Counter[Result] = field(default_factory=Counter)
    moved: set[str] = field(default_factory=set)
    failures: int = 0
    trouble: str = ""

    async def run(self) -> DeliveryReport:
        while not self.trouble:
            now = self.clock()
            turn = next_turn(self.store.load().deliveries, self.pace, now)
            if turn is None:
                break
            start, delivery = turn
            if start > now:
                await self.sleep(min(NAP, (start - now).total_seconds()))
            else:
                await self._try(delivery)
        return self._report()

    async def _try(self, delivery: Delivery) -> None:
        self.pace.note(delivery.chat, self.clock())
        try:
            await self.sender.send(delivery)
        except DeliveryError as error:
            await self._failed(delivery, error)
        else:
            self.failures = 0
            await self._settle(settled_sent(self.store.load(), delivery, self.clock()))

    async def _failed(self, delivery: Delivery, error: DeliveryError) -> None:
        if error.migrated_to is not None and delivery.id not in self.moved:
            self.moved.add(
                delivery.id
            )  # once a round, so that two chats naming each other cannot keep us here
            await self._write(Commit(migrated={delivery.chat: error.migrated_to}))
        elif error.is_bot_fault:
            self.trouble = str(error)
            await self._write(held_for_all(self.store.load(), error, self.clock()))
        else:
            self._count(error)
            world, now = self.store.load(), self.clock()
            await self._settle(settled_error(world, delivery, error, now, self.notices))

    def _count(self, error: DeliveryError) -> None:
        was_answered = error.is_permanent or error.is_message_fault or error.retry_after is not None
        self.failures = 0 if was_answered else self.failures + 1
        if self.failures >= FAILURES_IN_A_ROW:
            self.trouble = f"{self.failures} tries in a row failed, the last with: {error}"

    async def _settle(self, settlement: Settlement) -> None:
        await self._write(settlement.commit)
        self.results[settlement.result] += 1

    async def _write(self, commit: Commit) -> None:
        for pause in SETTLE_AGAIN:
            try:
                return await self.store.acommit(commit)
            except StoreError:
                await self.sleep(pause)
        return await self.store.acommit(commit)

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
