"""A disk that is soon full, for one program: in mounts of its own, so that it is gone with it, however it ends."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
CANNOT: Final = 77
"""The exit code where this machine lacks what a program needs."""
OWN_MOUNTS: Final = (
    "unshare",
    "--mount",
    "--propagation",
    "private",
    *(("--map-root-user",) if os.geteuid() else ()),
)


def run_on_small_disk(program: list[str], disk: Path, size: str) -> None:
    """Run it while the folder ``disk`` is one of that size; skips the test where this machine cannot have it."""
    if shutil.which("unshare") is None:
        pytest.skip("a small disk needs the program unshare")
    mount = f'mkdir -p "$0" && mount -t tmpfs -o size={size} tmpfs "$0" || exit {CANNOT}; exec "$@"'
    done = subprocess.run(
        [*OWN_MOUNTS, "sh", "-c", mount, str(disk), *program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if done.returncode == CANNOT or done.stderr.startswith("unshare:"):
        pytest.skip("a disk of its own needs more rights than this test has")
    assert done.returncode == 0, done.stderr[-3000:]
