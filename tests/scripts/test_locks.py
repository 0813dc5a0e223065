from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = (
    "requirements.lock",
    "requirements-test.lock",
    "requirements-build.lock",
    "requirements-audit.lock",
    "requirements-tools.lock",
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

every_lock = pytest.mark.parametrize("name", LOCKS)


def entries(name: str) -> list[str]:
    return (ROOT / name).read_text().replace("\\\n", " ").splitlines()


def pins(name: str) -> set[str]:
    return {entry.split()[0] for entry in entries(name)}


def names(requirements: list[str]) -> set[str]:
    return {re.split(r"[^\w.-]", requirement, maxsplit=1)[0].lower() for requirement in requirements}


@every_lock
def test_every_line_of_a_lock_is_one_version_with_its_hashes_and_no_address(name: str) -> None:
    for entry in entries(name):
        assert re.match(r"[\w.-]+==[\w.]+( +; [^#]+?)?( +--hash=sha256:[0-9a-f]{64})+ *$", entry), entry


def test_the_locks_hold_what_the_project_asks_for() -> None:
    assert names(PROJECT["dependencies"]) <= {pin.split("==")[0] for pin in pins("requirements.lock")}
    assert names(PROJECT["optional-dependencies"]["test"]) <= {
        pin.split("==")[0] for pin in pins("requirements-test.lock")
    }
    assert names(["hatchling", "editables"]) <= {
        pin.split("==")[0] for pin in pins("requirements-build.lock")
    }


def test_tests_run_with_the_versions_that_users_get() -> None:
    assert pins("requirements.lock") <= pins("requirements-test.lock")


def test_two_locks_never_name_two_versions_of_one_package() -> None:
    shared = {pin.split("==")[0] for pin in pins("requirements-build.lock")}
    tested = {pin for pin in pins("requirements-test.lock") if pin.split("==")[0] in shared}
    assert tested <= pins("requirements-build.lock")
