"""Who is told what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from monitor.model.chat import ChatId


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a message: it opens an address, or tells the bot something when it is pressed."""

    label: str
    url: str = ""
    data: str = ""
    """What the bot is told: at most 64 bytes, made by alert/press.py."""
    is_beside: bool = False
    """Stands in the same row as the button before it."""


@dataclass(frozen=True, slots=True)
class Message:
    """What a chat is shown: Telegram HTML, at most 4,096 characters once parsed."""

    html: str
    buttons: tuple[Button, ...] = ()
    is_silent: bool = False


class DeliveryState(StrEnum):
    """Where a delivery stands."""

    WAITING = "waiting"
    SENT = "sent"
    UNCERTAIN = "uncertain"
    """It may have arrived; not resent blindly."""
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message owed to one chat."""

    id: str
    """Sorts in the order in which messages are owed."""
    chat: ChatId
    message: Message
    created: datetime
    due: datetime
    thread: int | None = None
    state: DeliveryState = DeliveryState.WAITING
    attempts: int = 0
    error: str = ""
    settled: datetime | None = None
    about: tuple[int, ...] = ()
    """Numbers of the changes it tells of (their places in World.changes); none where it is no alert or digest."""

    def sent(self, now: datetime) -> Self:
        """Close it: Telegram took it."""
        return replace(self, state=DeliveryState.SENT, attempts=self.attempts + 1, error="", settled=now)

    def postponed(self, error: str, due: datetime) -> Self:
        """Try again at ``due``."""
        return replace(self, attempts=self.attempts + 1, error=error, due=due)

    def uncertain(self, error: str, now: datetime) -> Self:
        """Mark as perhaps arrived: a person decides."""
        return replace(
            self, state=DeliveryState.UNCERTAIN, attempts=self.attempts + 1, error=error, settled=now
        )

    def given_up(self, error: str, now: datetime) -> Self:
        """Close it: it is not tried again."""
        return replace(
            self, state=DeliveryState.GIVEN_UP, attempts=self.attempts + 1, error=error, settled=now
        )
