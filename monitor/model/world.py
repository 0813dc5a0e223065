"""All that is known at one moment, and what one decision changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor.model.chat import Chat, ChatId, Subscription
from monitor.model.country import Pledge
from monitor.model.document import DocumentKind
from monitor.model.dossier import Change, Dossier
from monitor.model.file import DocumentFile
from monitor.model.look import LookHistory
from monitor.model.telling import Delivery


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an operator said a document is: applied to it, and proposed as a rule for all others."""

    code: str
    url: str
    words: str
    """The words over the link that the rules do not know."""
    kind: DocumentKind
    cycle: str | None
    said_at: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """How the service itself stands."""

    swept: datetime | None = None
    """When a sweep last finished."""
    heartbeat: datetime | None = None
    """When operators were last told how much is covered."""
    paused_since: datetime | None = None
    """An operator stopped all alerts: they are owed and wait."""
    pledge_checked: datetime | None = None
    """When the list of the Pledge's signatories was last read (or tried to be)."""


@dataclass(frozen=True, slots=True)
class World:
    """All that is known, read from the store at one moment."""

    dossiers: Mapping[str, Dossier] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    incidents: Mapping[str, datetime] = field(default_factory=dict)
    """What operators were told is wrong, by name, since when; removed (and told) when it is over."""
    chats: Mapping[ChatId, Chat] = field(default_factory=dict)
    pledges: Mapping[str, Pledge] = field(default_factory=dict)
    """What operators said about countries' pledges, by code: goes before pledge.csv."""
    proposals: tuple[Proposal, ...] = ()
    duty: Duty = Duty()
    files: Mapping[str, DocumentFile] = field(default_factory=dict)
    """Documents' files by their normalised address."""
    looks: Mapping[str, LookHistory] = field(default_factory=dict)
    """Looks at each country's page, by its code."""


@dataclass(frozen=True, slots=True)
class Commit:
    """What one decision changes in the store: written whole, or not at all."""

    dossiers: tuple[Dossier, ...] = ()
    changes: tuple[Change, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    """Added, or replaced where chat, thread and is_operator are equal."""
    unsubscribed: tuple[Subscription, ...] = ()
    """Removed where chat, thread and is_operator are equal."""
    deliveries: tuple[Delivery, ...] = ()
    """Added, or replaced where the id is equal."""
    incidents: Mapping[str, datetime] | None = None
    """All incidents now open; None leaves them as they are."""
    migrated: Mapping[ChatId, ChatId] = field(default_factory=dict)
    """Chats whose id changed: rewritten in every record."""
    chats: tuple[Chat, ...] = ()
    """Added, or replaced where the id is equal."""
    forgotten: frozenset[ChatId] = frozenset()
    """Chats of which nothing is kept: their record, subscriptions and deliveries go."""
    pledges: Mapping[str, Pledge] = field(default_factory=dict)
    """Added, or replaced where the code is equal."""
    proposals: tuple[Proposal, ...] = ()
    """Added, or replaced where code and URL are equal."""
    duty: Duty | None = None
    """How the service stands now; None leaves it as it is."""
    files: tuple[DocumentFile, ...] = ()
    """Added, or replaced where the address is equal."""
    looks: tuple[LookHistory, ...] = ()
    """Added, or replaced where the code is equal."""
    forget_before: datetime | None = None
    """Settled deliveries older than this are dropped."""
