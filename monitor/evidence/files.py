"""What looks at documents' files mean: what is known of a file after one, and which changes have one to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from monitor.model import NEWS_KINDS, Change, ChangeKind, DocumentFile, FileLook, FileState
from monitor.record.decide import Decision

SHOWN: Final = frozenset({ChangeKind.PUBLISHED, ChangeKind.REVISED, ChangeKind.MOVED, ChangeKind.WITHDRAWN})
"""Changes of a page that show what stands at the document's address."""
DEAD: Final = frozenset({FileState.GONE, FileState.NO_DOCUMENT})
"""The address answers, but there is no document."""


def news_urls(changes: Iterable[Change]) -> tuple[str, ...]:
    """Give the addresses of the documents whose files are looked at before anybody is told, each once."""
    urls = (
        change.document.url
        for change in changes
        if change.kind in SHOWN and change.document.kind in NEWS_KINDS
    )
    return tuple(dict.fromkeys(urls))


def with_files(decision: Decision, files: Mapping[str, FileLook]) -> Decision:
    """Give the changes what stood at their addresses."""

    def shown(change: Change) -> Change:
        look = files.get(change.document.url) if change.kind in SHOWN else None
        return replace(change, file=look) if look else change

    return replace(
        decision,
        changes=tuple(map(shown, decision.changes)),
        visits=tuple(replace(visit, changes=tuple(map(shown, visit.changes))) for visit in decision.visits),
    )


def noted(known: Mapping[str, DocumentFile], looks: Mapping[str, FileLook]) -> tuple[DocumentFile, ...]:
    """Take looks into what is known of the files."""
    return tuple(after_look(known.get(url), url, look) for url, look in looks.items())


def after_look(known: DocumentFile | None, url: str, look: FileLook) -> DocumentFile:
    """Take one look into what is known of a file; the first is believed, one unlike it is doubted."""
    if known is None:
        unreached = int(look.state is FileState.UNREACHED)
        return DocumentFile(url, (look,), look.at, unreached=unreached)
    if look.state is FileState.UNREACHED:
        return replace(known, checked=look.at, unreached=known.unreached + 1)
    asked = replace(known, checked=look.at, unreached=0)
    if known.stands.state is FileState.UNREACHED and look.state is FileState.THERE:
        return replace(asked, looks=(look,), doubted=None, times=0)
    if is_alike(known, known.stands, look):
        return _as_it_stood(asked, look)
    return _doubted(asked, look)


def is_alike(known: DocumentFile, one: FileLook, other: FileLook) -> bool:
    """Tell whether two looks at a file found the same: the same bytes from the same host, or no document."""
    if one.state in DEAD or other.state in DEAD:
        return {one.state, other.state} <= DEAD  # a page instead of the document may differ each time
    is_any = known.is_stamped or known.stands.state in DEAD
    return host(one) == host(other) and (is_any or one.sha256 == other.sha256)


def host(look: FileLook) -> str:
    """Name the host that a file came from; nothing where none answered."""
    return urlsplit(look.address).hostname or ""


def _as_it_stood(asked: DocumentFile, look: FileLook) -> DocumentFile:
    settled = replace(asked, doubted=None, times=0, last_alike=look.at)
    if not asked.is_stamped or look.state is not FileState.THERE:
        return replace(settled, stamps=0)
    if look.sha256 == asked.stands.sha256:
        return replace(settled, stamps=0)  # the same bytes twice: it is stamped no longer
    return replace(settled, looks=(*asked.looks[:-1], look))


def _doubted(asked: DocumentFile, look: FileLook) -> DocumentFile:
    before = asked.doubted
    if before is not None and is_alike(asked, before, look):
        return replace(asked, doubted=replace(look, at=before.at), times=asked.times + 1)
    doubted = replace(asked, doubted=look, times=1, stamps=_stamps(asked, look))
    return _stamped(doubted, look) if doubted.is_stamped and not asked.is_stamped else doubted


def _stamps(asked: DocumentFile, look: FileLook) -> int:
    if asked.stands.state is not FileState.THERE or look.state is not FileState.THERE:
        return asked.stamps
    is_new = asked.stands.sha256 != look.sha256
    return asked.stamps + 1 if is_new or asked.is_stamped else 0


def _stamped(doubted: DocumentFile, look: FileLook) -> DocumentFile:
    return replace(doubted, looks=(*doubted.looks[:-1], look), doubted=None, times=0, last_alike=look.at)
