"""The real program as a person runs it: a command, what it prints, its exit code."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.config.folder import shipped_folder
from monitor.demo.site import SimulatedSite
from monitor.model import (
    Commit,
    Document,
    DocumentKind,
    Duty,
    KnownDocument,
    Link,
    Standing,
    Where,
    Words,
    World,
)
from monitor.record.store import Store
from tests.warm import Done, command

ROOT = Path(__file__).parents[2]
CODES = ("CHE", "FIN", "MEX", "MNG", "NER", "NGA")


class Terminal:
    """A folder with a configuration of few countries, a store, and the simulated site to look at."""

    def __init__(self, folder: Path, site: SimulatedSite, **settings: str) -> None:
        self.folder = folder
        self.site = site
        self.store = folder / "monitor.json"
        self.config = few_countries(folder)
        kept = {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}
        self.environ = kept | {
            "MONITOR_CONFIG": str(self.config),
            "MONITOR_SOURCE__PROFILE_URL": site.profile_url,
            "MONITOR_SOURCE__OLD_PROFILE_URL": "",
            "MONITOR_SOURCE__ALLOWED_HOSTS": '["127.0.0.1"]',
            "MONITOR_SOURCE__ALLOW_HTTP": "true",
            "MONITOR_SOURCE__SPACING": "0",
            "MONITOR_SOURCE__RETRIES": "0",
            "MONITOR_STORE__PATH": str(self.store),
            "MONITOR_WEB__LISTEN": "",
            "MONITOR_SIGNALS__LISTEN": "",
            "MONITOR_PLEDGE__CHECK_DAYS": "0",
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "100",
        }
        self.set(**settings)

    def set(self, **settings: str) -> None:
        self.environ |= {f"MONITOR_{name}": value for name, value in settings.items()}

    def run(self, *words: str, stdin: str = "") -> Done:
        return command(*words, folder=self.folder, environ=self.environ, stdin=stdin)

    def starts(self, *words: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "monitor", *words],
            cwd=self.folder,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def takes_store_of(self, other: Terminal) -> None:
        shutil.copy(other.store, self.store)

    def finds(self, code: str, url: str, title: str) -> None:
        """Let the last sweep have found a document that nobody recognises."""
        now = datetime.now(UTC)
        document = Document(url, title, DocumentKind.OTHER, doubt="nobody recognises it")
        link = Link(url, (Words(Where.LABEL, title),))
        known = KnownDocument(document, link, now, now - timedelta(hours=6), Standing.ASKED)
        dossier = self.world().dossiers[code]
        self.writes(Commit((replace(dossier, documents=(*dossier.documents, known)),)))

    def swept(self, moment: datetime | None) -> None:
        """Let the last sweep have ended at that moment, or none."""
        self.writes(Commit(duty=Duty(moment)))

    def writes(self, commit: Commit) -> None:
        store = Store.open(self.store)
        try:
            store.commit(commit)
        finally:
            store.close()

    def world(self) -> World:
        store = Store.open(self.store, is_reader=True)
        try:
            return store.load()
        finally:
            store.close()


def few_countries(folder: Path) -> Path:
    own = folder / "config"
    own.mkdir()
    for name in ("countries.csv", "pledge.csv"):
        lines = (shipped_folder() / name).read_text("utf-8").splitlines(keepends=True)
        rows = [line for line in lines if line[0] == "#" or next(csv.reader([line]))[0] in {"code", *CODES}]
        (own / name).write_text("".join(rows), "utf-8")
    return own
