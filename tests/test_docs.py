"""What the documents promise is proven where they say it is."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts import reference

ROOT = Path(__file__).parents[1]
PROOF = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/index.md",
    "docs/operate.md",
    "docs/performance.md",
    "docs/security.md",
    "docs/reliability.md",
)
TOLD = (
    "alert/notices",
    "alert/health",
    "alert/troubles",
    "alert/questions",
    "alert/restored",
    "alert/duty",
    "alert/afterwards",
    "pledge/asking",
)
"""The modules that write what operators are told."""


def proofs(page: str) -> list[tuple[str, str]]:
    return PROOF.findall((ROOT / page).read_text("utf-8"))


@pytest.mark.parametrize("page", ["docs/security.md", "docs/reliability.md"])
def test_every_test_that_is_named_as_a_proof_exists(page: str) -> None:
    found = proofs(page)
    assert found
    missing = [
        (path, name)
        for path, name in found
        if not (ROOT / path).is_file() or f"def {name}" not in (ROOT / path).read_text("utf-8")
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES)
def test_links_inside_the_project_lead_somewhere(page: str) -> None:
    file = ROOT / page
    broken = [link for link in LINK.findall(file.read_text("utf-8")) if not (file.parent / link).exists()]
    assert broken == []


def test_pages_that_the_program_knows_best_are_as_it_says() -> None:
    # In a process of its own: click keeps a command's help as whoever asked for it first in a process wanted it.
    check = [sys.executable, str(ROOT / "scripts/reference.py"), "--check"]
    done = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_setting_is_on_its_page_with_its_meaning() -> None:
    found = list(reference.settings((ROOT / "config/monitor.toml").read_text("utf-8")))
    keys = re.findall(r"^\w+ = ", (ROOT / "config/monitor.toml").read_text("utf-8"), re.MULTILINE)
    assert len(found) == len(keys)
    assert [each for each in found if not each.meaning.endswith(".")] == []


def headlines(module: str) -> Iterator[str]:
    """Give the English sentences that stand first, and bold, in what a module writes."""
    tree = ast.parse((ROOT / "monitor" / f"{module}.py").read_text("utf-8"))
    titles = {"title", "what", "over"}
    for node in ast.walk(tree):
        is_bold = isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"bold", "incident"}
        is_title = isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") in titles
        if is_bold and isinstance(node, ast.Call) and node.args:
            yield from said(node.args[0])
        elif is_title and isinstance(node, ast.Assign):
            yield from said(node.value)


def said(node: ast.AST) -> Iterator[str]:
    for call in ast.walk(node):
        is_say = isinstance(call, ast.Call) and ast.unparse(call.func) in {"say", "say.many"}
        if is_say and isinstance(call, ast.Call):
            # Of a plural its last form: "{number} States may …".
            yield [
                arg.value for arg in call.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)
            ][-1]


@pytest.mark.parametrize("module", TOLD)
def test_what_operators_are_told_stands_in_their_handbook_with_what_to_do(module: str) -> None:
    handbook = (ROOT / "docs/operate.md").read_text("utf-8")
    found = list(headlines(module))
    assert found
    assert [text for text in found if text not in handbook] == []
