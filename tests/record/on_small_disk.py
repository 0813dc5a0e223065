"""What happens to a store on a disk of 256 KiB: run by test_disk.py in a process with its own mounts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.dialogue.reply import SettleHeld
from monitor.errors import NotWritten
from monitor.record import copies
from monitor.record.inbox import leave_decision
from monitor.record.storage import AtomicStorage
from tests.record.files import AFTER, BEFORE, NOW, filled, on_disk, temporaries

PAGE = 4096


def fills_while_running(path: Path) -> None:
    storage = AtomicStorage(filled(path))
    with pytest.raises(NotWritten, match="No space left"):
        storage.write({"things": {"1": {"x": "y" * 400_000}}})
    assert on_disk(path) == BEFORE
    assert storage.read() == BEFORE
    assert temporaries(path) == []
    storage.write(AFTER)
    assert on_disk(path) == AFTER
    storage.close()


def is_full_at_start(path: Path) -> None:
    filled(path)
    leave(path.parent, 0)
    with pytest.raises(NotWritten, match="No space left"):
        AtomicStorage(path)
    assert on_disk(path) == BEFORE


def is_read_only(path: Path) -> None:
    filled(path)
    subprocess.run(["mount", "-o", "remount,ro", path.parent], check=True)
    with pytest.raises(NotWritten, match="Read-only file system"):
        AtomicStorage(path)
    assert AtomicStorage(path, is_reader=True).read() == BEFORE
    with pytest.raises(NotWritten, match="Read-only file system"):
        copies.keep_copy(path, NOW, 3)
    with pytest.raises(NotWritten, match="Read-only file system"):
        leave_decision(path, SettleHeld("MEX", "accept"))
    subprocess.run(["mount", "-o", "remount,rw", path.parent], check=True)
    AtomicStorage(path).close()


def leave(folder: Path, pages: int) -> None:
    """Fill the disk until only so many pages are free."""
    ballast = folder / "ballast"
    room = os.statvfs(folder)
    ballast.write_bytes(b"x" * PAGE * max(0, room.f_bavail * room.f_frsize // PAGE - pages))


SCENARIOS = {
    scenario.__name__: scenario for scenario in (fills_while_running, is_full_at_start, is_read_only)
}

if __name__ == "__main__":
    SCENARIOS[sys.argv[1]](Path(sys.argv[2]) / "store.json")
