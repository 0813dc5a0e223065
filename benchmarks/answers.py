"""How long people wait for answers while all countries are looked at:   python benchmarks/answers.py

The real service in a process of its own, the simulated site in another, Telegram's stand-in on loopback. Somebody asks
one thing after the other, from the first page of the first sweep to the last write of it, then once more in peace.
A first look is the worst there is: every page is parsed. Long polling, Telegram's own times and the network are not in it.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory

from contenders import ROOT, Site

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
    """Measure and print; status 1 where the goal is missed."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=190)
    options.add_argument(
        "--spacing", type=float, default=0.05, help="seconds between two pages; really 1.0 (0.05)"
    )
    options.add_argument(
        "--pause",
        type=float,
        default=0.1,
        help="seconds between an answer and the next ask, at least 0.06 (0.1)",
    )
    options.add_argument("--json", type=Path, metavar="FILE", help="write the figures there, too")
    chosen = options.parse_args()
    with (
        TemporaryDirectory() as folder,
        closing(Site("--pages", str(chosen.pages))) as site,
        BotApi(chats=(), keeps=200) as telegram,
        running(Path(folder), site, telegram, chosen.spacing) as log,
    ):
        found = phases(telegram, log, chosen.pause)
    show(found, chosen.pages, chosen.spacing)
    if chosen.json:
        chosen.json.write_text(
            json.dumps({name: asdict(times) for name, times in found.items()}, indent=2) + "\n"
        )
    during = found["during the sweep"]
    sys.exit(int(during.median > MEDIAN or during.worst > WORST))


def phases(telegram: BotApi, log: Path, pause: float) -> dict[str, Times]:
    """Ask while the sweep runs and until what follows from it is written; then for as many answers in peace."""
    ann = telegram.person("Ann")
    ann.starts()
    ann.waits_for("", PATIENCE)
    during = list(asked(ann, pause, lambda _: not has_swept(log)))
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


def has_swept(log: Path) -> bool:
    return '"event": "sweep"' in log.read_text() or '"event":"sweep"' in log.read_text()


@contextmanager
def running(folder: Path, site: Site, telegram: BotApi, spacing: float) -> Iterator[Path]:
    """Run the service; gives the file it logs to."""
    log = folder / "log.json"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "MONITOR_SOURCE__PROFILE_URL": site.url,
        "MONITOR_SOURCE__ALLOWED_HOSTS": '["127.0.0.1"]',
        "MONITOR_SOURCE__ALLOW_HTTP": "true",
        "MONITOR_SOURCE__SPACING": str(spacing),
        "MONITOR_STORE__PATH": str(folder / "monitor.json"),
        "MONITOR_WEB__LISTEN": "",
        "MONITOR_SIGNALS__LISTEN": "",
        "MONITOR_PLEDGE__CHECK_DAYS": "0",
        "MONITOR_LOG__FORMAT": "json",
        "MONITOR_TELEGRAM__TOKEN": telegram.token,
        "MONITOR_TELEGRAM__API_URL": telegram.url,
        "MONITOR_TELEGRAM__CHATS": "[4711]",
        "MONITOR_TELEGRAM__OPERATORS": "[]",
        "MONITOR_TELEGRAM__COMMANDS_PER_MINUTE": "1000",
    }
    with log.open("wb") as complaints:
        service = subprocess.Popen(
            [sys.executable, "-m", "monitor", "run"], env=environment, cwd=folder, stderr=complaints
        )
        try:
            yield log
        finally:
            service.send_signal(signal.SIGTERM)
            service.wait(10)
            sys.stderr.write(
                "".join(line for line in log.read_text().splitlines(keepends=True) if '"bug"' in line)
            )


def show(found: dict[str, Times], pages: int, spacing: float) -> None:
    """Print the figures and how they stand to the goal."""
    print(f"{pages} pages, {spacing} s apart, all parsed\n")
    print(f"{'answers':<20} {'number':>7} {'median ms':>10} {'95 % ms':>9} {'worst ms':>9}  slowest")
    for name, one in found.items():
        print(
            f"{name:<20} {one.answers:>7} {one.median * 1000:>10.0f} {one.percentile_95 * 1000:>9.0f}"
            f" {one.worst * 1000:>9.0f}  {one.worst_ask}"
        )
    during = found["during the sweep"]
    is_reached = during.median <= MEDIAN and during.worst <= WORST
    print(
        f"\ngoal: median {MEDIAN * 1000:.0f} ms, worst {WORST * 1000:.0f} ms: {'reached' if is_reached else 'SHORT'}"
    )


if __name__ == "__main__":
    main()
