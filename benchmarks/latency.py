"""How long from the page that shows a new document to the request that tells a chat:   scripts/bench latency

Both ends are in this process and stamped by one clock: the site when it is asked for the page, Telegram's stand-in when it
is asked to send. The sweep is decided as a whole, so at the real pace a page waits for those after it: that is the
second row, with what is left of it after the sweep's last page. Takes about two minutes.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from tempfile import TemporaryDirectory

from contenders import ROOT
from figures import Goal, Report, Table, finish, options
from service import PATIENCE, Service, config_of, running

sys.path.insert(0, str(ROOT))
from monitor.config import load_config
from monitor.demo.site import SimulatedSite
from monitor.model import Country, DocumentKind
from tests.botapi import BotApi
from tests.botapi.state import Json, State

GOAL = 1.0
"""Seconds from page to request, as the median."""
CHAT = -1001
PAGES, FEW = 192, 12
RESTING = 0.02
"""Minutes between two sweeps."""


class Stamps(State):
    """Says when which country's name was sent."""

    def __init__(self) -> None:
        super().__init__(None, None, keeps=200)
        self.sent: list[tuple[float, str]] = []

    def called(self, method: str, data: Json) -> None:
        now = time.monotonic()
        super().called(method, data)
        if method == "sendMessage" and str(data.get("chat_id")) == str(CHAT):
            with self.changed:
                self.sent.append((now, unescape(str(data.get("text", "")))))
                self.changed.notify_all()

    def told(self, name: str, since: float) -> float:
        """Wait for a message about a country; gives when it was asked for."""
        with self.changed:
            is_told = self.changed.wait_for(lambda: any(self._about(name, since)), PATIENCE)
            if not is_told:
                sys.exit(f"{name} was not told in {PATIENCE} s")
            return next(self._about(name, since))

    def _about(self, name: str, since: float) -> Iterator[float]:
        return (at for at, text in self.sent if at >= since and name in text)


@dataclass(slots=True)
class Stage:
    """A service, its site, and Telegram."""

    service: Service
    site: SimulatedSite
    telegram: Stamps
    countries: tuple[Country, ...]
    from_page: list[float] = field(default_factory=list)
    from_last: list[float] = field(default_factory=list)

    def round(self, country: Country, cycle: str) -> None:
        """Publish one document, wait for the alert, and note what it took."""
        self.site.forget_requests()
        published = time.monotonic()
        self.site.publish(country.code, DocumentKind.COUNTRY_REPORT, cycle, ("en",))
        told = self.telegram.told(country.name, published)
        path = f"/{country.profile_code or country.code}.html"
        before = [one for one in self.site.seen if published <= one.started <= told]
        served = next(one.started for one in before if one.path == path)
        # What is asked for last before the message may be the document's own file.
        last = max(one.started for one in before if one.path.endswith(".html"))
        self.from_page.append(told - served)
        self.from_last.append(told - last)


def main() -> None:
    """Measure and print."""
    chosen = options(__doc__).parse_args()
    with TemporaryDirectory() as folder:
        unpaced = measured(Path(folder) / "unpaced", PAGES, 4 if chosen.quick else 20, 0.0)
        paced = measured(Path(folder) / "paced", FEW, 1 if chosen.quick else 4, 1.0)
    finish(report_of(unpaced, paced), chosen.json)


def measured(folder: Path, pages: int, rounds: int, spacing: float) -> Stage:
    with on_stage(folder, pages, spacing) as stage:
        stage.service.wait("sweep")
        step = max(len(stage.countries) // rounds, 1)
        for at in range(rounds):
            country = stage.countries[(at * step + step // 2) % len(stage.countries)]
            known = {
                document.cycle
                for document in stage.site.documents(country.code)
                if document.kind is DocumentKind.COUNTRY_REPORT
            }
            stage.round(country, "1" if "1" not in known else "2")
        return stage


@contextmanager
def on_stage(folder: Path, pages: int, spacing: float) -> Iterator[Stage]:
    configuration = config_of(folder, pages)
    countries = load_config({"MONITOR_CONFIG": str(configuration)}).countries
    api = BotApi(keeps=200)
    api.state = stamps = Stamps()
    with api, SimulatedSite(countries) as site:
        settings = {
            "CONFIG": configuration,
            "SOURCE__SPACING": spacing,
            "SCHEDULE__ALL_MINUTES": RESTING,
            "SCHEDULE__SIGNATORIES_MINUTES": 100_000,
            "SCHEDULE__JITTER_SECONDS": 0,
            "TELEGRAM__TOKEN": api.token,
            "TELEGRAM__API_URL": api.url,
            "TELEGRAM__CHATS": f"[{CHAT}]",
        }
        with running(folder, site.profile_url, **settings) as service:
            yield Stage(service, site, stamps, countries)


def report_of(unpaced: Stage, paced: Stage) -> Report:
    rows = (
        row(f"{PAGES} pages, unpaced", unpaced.from_page),
        row(f"{FEW} pages, one a second", paced.from_page),
        row(f"{FEW} pages, one a second, from the sweep's last page", paced.from_last),
    )
    columns = ("", "alerts", "median s", "worst s")
    goal = Goal("page to Telegram, median", statistics.median(unpaced.from_page), GOAL, "s")
    notes = (
        "From the moment the page that shows the document is asked for, to Telegram's being asked to send it.",
        "A sweep is decided as a whole: at one page a second an alert waits for the pages after its own.",
        f"With {PAGES} pages that is a minute and a half in the middle, three at most; then for the document's file.",
    )
    return Report("latency", (Table("Alerts", columns, rows),), (goal,), notes, rows)


def row(name: str, seconds: list[float]) -> tuple[str, int, float, float]:
    return name, len(seconds), statistics.median(seconds), max(seconds)


if __name__ == "__main__":
    main()
