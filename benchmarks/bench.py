"""Run the benchmarks one after the other, or write what they found into docs/performance.md:   scripts/bench --help

Each is a program of its own in this folder and takes --help, too. All of them take about a quarter of an hour.
"""

from __future__ import annotations

import argparse
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from contenders import ROOT
from figures import Report, shown
from page import DOCS, RESULTS, write

LIMIT = 600.0
"""Seconds after which one is given up."""
ENDING = 30.0
"""Seconds that it then has to end what it started."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """One of the programs, and what it needs."""

    name: str
    about: str
    arguments: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    is_patient: bool = False
    """Waits nearly all the time: runs beside another one that does."""

    @property
    def missing(self) -> list[str]:
        return [tool for tool in self.tools if not shutil.which(tool)]

    def start(self, *, is_quick: bool, folder: Path | None) -> subprocess.Popen[bytes]:
        words = [
            *self.arguments,
            *(["--quick"] if is_quick else []),
            *(["--json", str(folder)] if folder else []),
        ]
        return subprocess.Popen([sys.executable, ROOT / f"benchmarks/{self.name}.py", *words])


ALL = (
    Benchmark("sweep", "one look beside urlwatch and webchanges"),
    Benchmark("floor", "one look beside the fastest libraries alone"),
    Benchmark("size", "cost against the number of countries and documents"),
    Benchmark("life", "start, --help, stop, memory over a thousand sweeps"),
    Benchmark("lag", "how long the event loop is held"),
    Benchmark("latency", "from the page to the Telegram message"),
    Benchmark("answers", "how long chats wait for answers while a sweep runs"),
    Benchmark("web", "readers of the board, beside nginx", tools=("nginx", "wrk")),
    Benchmark("polite", "192 slow pages, one start a second", is_patient=True),
    Benchmark("fanout", "one message to each of many chats", ("--chats", "2000"), is_patient=True),
)


def main() -> None:
    """Do what was asked; status 1 where something could not be measured or explained, 2 where a name is wrong."""
    chosen = asked()
    folder = chosen.json.resolve() if chosen.json else None
    if chosen.write_docs:
        sys.exit(write(folder or RESULTS, DOCS))
    named = [one for one in ALL if one.name in chosen.names or not chosen.names]
    failed = [one.name for one in named if one.missing]
    for one in named:
        if one.missing:
            print(
                f"{one.name} is left out: {', '.join(one.missing)} is not here (Debian: nginx-light, wrk)\n"
            )
    ready = [one for one in named if not one.missing]
    for group in [*([one] for one in ready if not one.is_patient), [one for one in ready if one.is_patient]]:
        failed += run(group, is_quick=chosen.quick, folder=folder)
    if folder:
        summary(folder, named)
    sys.exit(f"Not measured: {', '.join(failed)}" if failed else 0)


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    width = max(len(one.name) for one in ALL)
    parser.epilog = "benchmarks:\n" + "\n".join(f"  {one.name:<{width}}  {one.about}" for one in ALL)
    parser.add_argument("names", nargs="*", metavar="NAME", help="which ones (all)")
    parser.add_argument("--quick", action="store_true", help="small and rough: only whether they work")
    parser.add_argument("--json", type=Path, metavar="FOLDER", help="write the figures there, too")
    parser.add_argument(
        "--write-docs", action="store_true", help=f"run nothing; put figures into {DOCS.relative_to(ROOT)}"
    )
    chosen = parser.parse_args()
    if strangers := set(chosen.names) - {one.name for one in ALL}:
        parser.error(f"no benchmark is called {', '.join(sorted(strangers))}")
    return chosen


def run(group: list[Benchmark], *, is_quick: bool, folder: Path | None) -> list[str]:
    """Run some at the same time; give the names of those that failed."""
    began = time.monotonic()
    running = {one.name: one.start(is_quick=is_quick, folder=folder) for one in group}
    failed = []
    for name, process in running.items():
        try:
            status = process.wait(max(LIMIT - (time.monotonic() - began), 1))
        except subprocess.TimeoutExpired:
            status = given_up(process)
        print(f"({name}: {time.monotonic() - began:.0f} s, status {status})\n", flush=True)
        failed += [name] if status else []
    return failed


def given_up(process: subprocess.Popen[bytes]) -> int:
    """End one that takes too long, so that it ends what it started."""
    process.send_signal(signal.SIGINT)
    try:
        return process.wait(ENDING)
    except subprocess.TimeoutExpired:
        process.kill()
        return process.wait()


def summary(folder: Path, named: list[Benchmark]) -> None:
    """Say which goals were missed."""
    reports = [Report.read(path) for one in named if (path := folder / f"{one.name}.json").exists()]
    missed = [(report.name, goal) for report in reports for goal in report.goals if not goal.is_reached]
    print(f"{sum(len(report.goals) for report in reports)} goals, {len(missed)} short" + ":" * bool(missed))
    for name, goal in missed:
        _, value, limit, unit, _ = goal.row
        print(f"  {name}: {goal.name} is {shown(value)}, must be {limit} {unit}")


if __name__ == "__main__":
    main()
