"""When the next message may start: Telegram's limits per chat, per group and in all."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from monitor.model import TERMINAL, ChatId


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``count`` starts within any ``window``."""

    count: int
    window: timedelta

    def free_at(self, starts: deque[datetime], now: datetime) -> datetime:
        """Say when one more start is within the limit."""
        # A start in the future was before a clock was set back: it must not silence a chat for a day.
        if len(starts) < self.count or starts[-self.count] > now:
            return now
        return max(now, starts[-self.count] + self.window)


# Telegram counts what arrives: what leaves a second apart may arrive a little closer, hence a twentieth more.
CHAT = Limit(1, timedelta(seconds=1.05))
GROUP = Limit(20, timedelta(seconds=61))
ALL = Limit(30, timedelta(seconds=1.05))
LONGEST_HOLD = timedelta(days=1)
"""Telegram asks for half a day at most: what is longer was noted before a clock was set back."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def _starts() -> deque[datetime]:
    return deque(maxlen=max(CHAT.count, GROUP.count, ALL.count))


@dataclass(slots=True)
class Pace:
    """Remembers the last starts; one for the life of the process."""

    _all: deque[datetime] = field(default_factory=_starts)
    _chats: dict[ChatId, deque[datetime]] = field(default_factory=dict)
    """Who was told last stands last."""
    _held_until: datetime = _LONG_AGO

    def next_start(self, chat: ChatId, now: datetime) -> datetime:
        """Say when a message to ``chat`` may start: now or later. The terminal has no limits."""
        if chat == TERMINAL:
            return now
        held_until = self._held_until if self._held_until - now < LONGEST_HOLD else now
        return max(ALL.free_at(self._all, now), held_until, self.chat_start(chat, now))

    def chat_start(self, chat: ChatId, now: datetime) -> datetime:
        """Say the same as if there were no other chats: it stays true until something is sent to this one."""
        starts = self._chats.get(chat)
        if starts is None:
            return now
        limits = (CHAT, GROUP) if is_group(chat) else (CHAT,)
        return max(limit.free_at(starts, now) for limit in limits)

    def note(self, chat: ChatId, now: datetime) -> None:
        """Remember that a message to ``chat`` started at ``now``."""
        if chat == TERMINAL:
            return
        self._forget(now)
        self._all.append(now)
        starts = self._chats.pop(chat, None) or _starts()
        starts.append(now)
        self._chats[chat] = starts

    def hold(self, until: datetime) -> None:
        """Let nothing start before ``until``."""
        self._held_until = max(self._held_until, until)

    def _forget(self, now: datetime) -> None:
        # Chats come and go for years: what is older than the longest window no longer limits anything.
        while self._chats:
            chat, starts = next(iter(self._chats.items()))
            if starts[-1] + GROUP.window > now:
                return
            del self._chats[chat]


def is_group(chat: ChatId) -> bool:
    """Say whether ``chat`` is a group or channel: a negative number or an @name."""
    return chat.startswith(("@", "-")) if isinstance(chat, str) else chat < 0
