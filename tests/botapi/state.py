"""What the stand-in for Telegram knows, and how it was told to fail."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from tests.botapi.faults import Close, Fault, Refusal, Silence, blocked, flooded, migrated, server_error
from tests.botapi.fields import Json
from tests.botapi.inbox import Inbox
from tests.botapi.limits import Limits
from tests.botapi.world import Chat, World, number

__all__ = [
    "Chat",
    "Close",
    "Fault",
    "Json",
    "Refusal",
    "Silence",
    "State",
    "blocked",
    "flooded",
    "migrated",
    "number",
    "server_error",
]


Key = TypeVar("Key")
Value = TypeVar("Value")


class State:
    """Shared by all connections; every method takes the lock itself."""

    def __init__(
        self,
        chats: Iterable[Chat] | None,
        log: Path | None,
        *,
        keeps: int | None = None,
        has_limits: bool = False,
    ) -> None:
        """``keeps``: how many messages, calls and files stay in memory, None for all."""
        self.changed = threading.Condition()
        self.world = World(chats)
        self.inbox = Inbox(self.changed)
        self.messages: list[Json] = []
        """What the bot sent."""
        self.history: OrderedDict[int, Json] = OrderedDict()
        """What anybody wrote, by number."""
        self.queries: OrderedDict[str, Json] = OrderedDict()
        """Presses and inline queries, each with the answers it got."""
        self.files: OrderedDict[str, bytes] = OrderedDict()
        self.profile: dict[tuple[str, str, str], object] = {}
        """What the bot says of itself, by (what, scope, language)."""
        self.calls: list[tuple[str, Json]] = []
        self.refusals: list[tuple[str, str]] = []
        """What Telegram itself refused, by method, in its words; faults that a test planted are not among them."""
        self.counts: Counter[Chat] = Counter()
        """How many messages each chat took, exact whatever is kept."""
        self.revision = 0
        """Rises with every message and every change of one."""
        self.hang_ups = 0
        self._limits = Limits() if has_limits else None
        self._keeps = keeps
        self._log = log
        self._faults: dict[Chat | None, list[tuple[str, Fault]]] = defaultdict(list)
        self._next_message = 1

    @property
    def chats(self) -> set[Chat] | None:
        return self.world.chats

    def fail(self, chat: Chat | None, fault: Fault, times: int, method: str = "") -> None:
        with self.changed:
            self._faults[chat].extend([(method, fault)] * times)

    def fault(self, chat: Chat | None, method: str) -> Fault | None:
        """Take the next fault meant for this chat and method."""
        with self.changed:
            due = self._faults.get(chat, [])
            for at, (only, fault) in enumerate(due):
                if only == method or (not only and method.startswith("send") and method != "sendChatAction"):
                    del due[at]
                    return fault
            return None

    def takes_hang_up(self) -> bool:
        with self.changed:
            is_due = self.hang_ups > 0
            self.hang_ups -= is_due
            return is_due

    def called(self, method: str, data: Json) -> None:
        with self.changed:
            self.calls.append((method, data))
            self._trim(self.calls)
            self.changed.notify_all()

    def refused(self, method: str, description: str) -> None:
        with self.changed:
            self.refusals.append((method, description))
            self._trim(self.refusals)

    def count(self, chat: Chat, *, is_group: bool) -> None:
        """Count a message against the limits of speed; raises Refused."""
        with self.changed:
            if self._limits is not None:
                self._limits.admit(chat, time.monotonic(), is_group=is_group)

    def take(self, message: Json) -> Json:
        """Accept a message of the bot: listed, and in the log before anybody is answered."""
        with self.changed:
            message = self._written(message)
            if self._log is not None:
                with self._log.open("a") as file:
                    file.write(json.dumps(message, ensure_ascii=False) + "\n")
            self.messages.append(message)
            self.counts[message["chat"]] += 1
            self._trim(self.messages)
            return message

    def hear(self, message: Json) -> Json:
        """Keep what somebody else wrote."""
        with self.changed:
            return self._written(message)

    def change(self, record: Json, **new: object) -> None:
        """Give a message new content; what it was stays in its ``edits``."""
        with self.changed:
            before = {key: record[key] for key in ("text", "html", "keyboard")}
            record["edits"] = [*record.get("edits", []), before]
            record |= {**new, "edit_date": int(time.time())}
            self._touch(record)

    def ask(self, query: Json) -> Json:
        """Give out a query that the bot may answer."""
        with self.changed:
            self.queries[query["id"]] = query
            _shorten(self.queries, self._keeps)
            return query

    def delete(self, record: Json) -> None:
        with self.changed:
            record["is_deleted"] = True
            self._touch(record)

    def find(self, chat: Chat, message: int | None) -> Json | None:
        """Find a message that is still there."""
        found = self.history.get(message) if message is not None else None
        return found if found and found["chat"] == chat and not found.get("is_deleted") else None

    def keep_file(self, content: bytes) -> str:
        with self.changed:
            name = f"file-{len(self.files) + 1}-{self.revision}"
            self.files[name] = content
            _shorten(self.files, self._keeps)
            return name

    def push(self, update: Json) -> int:
        """Make something happen in a chat; gives the update's number."""
        return self.inbox.push(update)

    def updates(self, offset: int, timeout: float) -> list[Json]:
        """Forget what is confirmed and wait for what is not, as getUpdates does."""
        return self.inbox.updates(offset, timeout)

    def _written(self, message: Json) -> Json:
        message = {"message_id": self._next_message, "date": int(time.time()), **message}
        self._next_message += 1
        self.history[message["message_id"]] = message
        _shorten(self.history, self._keeps)
        self._touch(message)
        return message

    def _touch(self, record: Json) -> None:
        self.revision += 1
        record["revision"] = self.revision
        self.changed.notify_all()

    def _trim(self, kept: list[Any]) -> None:
        """Cut at twice the number, so that cutting is rare."""
        if self._keeps is not None and len(kept) > 2 * self._keeps:
            del kept[: -self._keeps]


def _shorten(kept: OrderedDict[Key, Value], keeps: int | None) -> None:
    while keeps is not None and len(kept) > keeps:
        kept.popitem(last=False)
