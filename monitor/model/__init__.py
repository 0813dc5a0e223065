"""The nouns: what the monitor reads, remembers and tells. Values only, nothing here does anything.

Read on in this order: country, page, document, dossier, telling, world.
"""

from monitor.model.country import Country, Pledge, PledgeState, ReviewCycle
from monitor.model.document import NEWS_KINDS, Document, DocumentKind, Evidence, Reading, Snapshot
from monitor.model.dossier import (
    Change,
    ChangeKind,
    Dossier,
    Failing,
    Held,
    KnownDocument,
    Outcome,
    Standing,
    Verb,
    Visit,
)
from monitor.model.page import Link, NotModified, Page, Validators, Where, Words
from monitor.model.telling import TERMINAL, Button, ChatId, Delivery, DeliveryState, Message, Subscription
from monitor.model.world import Commit, World

__all__ = [
    "NEWS_KINDS",
    "TERMINAL",
    "Button",
    "Change",
    "ChangeKind",
    "ChatId",
    "Commit",
    "Country",
    "Delivery",
    "DeliveryState",
    "Document",
    "DocumentKind",
    "Dossier",
    "Evidence",
    "Failing",
    "Held",
    "KnownDocument",
    "Link",
    "Message",
    "NotModified",
    "Outcome",
    "Page",
    "Pledge",
    "PledgeState",
    "Reading",
    "ReviewCycle",
    "Snapshot",
    "Standing",
    "Subscription",
    "Validators",
    "Verb",
    "Visit",
    "Where",
    "Words",
    "World",
]
