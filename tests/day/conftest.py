"""The whole service as its own process, beside a simulated profile site and the tests' Telegram."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor.config import load_config
from monitor.demo.site import SimulatedSite
from monitor.model import DocumentKind, World
from tests.botapi import BotApi, Group
from tests.botapi.server import TOKEN
from tests.harness.program import Program, short_config

COUNTRIES = 12
PATIENCE = 90.0
"""Seconds: a sweep, a delivery and a busy machine."""
SETTINGS = {
    "TELEGRAM__CHATS": "[]",
    "TELEGRAM__COMMANDS_PER_MINUTE": "500",
    "SCHEDULE__DIGEST_SECONDS": "0.3",
}


class Day:
    """A running service and everybody around it."""

    def __init__(self, folder: Path, site: SimulatedSite, telegram: BotApi, **settings: str) -> None:
        self.site, self.telegram = site, telegram
        self.olga = telegram.person("Olga")
        self.ann = telegram.person("Ann", language="fr")
        self.bob = telegram.person("Bob", language="en")
        self.carla = telegram.person("Carla", language="es-MX")
        own = SETTINGS | settings | {"TELEGRAM__OPERATORS": f"[{self.olga.id}]"}
        self.program = Program(
            folder, profile_url=site.profile_url, api_url=telegram.url, token=TOKEN, settings=own
        )

    def begins(self) -> None:
        """Start the service and wait until the first look at every country is told to the operators."""
        self.olga.says("/start")
        self.program.start()
        self.olga.waits_for("First look: 12 of 12 countries read", PATIENCE)

    def group(self, name: str = "Coalition", *, has_topics: bool = False) -> Group:
        """Make a group that Ann administers and Bob is in, and add the bot to it."""
        group = self.telegram.group(name, admins=[self.ann], members=[self.bob], has_topics=has_topics)
        return group.adds_bot(by=self.ann)

    def publishes(self, code: str, kind: DocumentKind = DocumentKind.COUNTRY_REPORT, cycle: str = "2") -> str:
        """Put a document on a country's page."""
        [url] = self.site.publish(code, kind, cycle, ("en",))
        return url

    def knows(self, is_so: Callable[[World], object]) -> None:
        """Wait until the store says so."""
        end = time.monotonic() + PATIENCE
        while not is_so(self.program.world()):
            assert time.monotonic() < end, self.program.last_words()
            time.sleep(0.1)

    def has_seen(self, url: str) -> None:
        """Wait until a published document is known, so that what follows from it is decided."""
        self.knows(lambda world: any(change.document.url == url for change in world.changes))


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    config = load_config({"MONITOR_CONFIG": str(short_config(tmp_path, COUNTRIES))})
    with SimulatedSite(config.countries) as site, BotApi(chats=(), token=TOKEN) as telegram:
        day = Day(tmp_path, site, telegram)
        try:
            day.begins()
            yield day
        finally:
            day.program.stop()
