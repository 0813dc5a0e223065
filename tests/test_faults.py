"""The real program while its disk takes nothing, while it is suspended, and after going back to a backup."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.harness.faults import CANNOT, SCENARIOS, SMALL_DISK
from tests.record.files import ROOT
from tests.record.test_disk import SMALL_DISK as OWN_MOUNTS

AT_A_TIME = 4
"""They wait most of the time, for Telegram's pace."""
MOUNT = f'mkdir "$0/data" && mount -t tmpfs -o size=1m tmpfs "$0/data" || exit {CANNOT}; exec "$@"'
Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Future[Done]]]:
    def run(name: str) -> Done:
        folder = str(tmp_path_factory.mktemp(name))
        program = [sys.executable, "-m", "tests.harness.faults", name, folder]
        if name in SMALL_DISK:
            program = [*OWN_MOUNTS, "sh", "-c", MOUNT, folder, *program]
        return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)

    with ThreadPoolExecutor(AT_A_TIME) as pool:
        yield {name: pool.submit(run, name) for name in SCENARIOS}


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_is_lost_and_nothing_told_twice(runs: Mapping[str, Future[Done]], name: str) -> None:
    if name in SMALL_DISK and shutil.which("unshare") is None:
        pytest.skip("a small disk needs the program unshare")
    done = runs[name].result()
    if done.returncode == CANNOT or done.stderr.startswith("unshare:"):
        pytest.skip("a disk of its own needs more rights than this test has")
    assert done.returncode == 0, done.stderr[-3000:]
