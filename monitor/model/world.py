"""All that is known at one moment, and what one decision changes in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from monitor.model.dossier import Change, Dossier
from monitor.model.telling import ChatId, Delivery, Subscription


@dataclass(frozen=True, slots=True)
class World:
    """All that is known, read from the store at one moment."""

    dossiers: Mapping[str, Dossier] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    deliveries: tuple[Delivery, ...] = ()
    incidents: Mapping[str, datetime] = field(default_factory=dict)
    """What operators were told is wrong, by name, since when; removed (and told) when it is over."""


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
    forget_before: datetime | None = None
    """Settled deliveries older than this are dropped."""
