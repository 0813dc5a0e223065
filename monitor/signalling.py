"""Health and metrics as part of the program, for the machines that watch it: never a reason for it to end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from monitor import __version__
from monitor.alert.troubles import signals_went
from monitor.app import Monitor
from monitor.assembly import utc_now
from monitor.checkup import READY, name_of_store, sight_of
from monitor.config import Config
from monitor.port import RETRY, OnBug, Once, Port
from monitor.record.copies import listed, stamp_of
from monitor.signals.standing import Inside, Sight, problems

if TYPE_CHECKING:
    from monitor.signals.meter import Meter

LOOK: Final = 1.0
"""Seconds between two looks at whether it is served."""
BEAT: Final = 0.25
"""Seconds between two looks at how late the event loop comes to its turn."""
JOB: Final = "health and metrics"
_TEXT: Final = "text/plain; charset=utf-8"
_READS: Final = frozenset({"GET", "HEAD"})
Send = Callable[[dict[str, Any]], Awaitable[None]]
Said = tuple[HTTPStatus, str, bytes]
"""A status, a content type and a body."""


def meter_for(config: Config) -> Meter | None:
    """Give what counts the work, where somebody may ask for it; its library is not imported otherwise."""
    if config.signals.host_and_port is None:
        return None
    from monitor.signals.meter import Meter  # noqa: PLC0415 - the same

    return Meter(__version__, utc_now)


@asynccontextmanager
async def signalling(
    monitor: Monitor,
    meter: Meter | None,
    inside: Callable[[], Inside],
    on_bug: OnBug,
    retry: float = RETRY,
) -> AsyncIterator[Port | None]:
    """Serve health and metrics where the configuration wants it; ``on_bug`` hears of what nobody expected."""
    place = monitor.config.signals.host_and_port
    if place is None or meter is None:
        await note(monitor, "")
        yield None
        return
    once = Once(JOB, on_bug)
    port = Port(JOB, Signals(monitor, meter, inside, once), place, partial(note, monitor), retry)
    keeping = asyncio.create_task(_keep(port, once))
    try:
        with _beating(meter.lagged):
            yield port
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await port.close()


async def _keep(port: Port, on_bug: Once) -> None:
    while True:
        try:
            await port.keep()
        except Exception as error:  # noqa: BLE001 - alerts never depend on who watches
            on_bug(error)
        await asyncio.sleep(LOOK)


@contextmanager
def _beating(lagged: Callable[[float], None]) -> Iterator[None]:
    """Tell again and again how much later than asked for the event loop comes to its turn."""
    loop = asyncio.get_running_loop()
    beat: asyncio.TimerHandle

    def turn(due: float) -> None:
        nonlocal beat
        lagged(max(loop.time() - due, 0.0))
        beat = loop.call_later(BEAT, turn, loop.time() + BEAT)

    beat = loop.call_later(BEAT, turn, loop.time() + BEAT)
    try:
        yield
    finally:
        beat.cancel()


async def note(monitor: Monitor, problem: str) -> None:
    """Write down how serving went, where that is news."""
    await monitor.store.acommit(lambda world: signals_went(world, problem, utc_now()))


class Signals:
    """What answers the machines that watch this one."""

    def __init__(self, monitor: Monitor, meter: Meter, inside: Callable[[], Inside], on_bug: Once) -> None:
        """``inside`` gives what nobody but the service knows of itself."""
        self._monitor = monitor
        self._meter = meter
        self._inside = inside
        self._on_bug = on_bug

    def at_once(self, _: object) -> None:
        """Let every answer be made anew."""

    async def __call__(self, scope: dict[str, Any], _: object, send: Send) -> None:
        """Answer one request, as ASGI has it."""
        try:
            status, kind, body = await self._said(scope["method"], scope["path"])
        except Exception as error:  # noqa: BLE001 - whatever it is, who asks gets an answer and operators hear of it
            self._on_bug(error)
            status, kind, body = HTTPStatus.INTERNAL_SERVER_ERROR, _TEXT, b"a fault of ours, see the log\n"
        headers = [
            (b"content-type", kind.encode()),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-store"),
            *([(b"allow", b"GET, HEAD")] if status == HTTPStatus.METHOD_NOT_ALLOWED else []),
        ]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    async def _said(self, method: str, path: str) -> Said:
        if method not in _READS:
            return HTTPStatus.METHOD_NOT_ALLOWED, _TEXT, b"only GET and HEAD\n"
        if path == "/health/live":
            return HTTPStatus.OK, _TEXT, b"ok\n"
        # Ten thousand chats are counted in some milliseconds: in a thread, they keep nobody waiting.
        if path == READY:
            return await asyncio.to_thread(self._ready)
        if path == "/metrics":
            return await asyncio.to_thread(self._metrics)
        return HTTPStatus.NOT_FOUND, _TEXT, b"/health/live, /health/ready, /metrics\n"

    def _sight(self) -> Sight:
        meter, inside = self._meter, self._inside()
        known = replace(inside, unreached_since=meter.unreached_since, unreached=meter.unreached)
        return sight_of(self._monitor.config, self._monitor.store.load(), known)

    def _ready(self) -> Said:
        found = problems(self._sight())
        status = HTTPStatus.SERVICE_UNAVAILABLE if found else HTTPStatus.OK
        words = {
            "status": "not ready" if found else "ready",
            "problems": found,
            "store": name_of_store(self._monitor.config),
        }
        return status, "application/json", json.dumps(words, ensure_ascii=False).encode() + b"\n"

    def _metrics(self) -> Said:
        from monitor.signals.figures import figures  # noqa: PLC0415 - only where somebody asks
        from monitor.signals.meter import CONTENT_TYPE  # noqa: PLC0415 - the same

        path = Path(self._monitor.config.store.path)
        copies = [moment for copy in listed(path) if (moment := stamp_of(copy))]
        size = path.stat().st_size if path.exists() else 0
        found = figures(self._sight(), size, max(copies, default=None))
        return HTTPStatus.OK, CONTENT_TYPE, self._meter.text(found)
