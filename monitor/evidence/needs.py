"""Which pages and files prove something: they stay in the archive, whatever room it takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.evidence.looks import at
from monitor.model import NEWS_KINDS, Change, World


@dataclass(frozen=True, slots=True)
class Needs:
    """Hashes, hexadecimal, of what must stay."""

    pages: frozenset[str]
    files: frozenset[str]


NOTHING_NEEDED = Needs(frozenset(), frozenset())


def needs_of(world: World) -> Needs:
    """Say what proves a change, or is what the next change will be held against."""
    return Needs(frozenset(_pages(world)), frozenset(_files(world)) - {""})


def _pages(world: World) -> Iterator[str]:
    for dossier in world.dossiers.values():
        yield dossier.body_hash
        if dossier.held is not None:
            yield dossier.held.snapshot.body_hash
    for change in world.changes:
        yield from pages_of(change, world)


def pages_of(change: Change, world: World) -> tuple[str, ...]:
    """Give the hashes of the last page without a change and the first one with it, as far as they are remembered."""
    history = world.looks.get(change.code)
    moments = (change.not_before, change.seen_at)
    found = (at(history, moment) for moment in moments if history and moment)
    return tuple(looks.body_hash for looks in found if looks and looks.body_hash)


def _files(world: World) -> Iterator[str]:
    for change in world.changes:
        yield from (look.sha256 for look in (change.file, change.file_before) if look)
    for dossier in world.dossiers.values():
        for known in dossier.documents:
            file = world.files.get(known.document.url)
            if file is not None and known.document.kind in NEWS_KINDS:
                yield from (look.sha256 for look in (*file.looks, file.newest))
