"""A second witness: the Wayback Machine is asked to save what is news, and whatever comes of that is harmless."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

import structlog

from monitor.errors import FetchError
from monitor.evidence.files import news_urls
from monitor.model import Change, World

log = structlog.get_logger()
HOST: Final = "web.archive.org"
SAVE: Final = f"https://{HOST}/save/"


@dataclass(slots=True)
class Witness:
    """Asks for a copy of each page and document that is news, one after the other, once."""

    ask: Callable[[str], Awaitable[object]]
    """Fetches an address; raises FetchError."""
    save: str = SAVE
    """The address that saves what stands behind it."""
    _passed: int | None = None
    """Changes that were there before: at the start, or asked for already."""

    async def follow(self, world: World, profile_url: Callable[[str], str]) -> None:
        """Ask for what happened since the last call; the first one only notes where history stands."""
        passed, self._passed = self._passed, len(world.changes)
        if passed is not None:
            for url in _wanted(world.changes[passed:], profile_url):
                await self._save(url)

    async def _save(self, url: str) -> None:
        try:
            await self.ask(f"{self.save}{url}")
        except FetchError as error:
            # What it shows after saving is the copy itself: that is no page where a document was saved.
            if error.status != HTTPStatus.OK:
                log.info("no second witness", of=url, why=str(error))
                return
        log.info("second witness", of=url)


def _wanted(changes: tuple[Change, ...], profile_url: Callable[[str], str]) -> Iterator[str]:
    news = tuple(change for change in changes if news_urls((change,)))
    yield from dict.fromkeys(profile_url(change.code) for change in news)
    yield from news_urls(news)
