"""How fast Telegram takes messages. Its own figures: 30 a second in all, 20 a minute in a group, about 1 a second a chat."""

from __future__ import annotations

import math
from collections import defaultdict, deque

from tests.botapi.faults import Refused, flooded
from tests.botapi.world import Chat

IN_ALL = 30
"""Messages in any second."""
IN_GROUP = 20
"""Messages in any minute of a group."""
BURST = 3
"""Messages one chat takes at once; after them one a second."""


class Limits:
    """Remembers when messages were taken; refused ones do not count. ``now``: seconds of a steady clock."""

    def __init__(self) -> None:
        self._all: deque[float] = deque(maxlen=IN_ALL)
        self._groups: defaultdict[Chat, deque[float]] = defaultdict(lambda: deque(maxlen=IN_GROUP))
        self._full_until: dict[Chat, float] = {}
        """When each chat's burst is whole again."""
        self._tidied = 0.0

    def admit(self, chat: Chat, now: float, *, is_group: bool) -> None:
        """Count a message, or raise Refused with the whole seconds to wait."""
        self._tidy(now)
        wait = max(
            _wait(self._all, IN_ALL, 1.0, now),
            _wait(self._groups[chat], IN_GROUP, 60.0, now) if is_group else 0.0,
            self._full_until.get(chat, 0.0) - now - (BURST - 1),
        )
        if wait > 0:
            refusal = flooded(max(1, math.ceil(wait)))
            raise Refused(refusal.description, refusal.status, **refusal.parameters)
        self._all.append(now)
        if is_group:
            self._groups[chat].append(now)
        self._full_until[chat] = max(now, self._full_until.get(chat, 0.0)) + 1.0

    def _tidy(self, now: float) -> None:
        """Forget quiet chats, once a minute, so that memory stays flat."""
        if now - self._tidied < 60.0:
            return
        self._tidied = now
        self._full_until = {chat: until for chat, until in self._full_until.items() if until > now}
        for chat in [chat for chat, times in self._groups.items() if not times or times[-1] < now - 60.0]:
            del self._groups[chat]


def _wait(times: deque[float], most: int, seconds: float, now: float) -> float:
    return times[0] + seconds - now if len(times) == most else 0.0
