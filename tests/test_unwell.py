"""The real program in every way of being unwell: `healthy` says which."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.harness.faults import CANNOT
from tests.record.files import ROOT
from tests.record.test_disk import SMALL_DISK
from tests.test_faults import MOUNT


def played(name: str, folder: Path, *before: str) -> subprocess.CompletedProcess[str]:
    program = [*before, sys.executable, "-m", "tests.harness.unwell", name, str(folder)]
    return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)


@pytest.mark.slow
def test_a_full_disk_a_suspension_and_a_site_that_never_answers_are_said_and_pass(tmp_path: Path) -> None:
    if shutil.which("unshare") is None:
        pytest.skip("a small disk needs the program unshare")
    done = played("asked_where_it_answers", tmp_path, *SMALL_DISK, "sh", "-c", MOUNT, str(tmp_path))
    if done.returncode == CANNOT or done.stderr.startswith("unshare:"):
        pytest.skip("a disk of its own needs more rights than this test has")
    assert done.returncode == 0, done.stderr[-3000:]


@pytest.mark.slow
def test_messages_that_telegram_refuses_for_long_are_said(tmp_path: Path) -> None:
    done = played("read_from_its_store", tmp_path)
    assert done.returncode == 0, done.stderr[-3000:]
