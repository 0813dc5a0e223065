"""What to do with a store file that is damaged or gone: never start afresh, always say where the copies are."""

from __future__ import annotations

import shlex
from datetime import UTC, datetime
from pathlib import Path

import orjson

from monitor.disk import siblings
from monitor.errors import StoreError

Tables = dict[str, dict[str, dict[str, object]]]
"""The whole file: table → record id → record."""


def parsed(content: bytes) -> Tables:
    """Read the bytes of a store file, or raise ValueError saying in what way they are none."""
    tables = orjson.loads(content)
    if not isinstance(tables, dict) or not tables:
        raise ValueError("it is not a set of tables")
    for name, table in tables.items():
        if not isinstance(table, dict) or not all(isinstance(record, dict) for record in table.values()):
            raise ValueError(f"its table {name!r} is not a set of records")
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


def offer(path: Path) -> str:
    """Say how to restore the last good copy, if there is a whole one."""
    copy = copy_of(path)
    if not _is_whole(copy):
        return "There is no good copy beside it: restore one from your own backups."
    taken = datetime.fromtimestamp(copy.stat().st_mtime, UTC).isoformat(timespec="seconds")
    command = shlex.join(["mv", str(copy), str(path)])
    return (
        f"The last good copy is of {taken}. To go back to it: {command}. "
        "What was published since then is found again, and may be told again."
    )


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
        parsed(path.read_bytes())
    except (OSError, ValueError):
        return False
    return True
