"""Scenarios played several at a time, for they wait for most of it. Those that need a small disk are processes."""

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
Scenes = Mapping[str, Future[None]]


class CannotBePlayedError(Exception):
    """This machine lacks what a scenario needs."""


@contextmanager
def played(
    play: Callable[[str, Path], None],
    scenarios: Collection[str],
    small_disk: Collection[str],
    folder_for: Callable[[str], Path],
    at_a_time: int,
) -> Iterator[Scenes]:
    """Play every scenario of a module of the harness; ``small_disk``: those that need one."""

    def played_here(name: str) -> None:
        (_on_small_disk if name in small_disk else _here)(play, name, folder_for(name))

    with ThreadPoolExecutor(at_a_time) as pool:
        yield {name: pool.submit(played_here, name) for name in scenarios}


def _here(play: Callable[[str, Path], None], name: str, folder: Path) -> None:
    play(name, folder)


def _on_small_disk(play: Callable[[str, Path], None], name: str, folder: Path) -> None:
    """Play it in a process of its own, with mounts of its own: the disk is gone with it, however it ends."""
    if shutil.which("unshare") is None:
        raise CannotBePlayedError("a small disk needs the program unshare")
    program = [sys.executable, "-m", play.__module__, name, str(folder)]
    done = subprocess.run(
        [*OWN_MOUNTS, "sh", "-c", MOUNT, str(folder), *program],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    if done.returncode == CANNOT or done.stderr.startswith("unshare:"):
        raise CannotBePlayedError("a disk of its own needs more rights than this test has")
    assert done.returncode == 0, done.stderr[-3000:]


def ends_well(scenes: Scenes, name: str) -> None:
    """Fail where the scenario found something wrong; skip where this machine has no small disk for it."""
    try:
        scenes[name].result()
    except CannotBePlayedError as why:
        pytest.skip(str(why))
