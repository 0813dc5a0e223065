"""Which documents matter for the record: what they mean, and which of them stand on a page."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from monitor.model import (
    Document,
    DocumentKind,
    Dossier,
    Evidence,
    Held,
    KnownDocument,
    Link,
    Snapshot,
    Words,
)


def meaning(document: Document) -> DocumentKind:
    """Give the kind it is, or with a doubt the kind it may be."""
    return document.likely or document.kind


def is_review(document: Document) -> bool:
    """Tell whether it is, or may be, something that a review leaves behind."""
    return meaning(document) is not DocumentKind.OTHER


def present(dossier: Dossier) -> tuple[KnownDocument, ...]:
    """Give the review documents that stand on the page."""
    return tuple(
        known for known in dossier.documents if known.missing_since is None and is_review(known.document)
    )


def review_urls(snapshot: Snapshot) -> frozenset[str]:
    """Give the addresses of a reading's review documents."""
    return frozenset(document.url for document, _ in snapshot.documents if is_review(document))


def content(snapshot: Snapshot) -> frozenset[tuple[str, tuple[Words, ...]]]:
    """Give what a page says of its documents: two readings with the same are the same look, whatever the bytes."""
    return frozenset((document.url, link.words) for document, link in snapshot.documents)


def look_name(held: Held) -> str:
    """Give a short name for what a held look says: other words or other documents are another look."""
    said = sorted(f"{document.url} {fingerprint(link)}" for document, link in held.snapshot.documents)
    return hashlib.sha256("\n".join(said).encode("utf-8", "surrogatepass")).hexdigest()[:12]


def origin(known: KnownDocument) -> str:
    """Give its first address: the one name that stays through every move."""
    return known.former_urls[0] if known.former_urls else known.document.url


def fingerprint(link: Link) -> str:
    """Give a short name for the words that stand over a link."""
    words = "\x1e".join(f"{words.where}\x1f{words.text}" for words in link.words)
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def in_doubt(document: Document, doubt: str) -> Document:
    """Keep what it may be, for a person to look at; the record's doubt goes before the reader's."""
    evidence = (*document.evidence, Evidence("doubt", "record", doubt))
    return replace(
        document, kind=DocumentKind.OTHER, likely=meaning(document), doubt=doubt, evidence=evidence
    )


def is_doubted_for_history(document: Document) -> bool:
    """Tell whether the record doubts it, not the reader: for what was known before."""
    return any(evidence.of == "doubt" and evidence.where == "record" for evidence in document.evidence)


def is_language_version(document: Document, others: Iterable[KnownDocument]) -> bool:
    """Tell whether it is only another language of what stood on the page already."""
    if document.cycle is None or document.language is None:
        return False
    languages = {
        other.document.language
        for other in others
        if other.missing_since is None
        and (other.document.kind, other.document.cycle) == (document.kind, document.cycle)
    }
    return bool(languages - {None}) and document.language not in languages
