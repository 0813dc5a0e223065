from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.record.storage import AtomicStorage
from tests.record.files import BEFORE, ROOT, child, filled, on_disk, temporaries

# Its own mount namespace: the disk is gone with the process, however the test ends.
SMALL_DISK = ["unshare", "--mount", "--propagation", "private"] + ["--map-root-user"] * (os.geteuid() != 0)
MOUNT = 'mount -t tmpfs -o size=256k tmpfs "$0" || exit 77; exec "$@"'


def on_small_disk(folder: Path, scenario: str) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("a small disk needs the program unshare")
    program = [sys.executable, "-m", "tests.record.on_small_disk", scenario, str(folder)]
    done = subprocess.run(
        [*SMALL_DISK, "sh", "-c", MOUNT, str(folder), *program],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode == 77 or done.stderr.startswith("unshare:"):
        pytest.skip("mounting a small disk needs more rights than this test has")
    assert done.returncode == 0, done.stderr
    assert list(folder.iterdir()) == []  # nothing was written beside the small disk


def test_a_full_disk_leaves_the_file_whole_and_no_leftover(tmp_path: Path) -> None:
    on_small_disk(tmp_path, "fills_while_running")


def test_a_store_on_a_full_disk_says_so_at_start(tmp_path: Path) -> None:
    on_small_disk(tmp_path, "is_full_at_start")


def test_a_read_only_disk_is_an_error_and_readers_still_work(tmp_path: Path) -> None:
    on_small_disk(tmp_path, "is_read_only")


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


def test_the_file_is_for_its_owner_only(path: Path) -> None:
    assert filled(path).stat().st_mode & 0o077 == 0
