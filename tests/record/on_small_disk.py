"""What happens to a store on a disk of 256 KiB: run by test_disk.py in a process with its own mounts."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.record.storage import AtomicStorage
from tests.record.files import AFTER, BEFORE, filled, on_disk, temporaries


def fills_while_running(path: Path) -> None:
    storage = AtomicStorage(path)
    with pytest.raises(StoreError, match="No space left"):
        storage.write({"things": {"1": {"x": "y" * 400_000}}})
    assert on_disk(path) == BEFORE
    assert storage.read() == BEFORE
    assert temporaries(path) == []
    storage.write(AFTER)
    assert on_disk(path) == AFTER
    storage.close()


def is_full_at_start(path: Path) -> None:
    with path.with_name("ballast").open("wb") as ballast, pytest.raises(OSError, match="No space"):
        ballast.write(b"x" * 400_000)
    with pytest.raises(StoreError, match="No space left"):
        AtomicStorage(path)
    assert on_disk(path) == BEFORE


def is_read_only(path: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", path.parent], check=True)
    with pytest.raises(StoreError, match="Read-only file system"):
        AtomicStorage(path)
    assert AtomicStorage(path, is_reader=True).read() == BEFORE


SCENARIOS = {
    scenario.__name__: scenario for scenario in (fills_while_running, is_full_at_start, is_read_only)
}

if __name__ == "__main__":
    SCENARIOS[sys.argv[1]](filled(Path(sys.argv[2]) / "store.json"))
