"""The archive: pages as they were served and documents' files, each under the sha256 of its bytes."""

from __future__ import annotations

import errno
import gzip
import hashlib
import re
import shutil
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final, Literal

from monitor.disk import move_whole, write_whole
from monitor.errors import StoreError
from monitor.evidence.needs import NOTHING_NEEDED, Needs

Kind = Literal["pages", "files"]
_KINDS: Final[tuple[Kind, ...]] = ("pages", "files")
_NAME: Final = re.compile(r"(?P<hash>[0-9a-f]{64})\.(html\.gz|[a-z0-9]{1,5})")
_UNFINISHED: Final = ".tmp-"
_LEVEL: Final = 6
_SLACK: Final = 20
"""A twentieth of the limit is made free at once, so that a full archive is not walked for every page."""
FRESH: Final = 3600
"""Seconds for which nothing is removed: what a sweep under way rests on is in no store yet."""
_SPARE: Final = 1_000_000
"""Bytes that a disk must have free beside what found no room before."""
_DISK: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO, errno.EFBIG})


@dataclass(frozen=True, slots=True)
class Entry:
    """One page or file in the archive."""

    kind: Kind
    hash: str
    path: Path
    size: int
    """Bytes on the disk."""
    written: float
    """Seconds since the epoch."""


class Archive:
    """Keeps each content once; whole or not at all. One process writes, any number read."""

    def __init__(self, folder: Path, limit: int, needs: Callable[[], Needs] = lambda: NOTHING_NEEDED) -> None:
        """``limit``: bytes that it may take; ``needs`` says what must stay when there is no room.

        Nothing is made on the disk before something is kept.
        """
        self.folder = folder
        self.limit = limit
        self.trouble = ""
        """Why something could not be kept; empty when the next one is kept and there is room for what was not."""
        self._missed = 0
        self._needs = needs
        self._size: int | None = None
        self._turn = threading.Lock()

    def keep_page(self, body_hash: str, body: bytes) -> None:
        """Keep a page's bytes; what stands in the way is noted as ``trouble``."""
        path = self._place("pages", body_hash, "html.gz")
        if self.page(body_hash) is None:
            packed = gzip.compress(body, _LEVEL, mtime=0)
            self._keep(path, len(packed), lambda: write_whole(path, packed))

    def page(self, body_hash: str) -> bytes | None:
        """Give a page's bytes; None where it is not there, or not what it was."""
        try:
            body = gzip.decompress(self._place("pages", body_hash, "html.gz").read_bytes())
        except (OSError, EOFError, ValueError, zlib.error):
            return None
        return body if hashlib.sha256(body).hexdigest() == body_hash else None

    @contextmanager
    def room(self) -> Iterator[IO[bytes]]:
        """Give an open temporary file for a document that comes; it is gone afterwards unless it was kept.

        Raises StoreError where none can be made.
        """
        try:
            folder = self._folder("files")
            temporary = NamedTemporaryFile(dir=folder, prefix=_UNFINISHED, delete=False)  # noqa: SIM115 - below
        except OSError as error:
            self._note(f"{self.folder} cannot be written ({error.strerror})", 0)
            raise StoreError(self.trouble) from error
        path = Path(temporary.name)
        try:
            with temporary:
                yield temporary
        except OSError as error:
            if error.errno in _DISK:
                self._note(f"{self.folder} cannot be written ({error.strerror})", _size_of(path))
            raise
        finally:
            with suppress(OSError):  # the next start removes it
                path.unlink(missing_ok=True)

    def keep_file(self, temporary: IO[bytes], sha256: str, suffix: str) -> None:
        """Keep what stands in a temporary file of ``room``; ``suffix``: what such a file is called, such as pdf."""
        path = self._place("files", sha256, suffix)
        if self.file(sha256) is None:
            temporary.flush()
            source = Path(temporary.name)
            self._keep(path, source.stat().st_size, lambda: move_whole(source, path))

    def file(self, sha256: str) -> Path | None:
        """Give where a document's file is kept; None where it is not, or not what it was."""
        folder = self.folder / "files" / sha256[:2]
        for path in sorted(folder.glob(f"{sha256}.*")):
            if _hash_of(path) == sha256:
                return path
        return None

    def holds(self, sha256: str) -> bool:
        """Tell whether a document's file is there; whether it is what it was, ``file`` tells."""
        return any((self.folder / "files" / sha256[:2]).glob(f"{sha256}.*"))

    def entries(self) -> Iterator[Entry]:
        """List all that is kept."""
        for kind in _KINDS:
            for path in sorted((self.folder / kind).glob("??/*")):
                if (name := _NAME.fullmatch(path.name)) and (found := _stat(path)):
                    yield Entry(kind, name["hash"], path, *found)

    def size(self) -> int:
        """Give the bytes that it takes; counted once, then kept up."""
        if self._size is None:
            self._size = sum(entry.size for entry in self.entries())
        return self._size

    def prune(self, room: int) -> None:
        """Remove what proves nothing, the oldest pages first and then files, until ``room`` bytes fit under the limit.

        What came within the hour stays.
        """
        entries = list(self.entries())
        size = sum(entry.size for entry in entries)
        for entry in disposable(entries, self._needs(), before=time.time() - FRESH):
            if size + room <= self.limit:
                break
            entry.path.unlink(missing_ok=True)
            size -= entry.size
        self._size = size

    def clean(self) -> None:
        """Remove what a killed process left unfinished."""
        for leftover in (
            *self.folder.glob(f"files/{_UNFINISHED}*"),
            *self.folder.glob(f"*/??/*{_UNFINISHED}*"),
        ):
            with suppress(OSError):  # it harms nobody, and must not keep the service from starting
                leftover.unlink(missing_ok=True)

    def _keep(self, path: Path, size: int, write: Callable[[], None]) -> None:
        with self._turn:
            try:
                if self.size() + size > self.limit:
                    self.prune(size + self.limit // _SLACK)
                if self.size() + size > self.limit:
                    allowed = f"{self.limit // 1_000_000:,} MB (max_megabytes)"
                    self._note(f"{self.folder} is full: it may take {allowed}", size)
                    return
                self._folder("pages"), self._folder("files")
                path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                write()
                self._size = self.size() + size
                if self._has_room(size):
                    self.trouble, self._missed = "", 0
            except (OSError, StoreError) as error:
                self._note(str(error), size)

    def _note(self, trouble: str, size: int) -> None:
        self.trouble, self._missed = trouble, max(size, self._missed)

    def _has_room(self, kept: int) -> bool:
        # A page that still fits says nothing of the document that did not.
        if kept >= self._missed:
            return True
        is_allowed = self.size() + self._missed <= self.limit
        return is_allowed and shutil.disk_usage(self.folder).free >= self._missed + _SPARE

    def _place(self, kind: Kind, content_hash: str, suffix: str) -> Path:
        return self.folder / kind / content_hash[:2] / f"{content_hash}.{suffix}"

    def _folder(self, kind: Kind) -> Path:
        folder = self.folder / kind
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        return folder


class NoArchive:
    """Keeps nothing: files are looked at and forgotten."""

    @contextmanager
    def room(self) -> Iterator[IO[bytes]]:
        """Give a temporary file of the system's."""
        with NamedTemporaryFile() as temporary:
            yield temporary

    def keep_file(self, temporary: IO[bytes], sha256: str, suffix: str) -> None:
        """Let it go."""

    def holds(self, sha256: str) -> bool:  # noqa: ARG002 - as an archive is asked
        """Say that a file need not come again while the server calls it the same."""
        return True


def _stat(path: Path) -> tuple[int, float] | None:
    try:
        found = path.stat()
    except OSError:
        return None  # somebody removed it meanwhile
    return found.st_size, found.st_mtime


def _size_of(path: Path) -> int:
    found = _stat(path)
    return found[0] if found else 0


def _hash_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def disposable(entries: Iterable[Entry], needs: Needs, *, before: float) -> list[Entry]:
    """Give what proves nothing and was kept before then, in the order in which it may go.

    Pages before files, the oldest first; ``before``: seconds since the epoch.
    """
    free = [
        entry
        for entry in entries
        if entry.written < before
        and entry.hash not in (needs.pages if entry.kind == "pages" else needs.files)
    ]
    return sorted(free, key=lambda entry: (entry.kind != "pages", entry.written, entry.hash))
