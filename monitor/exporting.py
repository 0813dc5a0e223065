"""The board as a folder of files that any web host can serve; what is in it already and has not changed is not touched."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from time import time
from typing import Final

from monitor.board.view import View
from monitor.disk import write_whole
from monitor.errors import NotWritten, StoreError
from monitor.web.files import WebFile
from monitor.web.plan import Plan, plan

LIST: Final = ".uncac-board.json"
"""Names the files that we wrote, so that no other is ever replaced or removed."""
_FOR_ALL: Final = 0o644
"""A web server is another user, and has to read them."""


@dataclass(slots=True)
class Exported:
    """What became of the files."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def export(
    view: View,
    folder: Path,
    seen: Callable[[str], None] = lambda _: None,
    draw: Callable[[str], bytes] | None = None,
) -> Exported:
    """Write the whole board into a folder; raises StoreError where the folder is somebody else's or takes nothing.

    ``seen`` hears of every file; ``draw`` makes a PNG of an SVG, without it there are no pictures. A run that is cut short
    leaves only whole files, and the next one goes on.
    """
    files = plan(view, draw)
    with _told(folder):
        ours = _ours(folder)
        _refuse_in_the_way(folder, files, ours)
        # First, so that a run which is cut short knows its files again.
        _note(folder, ours | files.keys())
        done = _written(folder, files, seen)
        done.removed = _remove(folder, ours - files.keys())
        _note(folder, files.keys())
    return done


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        where = error.filename or folder
        raise NotWritten(
            f"{where}: {error.strerror}. Make room or allow writing in {folder}, then export again."
        ) from error


def _ours(folder: Path) -> frozenset[str]:
    """Name the files that an earlier run wrote; StoreError where the folder holds others' files only."""
    folder.mkdir(parents=True, exist_ok=True)
    noted = folder / LIST
    if noted.exists():
        return _listed(noted)
    # What begins with a dot, such as .git or .nojekyll, makes no folder a full one.
    foreign = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith("."))
    if foreign:
        raise StoreError(
            f"{folder} holds files that are not the board's ({', '.join(foreign[:3])}): nothing was written. "
            "Give the name of a new or an empty folder."
        )
    return frozenset()


def _listed(noted: Path) -> frozenset[str]:
    try:
        files = json.loads(noted.read_bytes())["files"]
        return frozenset(name for name in files if _is_inside(name))
    except (ValueError, KeyError, TypeError):
        raise StoreError(
            f"{noted} is damaged, so nobody knows which files are the board's: nothing was written. "
            "Give the name of a new folder, or empty this one by hand."
        ) from None


def _is_inside(name: str) -> bool:
    """Say whether a listed name stays in the folder, whoever wrote the list."""
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and path.name != ""


def _refuse_in_the_way(folder: Path, files: Iterable[str], ours: frozenset[str]) -> None:
    foreign = [name for name in files if name not in ours and (folder / name).exists()]
    if foreign:
        raise StoreError(
            f"{folder / foreign[0]} is in the way, and not a file of the board: nothing was written. "
            "Move it elsewhere, then export again."
        )


def _note(folder: Path, names: Iterable[str]) -> None:
    content = json.dumps({"made by": "uncac-monitor export", "files": sorted(names)}, indent=1) + "\n"
    _replace(folder / LIST, content.encode())


def _written(folder: Path, files: Plan, seen: Callable[[str], None]) -> Exported:
    done = Exported()
    for name, make in files.items():
        if _put(folder / name, make()):
            done.written += 1
        else:
            done.unchanged += 1
        seen(name)
    return done


def _put(path: Path, file: WebFile) -> bool:
    """Write a file with the date of what it says; gives whether that was needed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.stat().st_mtime if path.exists() else 0.0
    if not _replace(path, file.body):
        return False
    date = file.modified.timestamp()
    # Servers tell readers by size and date whether a file is another one: a new one never has an older one's date.
    moment = date if int(date) > int(before) else time()
    os.utime(path, (moment, moment))
    return True


def _replace(path: Path, content: bytes) -> bool:
    if path.exists() and path.read_bytes() == content:
        return False
    write_whole(path, content, _FOR_ALL)
    return True


def _remove(folder: Path, names: Iterable[str]) -> int:
    removed = 0
    for path in sorted((folder / name for name in names), reverse=True):
        if path.is_file():
            path.unlink()
            removed += 1
        _remove_empty(path.parent, folder)
    return removed


def _remove_empty(inner: Path, folder: Path) -> None:
    while inner != folder and inner.is_dir() and not any(inner.iterdir()):
        inner.rmdir()
        inner = inner.parent
