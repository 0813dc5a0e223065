"""The bill of materials names what an installation gets, and nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    return bill(tmp_path_factory.mktemp("sbom"))


def bill(folder: Path) -> dict[str, object]:
    environ = {**os.environ, "UNCAC_VENV": sys.prefix}
    file = folder / "sbom.cdx.json"
    subprocess.run([ROOT / "scripts/sbom", file], env=environ, check=True, capture_output=True, text=True)
    found: dict[str, object] = json.loads(file.read_text())
    return found


def locked() -> dict[str, set[str]]:
    """Give every pinned package as name==version, with its hashes."""
    lines = (ROOT / "requirements.lock").read_text().replace("\\\n", " ").splitlines()
    return {line.split()[0]: set(re.findall(r"sha256:([0-9a-f]{64})", line)) for line in lines}


def hashes(component: dict[str, object]) -> set[str]:
    references = component["externalReferences"]
    assert isinstance(references, list)
    return {each["content"] for reference in references for each in reference["hashes"]}


def test_every_pinned_package_stands_in_it_with_its_hashes(made: dict[str, object]) -> None:
    assert made["bomFormat"] == "CycloneDX"
    components = made["components"]
    assert isinstance(components, list)
    assert {f"{each['name']}=={each['version']}": hashes(each) for each in components} == locked()


def test_made_twice_it_is_the_same(made: dict[str, object], tmp_path: Path) -> None:
    assert bill(tmp_path) == made
