"""Scenarios played by processes of their own, several at a time: they wait for most of it. Some have a small disk."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.harness.faults import CANNOT
from tests.record.files import ROOT
from tests.record.test_disk import SMALL_DISK as OWN_MOUNTS

MOUNT = f'mkdir "$0/data" && mount -t tmpfs -o size=1m tmpfs "$0/data" || exit {CANNOT}; exec "$@"'
Scenes = Mapping[str, Future[subprocess.CompletedProcess[str]]]


@contextmanager
def played(
    module: str,
    scenarios: Collection[str],
    small_disk: Collection[str],
    folder_for: Callable[[str], Path],
    at_a_time: int,
) -> Iterator[Scenes]:
    """Play every scenario of a module of the harness; ``small_disk``: those that need one."""

    def play(name: str) -> subprocess.CompletedProcess[str]:
        folder = str(folder_for(name))
        program = [sys.executable, "-m", module, name, folder]
        if name in small_disk:
            program = [*OWN_MOUNTS, "sh", "-c", MOUNT, folder, *program]
        return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)

    with ThreadPoolExecutor(at_a_time) as pool:
        yield {name: pool.submit(play, name) for name in scenarios}


def ends_well(scenes: Scenes, name: str, small_disk: Collection[str]) -> None:
    """Fail where the scenario found something wrong; skip where this machine has no small disk for it."""
    if name in small_disk and shutil.which("unshare") is None:
        pytest.skip("a small disk needs the program unshare")
    done = scenes[name].result()
    if done.returncode == CANNOT or done.stderr.startswith("unshare:"):
        pytest.skip("a disk of its own needs more rights than this test has")
    assert done.returncode == 0, done.stderr[-3000:]
