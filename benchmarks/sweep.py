"""One look at 190 pages of 26 kB, beside urlwatch, in one run on one machine:   python benchmarks/sweep.py

Figures of different runs or machines are not comparable; the ratios nearly are.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from contenders import Contender, Figures, Floor, Monitor, Site, Urlwatch

FIRST, HASH, NOT_MODIFIED, HELP = "first look", "unchanged, by hash", "unchanged, by 304", "--help"
OUTCOMES = {FIRST: "read", HASH: "unchanged", NOT_MODIFIED: "unchanged"}
STATUSES = {FIRST: "200", HASH: "200", NOT_MODIFIED: "304"}
LATENCY, SPACING, POLITE_PAGES, OPEN_AT_MOST = 2.9, 1.0, 24, 4

Results = dict[tuple[str, str], Figures]


@dataclass(frozen=True, slots=True)
class Goal:
    """One figure that anchors the project, and how far we may be from it."""

    name: str
    value: float
    at_most: float

    def __str__(self) -> str:
        verdict = "reached" if self.value <= self.at_most else f"SHORT by {self.value / self.at_most - 1:.0%}"
        return f"{self.name:<52} {self.value:8.2f} {self.at_most:8.2f}  {verdict}"


def main() -> None:
    """Measure and print; a figure of work that was not done ends it with status 1."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=3, help="the best of so many is kept (3)")
    options.add_argument("--pages", type=int, default=190)
    options.add_argument("--skip-polite", action="store_true", help="leave out the 30 s of polite pace")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    chosen = options.parse_args()
    results: Results = {}
    contenders: tuple[Contender, ...] = (Monitor(), Urlwatch.installed())
    with TemporaryDirectory() as folder:
        for run in range(chosen.runs):
            for key, figures in run_once(contenders, Path(folder) / str(run), chosen.pages):
                results[key] = results[key].best(figures) if key in results else figures
        polite = {} if chosen.skip_polite else polite_pace(Path(folder) / "polite")
    ours, theirs = (contender.name for contender in contenders)
    met = [*goals(results, ours, theirs), *polite_goals(polite)]
    show(results, met, polite)
    if chosen.json:
        chosen.json.write_text(json.dumps(as_json(results, met, polite), indent=2) + "\n")


def run_once(
    contenders: tuple[Contender, ...], folder: Path, pages: int
) -> Iterator[tuple[tuple[str, str], Figures]]:
    """Each phase for each contender in turn, so that a busy minute meets all."""
    for options, phases in (((), (FIRST, HASH)), (("--validators",), ("", NOT_MODIFIED))):
        with closing(Site("--pages", str(pages), *options)) as site:
            if not options:
                yield (Floor().name, FIRST), Floor().look(folder / "floor", site)
                site.report()
            for contender in contenders:
                contender.prepare(own := folder / "-".join((contender.name, *options)), site)
                for phase in phases:
                    figures = contender.look(own, site)
                    if phase:
                        check(contender, phase, figures, site.report(), pages)
                        yield (contender.name, phase), figures
                    else:
                        site.report()
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
            sys.exit(
                f"{phase}: not every page was {OUTCOMES[phase]}: { {one: outcomes.count(one) for one in outcomes} }"
            )


def polite_pace(folder: Path) -> dict[str, Any]:
    """Look at few pages that are as slow as the real ones, one start a second."""
    monitor = Monitor(spacing=SPACING, concurrency=OPEN_AT_MOST)
    with closing(Site("--pages", str(POLITE_PAGES), "--latency", str(LATENCY))) as site:
        figures = monitor.look(folder, site)
        asked = site.report()
    limit = (asked["requests"] - 1) * SPACING + LATENCY
    return {"wall": figures.wall, "limit": limit, "ratio": figures.wall / limit, **asked}


def goals(results: Results, ours: str, theirs: str) -> Iterator[Goal]:
    """Compare ours with theirs where a ratio was named, with a number where a number was."""
    for phase, at_most in ((FIRST, 2.0), (HASH, 1.0), (NOT_MODIFIED, 0.9)):
        ratio = results[ours, phase].wall / results[theirs, phase].wall
        yield Goal(f"{phase}, wall, times {theirs}", ratio, at_most)
    yield Goal("first look, CPU seconds", results[ours, FIRST].cpu, 1.5)
    yield Goal("peak memory of a sweep, MiB", max(results[ours, phase].peak_mib for phase in STATUSES), 90)
    yield Goal("--help, seconds", results[ours, HELP].wall, 0.3)


def polite_goals(polite: dict[str, Any]) -> Iterator[Goal]:
    """Judge the polite pace, where it was measured."""
    if polite:
        yield Goal(f"{POLITE_PAGES} pages at {LATENCY} s, times the limit", polite["ratio"], 1.05)
        yield Goal("requests open at once", polite["open_peak"], OPEN_AT_MOST)


def show(results: Results, met: list[Goal], polite: dict[str, Any]) -> None:
    """Print the figures, then the goals."""
    print(f"{'':<20} {'phase':<22} {'wall s':>8} {'CPU s':>8} {'peak MiB':>9}")
    for (name, phase), figures in sorted(results.items(), key=lambda item: item[0][1]):
        print(f"{name:<20} {phase:<22} {figures.wall:8.2f} {figures.cpu:8.2f} {figures.peak_mib:9.0f}")
    ours, floor = results[Monitor().name, FIRST], results[Floor().name, FIRST]
    print(
        f"\nfirst look, CPU: {ours.cpu / floor.cpu:.2f} times what fetching and building the trees cost alone"
    )
    if polite:
        print(
            f"polite pace: {polite['wall']:.1f} s, the limit is {polite['limit']:.1f} s;"
            f" smallest pause between two starts {polite['smallest_gap']} s"
        )
    print(f"\n{'goal':<52} {'is':>8} {'at most':>8}")
    for goal in met:
        print(goal)


def as_json(results: Results, met: list[Goal], polite: dict[str, Any]) -> dict[str, Any]:
    """Give all figures stable names."""
    return {
        "figures": [
            {"who": name, "phase": phase, "wall": one.wall, "cpu": one.cpu, "peak_mib": one.peak_mib}
            for (name, phase), one in results.items()
        ],
        "goals": [asdict(goal) for goal in met],
        "polite": polite,
    }


if __name__ == "__main__":
    main()
