"""The world around the image: a site, a Bot API, an operator, and folders that belong to its user."""

from __future__ import annotations

import os
import socket
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from monitor.demo.site import SimulatedSite
from tests.botapi import BotApi, Person
from tests.botapi.server import TOKEN
from tests.deploy.image.engines import USER, Running

PATIENCE = 120.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Stage:
    folder: Path
    site: SimulatedSite
    telegram: BotApi
    olga: Person
    board: int
    signals: int

    @classmethod
    def set(cls, folder: Path, site: SimulatedSite, telegram: BotApi) -> Stage:
        olga = telegram.person("Olga")
        olga.says("/start")
        return cls(folder, site, telegram, olga, free_port(), free_port())

    def data(self, name: str, owner: int = int(USER)) -> Path:
        """Make a folder for /data."""
        made = self.folder / name
        made.mkdir()
        if os.geteuid() == 0:
            os.chown(made, owner, owner)
        return made

    @property
    def environ(self) -> dict[str, str]:
        settings = {
            "SOURCE__PROFILE_URL": self.site.profile_url,
            "SOURCE__ALLOWED_HOSTS": '["127.0.0.1"]',
            "SOURCE__ALLOW_HTTP": "true",
            "SOURCE__SPACING": "0",
            "SOURCE__CONTACT": "test@example.org",
            "WEB__LISTEN": f"127.0.0.1:{self.board}",
            "SIGNALS__LISTEN": f"127.0.0.1:{self.signals}",
            "PLEDGE__CHECK_DAYS": "0",
            "SCHEDULE__ALL_MINUTES": "0.2",
            "SCHEDULE__JITTER_SECONDS": "0",
            "SCHEDULE__DELIVER_SECONDS": "0.2",
            "TELEGRAM__TOKEN": TOKEN,
            "TELEGRAM__API_URL": self.telegram.url,
            "TELEGRAM__OPERATORS": f"[{self.olga.id}]",
        }
        return {f"MONITOR_{name}": value for name, value in settings.items()}

    def asks(self, port: int, path: str) -> bytes:
        """Ask what listens there."""
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as answer:
            body: bytes = answer.read()
        return body

    @staticmethod
    def until(is_so: Callable[[], bool], running: Running, seconds: float = PATIENCE) -> float:
        """Wait until it is so; gives how many seconds that took."""
        began = time.monotonic()
        while not is_so():
            if time.monotonic() > began + seconds or running.ended(0.05) is not None:
                raise AssertionError(f"it never became so: {running.log()[-1500:]}")
        return time.monotonic() - began
