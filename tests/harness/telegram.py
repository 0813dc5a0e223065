"""The Bot API stand-in with a delay on both sides of accepting, so that a kill can fall into either."""

from __future__ import annotations

import time
from pathlib import Path

from tests.botapi import BotApi
from tests.botapi.state import Chat, Json, State

LONGEST_POLL = 0.3
"""Seconds: a poll that outlives its client would look like an open connection."""
SECONDS_TO_QUIET = 5.0


class SlowState(State):
    def __init__(self, chats: tuple[Chat, ...], log: Path, latency: float) -> None:
        super().__init__(chats, log)
        self.asked = 0
        """How many messages were asked for, accepted or not."""
        self.latency = latency

    def called(self, method: str, data: Json) -> None:
        super().called(method, data)
        if method == "sendMessage":
            with self.changed:
                self.asked += 1
                self.changed.notify_all()
            time.sleep(self.latency)

    def take(self, message: Json) -> Json:
        taken = super().take(message)
        time.sleep(self.latency)
        return taken

    def updates(self, offset: int, timeout: float) -> list[Json]:
        return super().updates(offset, min(timeout, LONGEST_POLL))


class SlowTelegram(BotApi):
    def __init__(self, chats: tuple[Chat, ...], log: Path, latency: float) -> None:
        super().__init__()
        self.slow = SlowState(chats, log, latency)
        self.state = self.slow

    @property
    def accepted(self) -> int:
        return len(self.state.messages)

    def settle_down(self) -> None:
        """Wait until all that a killed client had asked is done: it may be accepted after its death."""
        end = time.monotonic() + SECONDS_TO_QUIET
        while self._server is not None and self._server.connections:
            if time.monotonic() > end:
                raise TimeoutError("the Bot API still has open connections of a program that is dead")
            time.sleep(0.005)
