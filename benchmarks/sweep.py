"""One look at 190 pages of 26 kB beside urlwatch and webchanges:   scripts/bench sweep [--runs N] [--pages N]

First look, nothing changed by hash, nothing changed by 304; each contender in turn in one run on one machine.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from contenders import Contender, Figures, Monitor, Site, Urlwatch, Webchanges
from figures import Goal, Report, Table, finish, options

FIRST, HASH, NOT_MODIFIED, HELP = "first look", "unchanged, by hash", "unchanged, by 304", "--help"
OUTCOMES = {FIRST: "read", HASH: "unchanged", NOT_MODIFIED: "unchanged"}
STATUSES = {FIRST: "200", HASH: "200", NOT_MODIFIED: "304"}
RUNS, PAGES = 3, 190
SHIPPED = Monitor("uncac-monitor as shipped, only unpaced", concurrency=4)

Key = tuple[str, str]
Results = dict[Key, Figures]


def main() -> None:
    """Measure and print; a figure of work that was not done ends it with status 1."""
    parser = options(__doc__)
    parser.add_argument("--runs", type=int, help=f"the best of so many is kept ({RUNS}; quick: 1)")
    parser.add_argument("--pages", type=int, help=f"({PAGES}; quick: 40)")
    chosen = parser.parse_args()
    runs = chosen.runs or (1 if chosen.quick else RUNS)
    pages = chosen.pages or (40 if chosen.quick else PAGES)
    contenders: tuple[Contender, ...] = (Monitor(), Urlwatch.installed(), Webchanges.installed())
    results: Results = {}
    with TemporaryDirectory() as folder:
        for run in range(runs):
            for key, figures in run_once(contenders, Path(folder) / str(run), pages):
                results[key] = results[key].best(figures) if key in results else figures
        opened = open_at_once((*contenders, SHIPPED), Path(folder) / "slow")
    finish(report_of(results, opened, [one.name for one in contenders], runs, pages), chosen.json)


def open_at_once(contenders: tuple[Contender, ...], folder: Path) -> dict[str, int]:
    """Count what is asked at the same moment, where an answer takes its time."""
    opened = {}
    for contender in contenders:
        with closing(Site("--pages", "24", "--latency", "0.2")) as site:
            contender.prepare(own := folder / contender.name, site)
            contender.look(own, site)
            opened[contender.name] = int(site.report()["open_peak"])
    return opened


def run_once(contenders: tuple[Contender, ...], folder: Path, pages: int) -> Iterator[tuple[Key, Figures]]:
    """Each phase for each contender in turn, so that a busy minute meets all."""
    for offered, phases in (((), (FIRST, HASH)), (("--validators",), ("", NOT_MODIFIED))):
        with closing(Site("--pages", str(pages), *offered)) as site:
            for contender in contenders:
                contender.prepare(folder / "-".join((contender.name, *offered)), site)
            for phase in phases:
                for contender in contenders:
                    figures = contender.look(folder / "-".join((contender.name, *offered)), site)
                    asked = site.report()
                    if phase:
                        check(contender, phase, figures, asked, pages)
                        yield (contender.name, phase), figures
    for contender in contenders:
        yield (contender.name, HELP), contender.help(folder)


def check(contender: Contender, phase: str, figures: Figures, asked: dict[str, Any], pages: int) -> None:
    """A figure counts only where the work was done: refuse any other."""
    if figures.status or asked["statuses"].get(STATUSES[phase]) != pages:
        sys.exit(
            f"{contender.name}, {phase}: exit {figures.status}, the server saw {asked}\n{figures.errors[-2000:]}"
        )
    if isinstance(contender, Monitor):
        outcomes = [visit["outcome"] for visit in json.loads(figures.output)]
        if outcomes != [OUTCOMES[phase]] * pages:
            counted = {one: outcomes.count(one) for one in outcomes}
            sys.exit(f"{phase}: not every page was {OUTCOMES[phase]}: {counted}")


def report_of(results: Results, opened: dict[str, int], names: list[str], runs: int, pages: int) -> Report:
    ours, urlwatch, _ = names
    columns = ("", "wall s", "CPU s", "peak MiB", f"wall / {urlwatch}")
    tables = tuple(
        Table(
            phase,
            columns,
            tuple(
                (
                    name,
                    (one := results[name, phase]).wall,
                    one.cpu,
                    one.peak_mib,
                    one.wall / results[urlwatch, phase].wall,
                )
                for name in names
            ),
        )
        for phase in (FIRST, HASH, NOT_MODIFIED, HELP)
    )
    asked = Table("Requests open at once, pages 0.2 s slow", ("", "at most"), tuple(opened.items()))
    notes = (
        f"{pages} pages on loopback, unpaced; the best of {runs} runs, figure by figure: noise only ever adds.",
        "A program starts, looks once and ends: its imports are in every figure.",
        "Ours also asks robots.txt, classifies every document, keeps every page and syncs its store to the disk.",
    )
    figures = [{"who": who, "phase": phase, **asdict(one)} for (who, phase), one in results.items()]
    for each in figures:
        del each["output"], each["errors"]
    return Report("sweep", (*tables, asked), tuple(goals(results, opened, ours, urlwatch)), notes, figures)


def goals(results: Results, opened: dict[str, int], ours: str, theirs: str) -> Iterator[Goal]:
    """Compare ours with theirs where a ratio was named, with a number where a number was."""
    for phase, at_most in ((FIRST, 2.0), (HASH, 1.0), (NOT_MODIFIED, 0.9)):
        ratio = results[ours, phase].wall / results[theirs, phase].wall
        yield Goal(f"{phase}, wall", ratio, at_most, f"× {theirs}")
    yield Goal("first look, CPU", results[ours, FIRST].cpu, 1.5, "s")
    yield Goal("peak memory of a look", max(results[ours, phase].peak_mib for phase in STATUSES), 90, "MiB")
    yield Goal("--help", results[ours, HELP].wall, 0.3, "s")
    yield Goal("requests open at once, as shipped", opened[SHIPPED.name], 4)


if __name__ == "__main__":
    main()
