"""The real program as a process: started, killed, asked."""

from __future__ import annotations

import csv
import json
import os
import signal
import time
from collections.abc import Mapping
from pathlib import Path

from monitor.config.folder import shipped_folder
from monitor.errors import MonitorError
from monitor.model import World
from monitor.record.store import Store
from tests.warm import Done, Running, command, started

ROOT = Path(__file__).parents[2]
NEWS_CHATS = (-1001, 555)
OPERATOR = 777
SWEEP_MINUTES = 0.02
COPIES_EVERY = 2.0
"""Seconds between two dated copies."""
SECONDS_TO_STOP = 30.0
SECONDS_TO_ANSWER = 120.0


class Program:
    def __init__(
        self,
        folder: Path,
        *,
        profile_url: str,
        api_url: str,
        token: str,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        """``settings``: what differs from the harness's own, as SECTION__KEY."""
        self.store = folder / "data" / "monitor.json"
        self.archive = self.store.with_name(f"{self.store.name}.archive")
        self.log = folder / "program.log"
        self.started = 0.0
        """``time.time`` of the last start."""
        self._environ = _environ(folder, self.store, profile_url, api_url, token, settings or {})
        self._process: Running | None = None

    def start(self) -> None:
        self.started = time.time()
        with self.log.open("ab") as log, Path(os.devnull).open("rb") as nothing:
            streams = (nothing, log, log)
            self._process = started("run", folder=ROOT, environ=self._environ, streams=streams)

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def temporary(self) -> Path:
        """Where the running program writes the store before it takes its place."""
        pid = self._process.pid if self._process is not None else 0
        return self.store.with_name(f"{self.store.name}.tmp-{pid}")

    def kill(self) -> int:
        """Send SIGKILL; gives the exit code, which is -9 unless the program had ended by itself."""
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGKILL)
        code = self._process.wait()
        self._process = None
        return code

    def signal(self, number: int) -> None:
        """Send the running program a signal."""
        if self._process is not None:
            self._process.send_signal(number)

    def command(self, *words: str) -> Done:
        """Run another command with the same settings, in the folder of the log."""
        environ = {**self._environ, "PYTHONPATH": str(ROOT)}
        return command(*words, folder=self.log.parent, environ=environ, patience=SECONDS_TO_ANSWER)

    def stop(self) -> int:
        """Send SIGTERM and give the exit code; TimeoutError when it does not end."""
        if self._process is None:
            return 0
        self._process.send_signal(signal.SIGTERM)
        code = self._process.wait(SECONDS_TO_STOP)
        self._process = None
        return code

    def world(self) -> World:
        """Read what is stored; raises MonitorError when it cannot be read."""
        store = Store.open(self.store, is_reader=True)
        try:
            return store.load()
        finally:
            store.close()

    def trouble_with_reading(self, *, through_cli: bool) -> str:
        """Say why the store cannot be read; nothing when it can."""
        try:
            self.world()
        except MonitorError as error:
            return str(error)
        return self._trouble_of_cli() if through_cli else ""

    def _trouble_of_cli(self) -> str:
        done = self.command("documents", "--json")
        try:
            done.json()
        except ValueError as error:
            return f"documents --json: exit {done.code}, {error}, {done.err[-300:]}"
        return "" if done.code == 0 else f"documents --json: exit {done.code}"

    def leftovers(self) -> tuple[str, ...]:
        """Name the temporary files that lie beside the store, and files that were set aside as damaged."""
        if not self.store.parent.is_dir():
            return ()
        names = sorted(path.name for path in self.store.parent.iterdir())
        return tuple(name for name in names if ".tmp-" in name or ".damaged-" in name)

    @property
    def is_archiving(self) -> bool:
        """Whether something was on its way into the archive when the program died, or is."""
        return any(".tmp-" in path.name for path in self.archive.glob("*/**/*"))

    @property
    def is_half_written(self) -> bool:
        """Whether a write of the store was under way when the program died."""
        return any(name.startswith(f"{self.store.name}.tmp-") for name in self.leftovers())

    def last_words(self) -> str:
        return self.log.read_text(errors="replace")[-600:] if self.log.exists() else ""


def short_config(folder: Path, countries: int) -> Path:
    """Write a configuration folder with the first countries only; all else is as shipped."""
    own = folder / "config"
    own.mkdir()
    codes = _head(shipped_folder() / "countries.csv", own / "countries.csv", countries)
    pledge = (shipped_folder() / "pledge.csv").read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in pledge if line[:4] == "code" or line[0] == "#" or line.split(",")[0] in codes]
    (own / "pledge.csv").write_text("".join(kept), "utf-8")
    return own


def _head(source: Path, target: Path, rows: int) -> frozenset[str]:
    lines = [line for line in source.read_text("utf-8").splitlines(keepends=True) if line[0] != "#"]
    target.write_text("".join(lines[: rows + 1]), "utf-8")
    return frozenset(row["code"] for row in csv.DictReader(lines[: rows + 1]))


def _environ(  # noqa: PLR0917 - one caller, and each is needed
    folder: Path, store: Path, profile_url: str, api_url: str, token: str, others: Mapping[str, str]
) -> Mapping[str, str]:
    settings = {
        "CONFIG": str(folder / "config"),
        "SOURCE__PROFILE_URL": profile_url,
        "SOURCE__ALLOWED_HOSTS": '["127.0.0.1"]',
        "SOURCE__ALLOW_HTTP": "true",
        "SOURCE__SPACING": "0",
        "STORE__PATH": str(store),
        "WEB__LISTEN": "",
        "SIGNALS__LISTEN": "",
        "PLEDGE__CHECK_DAYS": "0",
        "SCHEDULE__ALL_MINUTES": str(SWEEP_MINUTES),
        "SCHEDULE__SIGNATORIES_MINUTES": "600",
        "SCHEDULE__SECOND_LOOK_MINUTES": "0.05",
        "SCHEDULE__JITTER_SECONDS": "0",
        "SCHEDULE__DELIVER_SECONDS": "0.1",
        "TELEGRAM__TOKEN": token,
        "TELEGRAM__API_URL": api_url,
        "TELEGRAM__CHATS": json.dumps(NEWS_CHATS),
        "TELEGRAM__OPERATORS": json.dumps([OPERATOR]),
        "BACKUP__EVERY_HOURS": str(COPIES_EVERY / 3600),
        "BACKUP__KEEP": "3",
        "LOG__LEVEL": "warning",
        **others,
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}
    return kept | {f"MONITOR_{name}": value for name, value in settings.items()}
