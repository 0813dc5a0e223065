"""One file that holds all that is known: written beside a running service, checked before anything is believed of it."""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

import orjson

from monitor.disk import move_whole
from monitor.errors import NotWritten, StoreError
from monitor.record import copies, rescue

STORE: Final = "monitor.json"
_ABOUT: Final = "about.json"
_SUMS: Final = "SHA256SUMS"
_INBOX: Final = re.compile(r"inbox/(?P<name>[A-Za-z0-9_-]+\.[a-z0-9-]+)")
_ARCHIVED: Final = re.compile(r"archive/(?P<place>(pages|files)(/[0-9a-z][0-9a-z.]*)+)")
_LINE: Final = re.compile(r"(?P<hash>[0-9a-f]{64})  (?P<name>.+)")
_PIECE: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds, or a plain copy of the store; every byte was checked where it says what it should be."""

    content: bytes
    """The store's file."""
    taken: datetime
    decisions: Mapping[str, bytes] = field(default_factory=dict)
    """What people had decided and the service had not applied yet, by the names in the inbox."""
    archived: tuple[str, ...] = ()
    """Names of archived pages and files in it."""


def write_backup(
    target: Path,
    content: bytes,
    about: Mapping[str, Any],
    *,
    decisions: Mapping[str, bytes],
    archive: Path | None,
    is_forced: bool,
) -> int:
    """Write the file whole or not at all and give its size; ``archive``: the folder to put in, too. StoreError."""
    if target.exists() and not is_forced:
        raise StoreError(f"{target} is there already: give another name, or add --force to replace it.")
    temporary = target.with_name(f"{target.name}.tmp-backup")
    try:
        with zipfile.ZipFile(temporary, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as package:
            temporary.chmod(0o600)
            _fill(package, content, about, decisions, archive)
        move_whole(temporary, target)
        return target.stat().st_size
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise NotWritten(f"{target} could not be written ({error.strerror or error}).") from error


def read_backup(file: Path) -> Backup:
    """Read a backup, a dated copy or a plain store file; StoreError says in what way it is none."""
    try:
        return _of_package(file) if zipfile.is_zipfile(file) else _of_copy(file)
    except OSError as error:
        raise StoreError(f"{file} cannot be read ({error.strerror or error}).") from error
    except (ValueError, EOFError, KeyError, zlib.error, zipfile.BadZipFile, NotImplementedError) as error:
        raise StoreError(f"{file} is damaged, or no backup ({error}). Nothing was changed.") from error


def unpack_archive(file: Path, names: Iterable[str], folder: Path) -> int:
    """Put archived pages and files back that are not there; gives how many. StoreError."""
    missing = [(name, folder / place) for name in names if not (folder / (place := _place(name))).exists()]
    with _unpacked(file) as package:
        for name, path in missing:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary = path.with_name(f".tmp-{path.name}")
            with package.open(name) as source, temporary.open("wb") as target:
                for piece in _pieces(source):
                    target.write(piece)
            move_whole(temporary, path)
    return len(missing)


@contextmanager
def _unpacked(file: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(file) as package:
            yield package
    except OSError as error:
        raise NotWritten(f"The archive could not be unpacked ({error.strerror or error}).") from error


def _fill(
    package: zipfile.ZipFile,
    content: bytes,
    about: Mapping[str, Any],
    decisions: Mapping[str, bytes],
    archive: Path | None,
) -> None:
    sums = [
        _add(package, STORE, content),
        _add(package, _ABOUT, orjson.dumps(about, option=orjson.OPT_INDENT_2)),
        *(_add(package, f"inbox/{name}", decision) for name, decision in decisions.items()),
        *(_add_file(package, name, path) for name, path in _archived(archive)),
    ]
    package.writestr(_SUMS, "".join(sums))


def _add(package: zipfile.ZipFile, name: str, content: bytes) -> str:
    package.writestr(name, content)
    return _sum(hashlib.sha256(content).hexdigest(), name)


def _add_file(package: zipfile.ZipFile, name: str, path: Path) -> str:
    found = hashlib.sha256()
    # Pages are packed already and documents are PDFs: to pack them again would only take time.
    with path.open("rb") as source, package.open(zipfile.ZipInfo(name), "w", force_zip64=True) as target:
        for piece in _pieces(source):
            found.update(piece)
            target.write(piece)
    return _sum(found.hexdigest(), name)


def _archived(folder: Path | None) -> Iterator[tuple[str, Path]]:
    entries = sorted(folder.rglob("*")) if folder is not None else ()
    for path in entries:
        name = f"archive/{path.relative_to(folder).as_posix()}" if folder is not None else ""
        if _ARCHIVED.fullmatch(name) and path.is_file():
            yield name, path


def _sum(digest: str, name: str) -> str:
    return f"{digest}  {name}\n"


def _of_package(file: Path) -> Backup:
    with zipfile.ZipFile(file) as package:
        names = _checked(package)
        content = package.read(STORE)
        rescue.parsed(content)
        taken = datetime.fromisoformat(orjson.loads(package.read(_ABOUT))["taken_at"])
        inbox = [(found["name"], name) for name in names if (found := _INBOX.fullmatch(name))]
        decisions = {short: package.read(name) for short, name in inbox}
    return Backup(content, taken, decisions, tuple(name for name in names if _ARCHIVED.fullmatch(name)))


def _checked(package: zipfile.ZipFile) -> list[str]:
    """Compare every member with the sums; ValueError names what differs."""
    lines = package.read(_SUMS).decode().splitlines()
    sums = {found["name"]: found["hash"] for line in lines if (found := _LINE.fullmatch(line))}
    names = [name for name in package.namelist() if name != _SUMS]
    if sorted(names) != sorted(sums):
        raise ValueError("what is in it is not what it says")
    for name in names:
        with package.open(name) as source:
            if _hash(source) != sums[name]:
                raise ValueError(f"{name} is not what it was")
    return names


def _of_copy(file: Path) -> Backup:
    content = copies.content(file)
    rescue.parsed(content)
    return Backup(content, rescue.taken_at(file).astimezone(UTC))


def _hash(source: IO[bytes]) -> str:
    found = hashlib.sha256()
    for piece in _pieces(source):
        found.update(piece)
    return found.hexdigest()


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        yield piece


def _place(name: str) -> str:
    found = _ARCHIVED.fullmatch(name)
    return found["place"] if found else ""
