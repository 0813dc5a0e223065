"""Who is told what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

from monitor.model.document import NEWS_KINDS, DocumentKind

ChatId = int | str
"""A Telegram chat: its number, a channel as ``@name``, or ``TERMINAL``."""


TERMINAL: ChatId = "terminal"
"""The chat that stands for the terminal, used where there is no Telegram token."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat's choice of what it is told."""

    chat: ChatId
    thread: int | None = None
    """The forum topic, where the chat has topics."""
    kinds: frozenset[DocumentKind] = NEWS_KINDS
    withdrawals: bool = True
    is_operator: bool = False
    """Operators are told what needs a person; whether they also get alerts is another subscription."""
    paused: str = ""
    """Why Telegram would not take messages for this chat (settings are kept); empty while it does."""


@dataclass(frozen=True, slots=True)
class Button:
    """A link under a message."""

    label: str
    url: str


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
