from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.config import load_config

ROOT = Path(__file__).parents[2]
UNIT = (ROOT / "deploy" / "uncac-monitor.service").read_text("utf-8")
MOST_EXPOSED = 2.0
"""Of 10, as systemd counts what a service could do to its machine."""

needs_systemd = pytest.mark.skipif(
    shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed (Debian: systemd)"
)


def installed(folder: Path, text: str = UNIT) -> Path:
    """Write the unit with a program that is here: systemd wants to see it."""
    unit = folder / "uncac-monitor.service"
    unit.write_text(text.replace("/opt/uncac-monitor/bin/uncac-monitor", sys.executable), "utf-8")
    return unit


def analyzed(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


@needs_systemd
def test_systemd_finds_nothing_wrong_with_it(tmp_path: Path) -> None:
    done = analyzed("verify", "--man=no", installed(tmp_path))
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
def test_nor_with_a_token_that_others_put_into_a_file(tmp_path: Path) -> None:
    text = re.sub(r"^#(\w+=)", r"\1", UNIT, flags=re.MULTILINE)
    assert "\nLoadCredential=" in text
    done = analyzed("verify", "--man=no", installed(tmp_path, text))
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
def test_a_word_that_systemd_does_not_know_would_be_seen(tmp_path: Path) -> None:
    done = analyzed("verify", "--man=no", installed(tmp_path, UNIT.replace("ProtectHome=", "ProtectHme=")))
    assert "ProtectHme" in done.stderr


@needs_systemd
def test_it_can_do_little_to_its_machine(tmp_path: Path) -> None:
    done = analyzed("security", "--offline=yes", "--no-pager", installed(tmp_path))
    level = re.search(r"exposure level for \S+: ([\d.]+)", done.stdout + done.stderr)
    if level is None:
        pytest.skip("this systemd cannot judge a unit that is not loaded")
    assert float(level[1]) <= MOST_EXPOSED


def test_the_store_lies_in_the_one_folder_that_it_may_write_to() -> None:
    variables = dict(re.findall(r"^Environment=(MONITOR_\w+)=(\S+)$", UNIT, re.MULTILINE))
    state = re.search(r"^StateDirectory=(.*)$", UNIT, re.MULTILINE)
    assert state
    path = load_config(variables).store.path
    assert path == Path("%S") / state[1] / "monitor.json"
    assert "ReadWritePaths" not in UNIT


def test_a_change_of_the_configuration_is_read_without_a_restart() -> None:
    assert "\nExecReload=/bin/kill -HUP $MAINPID\n" in UNIT
