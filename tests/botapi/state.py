"""What the stand-in for Telegram knows, and how it was told to fail."""

from __future__ import annotations

import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Chat = int | str
Json = dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    """An answer that says no."""

    status: int
    description: str
    parameters: Mapping[str, int] = field(default_factory=dict)
    body: bytes | None = None
    """Sent instead of JSON, as a proxy in between would."""


@dataclass(frozen=True)
class Silence:
    """Take the message and never answer."""


@dataclass(frozen=True)
class Close:
    """Close the connection instead of answering."""

    is_taken: bool = False
    is_mid_answer: bool = False


Fault = Refusal | Silence | Close


def flooded(seconds: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {seconds}", {"retry_after": seconds})


def blocked() -> Refusal:
    return Refusal(403, "Forbidden: bot was blocked by the user")


def migrated(new: int) -> Refusal:
    return Refusal(
        400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": new}
    )


def server_error(status: int = 502) -> Refusal:
    return Refusal(status, "", body=b"<html>Bad Gateway</html>")


def number(chat: object) -> Chat:
    """Give a chat as the tests name it: a number where it is one."""
    text = str(chat)
    return int(text) if text.lstrip("-").isdigit() else text


class State:
    """Shared by all connections; every method takes the lock itself."""

    def __init__(self, chats: Iterable[Chat] | None, log: Path | None) -> None:
        self.changed = threading.Condition()
        self.chats = None if chats is None else set(chats)
        self.messages: list[Json] = []
        self.calls: list[tuple[str, Json]] = []
        self.hang_ups = 0
        self._log = log
        self._faults: dict[Chat, deque[Fault]] = defaultdict(deque)
        self._updates: list[Json] = []
        self._next_update = 1

    def fail(self, chat: Chat, fault: Fault, times: int) -> None:
        with self.changed:
            self._faults[chat].extend([fault] * times)

    def fault(self, chat: Chat) -> Fault | None:
        with self.changed:
            return self._faults[chat].popleft() if self._faults[chat] else None

    def takes_hang_up(self) -> bool:
        with self.changed:
            is_due = self.hang_ups > 0
            self.hang_ups -= is_due
            return is_due

    def called(self, method: str, data: Json) -> None:
        with self.changed:
            self.calls.append((method, data))
            self.changed.notify_all()

    def take(self, message: Json) -> Json:
        """Accept a message: listed, and in the log before anybody is answered."""
        with self.changed:
            message = {"message_id": len(self.messages) + 1, "date": int(time.time()), **message}
            if self._log is not None:
                with self._log.open("a") as file:
                    file.write(json.dumps(message, ensure_ascii=False) + "\n")
            self.messages.append(message)
            self.changed.notify_all()
            return message

    def push(self, update: Json) -> int:
        """Make something happen in a chat; gives the update's number."""
        with self.changed:
            identifier, self._next_update = self._next_update, self._next_update + 1
            self._updates.append({"update_id": identifier, **update})
            self.changed.notify_all()
            return identifier

    def updates(self, offset: int, timeout: float) -> list[Json]:
        """Forget what is confirmed and wait for what is not, as getUpdates does."""
        with self.changed:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            self.changed.wait_for(lambda: self._updates, timeout)
            return self._updates[:100]
