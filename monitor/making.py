"""Requests to the board become answers: from the shelf, or made off the event loop, once however many ask."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from time import monotonic
from typing import Any, Final

from monitor.web.answer import BROKEN, LOST, Answer, Place, Request, answer, place_of
from monitor.web.packed import Packed, pack
from monitor.web.shelf import Edition, Shelf

MAKERS: Final = 2
"""Threads that make files: a picture must not keep the pages waiting."""
Send = Callable[[dict[str, Any]], Awaitable[None]]
OnBug = Callable[[BaseException], None]


class Board:
    """What answers requests, as ASGI has it."""

    def __init__(self, shelf: Shelf, on_bug: OnBug) -> None:
        """``on_bug`` hears of a file that could not be made, once an edition and file."""
        self._shelf = shelf
        self._on_bug = on_bug
        self._makers = ThreadPoolExecutor(MAKERS, thread_name_prefix="board")
        self._making: dict[tuple[int, str], asyncio.Task[Packed | None]] = {}

    async def close(self) -> None:
        """Make nothing any more; a thread in the middle of a file ends by itself."""
        self._makers.shutdown(wait=False, cancel_futures=True)
        making = list(self._making.values())
        for task in making:
            task.cancel()
        await asyncio.gather(*making, return_exceptions=True)

    async def __call__(self, scope: dict[str, Any], _: object, send: Send) -> None:
        """Answer one request."""
        request = Request(scope["method"], scope["raw_path"], scope["headers"])
        try:
            found = await self._answer(request)
        except Exception as error:  # noqa: BLE001 - whatever it is, readers get an answer and operators hear of it
            self._on_bug(error)
            found = BROKEN
        await send({"type": "http.response.start", "status": found.status, "headers": found.headers})
        await send({"type": "http.response.body", "body": found.body})

    def at_once(self, request: Request) -> Answer | None:
        """Give the answer to a request for a file that is on the shelf already; None where there is more to do."""
        edition = self._shelf.edition
        try:
            place = place_of(request, edition.plan) if edition else None
            if not isinstance(place, Place):
                return None
            packed = self._shelf.take(place.path)
            return answer(request, packed, place.status) if packed else None
        except Exception:  # noqa: BLE001 - what goes wrong goes wrong again where it is told
            return None

    async def _answer(self, request: Request) -> Answer:
        edition = self._shelf.edition
        place = place_of(request, edition.plan if edition else {})
        if isinstance(place, Answer):
            return place
        if edition is None or place.path not in edition.plan:
            return LOST
        packed = self._shelf.take(place.path) or await self._made(edition, place)
        return answer(request, packed, place.status) if packed else BROKEN

    async def _made(self, edition: Edition, place: Place) -> Packed | None:
        """Give the file as it just was, where there is that, or wait for the new one; None where it cannot be made."""
        if place.path in edition.broken:
            return None
        making = self._begin(edition, place.path)
        return self._shelf.leftover(place.path, monotonic()) or await making

    def _begin(self, edition: Edition, path: str) -> asyncio.Task[Packed | None]:
        key = edition.number, path
        if key not in self._making:
            self._making[key] = asyncio.create_task(self._make(edition, path))
        return self._making[key]

    async def _make(self, edition: Edition, path: str) -> Packed | None:
        make = partial(_make, edition, path, self._shelf.last(path))
        try:
            packed = await asyncio.get_running_loop().run_in_executor(self._makers, make)
        except Exception as error:  # noqa: BLE001 - the same
            edition.broken.add(path)
            self._on_bug(error)
            return None
        finally:
            del self._making[edition.number, path]
        self._shelf.keep(edition, path, packed)
        return packed


def _make(edition: Edition, path: str, before: Packed | None) -> Packed:
    return pack(path, edition.plan[path](), edition.view.now, before)
