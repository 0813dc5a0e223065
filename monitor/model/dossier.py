"""What is known of a country, and what happened there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

from monitor.model.document import Document, DocumentKind, Snapshot
from monitor.model.file import FileLook
from monitor.model.page import NO_VALIDATORS, Link, Validators


class Standing(StrEnum):
    """How a known document came to be known: decides whether it can still become news."""

    BASELINE = "baseline"
    """Stood on the page at the first look: never news."""
    TOLD = "told"
    """Announced (or quietly entered as a kind that is no news): never news again."""
    ASKED = "asked"
    """New and doubtful: operators were asked. Rules that recognise it make it news, once."""


@dataclass(frozen=True, slots=True)
class Said:
    """What a person said a document is: it stays, whatever rules and page say later."""

    kind: DocumentKind
    cycle: str | None
    words: str
    """Fingerprint of the words that stood over it when the person spoke."""
    read: Document
    """What it is taken for by rules and page, now."""


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """A document of one country with its history; the dossier keeps it for ever."""

    document: Document
    link: Link
    first_seen: datetime
    not_seen_at: datetime | None
    """The last good look before it was there; None for the baseline. It appeared between the two."""
    standing: Standing
    missing_since: datetime | None = None
    """The first good look at which it was gone; None while it is there."""
    is_absence_told: bool = False
    """Its absence was told (or explained by a replacement) once: never told again."""
    is_missing_long: bool = False
    """Missing for the days of grace: what was told once, or never to be told, goes by them as well."""
    is_absence_explained: bool = False
    """Missing because another stands in its place, or because rules read the same page otherwise: nobody withdrew it."""
    former_urls: tuple[str, ...] = ()
    """Where it stood before, the oldest first; it may go back there."""
    last_there: datetime | None = None
    """The last good look before ``missing_since``: it went between the two. None while it is there."""
    asked_words: tuple[str, ...] = ()
    """Fingerprints of the words that nobody need be asked about again. With standing ASKED: the doubt is about
    its history, not about the rules, so no rule makes it news by itself."""
    said: Said | None = None
    """A person's word, which ``document`` then goes by; None where nobody spoke."""


@dataclass(frozen=True, slots=True)
class Held:
    """A look that was understood but not believed, waiting for equal looks or for a person."""

    reason: str
    since: datetime
    snapshot: Snapshot
    looks: int = 1
    is_fleet: bool = False
    """Held because many countries changed at once, not for this country's own sake."""
    is_rejected: bool = False
    """A person said no: the same content is not asked about again."""


@dataclass(frozen=True, slots=True)
class Failing:
    """A country that could not be read, since when, how often, and when to ask again."""

    since: datetime
    error: str
    times: int
    not_before: datetime


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything ever seen of a country."""

    code: str
    documents: tuple[KnownDocument, ...] = ()
    first_read: datetime | None = None
    last_read: datetime | None = None
    """The last good look: read and believed, or found unchanged."""
    body_hash: str = ""
    validators: Validators = NO_VALIDATORS
    rules: str = ""
    """Fingerprint of the rules that the last look was read with."""
    page_url: str = ""
    held: Held | None = None
    failing: Failing | None = None


class ChangeKind(StrEnum):
    """What can happen to a document: on the profile page, and after that to its file."""

    PUBLISHED = "published"
    REVISED = "revised"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    LINK_DEAD = "link-dead"
    """It is listed, but its address leads nowhere, or to something else."""
    LINK_BACK = "link-back"
    """Its address leads to it again (or for the first time)."""
    FILE_REPLACED = "file-replaced"
    """Another file stands at the same address."""
    FILE_MOVED = "file-moved"
    """Its address leads to another host."""


FILE_CHANGES = frozenset(
    {ChangeKind.LINK_DEAD, ChangeKind.LINK_BACK, ChangeKind.FILE_REPLACED, ChangeKind.FILE_MOVED}
)
"""What happens to files after publication: only chats that chose it hear of it, and the operators."""


@dataclass(frozen=True, slots=True)
class Change:
    """Something that happened to a document; append-only history."""

    code: str
    kind: ChangeKind
    document: Document
    seen_at: datetime
    not_before: datetime | None
    """The last good look at which it had not happened yet: it happened between the two."""
    former_url: str = ""
    """The address before, for moved and revised."""
    is_language_version: bool = False
    """Another language of a publication that is known already: a note, not a second alert."""
    file: FileLook | None = None
    """What stood at its address when this was found out; None where nobody looked."""
    file_before: FileLook | None = None
    """For what happens to files: how it stood before."""


class Outcome(StrEnum):
    """How one look at one country went."""

    READ = "read"
    UNCHANGED = "unchanged"
    HELD = "held"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Visit:
    """How one look at one country went."""

    code: str
    outcome: Outcome
    documents: int = 0
    """Review documents (every kind but other) known to stand on the page."""
    changes: tuple[Change, ...] = ()
    error: str = ""


Verb = Literal["accept", "reject"]
"""What a person can say of a look that is held."""
