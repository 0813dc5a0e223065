"""How faults are counted: ``scripts/mutation.py`` on reports of mutmut's kind."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

import pytest

from tests.gates.files import ROOT, SCRIPTS


@pytest.fixture(scope="module")
def mutation() -> ModuleType:
    spec = importlib.util.spec_from_file_location("mutation_of_scripts", SCRIPTS / "mutation.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_module_and_every_test_that_is_named_exists(mutation: ModuleType) -> None:
    for name, area in mutation.AREAS.items():
        modules = [ROOT / "monitor" / name / f"{module}.py" for module in area.modules.split()]
        tests = [ROOT / path for path in area.tests]
        without = [ROOT / area.tests[0] / f"{each}.py" for each in area.without.split()]
        assert [path for path in (*modules, *tests, *without) if not path.exists()] == []


def test_a_fault_is_found_by_a_red_test_or_one_that_does_not_end(
    mutation: ModuleType, tmp_path: Path
) -> None:
    ends = {"a": 1, "b": 0, "c": 36, "d": 33, "e": None, "f": 3}
    meta = tmp_path / "mutants/monitor/record/diff.py.meta"
    meta.parent.mkdir(parents=True)
    meta.write_text(json.dumps({"exit_code_by_key": ends}))
    score = mutation.read(tmp_path, "monitor/record/diff.py")
    assert (score.module, score.found, score.total) == ("record.diff", 4, 6)
    assert score.missed == ["b", "d"]
    assert score.ends["not asked"] == 1


def test_the_table_names_every_module_all_and_what_was_missed(mutation: ModuleType) -> None:
    score = mutation.Score("record.diff", missed=["x"])
    score.ends.update(killed=3, survived=1)
    lines = list(mutation.table([score]))
    assert lines[2:4] == ["| record.diff | 3 | 4 | 75.0 % |", "| all | 3 | 4 | 75.0 % |"]
    assert "build/mutation/record" in lines[4]
    assert lines[4].endswith("show x)")
