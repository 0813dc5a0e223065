"""A place where the running service answers machines and readers: had, lost and had again, and never a reason to end."""

from __future__ import annotations

import asyncio
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import TYPE_CHECKING, Final

import structlog

from monitor.errors import StoreError

if TYPE_CHECKING:
    from monitor.serving import Served, Site

log = structlog.get_logger()
RETRY: Final = 60.0
"""Seconds until a port that could not be taken is tried again."""
OnBug = Callable[[str, BaseException], None]
"""Hears of what nobody expected, and in which job."""
Went = Callable[[str], Awaitable[None]]
"""Hears how it went: why it could not be served, or nothing where it is."""


class Port:
    """Keeps something served at one place."""

    def __init__(
        self, name: str, site: Site, place: tuple[str, int], went: Went, retry: float = RETRY
    ) -> None:
        """Serve nothing yet; ``name``: what is served, for the log; ``place``: host and port."""
        self._name = name
        self._site = site
        self._place = place
        self._told = went
        self._retry = retry
        self._served: Served | None = None
        self._problem = ""
        self._next_try = 0.0
        self.was_tried = asyncio.Event()
        """Set when it is served for the first time, or could not be."""

    @property
    def address(self) -> str:
        """Where it is served on this machine; empty where it is not."""
        return self._served.address if self._served else ""

    async def keep(self) -> None:
        """See to it that it is served; raises what a server ended with, if that was a fault."""
        if self._served is not None and self._served.has_ended:
            ended, self._served = self._served, None
            self._next_try = monotonic() + self._retry
            await ended.stop()
        if self._served is None and monotonic() >= self._next_try:
            self._next_try = monotonic() + self._retry
            await self._serve()

    async def close(self) -> None:
        """Stop serving, within a second."""
        if self._served is not None:
            with suppress(Exception):  # what it ended with was told when it ended
                await self._served.stop()

    async def _serve(self) -> None:
        # The server is imported only where it is needed: not in a sweep.
        from monitor.listening import bind  # noqa: PLC0415
        from monitor.serving import Served  # noqa: PLC0415

        host, port = self._place
        try:
            self._served = Served(self._site, await bind(host, port))
        except OSError as error:
            shown = f"[{host}]" if ":" in host else host
            await self._went(f"{shown}:{port}: {error.strerror or error}")
        else:
            log.info("shown", what=self._name, at=self._served.address)
            await self._went("")

    async def _went(self, problem: str) -> None:
        """Tell, once, that it cannot be served or that it can again."""
        self.was_tried.set()
        if problem and problem != self._problem:
            log.warning("not shown", what=self._name, why=problem)
        self._problem = problem
        await self._told(problem)


class Once:
    """Tells of a fault once, however many who ask meet it; what the store says is always told."""

    def __init__(self, job: str, on_bug: OnBug) -> None:
        """``on_bug`` hears of it, once a place in the program."""
        self._job = job
        self._on_bug = on_bug
        self._told: set[tuple[str, str, int]] = set()

    def __call__(self, error: BaseException) -> None:
        """Tell of it, where it is news."""
        place = _place_of(error)
        if place not in self._told or isinstance(error, StoreError):
            self._told.add(place)
            self._on_bug(self._job, error)


def _place_of(error: BaseException) -> tuple[str, str, int]:
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return type(error).__name__, last.filename if last else "", (last.lineno or 0) if last else 0
