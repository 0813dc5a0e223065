"""A service's life: start to ready, --help, stop, and memory over a thousand sweeps:   scripts/bench life

With the bot (Telegram's stand-in on loopback), the board and the signals. The thousand sweeps are of 20 pages, one after
the other: half of them answer 304, half are compared by hash, and each has other bytes after a hundred looks. Takes about
three minutes.
"""

from __future__ import annotations

import socket
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from contenders import ROOT, Monitor, Site
from figures import Goal, Report, Table, finish, options
from service import Service, config_of, running, seconds_until

sys.path.insert(0, str(ROOT))
from tests.botapi import BotApi

PAGES, RESTLESS = 20, 100
SWEEPS, QUICK_SWEEPS, EARLY = 1_000, 150, 100
LIMIT = 300.0
"""Seconds after which the sweeps are ended, however many there were."""
TRIES = 5
NEVER = 100_000
OPERATOR = 777


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__).parse_args()
    tries, sweeps = (2, QUICK_SWEEPS) if chosen.quick else (TRIES, SWEEPS)
    with TemporaryDirectory() as name, BotApi(chats=(OPERATOR,), keeps=200) as telegram:
        folder = Path(name)
        starts, first_look = starting(folder, telegram, tries)
        stops = stopping(folder, telegram)
        memory = {"first look": first_look, **over_time(folder, telegram, sweeps)}
    finish(report_of(starts, stops, memory), chosen.json)


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def whole(telegram: BotApi) -> dict[str, object]:
    """Give the settings of a service with everything: bot, board, signals."""
    return {
        "TELEGRAM__TOKEN": telegram.token,
        "TELEGRAM__API_URL": telegram.url,
        "TELEGRAM__OPERATORS": f"[{OPERATOR}]",
        "WEB__LISTEN": f"127.0.0.1:{free_port()}",
        "SIGNALS__LISTEN": f"127.0.0.1:{free_port()}",
        "SCHEDULE__JITTER_SECONDS": 0,
    }


def starting(folder: Path, telegram: BotApi, tries: int) -> tuple[dict[str, float], float]:
    """Start it new, and with a register that knows 192 countries; gives also what a first look at 192 pages needs in MiB."""
    with closing(Site("--pages", "192")) as site:
        new = [ready(folder / f"new{each}", site, telegram) for each in range(tries)]
        with running(folder / "known", site.url, **whole(telegram)) as service:
            service.wait("sweep")
            time.sleep(2.0)  # what follows is written and the board shows it
            most = service.memory("VmHWM")
        known = [ready(folder / "known", site, telegram) for _ in range(tries)]
    helped = min(Monitor().help(folder / "help").wall for _ in range(tries))
    starts = {"new, to ready": min(new), "192 countries known, to ready": min(known), "--help": helped}
    return starts, most


def ready(folder: Path, site: Site, telegram: BotApi) -> float:
    with running(folder, site.url, **whole(telegram)) as service:
        return seconds_until(service, service.wait("ready"))


@dataclass(frozen=True, slots=True)
class Moment:
    """When a service is stopped."""

    name: str
    event: str
    count: int = 1
    pause: float = 0.0
    """Seconds after the event."""
    pages: tuple[str, ...] = ()
    settings: tuple[tuple[str, object], ...] = ()


MOMENTS = (
    Moment("idle", "sweep", pause=1.0),
    Moment("in a sweep, four slow pages open", "ready", pause=2.5, pages=("--latency", "2.9")),
    Moment("in a sweep, parsing", "ready", pause=0.3),
    Moment(
        "while sweeps are written",
        "sweep",
        count=2,
        pages=("--half-validators", "--every", "2"),
        settings=(("SCHEDULE__ALL_MINUTES", 0.001),),
    ),
)


def stopping(folder: Path, telegram: BotApi) -> dict[str, float]:
    """Stop it while it waits, while pages are under way, and while pages are parsed as fast as they come."""
    return {one.name: stopped(one, folder / f"stop{at}", telegram) for at, one in enumerate(MOMENTS)}


def stopped(one: Moment, folder: Path, telegram: BotApi) -> float:
    settings = {**whole(telegram), **dict(one.settings)}
    with (
        closing(Site("--pages", "192", *one.pages)) as site,
        started(folder, site.url, **settings) as service,
    ):
        service.wait(one.event, one.count)
        time.sleep(one.pause)
        return service.stop()


@contextmanager
def started(folder: Path, url: str, **settings: object) -> Iterator[Service]:
    """Start it; whoever asked for it stops it."""
    service = Service(folder, url, **settings)  # type: ignore[arg-type] # a program is no setting
    try:
        yield service
    finally:
        service.end()


def over_time(folder: Path, telegram: BotApi, sweeps: int) -> dict[str, float]:
    """Let it sweep again and again; gives its memory early and late."""
    few = config_of(folder / "few", PAGES)
    settings = {**whole(telegram), "CONFIG": few, "SCHEDULE__ALL_MINUTES": 0.001}
    settings["SCHEDULE__SIGNATORIES_MINUTES"] = NEVER
    offered = ("--pages", str(PAGES), "--half-validators", "--every", str(RESTLESS))
    seen: list[tuple[int, float]] = []
    began = time.monotonic()
    with closing(Site(*offered)) as site, running(folder / "few", site.url, **settings) as service:
        ann = telegram.person("Ann")
        ann.says("/subscribe")
        while (done := service.count("sweep")) < sweeps and time.monotonic() - began < LIMIT:
            seen.append((done, service.memory()))
            if len(seen) % 20 == 0:
                ann.says("/status Albania")
            time.sleep(0.25)
        took = time.monotonic() - began
        most, answers = service.memory("VmHWM"), len(ann.reads())
    late = max(number for number, _ in seen)
    around = {at: [mib for number, mib in seen if abs(number - at) <= EARLY / 5] for at in (EARLY, late)}
    early_mib, late_mib = statistics.median(around[EARLY]), statistics.median(around[late])
    return {
        "sweeps": late,
        "early": early_mib,
        "late": late_mib,
        "most": most,
        "seconds": took,
        "answers": answers,
    }


def report_of(starts: dict[str, float], stops: dict[str, float], memory: dict[str, float]) -> Report:
    growth = memory["late"] / memory["early"] - 1
    late = f"after sweep {memory['sweeps']:,}"
    columns = ("", f"after sweep {EARLY} MiB", f"{late} MiB", "growth %", "most MiB", "seconds")
    row = (
        f"{PAGES} pages, again and again",
        memory["early"],
        memory["late"],
        growth * 100,
        memory["most"],
        memory["seconds"],
    )
    first = ("192 pages, a first look", None, None, None, memory["first look"], None)
    tables = (
        Table("Start", ("", "seconds"), tuple(starts.items())),
        Table("Stop (SIGTERM until it is gone)", ("", "seconds"), tuple(stops.items())),
        Table("Memory with the bot, the board and the signals", columns, (row, first)),
    )
    slowest = max(seconds for name, seconds in starts.items() if name != "--help")
    goals = (
        Goal("start to ready, the slower", slowest, 1.0, "s"),
        Goal("--help", starts["--help"], 0.3, "s"),
        Goal("stop, the slowest", max(stops.values()), 2.0, "s"),
        Goal("growth of memory, sweep after sweep", growth * 100, 2.0, "%"),
        Goal("memory at most", max(memory["most"], memory["first look"]), 90.0, "MiB"),
    )
    notes = (
        "Starts are the best of several; “ready” is the service's own line in its log.",
        f"{memory['sweeps']:,} sweeps of {PAGES} pages without a pause; the bot answered {memory['answers']} times.",
    )
    return Report("life", tables, goals, notes, {"starts": starts, "stops": stops, "memory": memory})


if __name__ == "__main__":
    main()
