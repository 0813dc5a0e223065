"""What must be true of archive, looks and copies after every kill."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterator
from pathlib import Path

from monitor.evidence.looks import at
from monitor.model import NEWS_KINDS, Change, ChangeKind, FileState, LookHistory, World
from monitor.record import copies, rescue

_NEWS = frozenset({ChangeKind.PUBLISHED, ChangeKind.REVISED})


def damaged(archive: Path) -> Iterator[str]:
    """Name what stands in the archive under a name that its content does not bear out."""
    for path in archive.glob("*/??/*"):
        name = path.name.partition(".")[0]
        if ".tmp-" not in path.name and _hash_of(path) != name:
            yield f"{path.relative_to(archive)} is not what its name says"


def _hash_of(path: Path) -> str:
    content = path.read_bytes()
    try:
        whole = gzip.decompress(content) if path.suffix == ".gz" else content
    except (OSError, EOFError):
        return "no gzip"
    return hashlib.sha256(whole).hexdigest()


def unproved(world: World, archive: Path, since: int) -> Iterator[str]:
    """Name news, from the change numbered ``since`` on, of which the archive or the looks prove nothing."""
    for change in world.changes[since:]:
        if change.kind in _NEWS and change.document.kind in NEWS_KINDS:
            yield from (
                f"{change.code} {change.document.url}: {why}" for why in _missing(change, world, archive)
            )


def _missing(change: Change, world: World, archive: Path) -> Iterator[str]:
    look = at(world.looks.get(change.code, LookHistory(change.code)), change.seen_at)
    if look is None:
        yield f"no look at {change.seen_at}"
    elif not (archive / "pages" / look.body_hash[:2] / f"{look.body_hash}.html.gz").exists():
        yield "the page is not kept"
    file = change.file
    if file is not None and file.state is FileState.THERE:
        if not any((archive / "files" / file.sha256[:2]).glob(f"{file.sha256}.*")):
            yield "the file is not kept"
        if change.document.url not in world.files:
            yield "the file is not known"


def unreadable_copies(store: Path) -> Iterator[str]:
    """Name dated copies that could not be restored."""
    for copy in copies.listed(store):
        try:
            rescue.parsed(copies.content(copy))
        except (OSError, EOFError, ValueError) as error:
            yield f"{copy.name}: {error}"
