"""How far the first look is from what its libraries cost alone, and from the fastest there are:   scripts/bench floor

The floor fetches the same pages over bare asyncio, takes their links out with selectolax and writes them with orjson.
It classifies, remembers and keeps nothing.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

from contenders import Figures, Floor, Monitor, Site, floors
from figures import Report, Table, finish, options

RUNS, PAGES = 3, 190


def main() -> None:
    """Measure and print."""
    parser = options(__doc__)
    parser.add_argument("--runs", type=int, help=f"the best of so many is kept ({RUNS}; quick: 1)")
    chosen = parser.parse_args()
    runs, pages = chosen.runs or (1 if chosen.quick else RUNS), 40 if chosen.quick else PAGES
    contenders = (Monitor(), *floors())
    found: dict[str, Figures] = {}
    with TemporaryDirectory() as folder, closing(Site("--pages", str(pages))) as site:
        for run in range(runs):
            for one in contenders:
                figures = looked(one, Path(folder) / str(run) / one.name, site, pages)
                found[one.name] = found[one.name].best(figures) if one.name in found else figures
    finish(report_of(found, runs, pages), chosen.json)


def looked(one: Monitor | Floor, folder: Path, site: Site, pages: int) -> Figures:
    figures = one.look(folder, site)
    asked = site.report()
    if figures.status or asked["statuses"].get("200") != pages:
        raise SystemExit(
            f"{one.name}: exit {figures.status}, the server saw {asked}\n{figures.errors[-2000:]}"
        )
    return figures


def report_of(found: dict[str, Figures], runs: int, pages: int) -> Report:
    ours = found[Monitor().name]
    rows = tuple(
        (name, one.wall, one.cpu, one.peak_mib, ours.wall / one.wall, ours.cpu / one.cpu)
        for name, one in found.items()
    )
    columns = ("", "wall s", "CPU s", "peak MiB", "ours / it, wall", "ours / it, CPU")
    notes = (
        f"First look at {pages} pages of 26 kB on loopback, unpaced, start-up included; the best of {runs} runs.",
    )
    figures = {name: {**asdict(one), "output": "", "errors": ""} for name, one in found.items()}
    return Report("floor", (Table("First look", columns, rows),), notes=notes, figures=figures)


if __name__ == "__main__":
    main()
