"""One writing process at a time: a lock that says who holds it."""

from __future__ import annotations

import fcntl
import os
from datetime import datetime
from pathlib import Path

from monitor.errors import InUse, NotWritten, StoreError
from monitor.owner import mend


class WriterLock:
    """Hold ``<store>.lock`` for the life of this process; the system lets go of it however the process ends."""

    def __init__(self, store: Path, command: str, now: datetime) -> None:
        """Take the lock, or raise StoreError saying who holds it and what to do."""
        self._store = store
        self._holder = f"pid {os.getpid()}, `{command}`, since {now.isoformat(timespec='seconds')}"
        self._path = store.with_name(store.name + ".lock")
        self._handle = -1
        self._take()

    def hold(self) -> None:
        """Take the lock anew where its file is gone or another one; StoreError when somebody else has that."""
        if not self._is_ours():
            self.release()
            self._take()

    def _is_ours(self) -> bool:
        if self._handle < 0:
            return False
        try:
            found, ours = self._path.stat(), os.fstat(self._handle)
        except FileNotFoundError:
            return False
        except OSError:
            return True  # nobody can say: the write that follows will
        return (found.st_dev, found.st_ino) == (ours.st_dev, ours.st_ino)

    def _take(self) -> None:
        self._handle = _opened(self._path)
        try:
            fcntl.flock(self._handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._refuse()
        except OSError as error:
            os.close(self._handle)
            self._handle = -1
            raise StoreError(
                f"{self._path} cannot be locked ({error.strerror}): put the store on a local disk."
            ) from error
        self._write(self._holder)

    def _refuse(self) -> None:
        holder = os.read(self._handle, 1000).decode(errors="replace").strip() or "another process"
        os.close(self._handle)
        self._handle = -1
        raise InUse(
            f"{self._store} is in use by {holder}. Only one process may write: stop that one first. "
            "Commands that only read (documents, status, changes) work beside it.",
            holder,
        )

    def _write(self, holder: str) -> None:
        # The name of the holder is a courtesy: a full disk must not keep us from the lock itself.
        try:
            os.ftruncate(self._handle, 0)
            os.pwrite(self._handle, holder.encode(), 0)
        except OSError:
            pass

    def release(self) -> None:
        """Let go; the file stays, since removing it would let two processes hold two different locks."""
        if self._handle >= 0:
            self._write("")
            os.close(self._handle)
            self._handle = -1


def _opened(path: Path) -> int:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise NotWritten(f"{path} cannot be written ({error.strerror}). {mend(path, error)}") from error
