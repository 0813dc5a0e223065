"""Back up what is known, and go back to it: checks first, keeps what it replaces, whole or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from monitor import __version__
from monitor.alert.book import Book
from monitor.alert.notices import WENT_BACK
from monitor.alert.restored import Loss, loss, restored
from monitor.config import Config
from monitor.disk import write_whole
from monitor.errors import MonitorError, NotWritten, StoreError
from monitor.model import Commit, World
from monitor.record import rescue, schema
from monitor.record.backup import Backup, read_backup, unpack_archive, write_backup
from monitor.record.inbox import put_back, take_raw
from monitor.record.lock import WriterLock
from monitor.record.parts import world_of
from monitor.record.store import Store


@dataclass(frozen=True, slots=True)
class Report:
    """How going back went."""

    taken: datetime
    kept_as: Path | None
    """Where what was replaced stands now; None where there was nothing."""
    unsure: int
    """Messages that may have been sent since."""
    unpacked: int
    """Archived pages and files that were put back."""


class Refused(StoreError):  # noqa: N818 - reads as what it says
    """Going back would lose something, and nobody said that this is meant."""

    def __init__(self, taken: datetime, lost: Loss) -> None:
        """Say what would be lost since the copy was taken."""
        fate = "they stay known as told" if lost.are_kept else "they are found again and may be told again"
        super().__init__(
            f"Nothing was done. Since that copy ({taken:%Y-%m-%d %H:%M} UTC) {lost.changes} changes were found ({fate}), "
            f"and the choices of {len(lost.chats)} chats are different now and would be lost. "
            "If that is meant, add --yes. What stands there now is kept in any case."
        )


def backup(config: Config, target: Path, now: datetime, *, with_archive: bool, is_forced: bool) -> str:
    """Write a backup of the store as it stands, also beside a running service; gives a sentence. StoreError."""
    path = Path(config.store.path)
    try:
        # The file is replaced whole at each write: one reading of it is one moment.
        content = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path} cannot be read ({error.strerror}): there is nothing to back up.") from error
    world = _understood(content, path)
    counts = _counts(world)
    about = {
        "program": f"uncac-monitor {__version__}",
        "schema": schema.version_of(rescue.parsed(content)),
        "taken_at": now.astimezone(UTC).isoformat(timespec="seconds"),
        "counts": counts,
    }
    archive = config.archive_folder if with_archive else None
    size = write_backup(
        target, content, about, decisions=take_raw(path), archive=archive, is_forced=is_forced
    )
    held = ", ".join(f"{number} {name}" for name, number in counts.items())
    return f"{target}: {size / 1e6:.1f} MB, {held}. The token and the configuration are not in it: keep them apart."


def restore(config: Config, book: Book, file: Path, now: datetime, *, is_sure: bool) -> Report:
    """Go back to a backup, a dated copy or a plain store file; StoreError, and nothing happened."""
    path = Path(config.store.path)
    package = read_backup(file)
    copy = _understood(package.content, file)
    lock = WriterLock(path, "uncac-monitor restore", now)
    try:
        there = _there(path)
        replaced = _readable(there, path)
        if replaced is not None and not is_sure:
            _refuse_loss(package, copy, replaced)
        commit = restored(copy, replaced, package.taken, book, now)
        content = _made(package.content, commit, now, path)
        kept_as = _keep(path, there, now, is_good=replaced is not None)
        unpacked = unpack_archive(file, package.archived, config.archive_folder) if package.archived else 0
        if replaced is None:
            put_back(path, package.decisions)
        write_whole(path, content)
    finally:
        lock.release()
    unsure = sum(one.error == WENT_BACK for one in commit.deliveries)
    return Report(package.taken, kept_as, unsure, unpacked)


def _refuse_loss(package: Backup, copy: World, replaced: World) -> None:
    lost = loss(replaced, copy)
    if lost.changes or lost.chats:
        raise Refused(package.taken, lost)


def _made(content: bytes, commit: Commit, now: datetime, path: Path) -> bytes:
    """Write the store anew in a folder of its own, so that it takes its place in one step."""
    with _workshop(path) as folder:
        made = folder / path.name
        write_whole(made, content)
        store = Store.open(made, command="uncac-monitor restore", now=now)
        try:
            store.commit(commit)
        finally:
            store.close()
        return made.read_bytes()


@contextmanager
def _workshop(path: Path) -> Iterator[Path]:
    prefix = f"{path.name}.tmp-restore-"
    for left in path.parent.glob(f"{prefix}*"):
        shutil.rmtree(left, ignore_errors=True)  # of a process that was killed: the lock is ours
    try:
        folder = Path(mkdtemp(prefix=prefix, dir=path.parent))
    except OSError as error:
        raise NotWritten(f"{path.parent} cannot be written ({error.strerror}).") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _understood(content: bytes, file: Path) -> World:
    try:
        return world_of(schema.upgraded(rescue.parsed(content)))
    except (ValueError, MonitorError) as error:
        raise StoreError(f"{file} cannot be used: {error}. Nothing was changed.") from error


def _there(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise StoreError(f"{path} cannot be read ({error.strerror}): allow reading it.") from error


def _readable(content: bytes | None, path: Path) -> World | None:
    try:
        return None if content is None else _understood(content, path)
    except StoreError:
        return None


def _keep(path: Path, content: bytes | None, now: datetime, *, is_good: bool) -> Path | None:
    """Keep what is replaced under a dated name; where it is no good, its last good copy, too."""
    name = f"{path.name}.replaced-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    copy = rescue.copy_of(path)
    if not is_good and copy.is_file():
        write_whole(path.with_name(f"{name}.bak"), copy.read_bytes())
    if content is None:
        return None
    write_whole(path.with_name(name), content)
    return path.with_name(name)


def _counts(world: World) -> Mapping[str, int]:
    return {
        "countries": len(world.dossiers),
        "documents": sum(len(each.documents) for each in world.dossiers.values()),
        "changes": len(world.changes),
        "chats": len({each.chat for each in world.subscriptions}),
        "messages": len(world.deliveries),
    }
