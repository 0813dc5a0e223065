"""What happened and has not been confirmed: the queue behind getUpdates."""

from __future__ import annotations

import threading
from typing import Any

from tests.botapi.faults import Refused

Json = dict[str, Any]
ONLY_IF_ASKED = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
CONFLICT = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"


class Inbox:
    """Guarded by the state's condition; the caller need not hold it."""

    def __init__(self, changed: threading.Condition) -> None:
        self.allowed: frozenset[str] = frozenset()
        """The kinds last asked for; none stands for all but ONLY_IF_ASKED."""
        self.is_revoked = False
        self._changed = changed
        self._updates: list[Json] = []
        self._next = 1
        self._poll = 0

    def allow(self, kinds: list[str] | None) -> None:
        """Remember which kinds are wanted; None leaves it as it was."""
        if kinds is not None:
            with self._changed:
                self.allowed = frozenset(kinds)

    def wants(self, update: Json) -> bool:
        kinds = set(update) - {"update_id"}
        return kinds <= self.allowed if self.allowed else not kinds & ONLY_IF_ASKED

    def push(self, update: Json) -> int:
        """Add what happened unless that kind is not wanted; gives its number."""
        with self._changed:
            identifier, self._next = self._next, self._next + 1
            if self.wants(update):
                self._updates.append({"update_id": identifier, **update})
            self._changed.notify_all()
            return identifier

    def clear(self) -> None:
        with self._changed:
            self._updates.clear()

    def updates(self, offset: int, timeout: float) -> list[Json]:
        """Forget what is confirmed and wait for what is not; raises Refused where a later poll takes over."""
        with self._changed:
            self._poll += 1
            mine = self._poll
            self._changed.notify_all()
            self._confirm(offset)
            self._changed.wait_for(lambda: self._updates or self._poll != mine or self.is_revoked, timeout)
            if self.is_revoked:
                raise Refused("Unauthorized", 401)
            if self._poll != mine:
                raise Refused(CONFLICT, 409)
            return self._updates[:100]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self._updates = self._updates[offset:]
        self._updates = [update for update in self._updates if update["update_id"] >= offset]

    def revoke(self, *, is_revoked: bool) -> None:
        with self._changed:
            self.is_revoked = is_revoked
            self._changed.notify_all()
