"""192 pages that are as slow as the real ones, one start a second:   scripts/bench polite

The real service as shipped. The signatories' look falls due every minute meanwhile, and must not delay the sweep. At the
same time a second, smaller service shows what a sweep waits that falls due while signatories are looked at. Takes about
four minutes; quick: one.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import Any

from contenders import Site
from figures import Goal, Report, Table, finish, options
from service import Service, config_of, running, seconds_until

LATENCY, SPACING, OPEN_AT_MOST = 2.9, 1.0, 4
PAGES, FEW = 192, 24
QUIET = {"SOURCE__SPACING": SPACING, "SCHEDULE__JITTER_SECONDS": 0}
AGAIN, BEFORE = 170.0, 160.0
"""Seconds after the start at which the small service's second sweep, and its signatories' look, fall due."""
QUICK_AGAIN, QUICK_BEFORE = 45.0, 41.0


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__).parse_args()
    pages = FEW if chosen.quick else PAGES
    due = (QUICK_AGAIN, QUICK_BEFORE) if chosen.quick else (AGAIN, BEFORE)
    late: list[float] = []
    with TemporaryDirectory() as folder:
        beside = Thread(target=lambda: late.append(delay(Path(folder) / "few", *due)))
        beside.start()
        asked = one_sweep(Path(folder) / "all", pages, 0.15 if chosen.quick else 1.0)
        beside.join()
    finish(report_of(asked, pages, late[0]), chosen.json)


def one_sweep(folder: Path, pages: int, signatories_minutes: float) -> dict[str, Any]:
    """Let the service look at all countries once; gives what the site saw, with the service's own seconds."""
    configuration = config_of(folder, pages)
    with (
        closing(Site("--pages", str(pages), "--latency", str(LATENCY))) as site,
        running(
            folder,
            site.url,
            CONFIG=configuration,
            SCHEDULE__SIGNATORIES_MINUTES=signatories_minutes,
            **QUIET,
        ) as service,
    ):
        ready = seconds_until(service, service.wait("ready"))
        swept = seconds_until(service, service.wait("sweep", within=pages * SPACING * 1.5 + 60))
        return {**site.report(), "seconds": swept - ready}


def delay(folder: Path, again: float, before: float) -> float:
    """Say how much later a sweep ends that falls due while the signatories are looked at."""
    configuration = config_of(folder, FEW)
    minutes = {"SCHEDULE__ALL_MINUTES": again / 60, "SCHEDULE__SIGNATORIES_MINUTES": before / 60}
    with (
        closing(Site("--pages", str(FEW), "--latency", str(LATENCY))) as site,
        running(folder, site.url, CONFIG=configuration, **minutes, **QUIET) as service,
    ):
        first, second = whole_sweeps(service)
        return second - first - again


def whole_sweeps(service: Service) -> tuple[float, float]:
    """Wait until two sweeps of all countries are over; gives when each was."""
    number = 0
    found: list[float] = []
    while len(found) < 2:
        number += 1
        event = service.wait("sweep", number, within=AGAIN + 120)
        if event["countries"] == FEW:
            found.append(seconds_until(service, event))
    return found[0], found[1]


def report_of(asked: dict[str, Any], pages: int, late: float) -> Report:
    limit = pages * SPACING + LATENCY  # robots.txt is the first start
    columns = ("", "seconds", "limit s", "seconds / limit", "requests", "open at most", "smallest gap s")
    ratio = asked["seconds"] / limit
    row = (
        f"{pages} pages, {LATENCY} s each",
        asked["seconds"],
        limit,
        ratio,
        asked["requests"],
        asked["open_peak"],
        asked["smallest_gap"],
    )
    delays = Table(
        f"A sweep of {FEW} that falls due right after the look at 13 signatories",
        ("", "seconds"),
        (("ends later than it would", late),),
    )
    goals = (
        Goal("seconds of the sweep", ratio, 1.05, "× the limit"),
        Goal("requests open at once", asked["open_peak"], OPEN_AT_MOST),
        Goal("later for the signatories' look", late, 1.0, "s"),
    )
    notes = (
        "The service as shipped: four requests at once, robots.txt obeyed.",
        "The limit is one start a second for every page and robots.txt, and the last page's latency.",
        "The signatories' look fell due every minute while the sweep ran.",
    )
    return Report("polite", (Table("The polite sweep", columns, (row,)), delays), goals, notes, asked)


if __name__ == "__main__":
    main()
