"""Which documents' files are looked at next: news that does not open yet, what is doubted, then the longest unseen."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

from monitor.evidence.files import DEAD, SHOWN
from monitor.model import (
    Change,
    ChangeKind,
    Document,
    DocumentFile,
    DocumentKind,
    Dossier,
    FileState,
    World,
)

MOST: Final = 4
"""Files looked at in one go: pages and people wait for no more."""
MOST_OF_ROUND: Final = 2
"""Of these, so many of the slow round: twice what keeps it up, since a sweep may take its turn."""
SOON: Final = timedelta(minutes=15)
"""News that does not open is usually put right within the hour."""
AN_HOUR: Final = timedelta(hours=1)
A_DAY: Final = timedelta(days=1)
_MOST_DOUBLED: Final = 12
"""Times that a wait is doubled: any further one is longer than every round."""
PATIENCE: Final = timedelta(days=14)
"""After so long a dead link is asked for no more often than everything else."""
SHORTEST: Final = timedelta(seconds=1)
LONGEST: Final = timedelta(minutes=15)
"""Between two goes: what must be looked at soon waits no longer."""
ANNOUNCING: Final = SHOWN - {ChangeKind.WITHDRAWN}
"""Changes that say where a document is."""
_LONG_AGO: Final = datetime.min.replace(tzinfo=UTC)

Listed = Mapping[str, tuple[tuple[str, Document], ...]]
"""Review documents that pages list now, by address: whose, and what each page calls them."""


def listed(world: World, codes: Collection[str], is_allowed: Callable[[str], bool]) -> Listed:
    """Give the documents whose files are looked at, each address once, whoever lists it.

    ``is_allowed`` tells whether an address may be asked at all.
    """
    found: dict[str, tuple[tuple[str, Document], ...]] = {}
    for code, document in _documents(world.dossiers, codes):
        found[document.url] = (*found.get(document.url, ()), (code, document))
    return {url: owners for url, owners in found.items() if is_allowed(url)}


def due(world: World, documents: Listed, every: timedelta, now: datetime) -> tuple[str, ...]:
    """Give the addresses to look at now, the most urgent first; every document comes once in ``every``."""
    known = {url: world.files.get(url) for url in documents}
    waited_for = awaited(world) & documents.keys()
    hasty = {url for url, file in known.items() if _is_hasty(file, is_awaited=url in waited_for)}
    moments = {
        url: next_look(file, every, is_awaited=url in waited_for) if file else _LONG_AGO
        for url, file in known.items()
    }
    ripe = {url for url, moment in moments.items() if moment <= now}
    urgent = sorted(ripe & hasty, key=lambda url: (url not in waited_for, moments[url], url))
    slow = sorted(ripe - hasty, key=lambda url: (moments[url], url))
    return (*urgent[: MOST - 1], *slow[:MOST_OF_ROUND], *urgent[MOST - 1 :])[:MOST]


def next_look(file: DocumentFile, every: timedelta, *, is_awaited: bool) -> datetime:
    """Say when a file is looked at again; ``is_awaited``: somebody was told of it, and it does not open."""
    return file.checked + min(every, _wait(file, every, is_awaited=is_awaited))


def awaited(world: World) -> frozenset[str]:
    """Give the addresses of documents that were announced or told of as dead, and that do not open."""
    announced = {change.document.url for change in world.changes if change.kind in ANNOUNCING}
    dead = {url for (_, url), is_dead in told_dead(world.changes).items() if is_dead}
    return frozenset(url for url in announced | dead if not _opens(world.files.get(url)))


def told_dead(changes: tuple[Change, ...]) -> Mapping[tuple[str, str], bool]:
    """Say by country and address whether the last word on a document was that its link is dead."""
    told: dict[tuple[str, str], bool] = {}
    for change in changes:
        key = (change.code, change.document.url)
        if change.kind in {ChangeKind.LINK_DEAD, ChangeKind.LINK_BACK}:
            told[key] = change.kind is ChangeKind.LINK_DEAD
        elif change.kind in SHOWN:
            told[key] = change.file is not None and change.file.state in DEAD
    return told


def pause(documents: int, every: timedelta) -> timedelta:
    """Say how long to wait between two goes, so that a round over so many documents takes no longer than ``every``."""
    return min(LONGEST, max(SHORTEST, every / max(documents, 1)))


def _documents(dossiers: Mapping[str, Dossier], codes: Collection[str]) -> Iterator[tuple[str, Document]]:
    for code, dossier in dossiers.items():
        if code in codes:
            for known in dossier.documents:
                if known.missing_since is None and known.document.kind is not DocumentKind.OTHER:
                    yield code, known.document


def _is_hasty(file: DocumentFile | None, *, is_awaited: bool) -> bool:
    return is_awaited or (file is not None and (file.doubted is not None or file.unreached > 0))


def _wait(file: DocumentFile, every: timedelta, *, is_awaited: bool) -> timedelta:
    first = SOON if is_awaited else AN_HOUR
    if file.unreached:
        return first * (1 << min(file.unreached - 1, _MOST_DOUBLED))
    if file.doubted is not None:
        return first if file.times == 1 else A_DAY
    if not is_awaited:
        return every
    waited = file.checked - file.stands.at
    return min(max(SOON, waited), A_DAY) if waited < PATIENCE else every


def _opens(file: DocumentFile | None) -> bool:
    return file is not None and file.stands.state is FileState.THERE
