"""A board of a few made-up files behind a real socket, and raw words to and from it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import urlsplit

from monitor.board.view import View
from monitor.listening import bind
from monitor.making import Board
from monitor.serving import Limits, Served
from monitor.web.files import HTML, PNG, WebFile
from monitor.web.plan import Maker, Plan
from monitor.web.shelf import Shelf
from tests.web.world import NOW, empty

PATIENCE = 20.0
LONG = b"<p>Mexico published its self-assessment.</p>" * 100
BIG = bytes(range(256)) * 40_000
"""Ten megabytes: more than any socket swallows at once."""
HOME = "en/index.html"


def page(body: bytes = LONG, kind: str = HTML) -> WebFile:
    return WebFile(body, kind, NOW)


@dataclass
class Site:
    """A served board, whose files can be changed."""

    files: dict[str, Maker]
    bugs: list[BaseException] = field(default_factory=list)
    limits: Limits = field(default_factory=Limits)
    address: str = ""
    view: View = field(default_factory=empty)
    shelf: Shelf = field(init=False)
    running: Served = field(init=False)
    stop: Callable[[], Coroutine[None, None, None]] = field(init=False)

    def plan(self, _: View) -> Plan:
        return dict(self.files)

    @property
    def connections(self) -> int:
        """How many readers hold a connection now."""
        return len(self.running._server.server_state.connections)

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    async def connects(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        return await asyncio.open_connection("127.0.0.1", self.port)

    async def says(self, words: bytes) -> bytes:
        """Give all that comes back until the board hangs up."""
        reader, writer = await self.connects()
        writer.write(words)
        try:
            async with asyncio.timeout(PATIENCE):
                return await everything(reader)
        finally:
            writer.close()

    async def gets(self, path: str = "/en/", **headers: str) -> Heard:
        lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
        return heard(
            await self.says(f"GET {path} HTTP/1.1\r\nHost: b\r\nConnection: close\r\n{lines}\r\n".encode())
        )


@dataclass(frozen=True)
class Heard:
    status: int
    headers: Mapping[str, str]
    body: bytes


async def everything(reader: asyncio.StreamReader) -> bytes:
    """Read to the end; whoever hangs up in the middle ends it as well."""
    found = bytearray()
    try:
        while part := await reader.read(65_536):
            found += part
    except ConnectionError:
        pass
    return bytes(found)


def heard(answer: bytes) -> Heard:
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = [tuple(line.split(": ", 1)) for line in lines]
    assert len(dict(headers)) == len(headers), "each header once"  # type: ignore[arg-type] # pairs
    return Heard(int(first.split()[1]), dict(headers), body)  # type: ignore[arg-type] # the same


@asynccontextmanager
async def served(
    files: Mapping[str, Maker] | None = None, limits: Limits | None = None
) -> AsyncIterator[Site]:
    """Serve a page, a picture, and what else a test brings."""
    known = {HOME: page, "en/map.png": lambda: page(BIG, PNG), "404.html": lambda: page(b"Nothing here.")}
    site = Site({**known, **(files or {})}, limits=limits or Limits())
    site.shelf = Shelf(plan=site.plan)
    site.shelf.offer(site.view, monotonic())
    board = Board(site.shelf, site.bugs.append)
    running = Served(board, await bind("127.0.0.1", 0), site.limits)
    site.running, site.address, site.stop = running, running.address, running.stop
    try:
        yield site
    finally:
        await running.stop()
        await board.close()
