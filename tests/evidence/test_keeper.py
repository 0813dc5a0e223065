from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

from monitor.evidence.archive import Archive
from monitor.evidence.files import after_look
from monitor.evidence.keeper import MOST_AT_ONCE, Keeper
from monitor.model import DocumentFile, FileLook, FileState, Page

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
LOOK = FileLook(NOW, FileState.THERE, 200, sha256="a" * 64)
LONG = 60.0


@dataclass
class Files:
    """Files that are found at once, never, or with a fault of ours."""

    hanging: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    asked: dict[str, DocumentFile | None] = field(default_factory=dict)

    async def look(self, url: str, known: DocumentFile | None) -> FileLook:
        self.asked[url] = known
        if url in self.broken:
            raise RuntimeError("list index out of range")
        if url in self.hanging:
            await asyncio.sleep(LONG)
        return LOOK


async def looked_at(files: Files, *urls: str, waits: float = 0.2) -> Mapping[str, FileLook]:
    return await Keeper(None, files, waits).look_at_files(urls, {"known": after_look(None, "known", LOOK)})


async def test_files_are_looked_at_together_with_what_is_known_of_them() -> None:
    files = Files()
    assert await looked_at(files, "known", "new") == {"known": LOOK, "new": LOOK}
    assert files.asked == {"known": after_look(None, "known", LOOK), "new": None}


async def test_an_alert_waits_no_longer_than_it_may() -> None:
    started = monotonic()
    assert await looked_at(Files(hanging={"slow"}), "quick", "slow") == {"quick": LOOK}
    assert monotonic() - started < LONG / 2


async def test_where_no_alert_waits_nothing_is_looked_at() -> None:
    assert await looked_at(Files(hanging={"slow"}), "slow", waits=0) == {}


async def test_a_fault_of_ours_keeps_no_alert_back() -> None:
    assert await looked_at(Files(broken={"odd"}), "odd", "good") == {"good": LOOK}


async def test_a_sweep_that_is_stopped_stops_the_looks() -> None:
    files = Files(hanging={"slow"})
    looking = asyncio.ensure_future(looked_at(files, "slow", waits=LONG))
    await asyncio.wait([looking], timeout=0.2)
    assert files.asked
    looking.cancel()
    await asyncio.wait([looking], timeout=5)
    assert looking.cancelled()
    assert len(asyncio.all_tasks()) == 1


async def test_so_many_files_at_once_are_looked_at_and_no_more() -> None:
    urls = [str(number) for number in range(MOST_AT_ONCE + 5)]
    assert list(await looked_at(Files(), *urls, waits=5)) == urls[:MOST_AT_ONCE]


async def test_a_page_is_kept_where_there_is_an_archive(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", 1_000_000)
    page = Page("https://x", "<p>", "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9")
    await Keeper(archive, Files(), 1).keep_page(
        Page(page.url, page.html, page.body_hash, body=b"hello world")
    )
    assert archive.page(page.body_hash) == b"hello world"
    await Keeper(None, Files(), 1).keep_page(page)
