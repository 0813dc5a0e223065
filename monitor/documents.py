"""The slow round over all documents' files: calls, in order; decides nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog

from monitor.alert.book import Book
from monitor.alert.tell_files import tell_files
from monitor.evidence.due import Listed, due, listed, pause
from monitor.evidence.files import noted
from monitor.evidence.judge import judge
from monitor.evidence.keeper import LooksAtFiles
from monitor.model import Commit, DocumentFile, FileLook, FileState, World
from monitor.record.believe import Limits
from monitor.site.hops import is_allowed_host
from monitor.sweep import Keeps

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class DocumentRound:
    """Looks at documents' files, a few in one go, and writes down in one piece what follows."""

    files: LooksAtFiles
    store: Keeps
    book: Book
    limits: Limits
    every: timedelta
    """In which every document is looked at once."""
    allowed_hosts: tuple[str, ...]
    clock: Callable[[], datetime]

    async def look(self, is_free: Callable[[], bool] = lambda: True) -> timedelta:
        """Look at what is due, one after the other, as long as ``is_free``; says how long to wait then.

        Raises StoreError, and a fault of ours when a file first meets it: whoever runs the job has to tell of it.
        """
        world = self.store.load()
        documents = self._listed(world)
        urls = await asyncio.to_thread(due, world, documents, self.every, self.clock())
        looks: dict[str, FileLook] = {}
        faults: list[Exception] = []
        for url in urls:
            if not is_free():
                break
            looks[url] = await self._look(url, world.files.get(url), faults)
        if looks:
            await self.store.acommit(lambda newest: self._followed(looks, newest))
        if faults:
            raise faults[0]
        return pause(len(documents), self.every)

    async def _look(self, url: str, known: DocumentFile | None, faults: list[Exception]) -> FileLook:
        try:
            return await self.files.look(url, known)
        except Exception as error:
            # It says nothing about the file, and the others must not wait for it; it is told once, not every round.
            log.exception("bug", document=url)
            if known is None or not known.unreached:
                faults.append(error)
            return FileLook(self.clock(), FileState.UNREACHED, error=f"a bug in the monitor: {error}")

    def _followed(self, looks: Mapping[str, FileLook], world: World) -> Commit:
        found = noted(world.files, looks)
        known = replace(world, files={**world.files, **{file.url: file for file in found}})
        judgement = judge(known, self._listed(world), self.limits, self.clock())
        told = tell_files(judgement, world, self.book, self.clock())
        believed = {file.url: file for file in told.files}
        return replace(told, files=tuple({**{file.url: file for file in found}, **believed}.values()))

    def _listed(self, world: World) -> Listed:
        codes = {country.code for country in self.book.countries}
        return listed(world, codes, self._is_allowed)

    def _is_allowed(self, url: str) -> bool:
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:
            return False
        return is_allowed_host(host, self.allowed_hosts)
