"""A little world for delivering: a clock that only sleeping moves, a store in memory, a sender that can fail."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from monitor.alert.deliver import DeliveryReport, deliver
from monitor.alert.pace import Pace
from monitor.errors import StoreError
from monitor.model import ChatId, Commit, Delivery, DeliveryState, Message, Subscription, World
from monitor.record.apply import after

TURNS_TO_ARRIVE = 30
START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


@dataclass
class Clock:
    now: datetime = START
    naps: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        # What is on its way arrives first: it is the world that is slow here, not its messages.
        for _ in range(TURNS_TO_ARRIVE):
            await asyncio.sleep(0)
        self.naps.append(seconds)
        self.advance(seconds)

    def advance(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Memory:
    """The store, as far as delivering needs it; ``refusals`` commits fail first."""

    world: World = field(default_factory=World)
    commits: list[Commit] = field(default_factory=list)
    refusals: int = 0

    def load(self) -> World:
        return self.world

    async def acommit(self, commit: Commit | Callable[[World], Commit]) -> None:
        if self.refusals:
            self.refusals -= 1
            raise StoreError("no space left")
        commit = commit(self.world) if callable(commit) else commit
        self.commits.append(commit)
        self.world = after(self.world, commit)


class Office:
    """Everything deliver() needs, with verbs."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.store = Memory()
        self.pace = Pace()
        self.attempts: list[tuple[str, ChatId]] = []
        self.times: list[datetime] = []
        self._failures: dict[ChatId, deque[BaseException]] = defaultdict(deque)

    async def send(self, delivery: Delivery) -> None:
        self.attempts.append((delivery.id, delivery.chat))
        self.times.append(self.clock())
        if self._failures[delivery.chat]:
            raise self._failures[delivery.chat].popleft()

    def fails_with(self, chat: ChatId, *errors: BaseException) -> None:
        self._failures[chat].extend(errors)

    def owes(self, *deliveries: tuple[str, ChatId]) -> None:
        owed = tuple(Delivery(name, chat, Message(name), START, START) for name, chat in deliveries)
        self.store.world = after(self.store.world, Commit(deliveries=owed))

    def subscribes(self, *subscriptions: Subscription) -> None:
        self.store.world = after(self.store.world, Commit(subscriptions=subscriptions))

    def delivery(self, name: str) -> Delivery:
        return next(one for one in self.store.world.deliveries if one.id == name)

    def states(self) -> dict[str, DeliveryState]:
        return {one.id: one.state for one in self.store.world.deliveries}

    def paused(self) -> dict[ChatId, str]:
        chats = self.store.world.chats
        return {
            one.chat: chats[one.chat].away if one.chat in chats else ""
            for one in self.store.world.subscriptions
        }

    async def round(self) -> DeliveryReport:
        return await deliver(
            store=self.store,
            sender=self,
            pace=self.pace,
            clock=self.clock,
            sleep=self.clock.sleep,
            uncertain_notice=lambda _, delivery: Message(f"perhaps: {delivery.id} {delivery.error}"),
            given_up_notice=lambda _, delivery: Message(f"never: {delivery.id} {delivery.error}"),
        )
