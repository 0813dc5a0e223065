from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.record.storage import AtomicStorage
from tests.record.files import AFTER, BEFORE, child, filled, on_disk, temporaries


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("mounting a small disk needs more rights than this test has")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_leaves_the_file_whole_and_no_leftover(small_disk: Path) -> None:
    path = filled(small_disk / "store.json")
    storage = AtomicStorage(path)
    with pytest.raises(StoreError, match="No space left"):
        storage.write({"things": {"1": {"x": "y" * 400_000}}})
    assert on_disk(path) == BEFORE
    assert storage.read() == BEFORE
    assert temporaries(path) == []
    storage.write(AFTER)
    assert on_disk(path) == AFTER
    storage.close()


def test_a_store_on_a_full_disk_says_so_at_start(small_disk: Path) -> None:
    path = filled(small_disk / "store.json")
    with (small_disk / "ballast").open("wb") as ballast, pytest.raises(OSError, match="No space"):
        ballast.write(b"x" * 400_000)
    with pytest.raises(StoreError, match="No space left"):
        AtomicStorage(path)
    assert on_disk(path) == BEFORE


def test_a_file_size_limit_leaves_the_file_whole_for_any_user(path: Path) -> None:
    code = (
        "import sys,pathlib,signal,resource\n"
        "from monitor.errors import StoreError\nfrom monitor.record.storage import AtomicStorage\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit({resource.RLIMIT_FSIZE}, (50_000, 50_000))\n"
        "s=AtomicStorage(pathlib.Path(sys.argv[1]))\n"
        "try: s.write({'t':{'1':{'x':'y'*90_000}}})\n"
        "except StoreError as e: print(e); print(s.read())"
    )
    with child(code, filled(path)) as writer:
        out, err = writer.communicate()
    assert "File too large" in out, err
    assert str(BEFORE) in out
    assert on_disk(path) == BEFORE
    assert temporaries(path) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(path: Path) -> None:
    path.parent.mkdir(mode=0o500)
    with pytest.raises(StoreError, match="cannot be written"):
        AtomicStorage(path)


def test_a_store_whose_folder_is_a_file_is_an_error_for_the_operator(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        AtomicStorage(tmp_path / "file" / "store.json")


def test_a_store_that_is_a_folder_is_an_error_for_the_operator(tmp_path: Path) -> None:
    (tmp_path / "store.json").mkdir()
    with pytest.raises(StoreError, match="cannot be read"):
        AtomicStorage(tmp_path / "store.json")


def test_a_read_only_disk_is_an_error_and_readers_still_work(small_disk: Path) -> None:
    path = filled(small_disk / "store.json")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(StoreError, match="Read-only file system"):
        AtomicStorage(path)
    assert AtomicStorage(path, is_reader=True).read() == BEFORE


def test_the_file_is_for_its_owner_only(path: Path) -> None:
    assert filled(path).stat().st_mode & 0o077 == 0
