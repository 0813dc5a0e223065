from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FIND = Path(__file__).parents[2] / "scripts/find-python"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    for tool in ("bash", "env"):
        found = shutil.which(tool)
        assert found is not None
        (tmp_path / tool).symlink_to(found)
    return tmp_path


def command(path: Path, name: str, script: str) -> None:
    (path / name).write_text(f"#!/bin/sh\n{script}\n")
    (path / name).chmod(0o755)


def good(path: Path, name: str) -> None:
    command(path, name, f'exec "{sys.executable}" "$@"')


def find(path: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(FIND)], env={"PATH": str(path), **variables}, capture_output=True, text=True, check=False
    )


def test_a_python_that_runs_is_printed_as_the_interpreter_behind_any_environment(path: Path) -> None:
    good(path, "python3.13")
    found = find(path)
    assert (found.returncode, found.stderr) == (0, "")
    assert Path(found.stdout.strip()).is_file()
    assert not found.stdout.startswith(sys.prefix + os.sep) or sys.prefix == sys.base_prefix


def test_a_shim_that_exists_and_fails_is_passed_over(path: Path) -> None:
    command(path, "python3.13", "echo 'command not found' >&2; exit 127")
    good(path, "python3")
    assert find(path).returncode == 0


def test_where_there_is_no_python_it_is_said_what_to_do(path: Path) -> None:
    found = find(path)
    assert (found.returncode, found.stdout) == (2, "")
    assert "No Python 3.11 or newer" in found.stderr
    assert "PYTHON=" in found.stderr


def test_an_old_python_is_none(path: Path) -> None:
    command(path, "python3", "exit 3")
    assert "No Python 3.11 or newer" in find(path).stderr


def test_a_python_without_venv_says_which_package_is_missing(path: Path) -> None:
    command(path, "python3", "exit 4")
    found = find(path)
    assert found.returncode == 2
    assert "python3 has no venv module" in found.stderr
    assert "python3-venv" in found.stderr


def test_a_later_python_with_venv_is_taken_before_an_earlier_one_without(path: Path) -> None:
    command(path, "python3.13", "exit 4")
    good(path, "python3.12")
    assert find(path).returncode == 0


def test_a_python_named_in_the_environment_goes_first_and_is_named_when_it_does_not_do(path: Path) -> None:
    good(path, "python3")
    good(path, "mine")
    command(path, "python3.13", "exit 1")
    assert find(path, PYTHON=str(path / "mine")).stderr == ""
    found = find(path, PYTHON=str(path / "python3.13"))
    assert found.returncode == 0
    assert f"PYTHON={path / 'python3.13'} is no Python 3.11" in found.stderr
