"""The real program in every way of being unwell: `healthy` says which."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor

import pytest

from tests.harness.faults import CANNOT
from tests.harness.unwell import SCENARIOS, SMALL_DISK
from tests.record.files import ROOT
from tests.record.test_disk import SMALL_DISK as OWN_MOUNTS
from tests.test_faults import MOUNT

Done = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def plays(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mapping[str, Future[Done]]]:
    def play(name: str) -> Done:
        folder = str(tmp_path_factory.mktemp(name))
        program = [sys.executable, "-m", "tests.harness.unwell", name, folder]
        if name in SMALL_DISK:
            program = [*OWN_MOUNTS, "sh", "-c", MOUNT, folder, *program]
        return subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=False, timeout=600)

    # At a time: they wait most of it.
    with ThreadPoolExecutor(len(SCENARIOS)) as pool:
        yield {name: pool.submit(play, name) for name in SCENARIOS}


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_wrong_is_said_and_passes(plays: Mapping[str, Future[Done]], name: str) -> None:
    if name in SMALL_DISK and shutil.which("unshare") is None:
        pytest.skip("a small disk needs the program unshare")
    done = plays[name].result()
    if done.returncode == CANNOT or done.stderr.startswith("unshare:"):
        pytest.skip("a disk of its own needs more rights than this test has")
    assert done.returncode == 0, done.stderr[-3000:]
