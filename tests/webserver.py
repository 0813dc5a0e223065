"""A small real HTTP server on 127.0.0.1 whose answers, and faults, a test writes down path by path."""

from __future__ import annotations

import asyncio
import ssl
import struct
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import pairwise
from socket import SO_LINGER, SOL_SOCKET
from time import monotonic
from types import TracebackType
from typing import Self


@dataclass(frozen=True, slots=True)
class Seen:
    """One request as it came in."""

    path: str
    headers: Mapping[str, str]
    """With lower-case names."""
    started: float
    """``time.monotonic`` seconds."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as it should be; ``latency`` in seconds."""

    status: int = 200
    body: bytes | str = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    latency: float = 0.0

    async def __call__(self, _seen: Seen, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(self.latency)
        body = self.body.encode() if isinstance(self.body, str) else self.body
        headers = {
            "Content-Type": "text/html; charset=utf-8",
            "Content-Length": str(len(body)),
            **self.headers,
        }
        if self.status == HTTPStatus.NOT_MODIFIED:
            del headers["Content-Length"]
        writer.write(head(self.status, headers) + body)


Behaviour = Callable[[Seen, asyncio.StreamWriter], Awaitable[None]]


def head(status: int, headers: Mapping[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} Whatever", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


def drip(pieces: int, pause: float) -> Behaviour:
    """Send a whole page a byte at a time."""

    async def behave(_seen: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"Content-Type": "text/html", "Content-Length": str(pieces)}))
        for _ in range(pieces):
            writer.write(b"x")
            await asyncio.sleep(pause)

    return behave


def endless(content_type: str) -> Behaviour:
    """Send without end, as fast as it is taken."""

    async def behave(_seen: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"Content-Type": content_type, "Content-Length": str(10**12)}))
        while not writer.is_closing():
            writer.write(b"x" * 65_536)
            await writer.drain()

    return behave


async def hang_after_headers(_seen: Seen, writer: asyncio.StreamWriter) -> None:
    writer.write(head(200, {"Content-Type": "text/html", "Content-Length": "100"}))
    await asyncio.sleep(3600)


async def promise_more(_seen: Seen, writer: asyncio.StreamWriter) -> None:
    """Announce more bytes than come."""
    writer.write(head(200, {"Content-Type": "text/html", "Content-Length": "100"}) + b"<p>half")
    writer.close()


async def reset_midway(_seen: Seen, writer: asyncio.StreamWriter) -> None:
    """Cut the connection with a TCP reset inside the body."""
    writer.write(head(200, {"Content-Type": "text/html", "Content-Length": "100"}) + b"<p>half")
    await writer.drain()
    await asyncio.sleep(0.02)
    writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


async def hang_up(_seen: Seen, writer: asyncio.StreamWriter) -> None:
    """Close without a word."""
    writer.close()


class WebServer:
    """Answers with 404 what no test has spoken of; ``async with WebServer() as site``."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.seen: list[Seen] = []
        self.connections = 0
        self.open = self.open_peak = 0
        self._tls = tls
        self._scripts: dict[str, list[Behaviour]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._begin, "127.0.0.1", 0, ssl=self._tls, backlog=256)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for one in self._server.sockets:
            asyncio.get_running_loop().remove_reader(one.fileno())
        for _ in range(5):
            await asyncio.sleep(
                0
            )  # one accepted just now reaches _begin in steps, and only while the server is open
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for writer in self._writers:
            writer.transport.abort()
        # Else the loop may end before it has closed them.
        await asyncio.gather(*(writer.wait_closed() for writer in self._writers), return_exceptions=True)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    def on(self, path: str, *behaviours: Behaviour) -> str:
        """Answer a path with these, one a request, the last one for ever; returns the address."""
        self._scripts[path] = list(behaviours)
        return self.url(path)

    def paths(self) -> list[str]:
        return [seen.path for seen in self.seen]

    def gaps(self) -> list[float]:
        """Seconds between the starts of requests."""
        starts = [seen.started for seen in self.seen]
        return [later - earlier for earlier, later in pairwise(starts)]

    def _begin(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # At once: a task of asyncio's own would be unknown here until its first step.
        self.connections += 1
        self._writers.add(writer)
        task = asyncio.create_task(self._accept(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError):
                while not writer.is_closing():
                    await self._serve(await reader.readuntil(b"\r\n\r\n"), writer)
        finally:
            writer.close()

    async def _serve(self, request: bytes, writer: asyncio.StreamWriter) -> None:
        line, *fields = request.decode("latin-1").rstrip().split("\r\n")
        pairs = (field.partition(":") for field in fields)
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        seen = Seen(line.split(" ")[1], headers, monotonic())
        self.seen.append(seen)
        script = self._scripts.get(seen.path, [Reply(404)])
        behave = script.pop(0) if len(script) > 1 else script[0]
        self.open += 1
        self.open_peak = max(self.open_peak, self.open)
        try:
            await behave(seen, writer)
            if not writer.is_closing():
                await writer.drain()
        finally:
            self.open -= 1
