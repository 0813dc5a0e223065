"""What happened on a country's page: always against the dossier, never against the last look."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from monitor.model import (
    Change,
    ChangeKind,
    DocumentKind,
    Dossier,
    Failing,
    KnownDocument,
    Snapshot,
    Standing,
)
from monitor.record.match import Found, Pairing, match
from monitor.record.reread import is_for_the_rules, is_news_now, reread
from monitor.record.review import fingerprint, in_doubt, is_language_version, is_review

BASE: Final = timedelta(minutes=30)
"""How long a country that failed twice is left alone; doubled with each failure."""
LONGEST: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class _Look:
    code: str
    now: datetime
    seen_at: datetime
    """When this content was first seen: earlier than ``now`` where it was held."""
    last_read: datetime | None
    grace: timedelta
    is_same_page: bool = False
    """The bytes are those of the last good look: what is found now, better rules have found."""


@dataclass(frozen=True, slots=True)
class _Step:
    known: KnownDocument
    happened: tuple[ChangeKind, ...] = ()
    former_url: str = ""


def diff(
    dossier: Dossier, snapshot: Snapshot, now: datetime, grace: timedelta, since: datetime | None = None
) -> tuple[Dossier, tuple[Change, ...]]:
    """Take a believed reading into the dossier and say what happened; ``since``: when it was first seen, if held."""
    is_same_page = bool(snapshot.body_hash) and snapshot.body_hash == dossier.body_hash
    look = _Look(dossier.code, now, since or now, dossier.last_read, grace, is_same_page)
    steps = _baseline(snapshot, look) if dossier.first_read is None else _compared(dossier, snapshot, look)
    read = replace(
        dossier,
        documents=tuple(step.known for step in steps),
        first_read=dossier.first_read or look.seen_at,
        last_read=now,
        body_hash=snapshot.body_hash,
        validators=snapshot.validators,
        page_url=snapshot.page_url,
        held=None,
        failing=None,
    )
    return read, _changes(steps, look)


def unchanged(dossier: Dossier, now: datetime, grace: timedelta) -> tuple[Dossier, tuple[Change, ...]]:
    """Note a page that is what was last believed: a held look is over, and a long absence may be told."""
    look = _Look(dossier.code, now, now, dossier.last_read, grace)
    steps = [
        _Step(known) if known.missing_since is None else _gone(known, look) for known in dossier.documents
    ]
    documents = tuple(step.known for step in steps)
    return replace(dossier, documents=documents, last_read=now, held=None, failing=None), _changes(
        steps, look
    )


def failed(
    dossier: Dossier, error: str, now: datetime, retry_after: float | None = None, base: timedelta = BASE
) -> Dossier:
    """Note a failure; at the second the country is left alone for ``base``, then twice as long each time.

    ``retry_after``: seconds the server asked for. A country asked before its time does not wait longer for it.
    """
    asked = now + timedelta(seconds=retry_after or 0)
    was = dossier.failing
    if was is not None and now < was.not_before:
        return replace(dossier, failing=replace(was, not_before=max(was.not_before, asked)))
    times = was.times + 1 if was else 1
    not_before = max(now + _back_off(times, base), asked)
    return replace(dossier, failing=Failing(was.since if was else now, error, times, not_before))


def _back_off(times: int, base: timedelta) -> timedelta:
    doublings = min(times - 2, 20)
    return min(base * 2**doublings, LONGEST) if doublings >= 0 else timedelta()


def _baseline(snapshot: Snapshot, look: _Look) -> list[_Step]:
    return [
        _Step(KnownDocument(document, link, look.seen_at, None, Standing.BASELINE))
        for document, link in snapshot.documents
    ]


def _compared(dossier: Dossier, snapshot: Snapshot, look: _Look) -> list[_Step]:
    found = match(dossier, snapshot)
    replaced = {pairing.known.document.url for pairing in found.revised}
    steps = {pairing.known.document.url: _there(pairing, look) for pairing in found.there}
    steps |= {pairing.known.document.url: _moved(pairing, look) for pairing in found.moved}
    steps |= {
        known.document.url: _gone(known, look, is_explained=known.document.url in replaced)
        for known in found.gone
    }
    return [
        *(steps[known.document.url] for known in dossier.documents),
        *(_revised(pairing, look) for pairing in found.revised),
        *(_unsure(pairing, look) for pairing in found.unsure),
        *(_fresh(fresh, look) for fresh in found.fresh),
    ]


def _there(pairing: Pairing, look: _Look) -> _Step:
    known = pairing.known
    here = _back(pairing, look)
    is_return = known.missing_since is not None and known.is_absence_told
    happened = (ChangeKind.RETURNED,) if is_return else ()
    return _Step(here, (*happened, ChangeKind.PUBLISHED) if is_news_now(known, here) else happened)


def _moved(pairing: Pairing, look: _Look) -> _Step:
    known = pairing.known
    old = known.document.url
    here = replace(_back(pairing, look), former_urls=tuple(dict.fromkeys((*known.former_urls, old))))
    happened = (ChangeKind.MOVED,) if is_review(known.document) else ()
    return _Step(here, (*happened, ChangeKind.PUBLISHED) if is_news_now(known, here) else happened, old)


def _back(pairing: Pairing, look: _Look) -> KnownDocument:
    known = pairing.known
    # On the same page other words are the reader's doing, so they are no reason to ask.
    known = replace(known, link=pairing.link) if look.is_same_page else known
    read = reread(known, pairing.document, pairing.link)
    return replace(
        read, missing_since=None, last_there=None, is_missing_long=False, is_absence_explained=False
    )


def _gone(known: KnownDocument, look: _Look, *, is_explained: bool = False) -> _Step:
    if known.missing_since is None:
        is_explained = is_explained or look.is_same_page
        known = replace(known, missing_since=look.seen_at, last_there=look.last_read)
    is_due = look.now - (known.missing_since or look.now) >= look.grace
    is_explained_now = known.is_absence_explained or is_explained
    known = replace(known, is_missing_long=is_due, is_absence_explained=is_explained_now)
    if known.is_absence_told:
        return _Step(known)
    if is_explained:
        return _Step(replace(known, is_absence_told=True))
    # Nobody was told that it was there, so nobody is told that it is gone.
    is_quiet = known.document.kind is DocumentKind.OTHER or is_for_the_rules(known)
    return _withdrawn(known) if is_due and not is_quiet else _Step(known)


def _withdrawn(known: KnownDocument) -> _Step:
    return _Step(replace(known, is_absence_told=True), (ChangeKind.WITHDRAWN,))


def _revised(pairing: Pairing, look: _Look) -> _Step:
    step = _fresh((pairing.document, pairing.link), look)
    happened = (ChangeKind.REVISED,) if step.happened else ()
    return _Step(step.known, happened, pairing.known.document.url)


def _unsure(pairing: Pairing, look: _Look) -> _Step:
    known = _fresh((pairing.document, pairing.link), look).known
    if look.is_same_page:
        return _Step(known)
    document = in_doubt(
        pairing.document, f"it may be the document that stood at {pairing.known.document.url}"
    )
    words = (fingerprint(pairing.link),)
    return _Step(replace(known, document=document, standing=Standing.ASKED, asked_words=words))


def _fresh(found: Found, look: _Look) -> _Step:
    document, link = found
    if look.is_same_page:
        return _Step(KnownDocument(document, link, look.seen_at, None, Standing.BASELINE))
    standing = Standing.ASKED if document.doubt else Standing.TOLD
    is_news = not document.doubt and document.kind is not DocumentKind.OTHER
    known = KnownDocument(document, link, look.seen_at, look.last_read, standing)
    return _Step(known, (ChangeKind.PUBLISHED,) if is_news else ())


def _changes(steps: list[_Step], look: _Look) -> tuple[Change, ...]:
    newly_told = {ChangeKind.PUBLISHED, ChangeKind.REVISED}
    earlier = [step.known for step in steps if not newly_told.intersection(step.happened)]
    return tuple(_change(step, kind, look, earlier) for step in steps for kind in step.happened)


def _change(step: _Step, kind: ChangeKind, look: _Look, earlier: list[KnownDocument]) -> Change:
    known = step.known
    seen_at, not_before = look.seen_at, look.last_read
    if kind is ChangeKind.PUBLISHED:
        seen_at, not_before = known.first_seen, known.not_seen_at
    elif kind is ChangeKind.WITHDRAWN:
        seen_at, not_before = known.missing_since or look.seen_at, known.last_there
    is_version = kind is ChangeKind.PUBLISHED and is_language_version(known.document, earlier)
    former_url = step.former_url if kind in {ChangeKind.MOVED, ChangeKind.REVISED} else ""
    return Change(look.code, kind, known.document, seen_at, not_before, former_url, is_version)
