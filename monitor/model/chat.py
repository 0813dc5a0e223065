"""A chat and its choice of what it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.model.document import NEWS_KINDS, DocumentKind

ChatId = int | str
"""A Telegram chat: its number, a channel as ``@name``, or ``TERMINAL``."""

TERMINAL: ChatId = "terminal"
"""The chat that stands for the terminal, used where there is no Telegram token."""

DEFAULT_LANGUAGE = "en"


class ChatKind(StrEnum):
    """What kind of chat Telegram says it is; supergroups are groups."""

    PRIVATE = "private"
    GROUP = "group"
    CHANNEL = "channel"


@dataclass(frozen=True, slots=True)
class Quiet:
    """Hours of the chat's day in which nothing is sent: from ``start`` up to ``end``, perhaps over midnight."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Chat:
    """What is kept of a chat that chose something; who only asks is not kept."""

    id: ChatId
    kind: ChatKind | None = None
    title: str = ""
    """A group's or channel's title; nothing is kept of a person's name."""
    language: str = ""
    """Chosen by the chat: en, fr, es; empty while it chose none."""
    spoken: str = ""
    """The language of whoever subscribed it, where we speak it."""
    time_zone: str = "UTC"
    """An IANA name, such as Europe/Vienna."""
    digest_hour: int = 8
    """The hour of the chat's day at which digests are sent, weekly ones on Monday."""
    quiet: Quiet | None = None
    away: str = ""
    """Why Telegram takes no messages for it (settings are kept); empty while it does."""
    away_since: datetime | None = None

    @property
    def speaks(self) -> str:
        """The language it is told things in."""
        return self.language or self.spoken or DEFAULT_LANGUAGE


class When(StrEnum):
    """When a chat is told."""

    AT_ONCE = "at once"
    DAILY = "daily"
    WEEKLY = "weekly"


@dataclass(frozen=True, slots=True)
class Scope:
    """Which countries a chat is told of: all where nothing is named, else what any of the parts names."""

    is_pledge: bool = False
    """The signatories of the Transparency Pledge."""
    regions: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    """Country codes."""

    @property
    def is_everything(self) -> bool:
        """Whether every State party is meant."""
        return not (self.is_pledge or self.regions or self.countries)


ALL_COUNTRIES = Scope()


@dataclass(frozen=True, slots=True)
class Subscription:
    """A chat's choice of what it is told, one a forum topic; (chat, thread, is_operator) names it."""

    chat: ChatId
    thread: int | None = None
    """The forum topic, where the chat has topics."""
    kinds: frozenset[DocumentKind] = NEWS_KINDS
    withdrawals: bool = True
    files: bool = False
    """What happens to documents' files after publication: dead links, replaced and moved files."""
    is_operator: bool = False
    """Operators are told what needs a person; whether they also get alerts is another subscription."""
    scope: Scope = ALL_COUNTRIES
    muted: frozenset[str] = frozenset()
    """Codes of countries that are left out, whatever the scope says."""
    cycles: frozenset[str] = frozenset()
    """Ids of review cycles; all where none is named. A document whose cycle is not known is always told."""
    when: When = When.AT_ONCE
    is_silent: bool = False
    is_paused: bool = False
    """The chat itself asked for a pause; what appears meanwhile is held."""
    held: tuple[int, ...] = ()
    """Numbers of the changes (their places in World.changes) that are owed in the next digest."""
    held_since: datetime | None = None
    """When the first of them was held: a digest whose hour came before that is not theirs."""
    is_configured: bool = False
    """Stands as monitor.toml says; not any more once the chat has chosen for itself."""
