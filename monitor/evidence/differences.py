"""Which documents of a page two readings take for something else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.model import Document, DocumentKind, Dossier, KnownDocument, Looks, Snapshot
from monitor.record.decide import Look
from monitor.record.said import as_read


@dataclass(frozen=True, slots=True)
class PageName:
    """A page as it was kept."""

    code: str
    hash: str
    seen: datetime
    """When it was first seen."""
    is_newest: bool


@dataclass(frozen=True, slots=True)
class Differently:
    """A document that would be read differently; None where it is no document at all."""

    page: PageName
    url: str
    before: Document | None
    after: Document | None
    said: DocumentKind | None = None
    """What a person said it is: that stays, whatever the rules read."""


@dataclass(frozen=True, slots=True)
class PageDifferently:
    """A page that one of two readings does not take for the country's profile, and why."""

    page: PageName
    before: str
    after: str


Difference = Differently | PageDifferently


def page_name(code: str, run: Looks, newest: str) -> PageName:
    """Name the page that a run of looks showed; ``newest``: the hash of the country's newest one."""
    return PageName(code, run.body_hash, run.first, run.body_hash == newest)


def between(page: PageName, before: Look, after: Look, known: Dossier | None) -> Iterator[Difference]:
    """Lay two readings of one page beside each other; ``known``: what is known of the country now."""
    if isinstance(before, Snapshot) and isinstance(after, Snapshot):
        yield from _documents(page, _read(before), _read(after), _said(known))
    elif (why := (_trouble(before), _trouble(after))) and why[0] != why[1]:
        yield PageDifferently(page, *why)


def from_known(page: PageName, dossier: Dossier, after: Look) -> Iterator[Difference]:
    """Lay what is known of a country beside a reading of its newest page."""
    if not isinstance(after, Snapshot):
        yield PageDifferently(page, "", _trouble(after))
        return
    there = {known.document.url: as_read(known) for known in dossier.documents if _is_there(known)}
    yield from _documents(page, there, _read(after), _said(dossier))


def _documents(
    page: PageName,
    before: Mapping[str, Document],
    after: Mapping[str, Document],
    said: Mapping[str, DocumentKind],
) -> Iterator[Differently]:
    for url in dict.fromkeys((*before, *after)):
        old, new = before.get(url), after.get(url)
        if _meaning(old) != _meaning(new):
            yield Differently(page, url, old, new, said.get(url))


def _meaning(document: Document | None) -> tuple[object, ...]:
    if document is None or (document.kind is DocumentKind.OTHER and not document.doubt):
        return ()  # a file of no interest and no document at all are the same to everybody
    return document.kind, document.cycle, document.language, bool(document.doubt), document.likely


def _read(snapshot: Snapshot) -> Mapping[str, Document]:
    return {document.url: document for document, _ in snapshot.documents}


def _is_there(known: KnownDocument) -> bool:
    return known.missing_since is None


def _said(dossier: Dossier | None) -> Mapping[str, DocumentKind]:
    documents = dossier.documents if dossier else ()
    return {known.document.url: known.said.kind for known in documents if known.said}


def _trouble(look: Look) -> str:
    return str(look) if isinstance(look, Exception) else ""
