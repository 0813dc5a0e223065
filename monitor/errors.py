"""The error tree: each branch says who has to act.

MonitorError
├── ConfigError        the operator: fix config/ and start again (every mistake in one report, exit 2)
├── FetchError         nobody: the next sweep tries again
│   └── Blocked        nobody yet: what came is not the profile (403, 429, a challenge, an empty or foreign page)
├── ProfileError       a developer: page read, not understood; keep it as a test page
│   └── Implausible    a person: understood, not believed
├── StoreError         the operator: unreadable, disk full; the old file stays whole
│   ├── InUse          the operator: another process writes; leave it the decision or stop it
│   └── NotWritten     the operator: disk full, read-only, not allowed; the service tries until it can
├── NotDrawn           a developer: a picture was not made; its words are shown instead
└── DeliveryError      permanent / retry_after / is_uncertain decide what happens to the delivery
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

TOKEN_UNKNOWN: Final = "Telegram does not know this bot's token"  # noqa: S105 - the begin of a sentence, no token
"""How an error begins that no chat can help: it stays with the deliveries that wait for a person."""


class MonitorError(Exception):
    """Any failure the monitor expects; its text says what to do next."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """One wrong value in the configuration."""

    file: str
    key: str
    value: str
    expected: str

    def __str__(self) -> str:
        """One line: where, what stands there, what should."""
        return f"{self.file}: {self.key} = {self.value}: expected {self.expected}"


class ConfigError(MonitorError):
    """The configuration has mistakes: all of them, at once."""

    def __init__(self, mistakes: tuple[Mistake, ...]) -> None:
        """Keep every mistake; the text is one a line."""
        super().__init__("\n".join(str(mistake) for mistake in mistakes))
        self.mistakes = mistakes


class FetchError(MonitorError):
    """The page did not come."""

    def __init__(self, text: str, retry_after: float | None = None, status: int | None = None) -> None:
        """``retry_after``: seconds the server asked us to stay away; ``status``: HTTP's; None where there is none."""
        super().__init__(text)
        self.retry_after = retry_after
        self.status = status


class Blocked(FetchError):  # noqa: N818 - the design's word for it
    """Something came, but it is not the profile."""


class ProfileError(MonitorError):
    """The page was read and not understood."""


class Implausible(ProfileError):  # noqa: N818 - the design's word for it
    """The page was understood and is not believed."""


class StoreError(MonitorError):
    """The store cannot be read or written; the last good file stays whole."""


class InUse(StoreError):  # noqa: N818 - reads as what it says
    """Another process holds the store."""

    def __init__(self, text: str, holder: str) -> None:
        """``holder``: its pid, command and start, for people."""
        super().__init__(text)
        self.holder = holder


class NotWritten(StoreError):  # noqa: N818 - reads as what it says
    """The disk takes nothing now: the file stays as it was, and the same write may go well later."""


class NotDrawn(MonitorError):  # noqa: N818 - reads as what it says
    """A picture could not be drawn."""


class DeliveryError(MonitorError):
    """A message was not (or not surely) delivered."""

    def __init__(
        self,
        text: str,
        *,
        is_permanent: bool = False,
        retry_after: float | None = None,
        is_uncertain: bool = False,
        migrated_to: int | None = None,
        is_message_fault: bool = False,
        is_bot_fault: bool = False,
    ) -> None:
        """``is_permanent``: this chat takes nothing now; ``retry_after``: seconds; ``is_uncertain``: may have arrived.

        ``is_message_fault``: no chat would take this message; ``is_bot_fault``: nobody can be told anything now.
        """
        super().__init__(text)
        self.is_permanent = is_permanent
        self.retry_after = retry_after
        self.is_uncertain = is_uncertain
        self.migrated_to = migrated_to
        self.is_message_fault = is_message_fault
        self.is_bot_fault = is_bot_fault
