"""Serves a board on 127.0.0.1 as the service does, beside the browser that looks at it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from queue import SimpleQueue
from threading import Thread
from typing import Final

from monitor.board.view import View
from monitor.listening import bind
from monitor.making import Board
from monitor.serving import Served
from monitor.web.shelf import Shelf

Door = tuple[str, asyncio.AbstractEventLoop, asyncio.Event]
PATIENCE: Final = 60.0


@contextmanager
def served(view: View) -> Iterator[str]:
    """Serve a view, and give the board's address; what trips while a page is made fails the test at its end."""
    bugs: list[BaseException] = []
    opened: SimpleQueue[Door] = SimpleQueue()
    thread = Thread(target=lambda: asyncio.run(_serve(view, bugs, opened)), name="board")
    thread.start()
    address, loop, end = opened.get(timeout=PATIENCE)
    try:
        yield address
    finally:
        loop.call_soon_threadsafe(end.set)
        thread.join(PATIENCE)
    assert bugs == []


async def _serve(view: View, bugs: list[BaseException], opened: SimpleQueue[Door]) -> None:
    end = asyncio.Event()
    shelf = Shelf()
    shelf.offer(view, 0.0)
    board = Board(shelf, bugs.append)
    running = Served(board, await bind("127.0.0.1", 0))
    opened.put((running.address, asyncio.get_running_loop(), end))
    await end.wait()
    await running.stop()
    await board.close()
