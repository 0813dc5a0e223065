"""Everything that writes runs out of room at every page of a small disk, one after the other: run by test_disk.py."""

from __future__ import annotations

import os
import shutil
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from monitor.alert.book import Book
from monitor.dialogue.reply import SettleHeld
from monitor.errors import NotWritten
from monitor.evidence.archive import Archive
from monitor.model import Commit, Subscription
from monitor.record import copies
from monitor.record.inbox import leave_decision, take_decisions
from monitor.record.store import Store
from monitor.restore import backup, restore
from tests.fakes import SHIPPED
from tests.record import values
from tests.record.on_small_disk import leave

MOST_PAGES = 24
"""More than anything here needs; with so much room all goes well."""
V1 = Path(__file__).with_name("store_v1.json")


@dataclass
class Writing:
    """A store and everything that writes beside it."""

    path: Path

    def __post_init__(self) -> None:
        many = tuple(replace(values.MEXICO, code=f"C{number}") for number in range(12))
        values.filled(self.path, replace(values.EVERYTHING, dossiers=many))
        self.config = replace(SHIPPED, store=SHIPPED.store.model_copy(update={"path": self.path}))
        self.book = Book(SHIPPED.countries, SHIPPED.pledges, SHIPPED.rules, SHIPPED.profile_url)
        self.archive = Archive(self.path.parent / "archive", 10**9)
        self.zip = self.path.parent / "safe.zip"
        self.old = self.path.parent / "old"
        self.number = 0
        self.backs_up()
        self.safe = self.zip.read_bytes()

    def commits(self) -> None:
        self.number += 1
        store = Store.open(self.path)
        try:
            store.commit(Commit(subscriptions=(Subscription(self.number),)))
        finally:
            store.close()
        assert any(each.chat == self.number for each in values.reopened(self.path).subscriptions)

    def copies(self) -> None:
        self.number += 1
        copy = copies.keep_copy(self.path, values.NOW + timedelta(seconds=self.number), 3)
        assert copies.content(copy) == self.path.read_bytes()

    def decides(self) -> None:
        self.number += 1
        leave_decision(self.path, SettleHeld(f"C{self.number}", "accept", "the look of then"))
        assert f"C{self.number}.accept" in dict(take_decisions(self.path))

    def archives(self) -> None:
        self.number += 1
        body = os.urandom(20_000)
        name = f"{self.number:064x}"
        self.archive.keep_page(name, body)
        if self.archive.trouble:
            raise NotWritten(self.archive.trouble)

    def backs_up(self) -> None:
        backup(self.config, self.zip, values.NOW, with_archive=False, is_forced=True)
        assert zipfile.ZipFile(self.zip).testzip() is None

    def goes_back(self) -> None:
        restore(self.config, self.book, self.zip, values.LATER, is_sure=True)

    def migrates(self) -> None:
        self.old.mkdir()
        shutil.copy(V1, self.old / "monitor.json")
        try:
            Store.open(self.old / "monitor.json").close()
        finally:
            assert Store.open(self.old / "monitor.json", is_reader=True).load().deliveries

    def locks(self) -> None:
        store = Store.open(self.old / "new" / "monitor.json")
        store.close()

    def is_whole(self) -> None:
        """See that nothing that was written is lost or half there."""
        store = Store.open(self.path, is_reader=True)
        assert len(store.load().dossiers) == 12
        for copy in copies.listed(self.path):
            assert copies.content(copy)
        assert self.zip.read_bytes() == self.safe or zipfile.ZipFile(self.zip).testzip() is None
        left = list(self.path.parent.rglob("*.tmp-*"))
        assert left == [], left

    def tidies_up(self) -> None:
        for old in self.path.parent.glob("*.replaced-*"):
            old.unlink()
        for folder in (self.archive.folder, self.old, self.path.with_name(f"{self.path.name}.inbox")):
            shutil.rmtree(folder, ignore_errors=True)


def full_at_every_write(path: Path) -> None:
    at = Writing(path)
    refused: Counter[str] = Counter()
    acts: tuple[Callable[[], None], ...] = (
        at.commits, at.copies, at.decides, at.archives, at.backs_up, at.goes_back, at.migrates, at.locks,
    )  # fmt: skip
    for act in acts:
        name = act.__name__
        for pages in range(MOST_PAGES):
            leave(path.parent, pages)
            try:
                act()
            except NotWritten:
                refused[name] += 1
            except OSError:
                assert name in {"migrates", "locks"}, (
                    name
                )  # to put the old file there failed, not the program
            finally:
                (path.parent / "ballast").unlink()
            at.is_whole()
            at.tidies_up()
        act()
        at.tidies_up()
    print(dict(refused), len(acts) * MOST_PAGES)  # noqa: T201 - the figures of the run
    assert min(refused[act.__name__] for act in acts) >= 1, refused


if __name__ == "__main__":
    full_at_every_write(Path(sys.argv[2]) / "store.json")
