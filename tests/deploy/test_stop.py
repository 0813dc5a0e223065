"""What a stop does not wait for; that it ends in time in the middle of everything is proven by scripts/image-test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
ENDS = """
import atexit, gc, sys
atexit.register(lambda: print("left alone:", gc.get_freeze_count() > 0))  # the last one to be called
sys.argv = ["uncac-monitor", "--version"]
from monitor.cli import main
main()
"""


def test_at_its_end_a_command_does_not_walk_through_all_that_lives_once_more() -> None:
    done = subprocess.run([sys.executable, "-c", ENDS], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "left alone: True"
