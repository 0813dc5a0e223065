"""Dated copies of the store, in a folder beside it."""

from __future__ import annotations

import gzip
import re
import zlib
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from monitor.disk import write_whole
from monitor.errors import NotWritten, StoreError

_STAMP: Final = "%Y%m%dT%H%M%SZ"
_NAME: Final = re.compile(r".+-(?P<stamp>\d{8}T\d{6}Z)\.json\.gz")
_LEVEL: Final = 6


def folder_of(path: Path) -> Path:
    """Name the folder of the dated copies of the store at ``path``."""
    return path.with_name(f"{path.name}.copies")


def listed(path: Path) -> list[Path]:
    """List the dated copies of a store, the oldest first."""
    try:
        return sorted(entry for entry in folder_of(path).iterdir() if stamp_of(entry))
    except OSError:
        return []


def stamp_of(copy: Path) -> datetime | None:
    """Read from its name when a copy was taken; None where it is none of ours."""
    name = _NAME.fullmatch(copy.name)
    try:
        return datetime.strptime(name["stamp"], _STAMP).replace(tzinfo=UTC) if name else None
    except ValueError:
        return None


def is_due(path: Path, every: timedelta, now: datetime) -> bool:
    """Tell whether a new copy should be taken; one from the future (a clock was wrong) does not count."""
    taken = [stamp for copy in listed(path) if (stamp := stamp_of(copy)) and stamp <= now]
    return path.is_file() and (not taken or now - max(taken) >= every)


def keep_copy(path: Path, now: datetime, most: int) -> Path:
    """Copy the store as it stands and let go of the oldest copies beyond ``most``; raises StoreError.

    The file is replaced whole by whoever writes it: it can be read at any moment, also by another process.
    """
    target = folder_of(path) / f"{path.stem}-{now.astimezone(UTC):{_STAMP}}.json.gz"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        packed = gzip.compress(path.read_bytes(), _LEVEL, mtime=0)
    except OSError as error:
        raise NotWritten(f"{target} could not be written ({error.strerror}).") from error
    write_whole(target, packed)
    _forget_oldest(path, most)
    return target


def content(path: Path) -> bytes:
    """Read a copy, packed or not; OSError, EOFError or ValueError where that is not possible."""
    raw = path.read_bytes()
    try:
        return gzip.decompress(raw) if path.suffix == ".gz" else raw
    except zlib.error as error:
        raise ValueError(str(error)) from error


def _forget_oldest(path: Path, most: int) -> None:
    for old in listed(path)[:-most]:
        try:
            old.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError(f"{old} could not be removed ({error.strerror}): allow it.") from error
