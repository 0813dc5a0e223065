"""How late the event loop runs what is ready, while the service works:   scripts/bench lag

A look every 5 ms from inside the real service. A loop that is held for 200 ms makes one look late, but would have made
forty people wait: so every millisecond counts once, with what somebody who came then would have waited. Takes about two
minutes.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from contenders import ROOT, Site
from fanout import fill
from figures import Goal, Report, Table, finish, options
from life import free_port
from service import PATIENCE, Service

sys.path.insert(0, str(ROOT))
from tests.botapi import BotApi

GOAL = 0.050
"""Seconds within which 99 of 100 find the loop free."""
CONTROL = "idle"
CHATS = 10_000
TELLING = "many chats told, and written, sweeping"
Samples = list[tuple[float, float]]
Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Waits:
    """What people who come at any millisecond of a span wait, in seconds."""

    seconds: float
    median: float
    percentile_99: float
    worst: float

    @classmethod
    def of(cls, samples: Samples, span: Span) -> Waits:
        waits = sorted(waited(samples, span))
        if not waits:
            sys.exit(f"nobody looked at the loop in {span[1] - span[0]:.1f} s")
        high = waits[min(len(waits) - 1, int(len(waits) * 0.99))]
        return cls(span[1] - span[0], waits[len(waits) // 2], high, waits[-1])


def waited(samples: Samples, span: Span) -> Iterator[float]:
    """Give for every millisecond what somebody who came then would have waited until the next look."""
    inside = [(due, lag) for due, lag in samples if span[0] <= due + lag and due <= span[1]]
    for (due, lag), (next_due, _) in pairwise([*inside, (span[1], 0.0)]):
        before = max(span[0] - due, 0.0)  # who came then is not asked about
        yield from (lag - late / 1000 for late in range(int(before * 1000), int(lag * 1000) + 1))
        free = int((next_due - due - lag) * 1000)
        yield from (0.0 for _ in range(free))


class Watched:
    """The service with the watch in it, and what happened when."""

    def __init__(self, folder: Path, site: Site, telegram: BotApi, **settings: object) -> None:
        self._found = folder / "lag.json"
        self._port = free_port()
        everything = {
            "TELEGRAM__TOKEN": telegram.token,
            "TELEGRAM__API_URL": telegram.url,
            "WEB__LISTEN": f"127.0.0.1:{self._port}",
            "SCHEDULE__JITTER_SECONDS": 0,
            "TELEGRAM__COMMANDS_PER_MINUTE": 1000,
            **settings,
        }
        program = (str(ROOT / "benchmarks/watched.py"), str(self._found))
        self.service = Service(folder, site.url, program, **everything)
        self.spans: dict[str, Span] = {}

    def during(self, name: str, do: Callable[[], object]) -> None:
        began = time.monotonic()
        do()
        self.spans[name] = began, time.monotonic()

    def crawl(self) -> None:
        """Ask for pages and maps of the board in every language."""
        pages = ("", "countries.html", "map-1.png", "map-2.png")
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=PATIENCE)) as connection:
            for path in ("feed.atom", *(f"{code}/{page}" for code in ("en", "fr", "es") for page in pages)):
                connection.request("GET", f"/{path}")
                answer = connection.getresponse()
                answer.read()
                if answer.status != 200:
                    sys.exit(f"{path}: {answer.status}")

    def waits(self) -> dict[str, Waits]:
        self.service.stop()
        samples: Samples = json.loads(self._found.read_bytes())
        return {name: Waits.of(samples, span) for name, span in self.spans.items()}


@contextmanager
def watching(folder: Path, telegram: BotApi, *offered: str, **settings: object) -> Iterator[Watched]:
    folder.mkdir(exist_ok=True)
    with closing(Site("--pages", "192", *offered)) as site:
        watched = Watched(folder, site, telegram, **settings)
        try:
            yield watched
        finally:
            watched.service.end()


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__).parse_args()
    seconds = 4.0 if chosen.quick else 15.0
    with TemporaryDirectory() as name, BotApi(keeps=200) as telegram:
        folder = Path(name)
        chats = 1_000 if chosen.quick else CHATS
        found = {
            **first_look(folder / "first", telegram, seconds),
            **real_pace(folder / "pace", telegram, seconds * 2),
            **again(folder / "again", telegram, seconds),
            **many_chats(folder / "chats", telegram, seconds, chats),
        }
    finish(report_of(found, chats), chosen.json)


def first_look(folder: Path, telegram: BotApi, seconds: float) -> dict[str, Waits]:
    """Parse every page as fast as they come; then rest; then draw every map there is, for the board and the bot."""
    with watching(folder, telegram) as watched:
        service = watched.service
        service.wait("ready")
        watched.during("first look, unpaced", lambda: service.wait("sweep"))
        time.sleep(3.0)
        watched.during(CONTROL, lambda: time.sleep(seconds / 3))
        watched.during("board: pages and maps made", watched.crawl)
        watched.during("bot: maps drawn", lambda: maps(telegram))
        return watched.waits()


def maps(telegram: BotApi) -> None:
    for language in ("en", "fr", "es"):
        person = telegram.person(language, language=language)
        for ask in ("/map 1", "/map 2"):
            mark = person.mark()
            person.says(ask)
            person.waits_for("", PATIENCE, since=mark)


def real_pace(folder: Path, telegram: BotApi, seconds: float) -> dict[str, Waits]:
    """Parse a page a second."""
    with watching(folder, telegram, SOURCE__SPACING=1.0) as watched:
        watched.service.wait("ready")
        watched.during("first look, a page a second", lambda: time.sleep(seconds))
        return watched.waits()


def again(folder: Path, telegram: BotApi, seconds: float) -> dict[str, Waits]:
    """Look again and again without a pause, half by hash and half by 304, and write what was seen each time."""
    with watching(folder, telegram, "--half-validators", SCHEDULE__ALL_MINUTES=0.001) as watched:
        watched.service.wait("sweep", 2)
        watched.during("unchanged, unpaced, and written", lambda: time.sleep(seconds))
        return watched.waits()


def many_chats(folder: Path, telegram: BotApi, seconds: float, chats: int) -> dict[str, Waits]:
    """Tell many chats, and write that down, while sweeping."""
    folder.mkdir()
    fill(folder, chats)
    settings = {"STORE__PATH": folder / "store.json", "SCHEDULE__ALL_MINUTES": 0.05}
    with watching(folder, telegram, **settings) as watched:
        watched.service.wait("sweep", 2)
        watched.during(TELLING, lambda: time.sleep(seconds))
        return watched.waits()


def report_of(found: dict[str, Waits], chats: int) -> Report:
    rows = tuple(
        (name, one.seconds, one.median * 1000, one.percentile_99 * 1000, one.worst * 1000)
        for name, one in found.items()
    )
    columns = ("", "seconds", "median ms", "99 % ms", "worst ms")
    goals = tuple(
        Goal(f"{name}, 99 %", one.percentile_99 * 1000, GOAL * 1000, "ms")
        for name, one in found.items()
        if name != CONTROL
    )
    notes = (
        "What somebody who comes at any moment waits until the loop is free; “idle” is what the machine itself adds.",
        "192 pages of 26 kB on loopback; site, Telegram's stand-in and the asker share the machine with the service.",
        f"Many chats: {chats:,} that are owed a message each.",
    )
    return Report("lag", (Table("Event loop", columns, rows),), goals, notes, rows)


if __name__ == "__main__":
    main()
