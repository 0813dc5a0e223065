"""While the disk takes nothing, the service stays: it says so once, tries again and again, and goes on when it can."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import structlog

from monitor.alert.deliver import Sender
from monitor.alert.troubles import told, unwritten, written_again
from monitor.errors import DeliveryError, NotWritten
from monitor.model import Commit
from monitor.record.store import Store
from monitor.schedule import Job

log = structlog.get_logger()
PAUSES: Final = tuple(timedelta(seconds=seconds) for seconds in (1, 5, 15, 60))
"""How long to wait before each new try; the last one stays."""
QUIET: Final = timedelta(hours=1)
"""A disk that is full again and again within this time is told of once."""


@dataclass(slots=True)
class Standstill:
    """Whether the store can be written, and what to do while it cannot."""

    store: Store
    sender: Sender
    once: Callable[[str, Job, timedelta], None]
    """Runs a job once, after a while."""
    resume: Callable[[], None]
    """Called when the store can be written again: what was found meanwhile has to be found anew."""
    clock: Callable[[], datetime]
    since: datetime | None = None
    _told: datetime | None = None
    _tries: int = 0

    def begin(self, error: NotWritten) -> None:
        """Note that a write was refused; all but the first time this is known already."""
        if self.since is not None:
            return
        self.since, self._tries = self.clock(), 0
        log.error("store not written", why=str(error))
        self.once("word of a standstill", lambda: self._tell(error), timedelta())
        self._try_later()

    def _try_later(self) -> None:
        pause = PAUSES[min(self._tries, len(PAUSES) - 1)]
        self._tries += 1
        self.once("writing the store again", self._try, pause)

    async def _tell(self, error: NotWritten) -> None:
        now = self.clock()
        if self._told is not None and now - self._told < QUIET:
            return
        self._told = now
        # Nothing can be owed now, so these words go out as they are; whoever cannot be reached has the log.
        for delivery in told(self.store.load(), unwritten(str(error)), now):
            with suppress(DeliveryError):
                await self.sender.send(delivery)

    async def _try(self) -> None:
        since, now = self.since, self.clock()
        if since is None:
            return
        try:
            await self.store.arewrite()
            is_known = self._told is not None and self._told >= since
            if is_known:
                await self.store.acommit(
                    lambda world: Commit(deliveries=told(world, written_again(since, now), now))
                )
        except NotWritten:
            self._try_later()
            return
        self.since = None
        log.warning("store written again", since=since.isoformat(timespec="seconds"))
        self.resume()
