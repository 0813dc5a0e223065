"""What the documents promise is proven where they say it is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PROOF = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")
LINK = re.compile(r"\]\(([^)#:]+)(?:#[^)]*)?\)")
PAGES = (
    "README.md",
    "CONTRIBUTING.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "docs/security.md",
    "docs/reliability.md",
)


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
