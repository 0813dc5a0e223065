"""Keeps what proves alerts, beside the sweep: nothing here stops it, and nothing here is silent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from monitor.model import DocumentFile, FileLook, Page

log = structlog.get_logger()
MOST_AT_ONCE: Final = 30
"""Files that a sweep looks at before anybody is told; the slow round comes to the others."""


class KeepsPages(Protocol):
    """Keeps pages as they were served."""

    @property
    def trouble(self) -> str:
        """Why the newest thing to be kept could not be; empty when it could."""

    def keep_page(self, body_hash: str, body: bytes) -> None:
        """Keep one; what stands in the way is the keeper's own trouble."""
        ...


class LooksAtFiles(Protocol):
    """Looks at documents' files."""

    async def look(self, url: str, known: DocumentFile | None) -> FileLook:
        """Look at one; never raises for what is wrong with it."""
        ...


@dataclass(frozen=True, slots=True)
class Keeper:
    """Keeps pages and looks at files for a sweep."""

    archive: KeepsPages | None
    """None where nothing is kept."""
    files: LooksAtFiles
    alert_waits: float
    """Seconds that an alert waits for the looks at its files."""

    async def keep_page(self, page: Page) -> None:
        """Keep a page off the event loop."""
        if self.archive is not None:
            await asyncio.to_thread(self.archive.keep_page, page.body_hash, page.body)

    async def look_at_files(
        self, urls: Iterable[str], known: Mapping[str, DocumentFile]
    ) -> Mapping[str, FileLook]:
        """Look at files together, for as long as an alert may wait; what is not done then is left out."""
        looks = {
            url: asyncio.ensure_future(self._look(url, known.get(url))) for url in list(urls)[:MOST_AT_ONCE]
        }
        try:
            await asyncio.wait(looks.values(), timeout=self.alert_waits)
        finally:
            for look in looks.values():
                look.cancel()
            await asyncio.gather(*looks.values(), return_exceptions=True)
        return {
            url: found
            for url, look in looks.items()
            if not look.cancelled() and (found := look.result()) is not None
        }

    async def _look(self, url: str, known: DocumentFile | None) -> FileLook | None:
        try:
            return await self.files.look(url, known)
        except Exception:
            # A fault of ours in looking at a file must not keep an alert back.
            log.exception("bug", document=url)
            return None
