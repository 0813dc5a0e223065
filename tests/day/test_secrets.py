"""The bot's token stands in nothing that a whole run leaves behind, prints, or shows to other processes."""

from __future__ import annotations

import gzip
import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from monitor.config import load_config
from monitor.demo.site import SimulatedSite
from monitor.evidence.proof import proof_of
from tests.botapi import BotApi
from tests.botapi.server import TOKEN
from tests.day.conftest import COUNTRIES, PATIENCE, Day
from tests.harness.program import short_config

pytestmark = pytest.mark.slow

SECRET = TOKEN.partition(":")[2].encode()


LOOKS = 5
"""At a process, from its first moments on: it is born with the words of its parent."""


class ProcessList:
    """What other users of the machine see of our processes: each in its first moments, and all at the end."""

    def __init__(self) -> None:
        self.seen: set[bytes] = set()
        self._looks: Counter[str] = Counter()
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def _watch(self) -> None:
        while not self._is_over.wait(0.02):
            numbers = {entry.name for entry in os.scandir("/proc") if entry.name.isdigit()}
            self._read(number for number in numbers if self._looks[number] < LOOKS)
            # A number may be given again.
            self._looks = Counter({number: self._looks[number] for number in numbers})
        self._read(self._looks)

    def _read(self, numbers: Iterable[str]) -> None:
        for number in numbers:
            self._looks[number] += 1
            with suppress(OSError):
                self.seen.add(Path(f"/proc/{number}/cmdline").read_bytes())

    @contextmanager
    def watching(self) -> Iterator[None]:
        self._thread.start()
        try:
            yield
        finally:
            self._is_over.set()
            self._thread.join()


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give every file below a folder by its name, unpacked where it is packed."""
    for path in sorted(folder.rglob("*")):
        if not path.is_file():
            continue
        body = path.read_bytes()
        yield str(path), body
        if path.suffix == ".gz":
            yield f"{path} (unpacked)", gzip.decompress(body)
        if is_zipfile(path):
            with ZipFile(path) as packed:
                yield from ((f"{path}: {name}", packed.read(name)) for name in packed.namelist())


@pytest.fixture
def run(tmp_path: Path) -> Iterator[tuple[Day, ProcessList]]:
    """A service that logs all it can, with a bot, an archive, copies and trouble."""
    config = load_config({"MONITOR_CONFIG": str(short_config(tmp_path, COUNTRIES))})
    settings = {"LOG__LEVEL": "debug", "BACKUP__EVERY_HOURS": "0.01"}
    processes = ProcessList()
    with SimulatedSite(config.countries) as site, BotApi(chats=(), token=TOKEN) as telegram:
        day = Day(tmp_path, site, telegram, **settings)
        try:
            with processes.watching():
                yield day, processes
        finally:
            day.program.stop()


def test_the_token_is_in_nothing_that_a_whole_run_produces(
    run: tuple[Day, ProcessList], tmp_path: Path
) -> None:
    day, processes = run
    day.begins()
    group = day.group()
    day.ann.says("/subscribe", group)
    group.waits_for("12 États parties")
    url = day.publishes("ALB")
    group.waits_for("Albanie", PATIENCE)

    # trouble of every sort: Telegram is away, then says no; wrong settings; a store that is in use
    day.telegram.stop()
    day.has_seen(day.publishes("AGO"))
    day.telegram.start()
    group.waits_for("Angola", PATIENCE)

    [known] = [each for each in day.program.world().dossiers["ALB"].documents if each.document.url == url]
    proof = proof_of("ALB", known)
    printed = {
        " ".join(words): day.program.command(*words)
        for words in (
            ("check", "--online"),
            ("documents", "--json"),
            ("status",),
            ("changes",),
            ("archive",),
            ("replay",),
            ("evidence", proof),
            ("evidence", proof, "--bundle", str(tmp_path / "bundle.zip")),
            ("backup", str(tmp_path / "backup.zip"), "--with-archive"),
            ("restore", str(tmp_path / "backup.zip")),
            ("run",),
            ("nonsense",),
        )
    }
    assert day.program.stop() == 0

    found = {
        **dict(contents(tmp_path)),
        **{f"stdout of {words}": done.out.encode() for words, done in printed.items()},
        **{f"stderr of {words}": done.err.encode() for words, done in printed.items()},
        **{f"a process: {line!r}": line for line in processes.seen},
    }
    assert {name for name, body in found.items() if SECRET in body} == set()

    # It was looked for where it could have been.
    names = "\n".join(found)
    for part in (
        "program.log",
        "monitor.json",
        "bundle.zip: chain.json",
        "backup.zip: monitor.json",
        ".html.gz",
    ):
        assert part in names
    assert any(b"monitor.evidence.pdf" in line for line in processes.seen)
    assert b"sendMessage" not in found[str(tmp_path / "program.log")]
