"""How long people wait for answers while all countries are looked at:   scripts/bench answers

The real service in a process of its own, the simulated site in another, Telegram's stand-in on loopback. Somebody asks
one thing after the other, from the first page of the first sweep to the last write of it, then once more in peace.
A first look is the worst there is: every page is parsed. Long polling, Telegram's own times and the network are not in it.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from contenders import ROOT, Site
from figures import Goal, Report, Table, finish, options
from service import Service, config_of, running

sys.path.insert(0, str(ROOT))
from tests.botapi import BotApi, Person

MEDIAN, WORST = 0.2, 1.0
"""Seconds an answer may take on loopback while a sweep runs."""
ASKS = ("/status", "/status Mexico", "/countries", "page", "/missing", "/recent", "/subscriptions")
PATIENCE = 60.0


@dataclass(frozen=True, slots=True)
class Times:
    """How long the answers of one phase took, in seconds."""

    answers: int
    median: float
    percentile_95: float
    worst: float
    worst_ask: str

    @classmethod
    def of(cls, took: list[tuple[float, str]]) -> Times:
        seconds = sorted(each for each, _ in took)
        high = seconds[min(len(seconds) - 1, int(len(seconds) * 0.95))]
        return cls(len(took), statistics.median(seconds), high, *max(took))


def main() -> None:
    """Measure and print."""
    parser = options(__doc__)
    parser.add_argument("--pages", type=int, help="(190; quick: 40)")
    parser.add_argument(
        "--spacing", type=float, default=0.05, help="seconds between two pages; really 1.0 (0.05)"
    )
    parser.add_argument(
        "--pause",
        type=float,
        default=0.1,
        help="seconds between an answer and the next ask, at least 0.06 (0.1)",
    )
    chosen = parser.parse_args()
    pages = chosen.pages or (40 if chosen.quick else 190)
    with (
        TemporaryDirectory() as folder,
        closing(Site("--pages", str(pages))) as site,
        BotApi(chats=(), keeps=200) as telegram,
        running(Path(folder), site.url, **settings(Path(folder), telegram, chosen.spacing, pages)) as service,
    ):
        found = phases(telegram, service, chosen.pause)
    finish(report_of(found, pages, chosen.spacing), chosen.json)


def settings(folder: Path, telegram: BotApi, spacing: float, pages: int) -> dict[str, object]:
    return {
        "CONFIG": config_of(folder, pages),
        "SOURCE__SPACING": spacing,
        "TELEGRAM__TOKEN": telegram.token,
        "TELEGRAM__API_URL": telegram.url,
        "TELEGRAM__CHATS": "[4711]",
        "TELEGRAM__COMMANDS_PER_MINUTE": 1000,
    }


def phases(telegram: BotApi, service: Service, pause: float) -> dict[str, Times]:
    """Ask while the sweep runs and until what follows from it is written; then for as many answers in peace."""
    ann = telegram.person("Ann")
    ann.starts()
    ann.waits_for("", PATIENCE)
    during = list(asked(ann, pause, lambda _: not service.count("sweep")))
    after = list(asked(ann, pause, lambda number: number < max(50, len(during) // 4)))
    return {"during the sweep": Times.of(during), "afterwards": Times.of(after)}


def asked(ann: Person, pause: float, goes_on: Callable[[int], bool]) -> Iterator[tuple[float, str]]:
    """Ask one thing after the other; give how long each answer took."""
    for number, ask in enumerate(cycle(ASKS)):
        if not goes_on(number):
            return
        mark, began = ann.mark(), time.perf_counter()
        if ask == "page":
            ann.presses("▶")
        else:
            ann.says(ask)
        ann.waits_for("", PATIENCE, since=mark)
        yield time.perf_counter() - began, ask
        time.sleep(pause)


def report_of(found: dict[str, Times], pages: int, spacing: float) -> Report:
    rows = tuple(
        (name, one.answers, one.median * 1000, one.percentile_95 * 1000, one.worst * 1000, one.worst_ask)
        for name, one in found.items()
    )
    columns = ("", "answers", "median ms", "95 % ms", "worst ms", "slowest")
    during = found["during the sweep"]
    goals = (
        Goal("during the sweep, median", during.median * 1000, MEDIAN * 1000, "ms"),
        Goal("during the sweep, worst", during.worst * 1000, WORST * 1000, "ms"),
    )
    notes = (f"A first look at {pages} pages, {spacing} s apart, all parsed; one asks after the other.",)
    return Report("answers", (Table("Answers in chats", columns, rows),), goals, notes, rows)


if __name__ == "__main__":
    main()
