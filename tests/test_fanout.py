"""The benchmark of the fan-out, small and without limits: real processes, HTTP, a SIGKILL in the middle."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.alert.deliver import UNSETTLED

pytestmark = pytest.mark.slow

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "fanout.py"
CHATS = 250


def test_every_chat_is_told_once_and_after_a_kill_at_most_once_more(tmp_path: Path) -> None:
    done = subprocess.run(
        [
            sys.executable,
            BENCHMARK,
            "--chats",
            str(CHATS),
            "--latency",
            "0.02",
            "--unpaced",
            "--json",
            tmp_path,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    alone, killed = json.loads((tmp_path / "fanout.json").read_text())["figures"]
    assert (alone["lost"], alone["repeated"], alone["most_to_one"]) == (0, 0, 1)
    assert killed["lost"] == 0
    assert killed["repeated"] <= UNSETTLED
    assert killed["most_to_one"] <= 2
