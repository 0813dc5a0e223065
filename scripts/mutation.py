"""Plants faults in the pure core with mutmut and tells which the tests do not find (``scripts/mutate`` calls it)."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
WORK: Final = ROOT / "build" / "mutation"
TOOL: Final = Path(sys.executable).parent / "mutmut"
COPIED: Final = ("monitor", "tests", "config", "docs", "README.md", "pyproject.toml")
FOUND: Final = {
    1: "killed",
    3: "killed",
    36: "timeout",
    24: "timeout",
    -24: "timeout",
    152: "timeout",
    255: "timeout",
}
"""How mutmut says that a fault did not pass: a test failed, or would not end."""
INTERRUPTED: Final = {None, 2}
"""How mutmut says that it never asked, or was stopped while it did."""


@dataclass(frozen=True)
class Area:
    """A folder of pure modules, and the tests that judge it without a server, a full disk or a long search."""

    modules: str
    tests: tuple[str, ...]
    without: str = ""


AREAS: Final = {
    "profile": Area(
        "address classify context identify line parse read table tags tell tree verdict words",
        ("tests/profile",),
        without="test_hostile_pages test_probe test_reader_properties",
    ),
    "record": Area(
        "apply believe candidate decide diff match reread review said",
        ("tests/record", "tests/test_sweep.py", "tests/test_new_rules.py"),
        without="test_copies test_disk test_history_properties test_inbox test_rescue test_schema test_seal test_storage test_store",
    ),
    "alert": Area(
        "afterwards book choice digest duty files hours markup message news notices outbox pace questions restored"
        " roundup settle tell texts turns",
        ("tests/alert", "tests/test_settle.py"),
        without="test_deliver_full_disk test_deliver_many test_deliver_over_http test_telegram_in_trouble",
    ),
    "evidence": Area(
        "account bundle chain differences due files judge looked looks needs proof replay shape tongue",
        ("tests/evidence",),
        without="test_archive test_hostile_pdfs",
    ),
}


@dataclass
class Score:
    """How one module's faults ended."""

    module: str
    ends: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Count the faults that were tried."""
        return sum(self.ends.values())

    @property
    def found(self) -> int:
        """Count those that a test found."""
        return self.total - len(self.missed)


def main() -> None:
    """Ask the areas or modules that were named, one area after the other."""
    parser = argparse.ArgumentParser(prog="scripts/mutate")
    parser.add_argument(
        "names", nargs="*", help=f"one of {', '.join(AREAS)}, or a module of it such as record.believe"
    )
    parser.add_argument(
        "--at-least", type=float, default=0.0, metavar="PERCENT", help="end with 1 below this score"
    )
    asked = parser.parse_args()
    wanted = chosen(asked.names or AREAS, parser)
    scores = [score for area, modules in wanted.items() for score in tried(area, modules)]
    print("\n".join(table(scores)))
    total, found = sum(each.total for each in scores), sum(each.found for each in scores)
    sys.exit(not total or 100 * found < asked.at_least * total)


def chosen(names: Iterable[str], parser: argparse.ArgumentParser) -> dict[str, list[str]]:
    """Read the names of areas and modules; a name that means neither ends the program."""
    wanted: dict[str, list[str]] = {}
    for name in names:
        area, _, module = name.partition(".")
        known = AREAS[area].modules.split() if area in AREAS else []
        if not known or (module and module not in known):
            parser.error(f"{name} is none of the modules whose faults are counted")
        wanted.setdefault(area, []).extend([module] if module else known)
    return wanted


def tried(area: str, modules: list[str]) -> list[Score]:
    """Let mutmut plant and judge the faults of an area's modules, in a copy of the project."""
    folder = WORK / area
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in COPIED:
        copy(ROOT / name, folder / name)
    paths = [f"monitor/{area}/{module}.py" for module in modules]
    (folder / "setup.cfg").write_text(settings(AREAS[area], paths), "utf-8")
    print(f"== {area}: {' '.join(modules)}", file=sys.stderr)
    log = folder / "mutmut.log"
    with log.open("w") as out:
        quiet = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        run = [TOOL, "run", "--max-children", "1"]
        done = subprocess.run(run, cwd=folder, env=quiet, stdout=out, stderr=out, check=False)  # noqa: S603 - our own pinned tool
    scores = [read(folder, path) for path in paths]
    if done.returncode or any("not asked" in each.ends for each in scores):
        sys.exit(f"mutmut did not come to an end; {log} says why")
    return scores


def copy(source: Path, target: Path) -> None:
    """Copy a file or folder without what was built from it."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
    else:
        shutil.copy(source, target)


def settings(area: Area, paths: list[str]) -> str:
    """Write mutmut's settings: which files get faults, which tests judge them."""
    ignored = [f"--ignore-glob=*/{name}.py" for name in area.without.split()]
    lists = {
        "also_copy": [name for name in COPIED if name not in {"monitor", "tests", "pyproject.toml"}],
        "only_mutate": paths,
        "pytest_add_cli_args": ["-q", "-p", "no:randomly", "-p", "no:cacheprovider", *ignored],
        "pytest_add_cli_args_test_selection": list(area.tests),
    }
    lines = (f"{name} =" + "".join(f"\n    {each}" for each in values) for name, values in lists.items())
    # Each fault starts where no test has run: what a cached function answered before would hide it.
    fixed = ("source_paths = monitor", "process_isolation = forkserver")
    return "\n".join(["[mutmut]", *fixed, *lines, ""])


def read(folder: Path, path: str) -> Score:
    """Read how a module's faults ended."""
    score = Score(path.removeprefix("monitor/").removesuffix(".py").replace("/", "."))
    meta = folder / "mutants" / f"{path}.meta"
    ends: dict[str, int | None] = (
        json.loads(meta.read_text("utf-8"))["exit_code_by_key"] if meta.is_file() else {}
    )
    for name, code in ends.items():
        end = "not asked" if code in INTERRUPTED else FOUND.get(code or 0, "survived")
        score.ends[end] += 1
        if end == "survived":
            score.missed.append(name)
    return score


def table(scores: list[Score]) -> Iterator[str]:
    """Tell each module's score, then every fault that no test found."""
    yield "| module | found | faults | score |"
    yield "|---|---|---|---|"
    for each in scores:
        yield row(each.module, each.found, each.total)
    yield row("all", sum(each.found for each in scores), sum(each.total for each in scores))
    for each in scores:
        area = each.module.partition(".")[0]
        for name in each.missed:
            yield f"missed: (cd build/mutation/{area} && ../venv/bin/mutmut show {name})"


def row(name: str, found: int, total: int) -> str:
    """Write a line of the table."""
    return f"| {name} | {found} | {total} | {100 * found / (total or 1):.1f} % |"


if __name__ == "__main__":
    main()
