"""Which links of a reading are documents that are known already: by address, by an earlier one, or moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Final

from monitor.model import NEWS_KINDS, Document, DocumentKind, Dossier, KnownDocument, Link, Snapshot
from monitor.profile.address import file_name
from monitor.record.reread import is_for_the_rules
from monitor.record.review import meaning
from monitor.record.said import as_read

Found = tuple[Document, Link]

_GENERIC_NAMES: Final = frozenset(["index", "default", "download", "view", "file", "document"])
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Pairing:
    """A known document and how a reading gives it."""

    known: KnownDocument
    document: Document
    link: Link


@dataclass(frozen=True, slots=True)
class Matches:
    """A dossier and a reading, laid beside each other."""

    there: tuple[Pairing, ...]
    """Stands where it stood."""
    moved: tuple[Pairing, ...]
    """Stands at another address, or went back to an earlier one."""
    revised: tuple[Pairing, ...]
    """A known document went in this look and this one stands in its place."""
    unsure: tuple[Pairing, ...]
    """It may be the known one at a new address, or a new one: the page does not say."""
    fresh: tuple[Found, ...]
    gone: tuple[KnownDocument, ...]
    """Not on the page, in this look for the first time or for long."""


@dataclass(frozen=True, slots=True)
class _Pool:
    fresh: tuple[Found, ...]
    missing: tuple[KnownDocument, ...]


_IsAlike = Callable[[Document, KnownDocument], bool]


def match(dossier: Dossier, snapshot: Snapshot) -> Matches:
    """Lay a reading beside what is known; each known document is found at most once."""
    there, back, unknown = _by_address(dossier.documents, snapshot.documents)
    found = {pairing.known.document.url for pairing in (*there, *back)}
    absent = [known for known in dossier.documents if known.document.url not in found]
    pool = _Pool(unknown, _latest_first(absent))
    same_file, pool = _pair(pool, _is_same_file)
    same_title, pool = _pair(pool, _is_surely_same_title)
    moved = (*back, *same_file, *same_title)
    revised, rest = _pair(pool, _is_replacement)
    unsure, rest = _pair(rest, _is_perhaps_same)
    taken = {pairing.known.document.url for pairing in moved}
    gone = tuple(known for known in absent if known.document.url not in taken)
    return Matches(there, moved, revised, unsure, rest.fresh, gone)


def _by_address(
    documents: Iterable[KnownDocument], found: Iterable[Found]
) -> tuple[tuple[Pairing, ...], tuple[Pairing, ...], tuple[Found, ...]]:
    current = {known.document.url: known for known in documents}
    former = {url: known for known in current.values() for url in known.former_urls}
    there: dict[str, Pairing] = {}
    back: dict[str, Pairing] = {}
    unknown: list[Found] = []
    for document, link in found:
        if known := current.get(document.url):
            there[known.document.url] = Pairing(known, document, link)
        elif known := former.get(document.url):
            back.setdefault(known.document.url, Pairing(known, document, link))
        else:
            unknown.append((document, link))
    # A document listed at its old and its new address is one document, where it is now.
    gone_back = tuple(pairing for url, pairing in back.items() if url not in there)
    return tuple(there.values()), gone_back, tuple(unknown)


def _latest_first(absent: list[KnownDocument]) -> tuple[KnownDocument, ...]:
    just_gone = [known for known in absent if known.missing_since is None]
    earlier = [known for known in absent if known.missing_since is not None]
    earlier.sort(key=lambda known: known.missing_since or _LONG_AGO, reverse=True)
    return (*just_gone, *earlier)


def _pair(pool: _Pool, is_alike: _IsAlike) -> tuple[tuple[Pairing, ...], _Pool]:
    pairs: list[Pairing] = []
    fresh: list[Found] = []
    missing = list(pool.missing)
    for document, link in pool.fresh:
        known = next((known for known in missing if is_alike(document, known)), None)
        if known is None:
            fresh.append((document, link))
        else:
            missing.remove(known)
            pairs.append(Pairing(known, document, link))
    return tuple(pairs), _Pool(tuple(fresh), tuple(missing))


def _is_same_file(document: Document, known: KnownDocument) -> bool:
    name = _telling_name(document.url)
    return bool(name) and name == _telling_name(known.document.url) and _is_same_sort(document, known)


def _is_surely_same_title(document: Document, known: KnownDocument) -> bool:
    return _is_same_title(document, known) and not _is_uncertain_sort(document, known)


def _is_perhaps_same(document: Document, known: KnownDocument) -> bool:
    # What nobody was told of, nobody can be told of twice.
    is_perhaps = _is_same_title(document, known) and _is_uncertain_sort(document, known)
    return is_perhaps and not is_for_the_rules(known)


def _is_replacement(document: Document, known: KnownDocument) -> bool:
    return (
        known.missing_since is None
        and not is_for_the_rules(known)
        and document.kind is not DocumentKind.OTHER
        and document.kind is known.document.kind
        and document.cycle is not None
        and (document.cycle, document.language) == (known.document.cycle, known.document.language)
    )


def _is_same_title(document: Document, known: KnownDocument) -> bool:
    return _folded(document.title) == _folded(known.document.title) and _is_same_sort(document, known)


def _is_same_sort(document: Document, known: KnownDocument) -> bool:
    # Elsewhere the page may give the words that were read before, or what a person made of them.
    return any(_is_alike(document, other) for other in (as_read(known), known.document))


def _is_alike(document: Document, other: Document) -> bool:
    kinds = meaning(document), document.cycle, document.language
    is_unrecognised = bool(document.doubt) and kinds[0] is DocumentKind.OTHER
    return kinds == (meaning(other), other.cycle, other.language) and (
        bool(other.doubt) or not is_unrecognised
    )


def _is_uncertain_sort(document: Document, known: KnownDocument) -> bool:
    is_news = not NEWS_KINDS.isdisjoint((meaning(document), meaning(known.document)))
    return is_news and document.cycle is None


def _telling_name(url: str) -> str:
    name = PurePosixPath(file_name(url).casefold())
    return name.name if name.suffix and name.stem not in _GENERIC_NAMES else ""


def _folded(title: str) -> str:
    return " ".join(title.casefold().split())
