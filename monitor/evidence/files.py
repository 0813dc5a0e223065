"""What looks at documents' files mean: what is believed of a file, and which changes have one to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from monitor.model import NEWS_KINDS, Change, ChangeKind, DocumentFile, FileLook, FileState
from monitor.record.decide import Decision

_SHOWN: Final = frozenset({ChangeKind.PUBLISHED, ChangeKind.REVISED, ChangeKind.MOVED, ChangeKind.WITHDRAWN})


def news_urls(changes: Iterable[Change]) -> tuple[str, ...]:
    """Give the addresses of the documents whose files are looked at before anybody is told, each once."""
    urls = (
        change.document.url
        for change in changes
        if change.kind in _SHOWN and change.document.kind in NEWS_KINDS
    )
    return tuple(dict.fromkeys(urls))


def with_files(decision: Decision, files: Mapping[str, FileLook]) -> Decision:
    """Give the changes what stood at their addresses."""

    def shown(change: Change) -> Change:
        look = files.get(change.document.url) if change.kind in _SHOWN else None
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
    """Take one look into what is known of a file; the first is believed, one unlike it waits for equal ones."""
    if known is None:
        unreached = int(look.state is FileState.UNREACHED)
        return DocumentFile(url, (look,), look.at, unreached=unreached)
    if look.state is FileState.UNREACHED:
        return replace(known, checked=look.at, unreached=known.unreached + 1)
    if is_alike(known.stands, look):
        return replace(known, checked=look.at, doubted=None, times=0, unreached=0)
    is_again = known.doubted is not None and is_alike(known.doubted, look)
    return replace(known, checked=look.at, doubted=look, times=known.times * is_again + 1, unreached=0)


def is_alike(one: FileLook, other: FileLook) -> bool:
    """Tell whether two looks found the same: the same bytes, or the same lack of them."""
    return (one.state, one.sha256) == (other.state, other.sha256)
