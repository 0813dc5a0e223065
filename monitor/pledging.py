"""The list of signatories is read now and then, and what is new in it proposed to the operators."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from monitor.board.regions import is_signatory
from monitor.errors import MonitorError
from monitor.model import Commit, Page
from monitor.pledge.read import ListReader
from monitor.pledge.roster import Roster
from monitor.pledge.weekly import Listed, is_due, went
from monitor.sweep import Keeps

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Pledging:
    """Reads the list when it is due: fetch, read, write down in one piece what operators are asked."""

    fetch: Callable[[], Awaitable[Page]]
    """Gives the page; raises FetchError or Blocked."""
    reader: ListReader
    store: Keeps
    listed: Listed
    every: timedelta
    clock: Callable[[], datetime]

    async def look(self) -> None:
        """Read the list if it is due; raises StoreError."""
        now = self.clock()
        if not is_due(self.store.load(), self.every, now):
            return
        rosters: tuple[Roster, ...] = ()
        problem = ""
        try:
            rosters = await self._read(now)
        except MonitorError as error:
            problem = str(error)
            log.warning("the list of the Pledge cannot be read", why=problem)
        except Exception:
            # A fault of ours is told once, not at every hour until somebody mends it.
            await self.store.acommit(
                lambda world: Commit(duty=replace(world.duty, pledge_checked=self.clock()))
            )
            raise
        await self.store.acommit(lambda world: went(world, rosters, problem, self.listed, self.clock()))

    async def _read(self, now: datetime) -> tuple[Roster, ...]:
        page, spoken = await self.fetch(), self.store.load().pledges
        known = [code for code, each in {**self.listed.pledges, **spoken}.items() if is_signatory(each)]
        return await asyncio.to_thread(self.reader.read, page, known, now.date())
