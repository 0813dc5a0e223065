"""The nouns: what the monitor reads, remembers and tells. Values only, nothing here does anything.

Read on in this order: country, page, look, document, file, dossier, chat, telling, world.
"""

from monitor.model.chat import (
    ALL_COUNTRIES,
    DEFAULT_LANGUAGE,
    TERMINAL,
    Chat,
    ChatId,
    ChatKind,
    Quiet,
    Scope,
    Subscription,
    When,
)
from monitor.model.country import Country, Pledge, PledgeState, ReviewCycle
from monitor.model.document import NEWS_KINDS, Document, DocumentKind, Evidence, Reading, Snapshot
from monitor.model.dossier import (
    FILE_CHANGES,
    Change,
    ChangeKind,
    Dossier,
    Failing,
    Held,
    KnownDocument,
    Outcome,
    Said,
    Standing,
    Verb,
    Visit,
)
from monitor.model.file import DocumentFile, FileLook, FileState
from monitor.model.look import LookHistory, Looks
from monitor.model.page import Link, NotModified, Page, Validators, Where, Words
from monitor.model.telling import Button, Delivery, DeliveryState, Message
from monitor.model.world import Commit, Duty, Proposal, World

__all__ = [
    "ALL_COUNTRIES",
    "DEFAULT_LANGUAGE",
    "FILE_CHANGES",
    "NEWS_KINDS",
    "TERMINAL",
    "Button",
    "Change",
    "ChangeKind",
    "Chat",
    "ChatId",
    "ChatKind",
    "Commit",
    "Country",
    "Delivery",
    "DeliveryState",
    "Document",
    "DocumentFile",
    "DocumentKind",
    "Dossier",
    "Duty",
    "Evidence",
    "Failing",
    "FileLook",
    "FileState",
    "Held",
    "KnownDocument",
    "Link",
    "LookHistory",
    "Looks",
    "Message",
    "NotModified",
    "Outcome",
    "Page",
    "Pledge",
    "PledgeState",
    "Proposal",
    "Quiet",
    "Reading",
    "ReviewCycle",
    "Said",
    "Scope",
    "Snapshot",
    "Standing",
    "Subscription",
    "Validators",
    "Verb",
    "Visit",
    "When",
    "Where",
    "Words",
    "World",
]
