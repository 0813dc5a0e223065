"""What links were taken for, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.model.page import NO_VALIDATORS, Link, Validators


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
    validators: Validators = NO_VALIDATORS
    page_url: str = ""
