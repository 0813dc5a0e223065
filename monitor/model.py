"""The nouns: what the monitor reads, remembers and tells. Values only, nothing here does anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal, Self

Verb = Literal["accept", "reject"]
"""What a person can say of a look that is held."""

ChatId = int | str
"""A Telegram chat: its number, a channel as ``@name``, or ``TERMINAL``."""

TERMINAL: ChatId = "terminal"
"""The chat that stands for the terminal, used where there is no Telegram token."""


class DocumentKind(StrEnum):
    """What a review leaves behind (domain: section 1)."""

    SELF_ASSESSMENT = "self-assessment"
    COUNTRY_REPORT = "country-report"
    EXECUTIVE_SUMMARY = "executive-summary"
    EXPERT_LIST = "expert-list"
    FOLLOW_UP = "follow-up"
    OTHER = "other"


NEWS_KINDS = frozenset({DocumentKind.SELF_ASSESSMENT, DocumentKind.COUNTRY_REPORT})
"""The kinds whose publication is the news; the State alone decides whether the public sees them."""


class ChangeKind(StrEnum):
    """What can happen to a document on a profile page."""

    PUBLISHED = "published"
    REVISED = "revised"
    MOVED = "moved"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"


class Outcome(StrEnum):
    """How one look at one country went."""

    READ = "read"
    UNCHANGED = "unchanged"
    HELD = "held"
    FAILED = "failed"


class Where(StrEnum):
    """Where on the page (or in the address) words stood, relative to a link."""

    LABEL = "label"
    TITLE = "title attribute"
    ARIA = "aria-label"
    BEFORE = "text before"
    AFTER = "text after"
    ROW = "row header"
    COLUMN = "column header"
    CELL = "row cell"
    TERM = "term"
    SUMMARY = "summary"
    CAPTION = "caption"
    LEGEND = "legend"
    CARD = "card title"
    TAB = "tab"
    ITEM = "list item"
    LINE = "line before"
    BOLD = "bold label"
    HEADING = "heading"
    PAGE = "page heading"
    LANG = "language attribute"
    SYMBOL = "symbol"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Country:
    """A State party (or the European Union): what the monitor calls it and where its profile is."""

    code: str
    """ISO 3166-1 alpha-3, upper case; for the EU, which has none, the code in countries.csv."""
    names: Mapping[str, str]
    """The UN's name by language: en, fr, es."""
    aliases: tuple[str, ...] = ()
    region: str = ""
    profile_code: str = ""
    """What replaces {code} in the profile address; usually the code itself."""
    flag: str = ""
    """The flag emoji, or nothing."""

    @property
    def name(self) -> str:
        """The UN's English name."""
        return self.names["en"]


@dataclass(frozen=True, slots=True)
class ReviewCycle:
    """One cycle of the review mechanism, from cycles.toml."""

    id: str
    phase: int
    chapters: tuple[str, ...]
    """Roman numerals, e.g. ("II", "V")."""
    subjects: tuple[str, ...]
    """What each chapter is about, in the order of ``chapters``."""
    articles: str
    years: tuple[int, int | None]


class PledgeState(StrEnum):
    """Whether a country signed the Transparency Pledge: unknown is a value."""

    SIGNATORY = "signatory"
    NOT_SIGNATORY = "not a signatory"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Pledge:
    """A country's signature under the Transparency Pledge."""

    state: PledgeState
    signed: str = ""
    """The date as far as it is known: YYYY-MM-DD, YYYY-MM or nothing."""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave us to ask "has it changed?" with; empty where it gave nothing."""

    etag: str = ""
    last_modified: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A profile page as served: our own value, nothing past fetch.py has heard of httpx."""

    url: str
    """The address that answered, after redirects."""
    html: str
    body_hash: str
    """sha256 of the body's bytes, hexadecimal."""
    validators: Validators = Validators()


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server answered 304: the page is what it was when it gave us the validators."""

    url: str


@dataclass(frozen=True, slots=True)
class Words:
    """Some words and where they stood relative to a link."""

    where: Where
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link and the words around it: nothing interpreted yet."""

    url: str
    """Normalised for identity (see profile/address.py)."""
    words: tuple[Words, ...]
    """Nearest first: the link's own label, title and aria-label, then outwards to the page's first heading."""
    language: str = ""
    """The hreflang or lang attribute on the link itself."""
    is_navigation: bool = False
    """Stands in a menu, header, footer or breadcrumb."""

    @property
    def label(self) -> str:
        """The link's own text."""
        return next((words.text for words in self.words if words.where is Where.LABEL), "")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which words, from where, decided one thing about a document."""

    of: str
    """What they decided: kind, cycle, language, symbol, or doubt."""
    where: str
    words: str


@dataclass(frozen=True, slots=True)
class Document:
    """What a link on a profile page was taken for, and why."""

    url: str
    title: str
    kind: DocumentKind
    cycle: str | None = None
    language: str | None = None
    symbol: str | None = None
    evidence: tuple[Evidence, ...] = ()
    doubt: str = ""
    """Why a person must look: set when the words contradict each other or nobody recognises them."""
    likely: DocumentKind | None = None
    """With a doubt: the kind it may be. ``kind`` is then OTHER."""


@dataclass(frozen=True, slots=True)
class Reading:
    """One link and what it was taken for; no document where it is plain navigation."""

    link: Link
    document: Document | None
    reason: str
    """Why, in one line a person understands."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One reading of one page."""

    documents: tuple[tuple[Document, Link], ...]
    """Each document once (by URL), in page order, with the link it was read from."""
    body_hash: str
    validators: Validators = Validators()
    page_url: str = ""


class Standing(StrEnum):
    """How a known document came to be known: decides whether it can still become news."""

    BASELINE = "baseline"
    """Stood on the page at the first look: never news."""
    TOLD = "told"
    """Announced (or quietly entered as a kind that is no news): never news again."""
    ASKED = "asked"
    """New and doubtful: operators were asked. Rules that recognise it make it news, once."""


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
    former_urls: tuple[str, ...] = ()
    """Where it stood before, the oldest first; it may go back there."""
    last_there: datetime | None = None
    """The last good look before ``missing_since``: it went between the two. None while it is there."""
    asked_words: tuple[str, ...] = ()
    """Fingerprints of the words that nobody need be asked about again. With standing ASKED: the doubt is about
    its history, not about the rules, so no rule makes it news by itself."""


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
    validators: Validators = Validators()
    rules: str = ""
    """Fingerprint of the rules that the last look was read with."""
    page_url: str = ""
    held: Held | None = None
    failing: Failing | None = None


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


@dataclass(frozen=True, slots=True)
class Visit:
    """How one look at one country went."""

    code: str
    outcome: Outcome
    documents: int = 0
    """Review documents (every kind but other) known to stand on the page."""
    changes: tuple[Change, ...] = ()
    error: str = ""


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
