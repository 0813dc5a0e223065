"""What to do with a store file that is damaged or gone: never start afresh, always say where the copies are."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path

import orjson

from monitor.disk import siblings
from monitor.errors import StoreError
from monitor.record import copies, seal
from monitor.record.uncollected import uncollected

Tables = dict[str, dict[str, dict[str, object]]]
"""The whole file: table → record id → record."""


@uncollected()
def parsed(content: bytes) -> Tables:
    """Read the bytes of a store file, or raise ValueError saying in what way they are none."""
    tables = orjson.loads(content)
    if not isinstance(tables, dict) or not tables:
        raise ValueError("it is not a set of tables")
    for name, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(record, dict) for record in table.values()):
            raise ValueError(f"its table {name!r} is not a set of records")
    if problem := seal.broken(content, tables):
        raise ValueError(problem)
    tables.pop(seal.TABLE, None)
    return tables


def copy_of(path: Path) -> Path:
    """Name the last good copy of a store file."""
    return path.with_name(path.name + ".bak")


def damaged(path: Path, reason: object, now: datetime, *, is_reader: bool) -> StoreError:
    """Set a damaged file aside (a reader leaves it) and describe how a person gets the last good copy back."""
    aside = path if is_reader else _set_aside(path, now)
    return StoreError(f"{path} is damaged ({reason}). It is kept as {aside}. {offer(path)}")


def missing(path: Path) -> StoreError | None:
    """Refuse to begin an empty store where there was one: it would take unseen publications for old news."""
    remains = [*siblings(path, ".bak"), *siblings(path, ".damaged-")]
    if not remains:
        return None
    names = ", ".join(str(remain) for remain in remains)
    return StoreError(
        f"{path} is gone, but there was one: {names}. {offer(path)} "
        "To begin from nothing on purpose, move those files to another folder."
    )


def offer(path: Path, now: datetime | None = None) -> str:
    """Say how to go back to the newest good copy, if there is a whole one."""
    copy = next(filter(_is_whole, by_age(path)), None)
    if copy is None:
        return (
            "There is no good copy beside it: restore one from your own backups (uncac-monitor restore FILE)."
        )
    taken = taken_at(copy)
    hours = max(0.0, ((now or datetime.now(UTC)) - taken).total_seconds() / 3600)
    command = shlex.join(["uncac-monitor", "restore", str(copy)])
    return (
        f"The newest good copy is {copy}, {hours:.0f} hours old (of {taken:%Y-%m-%d %H:%M} UTC). "
        f"To go back to it: {command} . What was published since then is found again, and may be told again."
    )


def by_age(path: Path) -> list[Path]:
    """List all copies of a store, the newest first."""
    last = [copy for copy in (copy_of(path),) if copy.is_file()]
    return sorted((*last, *copies.listed(path)), key=taken_at, reverse=True)


def taken_at(copy: Path) -> datetime:
    """Say when a copy was taken: by its name, else by its file's time."""
    return copies.stamp_of(copy) or datetime.fromtimestamp(copy.stat().st_mtime, UTC)


def _set_aside(path: Path, now: datetime) -> Path:
    aside = path.with_name(f"{path.name}.damaged-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}")
    if aside.exists():
        return path  # one of this very second is there already: nothing may be overwritten
    try:
        return path.rename(aside)
    except OSError:
        return path


def _is_whole(path: Path) -> bool:
    try:
        parsed(copies.content(path))
    except (OSError, EOFError, ValueError):
        return False
    return True
