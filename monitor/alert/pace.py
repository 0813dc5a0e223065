"""When the next message may start: Telegram's limits per chat, per group and in all."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from monitor.model import TERMINAL, ChatId


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` starts within any ``window``."""

    count: int
    window: timedelta

    def free_at(self, starts: deque[datetime], now: datetime) -> datetime:
        """Say when one more start is within the limit."""
        if len(starts) < self.count:
            return now
        return max(now, starts[-self.count] + self.window)


CHAT = Limit(1, timedelta(seconds=1))
GROUP = Limit(20, timedelta(minutes=1))
ALL = Limit(30, timedelta(seconds=1))


def _starts() -> deque[datetime]:
    return deque(maxlen=max(CHAT.count, GROUP.count, ALL.count))


@dataclass(slots=True)
class Pace:
    """Remembers the last starts; one for the life of the process."""

    _all: deque[datetime] = field(default_factory=_starts)
    _chats: dict[ChatId, deque[datetime]] = field(default_factory=dict)

    def next_start(self, chat: ChatId, now: datetime) -> datetime:
        """Say when a message to ``chat`` may start: now or later. The terminal has no limits."""
        if chat == TERMINAL:
            return now
        starts = self._chats.get(chat, deque())
        limits = (CHAT, GROUP) if is_group(chat) else (CHAT,)
        return max(ALL.free_at(self._all, now), *(limit.free_at(starts, now) for limit in limits))

    def note(self, chat: ChatId, now: datetime) -> None:
        """Remember that a message to ``chat`` started at ``now``."""
        if chat == TERMINAL:
            return
        self._forget(now)
        self._all.append(now)
        self._chats.setdefault(chat, _starts()).append(now)

    def _forget(self, now: datetime) -> None:
        # Chats come and go for years: what is older than the longest window no longer limits anything.
        old = [chat for chat, starts in self._chats.items() if starts[-1] + GROUP.window <= now]
        for chat in old:
            del self._chats[chat]


def is_group(chat: ChatId) -> bool:
    """Say whether ``chat`` is a group or channel: a negative number or an @name."""
    return chat.startswith(("@", "-")) if isinstance(chat, str) else chat < 0
