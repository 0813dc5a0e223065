"""What a benchmark found, as values: printed as tables, kept as JSON, put into docs/performance.md."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

Cell = str | int | float | None
_MOST_DIGITS = 3
"""Digits of a figure that are more than noise."""
REACHED, SHORT = "reached", "short"


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure that anchors the project, and where it has to stand."""

    name: str
    value: float
    limit: float
    unit: str = ""
    is_least: bool = False
    """Whether the limit must be reached from above: more is better."""

    @property
    def is_reached(self) -> bool:
        return self.value >= self.limit if self.is_least else self.value <= self.limit

    @property
    def row(self) -> tuple[Cell, ...]:
        sign = "≥" if self.is_least else "≤"
        verdict = REACHED if self.is_reached else SHORT
        return self.name, self.value, f"{sign} {shown(self.limit)}", self.unit, verdict


@dataclass(frozen=True, slots=True)
class Table:
    """Some figures under a title."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Machine:
    """Where it was measured: figures of different machines are not comparable, ratios nearly are."""

    cpu: str
    cores: int
    memory_gib: float
    system: str
    python: str
    date: str
    load: float
    """Processes that wanted a core in the minute before."""

    @classmethod
    def here(cls) -> Self:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        return cls(
            cpu=_said_by(Path("/proc/cpuinfo"), "model name") or platform.processor(),
            cores=cores,
            memory_gib=round(int(_said_by(Path("/proc/meminfo"), "MemTotal").split(" ")[0] or 0) / 2**20, 1),
            system=f"{platform.system()} {platform.release().split('-')[0]}",
            python=platform.python_version(),
            date=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            load=round(os.getloadavg()[0], 1),
        )

    def __str__(self) -> str:
        return (
            f"{self.cores} cores of {self.cpu}, {self.memory_gib} GiB, {self.system}, Python {self.python};"
            f" {self.date}, load before: {self.load}"
        )


@dataclass(frozen=True, slots=True)
class Report:
    """All that one benchmark found."""

    name: str
    tables: tuple[Table, ...]
    goals: tuple[Goal, ...] = ()
    notes: tuple[str, ...] = ()
    """What a reader must know to take the figures for no more than they are."""
    figures: object = None
    """The same and more, for programs."""
    command: str = ""
    machine: Machine = field(default_factory=Machine.here)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read what ``finish`` wrote."""
        found: dict[str, Any] = json.loads(path.read_text("utf-8"))
        tables = tuple(
            Table(one["title"], tuple(one["columns"]), tuple(map(tuple, one["rows"])))
            for one in found["tables"]
        )
        goals = tuple(Goal(**one) for one in found["goals"])
        rest = {"notes": tuple(found["notes"]), "figures": found["figures"], "command": found["command"]}
        return cls(found["name"], tables, goals, machine=Machine(**found["machine"]), **rest)

    def all_tables(self) -> Iterable[Table]:
        """Give the tables, and the goals as the last one."""
        yield from self.tables
        if self.goals:
            yield Table(
                "Goals", ("goal", "is", "must be", "unit", "verdict"), tuple(one.row for one in self.goals)
            )


def options(about: str | None) -> argparse.ArgumentParser:
    """Give the options that every benchmark has."""
    parser = argparse.ArgumentParser(description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="small and rough: only whether it works")
    parser.add_argument("--json", type=Path, metavar="FOLDER", help="write the figures there, too")
    return parser


def finish(report: Report, folder: Path | None) -> None:
    """Print a report and keep it where that is wanted."""
    print(f"{report.name}: {report.machine}\n")
    for table in report.all_tables():
        print("\n".join((table.title, *aligned(table), "")))
    for note in report.notes:
        print(f"- {note}")
    if folder:
        folder.mkdir(parents=True, exist_ok=True)
        whole = {**asdict(report), "command": report.command or command_of(report.name)}
        text = json.dumps(whole, indent=1, ensure_ascii=False)
        (folder / f"{report.name}.json").write_text(f"{text}\n", "utf-8")


def command_of(name: str) -> str:
    """Say how it was started, without the folder for the figures."""
    words = iter(sys.argv[1:])
    kept = [word for word in words if not (word == "--json" and next(words, ""))]
    return " ".join(("scripts/bench", name, *kept))


def shown(cell: Cell) -> str:
    """Write a figure with as many digits as mean something."""
    if cell is None:
        return "-"
    if isinstance(cell, float):
        whole = len(str(int(abs(cell)))) if abs(cell) >= 1 else 1
        return f"{cell:,.{max(_MOST_DIGITS - whole, 0)}f}"
    return f"{cell:,}" if isinstance(cell, int) else cell


def aligned(table: Table) -> list[str]:
    """Write a table in columns, figures to the right."""
    lines = [table.columns, *(tuple(map(shown, row)) for row in table.rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    texts = [isinstance(cell, str) for cell in table.rows[0]] if table.rows else [True] * len(widths)
    return [
        "  ".join(
            cell.ljust(width) if is_text else cell.rjust(width)
            for cell, width, is_text in zip(line, widths, texts, strict=True)
        ).rstrip()
        for line in lines
    ]


def _said_by(path: Path, key: str) -> str:
    """Give what the system says of itself in a file of ``key: value`` lines; nothing where it does not."""
    try:
        lines = path.read_text().splitlines()
    except OSError:
        return ""
    pairs = (line.partition(":")[::2] for line in lines)
    return next((value.strip() for name, value in pairs if name.strip() == key), "")
