"""A TinyDB storage whose file is always whole: one transaction is one write, or none."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
from tinydb import Storage

from monitor.disk import remove_leftovers, write_whole
from monitor.errors import StoreError
from monitor.owner import mend
from monitor.record import rescue, seal
from monitor.record.lock import WriterLock

Wrote = Callable[[float], None]
"""Hears how many seconds a write took."""
COPY_EVERY = 24 * 3600.0
"""Seconds after which the last good copy is renewed by the next write."""


class AtomicStorage(Storage):
    """Keeps the tables in memory for the one process that writes; a reader reads the file each time."""

    def __init__(
        self,
        path: Path,
        *,
        command: str = "uncac-monitor",
        is_reader: bool = False,
        now: datetime | None = None,
        wrote: Wrote = lambda _: None,
    ) -> None:
        """Open ``path``; StoreError when it is in use, damaged, gone or not writable."""
        super().__init__()
        self.path = path
        self.is_reader = is_reader
        self._wrote = wrote
        self._tables: rescue.Tables | None = None
        self._whole: bytes | None = None
        """The file as this process last read or wrote it: what a failed write goes back to, whatever the disk does."""
        self._stamp: tuple[int, int] | None = None
        self._is_open_transaction = False
        self._is_changed = False
        self._lock = None if is_reader else WriterLock(path, command, now or datetime.now(UTC))
        try:
            self._begin(now or datetime.now(UTC))
        except BaseException:
            self.close()
            raise

    def _begin(self, now: datetime) -> None:
        if not self.is_reader:
            remove_leftovers(self.path)
        content = self._content()
        if content is None:
            return
        try:
            self._tables = rescue.parsed(content)
        except ValueError as error:
            raise rescue.damaged(self.path, error, now, is_reader=self.is_reader) from error
        self._stamp = self._stamp_now()
        if not self.is_reader:
            self._whole = content
            write_whole(rescue.copy_of(self.path), content)

    def _content(self) -> bytes | None:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            problem = rescue.missing(self.path) if self.path.parent.is_dir() else None
            if problem is None:
                return None
            raise problem from None
        except OSError as error:
            raise StoreError(
                f"{self.path} cannot be read ({error.strerror}). {mend(self.path, error)}"
            ) from error

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever stored here."""
        return self.read() is None

    @property
    def whole(self) -> bytes:
        """The bytes of the file, as the writing process last read or wrote them."""
        return self._whole or b""

    def read(self) -> dict[str, dict[str, Any]] | None:
        """Give all tables; the caller may change what it gets only inside a transaction."""
        if self.is_reader:
            self._reload()
        elif self._tables is None and self._whole is not None:
            self._tables = rescue.parsed(self._whole)
        return self._tables

    def _reload(self) -> None:
        if self._tables is not None and self._stamp == self._stamp_now():
            return
        stamp, content = self._stamp_now(), self._content()
        try:
            self._tables = None if content is None else rescue.parsed(content)
        except ValueError as error:
            raise rescue.damaged(self.path, error, datetime.now(UTC), is_reader=True) from error
        self._stamp = stamp

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Store all tables: at once, or at the end of the transaction under way."""
        if self.is_reader:
            raise StoreError(f"{self.path} was opened for reading only.")
        self._tables, self._is_changed = data, True
        if not self._is_open_transaction:
            self._flush()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything inside one write at the end; on any exception nothing happened, in memory either."""
        self._is_open_transaction = True
        try:
            yield
            if self._is_changed:
                self._flush()
        except BaseException:
            self._tables = None  # what was changed in place is gone; read() gives the state before
            raise
        finally:
            self._is_open_transaction = self._is_changed = False

    def _flush(self) -> None:
        started = time.monotonic()
        content = seal.sealed(orjson.dumps(self._tables))
        try:
            self._hold_lock()
            self._refuse_foreign()
            self._renew_copy()
            write_whole(self.path, content)
        except StoreError:
            self._tables, self._is_changed = None, False
            raise
        self._whole, self._stamp, self._is_changed = content, self._stamp_now(), False
        self._wrote(time.monotonic() - started)

    def _hold_lock(self) -> None:
        # A folder that was removed and made anew has no lock file: somebody else could begin there.
        if self._lock is not None:
            self._lock.hold()

    def rewrite(self) -> None:
        """Write once more what stands in the file, to find out whether the disk takes it."""
        self._hold_lock()
        self._refuse_foreign()
        write_whole(self.path, self.whole)
        self._stamp = self._stamp_now()

    def _refuse_foreign(self) -> None:
        found = self._stamp_now()
        if found not in (None, self._stamp):
            raise StoreError(
                f"{self.path} was changed by somebody else while this process held it, so nothing was written. "
                "Stop this process, look at the file, and start again."
            )

    def _renew_copy(self) -> None:
        copy = rescue.copy_of(self.path)
        if self._whole is None or _age(copy) < COPY_EVERY:
            return
        write_whole(copy, self._whole)

    def _stamp_now(self) -> tuple[int, int] | None:
        try:
            found = self.path.stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def close(self) -> None:
        """Let go of the lock; the tables are forgotten."""
        self._tables = self._whole = None
        if self._lock is not None:
            self._lock.release()
            self._lock = None


def _age(file: Path) -> float:
    """Say how many seconds ago (or, where a clock was wrong, ahead) it was written; for ever where nobody knows."""
    try:
        return abs(time.time() - file.stat().st_mtime)
    except OSError:
        return math.inf
