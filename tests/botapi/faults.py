"""Answers that say no, and what networks do instead of answering."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


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


@dataclass(frozen=True)
class Drip:
    """Take the message and answer so slowly that nobody sees the end."""

    seconds: float = 0.05
    """Between two bytes."""


Fault = Refusal | Silence | Close | Drip


class Refused(Exception):  # noqa: N818 - Telegram's verdict, not a defect
    """The description Telegram answers with."""

    def __init__(self, description: str, status: int = 400, **parameters: int) -> None:
        super().__init__(description)
        self.refusal = Refusal(status, description, parameters)


def forbidden(reason: str) -> Refused:
    return Refused(f"Forbidden: {reason}", 403)


def bad(reason: str) -> Refused:
    return Refused(f"Bad Request: {reason}")


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


def is_taken(fault: Fault) -> bool:
    """Tell whether what was asked happens all the same."""
    return isinstance(fault, Silence | Drip) or (isinstance(fault, Close) and fault.is_taken)
