"""The board as part of the program: served while the service runs, and never a reason for it to end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from time import monotonic
from typing import Final

from monitor.alert.troubles import board_went
from monitor.app import Monitor
from monitor.assembly import utc_now
from monitor.drawing import Pen
from monitor.port import RETRY, OnBug, Once, Port

LOOK: Final = 1.0
"""Seconds between two looks at whether the world has changed."""
JOB: Final = "the board"


@asynccontextmanager
async def showing(monitor: Monitor, on_bug: OnBug, retry: float = RETRY) -> AsyncIterator[Shown | None]:
    """Show the board where the configuration wants it; ``on_bug`` hears of what nobody expected, once a place."""
    place = monitor.config.web.host_and_port
    if place is None:
        await note(monitor, "")
        yield None
        return
    shown = Shown(monitor, on_bug, place, retry)
    keeping = asyncio.create_task(shown.keep())
    try:
        yield shown
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await shown.close()


class Shown:
    """A board that is kept up to date, and brought back where it could not be served."""

    def __init__(self, monitor: Monitor, on_bug: OnBug, place: tuple[str, int], retry: float) -> None:
        """Serve nothing yet; ``retry``: seconds after which a port that could not be taken is tried again."""
        # Templates are imported only where they are needed: not in a sweep.
        from monitor.making import Board  # noqa: PLC0415
        from monitor.web.plan import plan  # noqa: PLC0415
        from monitor.web.shelf import Shelf  # noqa: PLC0415

        self._monitor = monitor
        self._on_bug = Once(JOB, on_bug)
        self._pen = Pen()
        self._shelf = Shelf(plan=partial(plan, draw=self._pen))
        self._board = Board(self._shelf, self._on_bug)
        self._port = Port(JOB, self._board, place, partial(note, monitor), retry)
        self.was_tried = self._port.was_tried
        """Set when it is served for the first time, or could not be."""

    @property
    def address(self) -> str:
        """Where it is served on this machine; empty where it is not."""
        return self._port.address

    async def keep(self) -> None:
        """Keep it served and its content new, until cancelled."""
        while True:
            try:
                self._shelf.offer(self._monitor.view(), monotonic())
                await self._port.keep()
            except Exception as error:  # noqa: BLE001 - alerts never depend on the board
                self._on_bug(error)
            await asyncio.sleep(LOOK)

    async def close(self) -> None:
        """Stop serving, within a second."""
        await self._port.close()
        await self._board.close()
        self._pen.put_down()


async def note(monitor: Monitor, problem: str) -> None:
    """Write down how serving the board went, where that is news."""
    await monitor.store.acommit(lambda world: board_went(world, problem, utc_now()))
