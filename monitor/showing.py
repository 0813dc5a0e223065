"""The board as part of the program: served while the service runs, and never a reason for it to end."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Final

import structlog

from monitor.alert.troubles import board_went
from monitor.app import Monitor
from monitor.assembly import utc_now
from monitor.drawing import draw
from monitor.errors import StoreError

if TYPE_CHECKING:
    from monitor.serving import Served

log = structlog.get_logger()
LOOK: Final = 1.0
"""Seconds between two looks at whether the world has changed."""
RETRY: Final = 60.0
"""Seconds until a port that could not be taken is tried again."""
JOB: Final = "the board"
OnBug = Callable[[str, BaseException], None]


@asynccontextmanager
async def showing(monitor: Monitor, on_bug: OnBug, retry: float = RETRY) -> AsyncIterator[Shown | None]:
    """Show the board where the configuration wants it; ``on_bug`` hears of what nobody expected, once a place."""
    if monitor.config.web.host_and_port is None:
        await note(monitor, "")
        yield None
        return
    shown = Shown(monitor, on_bug, retry)
    keeping = asyncio.create_task(shown.keep())
    try:
        yield shown
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await shown.close()


class Shown:
    """A board that is kept up to date, and brought back where it could not be served."""

    def __init__(self, monitor: Monitor, on_bug: OnBug, retry: float) -> None:
        """Serve nothing yet; ``retry``: seconds after which a port that could not be taken is tried again."""
        # Templates and the server are imported only where they are needed: not in a sweep.
        from monitor.making import Board  # noqa: PLC0415
        from monitor.web.plan import plan  # noqa: PLC0415
        from monitor.web.shelf import Shelf  # noqa: PLC0415

        self._monitor = monitor
        self._tell_bug = on_bug
        self._told: set[tuple[str, str, int]] = set()
        self._shelf = Shelf(plan=partial(plan, draw=draw))
        self._board = Board(self._shelf, self._on_bug)
        self._served: Served | None = None
        self._problem = ""
        self._retry = retry
        self._next_try = 0.0
        self.was_tried = asyncio.Event()
        """Set when it is served for the first time, or could not be."""

    @property
    def address(self) -> str:
        """Where it is served on this machine; empty where it is not."""
        return self._served.address if self._served else ""

    async def keep(self) -> None:
        """Keep it served and its content new, until cancelled."""
        while True:
            try:
                self._shelf.offer(self._monitor.view(), monotonic())
                await self._keep_served()
            except Exception as error:  # noqa: BLE001 - alerts never depend on the board
                self._on_bug(error)
            await asyncio.sleep(LOOK)

    async def close(self) -> None:
        """Stop serving, within a second."""
        if self._served is not None:
            with suppress(Exception):  # what it ended with was told when it ended
                await self._served.stop()
        await self._board.close()

    async def _keep_served(self) -> None:
        if self._served is not None and self._served.has_ended:
            ended, self._served = self._served, None
            self._next_try = monotonic() + self._retry
            await ended.stop()
        if self._served is None and monotonic() >= self._next_try:
            self._next_try = monotonic() + self._retry
            await self._serve()

    async def _serve(self) -> None:
        from monitor.listening import bind  # noqa: PLC0415 - the same
        from monitor.serving import Served  # noqa: PLC0415 - the same

        web = self._monitor.config.web
        try:
            self._served = Served(self._board, await bind(*(web.host_and_port or ("", 0))))
        except OSError as error:
            await self._went(f"{web.listen}: {error.strerror or error}")
        else:
            log.info("the board is shown", at=self._served.address)
            await self._went("")

    async def _went(self, problem: str) -> None:
        """Let operators know, once, that it cannot be served or that it can again."""
        self.was_tried.set()
        if problem and problem != self._problem:
            log.warning("the board is not shown", why=problem)
        self._problem = problem
        await note(self._monitor, problem)

    def _on_bug(self, error: BaseException) -> None:
        """Tell of a fault once, however many readers and pages meet it; what the store says is always told."""
        place = _place_of(error)
        if place not in self._told or isinstance(error, StoreError):
            self._told.add(place)
            self._tell_bug(JOB, error)


def _place_of(error: BaseException) -> tuple[str, str, int]:
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return type(error).__name__, last.filename if last else "", (last.lineno or 0) if last else 0


async def note(monitor: Monitor, problem: str) -> None:
    """Write down how serving the board went, where that is news."""
    await monitor.store.acommit(lambda world: board_went(world, problem, utc_now()))
