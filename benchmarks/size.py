"""What it costs when there are more countries, and more documents:   scripts/bench size

192, 1,920 and 19,200 profiles of 10 documents, then 100 and 1,000 documents a profile. In process, on generated pages:
19,200 pages over a network, one a second, would be five hours. Each size is filled in one process and used in another.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from contenders import ROOT
from figures import Goal, Report, Table, finish, options

SIZES = ((192, 10), (1_920, 10), (19_200, 10), (192, 100), (192, 1_000))
QUICK = ((192, 10), (1_920, 10), (192, 100))
LIMIT = 150.0
"""Seconds after which a size is given up."""
LINEAR = 1.5
"""What a country or a document may cost at the largest size, times what it costs at the smallest."""
SECOND, MIB = 1.0, 1024.0
"""Where the one file ends: a write takes longer than a second, or the process needs more than a GiB."""

Size = tuple[int, int]
Cells = dict[Size, dict[str, Any]]


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__).parse_args()
    cells: Cells = {}
    left_out: list[Size] = []
    for size in QUICK if chosen.quick else SIZES:
        with TemporaryDirectory() as folder:
            cell = measured(size, Path(folder))
        if cell is None:
            left_out.append(size)
        else:
            check(size, cell)
            cells[size] = cell
        sys.stderr.write(
            f"size: {size[0]} profiles, {size[1]} documents each: {'done' if cell else 'left out'}\n"
        )
    finish(report_of(cells, left_out), chosen.json)


def measured(size: Size, folder: Path) -> dict[str, Any] | None:
    """Fill a register, then use it; None where it takes too long."""
    try:
        return {**run("fill", size, folder), **run("use", size, folder)}
    except subprocess.TimeoutExpired:
        return None


def run(task: str, size: Size, folder: Path) -> dict[str, Any]:
    command = [sys.executable, str(ROOT / "benchmarks/size_cell.py"), task, "--folder", str(folder)]
    command += ["--countries", str(size[0]), "--documents", str(size[1])]
    environment = {"PYTHONPATH": str(ROOT), "HOME": str(folder)}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=LIMIT, check=False
    )
    if done.returncode:
        sys.exit(f"{task} {size}: status {done.returncode}\n{done.stderr[-2000:]}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def check(size: Size, cell: dict[str, Any]) -> None:
    """A figure counts only where the work was done: refuse any other."""
    failed = [cell[f"{name}_failed"] for name in ("first", "unchanged", "changed")]
    changes = [cell[f"{name}_changes"] for name in ("first", "unchanged", "changed")]
    if any(failed) or changes != [0, 0, 1] or cell["documents"] != size[0] * size[1]:
        sys.exit(f"{size}: {changes} changes, {cell['documents']} documents, failures {failed}")


def report_of(cells: Cells, left_out: list[Size]) -> Report:
    notes = (
        "In process: pages come from memory, so these are the program's own steps, without network or bot.",
        "CPU of reading is one real page of HTML with so many documents, with all countries' names known.",
        "A sweep is decided and told as a whole; the figures are its CPU, the writes' are seconds as they pass.",
        "Start-up is opening the file and understanding every record; memory is the process at its most.",
    )
    late = tuple(
        f"{countries:,} profiles with {documents:,} documents took more than {LIMIT:.0f} s and were left out."
        for countries, documents in left_out
    )
    return Report(
        "size",
        (costs(cells), each(cells), ends(cells)),
        tuple(goals(cells)),
        (*notes, *late),
        list(cells.values()),
    )


def costs(cells: Cells) -> Table:
    """Give each size as it is."""
    columns = (
        "profiles",
        "documents each",
        "documents",
        "file MB",
        "start-up CPU s",
        "memory MiB",
        "first look CPU s",
        "unchanged CPU s",
        "one change CPU s",
        "write s",
    )
    rows = tuple(
        (
            *size,
            cell["documents"],
            cell["file"],
            cell["start_cpu"],
            cell["memory_peak"],
            cell["first_cpu"],
            cell["unchanged_cpu"],
            cell["changed_cpu"],
            cell["changed_write"],
        )
        for size, cell in cells.items()
    )
    return Table("All of it", columns, rows)


def each(cells: Cells) -> Table:
    """Give what one page and one document cost, which must not grow."""
    columns = (
        "profiles",
        "documents each",
        "reading a page ms",
        "reading, a document µs",
        "unchanged, a country µs",
        "unchanged, a document µs",
        "start-up, a document µs",
    )
    rows = tuple(
        (
            *size,
            cell["read_cpu"] * 1e3,
            cell["read_cpu"] / size[1] * 1e6,
            cell["unchanged_cpu"] / size[0] * 1e6,
            cell["unchanged_cpu"] / cell["documents"] * 1e6,
            cell["start_cpu"] / cell["documents"] * 1e6,
        )
        for size, cell in cells.items()
    )
    return Table("One of it", columns, rows)


def ends(cells: Cells) -> Table:
    """Say how many documents one file takes: from what a document more costs between the smallest and the largest."""
    small, large = (edge(cells.values(), key=lambda cell: cell["documents"]) for edge in (min, max))
    limits = (
        ("a write takes 1 s", "changed_write", SECOND),
        ("memory reaches 1 GiB", "memory_peak", MIB),
        ("start-up takes 10 s", "start_cpu", 10 * SECOND),
    )
    rows = tuple((name, int(reached(small, large, key, limit))) for name, key, limit in limits)
    return Table(
        "Where one file ends (TinyDB: all in memory, all written each time)", ("", "documents"), rows
    )


def reached(small: dict[str, Any], large: dict[str, Any], key: str, limit: float) -> float:
    slope = (large[key] - small[key]) / (large["documents"] - small["documents"])
    return round((limit - small[key]) / slope + small["documents"], -2) if slope > 0 else 0.0


def goals(cells: Cells) -> list[Goal]:
    """Compare what one costs at the largest size with what it costs at the smallest."""
    wide = [size for size in cells if size[1] == min(documents for _, documents in cells)]
    deep = [size for size in cells if size[0] == min(countries for countries, _ in cells)]

    def growth(sizes: list[Size], key: str, by: int) -> float:
        first, last = sizes[0], sizes[-1]
        return float((cells[last][key] / last[by]) / (cells[first][key] / first[by]))

    return [
        Goal("an unchanged country, among many", growth(wide, "unchanged_cpu", 0), LINEAR, "× among 192"),
        Goal("a first look at a country, among many", growth(wide, "first_cpu", 0), LINEAR, "× among 192"),
        Goal("reading a page, among many countries", growth(wide, "read_cpu", 1), LINEAR, "× among 192"),
        Goal("start-up a country, among many", growth(wide, "start_cpu", 0), LINEAR, "× among 192"),
        Goal("reading a document, among many", growth(deep, "read_cpu", 1), LINEAR, "× among 10"),
        Goal("an unchanged document, among many", growth(deep, "unchanged_cpu", 1), LINEAR, "× among 10"),
        Goal("start-up a document, among many", growth(deep, "start_cpu", 1), LINEAR, "× among 10"),
    ]


if __name__ == "__main__":
    main()
