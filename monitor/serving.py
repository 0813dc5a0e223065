"""The board over HTTP: uvicorn inside our own event loop, with limits for whoever is slow, greedy or hostile."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from monitor.making import Board
from monitor.web.guard import ALWAYS

MOST_CONNECTIONS: Final = 500
"""At once; who comes on top is hung up on."""
MOST_HEAD_BYTES: Final = 65_536
"""What a client may send without a whole request in it."""
MOST_PIPELINED: Final = 32
"""Requests that may wait on one connection."""
SECONDS_FOR_A_REQUEST: Final = 10.0
SECONDS_FOR_AN_ANSWER: Final = 60.0
"""A phone far from any mast takes a while."""
SECONDS_IDLE: Final = 5
SECONDS_TO_STOP: Final = 0.4
"""What is being sent may end; then whoever still holds a connection loses it."""


class Connection(HttpToolsProtocol):
    """A connection that may neither last nor grow without an end: uvicorn itself limits idle ones only."""

    _heard = 0
    """Bytes since the last whole head of a request."""
    _since = 0.0
    """Loop time of the last thing that went well."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Take a connection, or hang up where there are too many."""
        super().connection_made(transport)
        self._since = self.loop.time()
        if len(self.connections) > MOST_CONNECTIONS:
            transport.abort()

    def data_received(self, data: bytes) -> None:
        """Read on, or hang up on what never becomes a request."""
        self._heard += len(data)
        super().data_received(data)
        if self._heard > MOST_HEAD_BYTES:
            self.transport.abort()

    def on_headers_complete(self) -> None:
        """Begin with a request."""
        self._heard = 0
        self._since = self.loop.time()
        if len(self.pipeline) >= MOST_PIPELINED:
            raise ValueError("too many requests at once")  # becomes a 400
        super().on_headers_complete()

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        self._since = self.loop.time()
        super().on_response_complete()

    @property
    def is_overdue(self) -> bool:
        """Whether nothing came of it for too long."""
        is_answering = self.cycle is not None and not self.cycle.response_complete
        is_sending = is_answering or self.transport.get_write_buffer_size() > 0
        patience = SECONDS_FOR_AN_ANSWER if is_sending else SECONDS_FOR_A_REQUEST
        return self.loop.time() - self._since > patience


class WebServer(uvicorn.Server):
    """A server that lives beside other work: it leaves signals to the program, and ends in time."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave them alone: the service has its own way to stop."""
        yield

    async def on_tick(self, counter: int) -> bool:
        """Hang up on who is overdue, once a second."""
        if counter % 10 == 0:
            for connection in list(self.server_state.connections):
                if isinstance(connection, Connection) and connection.is_overdue:
                    connection.transport.abort()
        return await super().on_tick(counter)

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
    """A board that is being served."""

    def __init__(self, board: Board, listening: socket.socket) -> None:
        """Take a socket that is bound already."""
        self._server = WebServer(_settings(board))
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


def _settings(board: Board) -> uvicorn.Config:
    return uvicorn.Config(
        board,
        http=Connection,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level="critical",  # strangers' nonsense is no news; our own faults are told by the board
        access_log=False,  # who reads what is nobody's business
        server_header=False,
        headers=list(ALWAYS),
        timeout_keep_alive=SECONDS_IDLE,
        backlog=MOST_CONNECTIONS,
        proxy_headers=False,
    )


async def bind(host: str, port: int) -> socket.socket:
    """Take a port for listening; OSError where that cannot be."""
    found = await asyncio.get_running_loop().getaddrinfo(
        host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
    )
    for family, kind, protocol, _, place in found[:-1]:
        try:
            return _bound(family, kind, protocol, place)
        except OSError:
            continue  # a name may stand for several addresses, and the next one may do
    family, kind, protocol, _, place = found[-1]
    return _bound(family, kind, protocol, place)


def _bound(family: int, kind: int, protocol: int, place: Any) -> socket.socket:  # noqa: ANN401 - as each family has it
    listening = socket.socket(family, kind, protocol)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        # Now and not when it is served: where somebody else listens already, this is what fails.
        listening.listen(MOST_CONNECTIONS)
        listening.settimeout(0)
    except BaseException:
        listening.close()
        raise
    return listening


def address_of(listening: socket.socket) -> str:
    """Give the address that a person on this machine can open."""
    host, port = listening.getsockname()[:2]
    here = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)  # noqa: S104 - compared, not bound
    return f"http://{here}:{port}/"
