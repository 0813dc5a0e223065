"""Whose turn it is to be told: the first message of each chat, the oldest first, each when its chat may be told again."""

from __future__ import annotations

import heapq
from collections import defaultdict, deque
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.alert.pace import Pace
from monitor.model import ChatId, Delivery, DeliveryState, World

REFRESH = timedelta(seconds=2)
"""How long what others owe or change may wait to be seen, while a long round is under way."""


def owed_now(world: World) -> Iterable[Delivery]:
    """Give what waits, in order; while alerts are paused, what operators are told still goes."""
    is_paused = world.duty.paused_since is not None
    return (
        one
        for one in world.deliveries
        if one.state is DeliveryState.WAITING and not (is_paused and one.about)
    )


def by_chat(deliveries: Iterable[Delivery]) -> dict[ChatId, deque[Delivery]]:
    """Line up what is owed to each chat: a later message never overtakes an earlier one, due or not."""
    lines: defaultdict[ChatId, deque[Delivery]] = defaultdict(deque)
    for delivery in deliveries:
        lines[delivery.chat].append(delivery)
    return dict(lines)


class Turns:
    """The lines of one moment; a turn costs O(log n), so that ten thousand chats can be told."""

    def __init__(self, world: World, pace: Pace, now: datetime, busy: Container[ChatId] = ()) -> None:
        """``busy``: chats whose last message is not settled yet; they line up by ``next_of``."""
        self._pace = pace
        self._lines = by_chat(owed_now(world))
        self._ready: list[tuple[str, ChatId, Delivery]] = []
        self._later: list[tuple[datetime, str, ChatId, Delivery]] = []
        for chat in self._lines:
            if chat not in busy:
                self._line_up(chat, now)

    def next_of(self, settled: Delivery, now: datetime) -> None:
        """Let the chat whose message is settled line up with its next one."""
        line = self._lines.get(settled.chat)
        while line and line[0].id <= settled.id:
            line.popleft()  # a plan made while it was on its way still has it
        self._line_up(settled.chat, now)

    def _line_up(self, chat: ChatId, now: datetime) -> None:
        line = self._lines.get(chat)
        if not line or line[0].due > now:
            return  # what is not due yet waits for a later plan
        start = self._pace.chat_start(chat, now)
        heapq.heappush(self._later, (start, line[0].id, chat, line[0]))

    def next(self, now: datetime) -> tuple[datetime, Delivery] | None:
        """Say which message may start first, and when; None where nothing is due."""
        while self._later and self._later[0][0] <= now:
            _, name, chat, delivery = heapq.heappop(self._later)
            heapq.heappush(self._ready, (name, chat, delivery))
        if self._ready:
            delivery = self._ready[0][-1]
            return self._pace.next_start(delivery.chat, now), delivery
        if self._later:
            start, *_, delivery = self._later[0]
            return max(start, self._pace.next_start(delivery.chat, now)), delivery
        return None

    def take(self) -> None:
        """Give the turn to the message that ``next`` named; its chat lines up again by ``next_of``."""
        delivery = heapq.heappop(self._ready)[-1]
        self._lines[delivery.chat].popleft()


@dataclass(slots=True)
class Plan:
    """Whose turn it is, and of which moment's world."""

    world: World
    made: datetime
    turns: Turns

    def is_old(self, world: World, now: datetime) -> bool:
        """Tell whether others may have changed what it is made of."""
        if now < self.made:
            return True  # the clock was set back: its moments are of no use
        is_changed = world.deliveries is not self.world.deliveries
        return (is_changed and now >= self.made + REFRESH) or world.duty != self.world.duty
