"""What a person says a document is: entered, told where it is news, and never overruled silently."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from monitor.alert.press import short
from monitor.errors import Implausible
from monitor.model import (
    Change,
    ChangeKind,
    Document,
    DocumentKind,
    Dossier,
    Evidence,
    KnownDocument,
    Proposal,
    Said,
    Standing,
)
from monitor.record.review import fingerprint, is_doubted_for_history, is_language_version, origin

BY: str = "operator"
"""Where the evidence stands for what a person said."""
_ANNOUNCED = frozenset({ChangeKind.PUBLISHED, ChangeKind.REVISED})


def say_what_it_is(
    dossier: Dossier,
    document: str,
    kind: DocumentKind,
    cycle: str | None,
    now: datetime,
    *,
    history: Iterable[Change] = (),
    is_quiet: bool = False,
) -> tuple[Dossier, tuple[Change, ...], Proposal | None]:
    """Apply a person's word on a document (``document``: its address or short name); raises Implausible where it says nothing new.

    What is news is told once, with the two looks between which it appeared; ``history`` holds what was told before.
    ``is_quiet``: it was known before, so nobody is told. A cycle that is not said is what the words say.
    """
    known = _found(dossier, document)
    _require_new(known, kind, cycle)
    settled = _settled(known, Said(kind, cycle, fingerprint(known.link), as_read(known)))
    others = [each for each in dossier.documents if each is not known]
    is_news = not is_quiet and _is_news(known, kind) and not _is_announced(dossier.code, known, history)
    changes = (_published(dossier.code, settled, others),) if is_news else ()
    documents = tuple(settled if each is known else each for each in dossier.documents)
    return replace(dossier, documents=documents), changes, _proposal(dossier.code, known, kind, cycle, now)


def is_named(known: KnownDocument, name: str) -> bool:
    """Tell whether a name is a document's: the first address it had or the one it has, or the short name of either."""
    places = (origin(known), known.document.url)
    return name in {*places, *map(short, places)}


def as_said(said: Said) -> Document:
    """Give what rules and page read, with a person's word instead of theirs."""
    read = said.read
    theirs = {"kind", "doubt", *(["cycle"] if said.cycle else [])}
    words = (said.kind.value, said.cycle)
    own = tuple(Evidence(of, BY, each) for of, each in zip(("kind", "cycle"), words, strict=True) if each)
    evidence = (*own, *(each for each in read.evidence if each.of not in theirs))
    cycle = said.cycle or read.cycle
    return replace(read, kind=said.kind, cycle=cycle, evidence=evidence, doubt="", likely=None)


def as_read(known: KnownDocument) -> Document:
    """Give what rules and page take a document for, whatever a person said."""
    return known.said.read if known.said else known.document


def settled(known: KnownDocument, said: Said) -> KnownDocument:
    """Let a person's word stand."""
    standing = Standing.TOLD if known.standing is Standing.ASKED else known.standing
    return replace(known, said=said, document=as_said(said), standing=standing)


def _settled(known: KnownDocument, said: Said) -> KnownDocument:
    asked_words = tuple(dict.fromkeys((*known.asked_words, said.words)))
    return settled(replace(known, asked_words=asked_words), said)


def _found(dossier: Dossier, name: str) -> KnownDocument:
    known = next((each for each in dossier.documents if is_named(each, name)), None)
    if known is None:
        raise Implausible(
            f"no document of {dossier.code} is called {name}: `uncac-monitor documents {dossier.code}` lists them"
        )
    return known


def _require_new(known: KnownDocument, kind: DocumentKind, cycle: str | None) -> None:
    document = known.document
    is_open = known.standing is Standing.ASKED or bool(document.doubt)
    is_same = document.kind is kind and cycle in {None, document.cycle}
    if is_open or (known.said and not is_same):
        return
    what = " ".join((document.kind.value, *([f"of cycle {document.cycle}"] if document.cycle else [])))
    who = "a person said so" if known.said else "nobody has to be asked"
    raise Implausible(f"“{document.title}” is known as {what} ({who}): there is nothing to say")


def _is_news(known: KnownDocument, kind: DocumentKind) -> bool:
    # What stood there at the first look is never news; what was said of an asked document may be put right.
    return kind is not DocumentKind.OTHER and known.standing is not Standing.BASELINE


def _is_announced(code: str, known: KnownDocument, history: Iterable[Change]) -> bool:
    places = {known.document.url, *known.former_urls}
    return any(
        each.code == code and each.kind in _ANNOUNCED and each.document.url in places for each in history
    )


def _published(code: str, known: KnownDocument, others: list[KnownDocument]) -> Change:
    return Change(
        code,
        ChangeKind.PUBLISHED,
        known.document,
        known.first_seen,
        known.not_seen_at,
        is_language_version=is_language_version(known.document, others),
    )


def _proposal(
    code: str, known: KnownDocument, kind: DocumentKind, cycle: str | None, now: datetime
) -> Proposal | None:
    """Propose a rule for the words over a link, unless the rules know them and only its history was in doubt."""
    words = _words(known)
    if is_doubted_for_history(known.document) or not words:
        return None
    return Proposal(code, known.document.url, words, kind, cycle, now)


def _words(known: KnownDocument) -> str:
    """Give the title as far as it was taken from words over the link: a file's name is no phrase."""
    title = known.document.title
    is_said = any(title and title.removesuffix("…") in words.text for words in known.link.words)
    return title.removesuffix("…").rstrip() if is_said else ""
