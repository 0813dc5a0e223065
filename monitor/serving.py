"""The board, and the signals, over HTTP: uvicorn inside our own event loop, with limits for whoever is slow, greedy or hostile."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final, Protocol

import uvicorn
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from monitor.listening import address_of
from monitor.web.answer import Answer, Request
from monitor.web.guard import ALWAYS

SECONDS_TO_STOP: Final = 0.4
"""What is being sent may end; then whoever still holds a connection loses it."""


class Site(Protocol):
    """What answers requests."""

    async def __call__(
        self, scope: dict[str, Any], receive: object, send: Callable[[dict[str, Any]], Awaitable[None]], /
    ) -> None:
        """Answer one request, as ASGI has it."""

    def at_once(self, request: Request) -> Answer | None:
        """Give an answer that is there already; None where there is more to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a client may take of us; uvicorn itself limits idle connections only."""

    connections: int = 500
    """At once; who comes on top is hung up on."""
    head_bytes: int = 65_536
    """Sent without a whole request in it."""
    pipelined: int = 32
    """Requests that may wait on one connection."""
    request: float = 10.0
    """Seconds until a request is there."""
    answer: float = 60.0
    """Seconds until an answer is taken: a phone far from any mast needs a while."""
    idle: int = 5
    """Seconds a connection may wait for its next request."""


class Settings(uvicorn.Config):
    """uvicorn's settings, and the limits that it does not know."""

    def __init__(self, site: Site, limits: Limits) -> None:
        """Serve the site and nothing else: no files, no websockets, no log of who reads."""
        self.site = site
        self.limits = limits
        self.always = b""
        """The lines that stand on every answer, the date among them; renewed every second."""
        super().__init__(
            site,
            http=Connection,
            ws="none",
            lifespan="off",
            interface="asgi3",
            log_config=None,
            log_level="critical",  # strangers' nonsense is no news; our own faults are told by the site
            access_log=False,
            server_header=False,
            headers=list(ALWAYS),
            proxy_headers=False,
            timeout_keep_alive=limits.idle,
            backlog=limits.connections,
        )


class Connection(HttpToolsProtocol):
    """A connection that may neither last nor grow without an end."""

    config: Settings
    _heard = 0
    """Bytes since the last whole head of a request."""
    _at_once = 0
    """Answers given to what came in one go."""
    _since = 0.0
    """Loop time of the connection's begin, or of its last whole request."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Take a connection, or hang up where there are too many."""
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(self.connections) > self.config.limits.connections:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Read on, or hang up on what never becomes a request."""
        self._heard += len(data)
        self._at_once = 0
        super().data_received(data)
        if self._heard > self.config.limits.head_bytes:
            self.transport.abort()

    def eof_received(self) -> bool:  # type: ignore[override] # asyncio asks whether to stay open, uvicorn never does
        """Let who has said all still hear the answer."""
        if self.cycle is None or self.cycle.response_complete:
            return False
        self.cycle.keep_alive = False
        return True

    def on_headers_complete(self) -> None:
        """Begin with a request."""
        self._heard = 0
        self._since = self.loop.time()
        if len(self.pipeline) >= self.config.limits.pipelined:
            raise ValueError("too many requests at once")  # becomes a 400
        if not self._answers_at_once():
            super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Leave the body of a request unread that was answered already."""
        if self.cycle is not None:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """End a request; one that was answered already has."""
        if self.cycle is not None:
            super().on_message_complete()

    def _answers_at_once(self) -> bool:
        """Send what is on the shelf in one piece, without a task of its own: that is half the cost of an answer.

        Not before an earlier answer, not to who does not take what was sent, and not a whole flood.
        """
        is_busy = self.cycle is not None and not self.cycle.response_complete
        is_plain = self.url.startswith(b"/") and b"#" not in self.url
        if is_busy or not is_plain or self.flow.write_paused or self._at_once > self.config.limits.pipelined:
            return False
        method = self.parser.get_method().decode("latin-1")
        answer = self.config.site.at_once(Request(method, self.url.partition(b"?")[0], self.headers))
        if answer is None:
            return False
        self._at_once += 1
        self._write(answer, has_body=method != "HEAD")
        return True

    def _write(self, answer: Answer, *, has_body: bool) -> None:
        is_kept = self.parser.get_http_version() != "1.0" and self.parser.should_keep_alive()
        lines = [STATUS_LINE[answer.status], self.config.always]
        for name, value in answer.headers:
            lines += (name, b": ", value, b"\r\n")
        lines.append(b"\r\n" if is_kept else b"connection: close\r\n\r\n")
        if has_body:
            lines.append(answer.body)
        self.transport.write(b"".join(lines))
        if not is_kept:
            self.transport.close()

    def drop_overdue(self) -> None:
        """Hang up where nothing came of it for too long."""
        limits = self.config.limits
        is_answering = self.cycle is not None and not self.cycle.response_complete
        is_sending = is_answering or self.transport.get_write_buffer_size() > 0
        is_asking = self._heard > 0
        patience = limits.answer if is_sending else limits.request if is_asking else limits.idle
        if self.loop.time() - self._since > patience:
            self.transport.abort()


class WebServer(uvicorn.Server):
    """A server that lives beside other work: it leaves signals to the program, and ends in time."""

    def __init__(self, settings: Settings) -> None:
        """Serve nothing yet."""
        super().__init__(settings)
        self._settings = settings

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone: the service has its own way to stop."""
        yield

    async def on_tick(self, counter: int) -> bool:
        """Hang up on who is overdue, and tell the time, once a second."""
        is_over = await super().on_tick(counter)
        if counter % 10 == 0:
            headers = self.server_state.default_headers
            self._settings.always = b"".join(b"%s: %s\r\n" % header for header in headers)
            for connection in list(self.server_state.connections):
                if isinstance(connection, Connection):
                    connection.drop_overdue()
        return is_over

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop listening, let answers end for a moment, then hang up on everybody."""
        end = asyncio.get_running_loop().call_later(SECONDS_TO_STOP, self._hang_up)
        try:
            await super().shutdown(sockets)
        finally:
            end.cancel()

    def _hang_up(self) -> None:
        for connection in list(self.server_state.connections):
            connection.transport.abort()
        for task in list(self.server_state.tasks):
            task.cancel()


class Served:
    """A site that is being served."""

    def __init__(self, site: Site, listening: socket.socket, limits: Limits | None = None) -> None:
        """Take a socket that listens already."""
        self._server = WebServer(Settings(site, limits or Limits()))
        self.address = address_of(listening)
        self._serving = asyncio.create_task(self._server.serve([listening]))

    @property
    def has_ended(self) -> bool:
        """Whether it is not served any more, for whatever reason."""
        return self._serving.done()

    async def stop(self) -> None:
        """End within a second; raises what the server ended with, if that was a fault."""
        self._server.should_exit = True
        await self._serving
