"""A small HTTP/1.1 server on 127.0.0.1, in threads, that asks one function for every answer."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from email.utils import formatdate
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Event, Thread
from typing import Any

SECONDS_TO_END = 2.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """What the server was asked."""

    path: str
    headers: Mapping[str, str]
    """With lower-case names."""
    wait: Callable[[float], None]
    """Pauses for so many seconds; ConnectionAbortedError where the server closes meanwhile."""


@dataclass(frozen=True, slots=True)
class SeenRequest:
    """One request as it came in."""

    path: str
    started: float
    """``time.monotonic`` seconds."""


def conditional(answer: Answer, changed: float, asked: Mapping[str, str]) -> Answer:
    """Offer validators with an answer, or say that it is not modified; ``changed``: seconds since the epoch."""
    offered = {
        "ETag": f'"{sha256(answer.body).hexdigest()[:32]}"',
        "Last-Modified": formatdate(changed, usegmt=True),
    }
    if "if-none-match" in asked:
        is_known = asked["if-none-match"] == offered["ETag"]
    else:
        is_known = asked.get("if-modified-since") == offered["Last-Modified"]
    if is_known:
        return Answer(HTTPStatus.NOT_MODIFIED, b"", offered)
    return replace(answer, headers={**answer.headers, **offered})


class LoopbackServer(ThreadingHTTPServer):
    """Serves from the moment it is made until ``close``."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, port: int, respond: Callable[[Request], Answer]) -> None:
        """``port`` 0 takes a free one; ``respond`` is called in a thread of each connection."""
        super().__init__(("127.0.0.1", port), _Handler)
        self.respond = respond
        self.is_closing = Event()
        self.connections: set[socket.socket] = set()
        self.connections_changed = Condition()
        self._thread = Thread(
            target=self.serve_forever, args=(0.02,), name="simulated profile site", daemon=True
        )
        self._thread.start()

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return self.server_port

    def close(self) -> None:
        """Stop listening, cut every connection and wait for its thread; a second call does nothing."""
        if self.is_closing.is_set():
            return
        self.is_closing.set()
        self.shutdown()
        self._thread.join()
        self.server_close()
        with self.connections_changed:
            for connection in self.connections:
                _cut(connection)
            self.connections_changed.wait_for(lambda: not self.connections, SECONDS_TO_END)

    def wait(self, seconds: float) -> None:
        """Pause an answer; ConnectionAbortedError where the server closes meanwhile."""
        if self.is_closing.wait(seconds):
            raise ConnectionAbortedError

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the inherited signature
        """Say nothing of clients that hang up: they may, and tests make them."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):  # the client may have gone already
        connection.shutdown(socket.SHUT_RDWR)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "simulated-profile-site"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: LoopbackServer

    def setup(self) -> None:
        """Remember the connection, so that ``close`` can cut it."""
        super().setup()
        with self.server.connections_changed:
            self.server.connections.add(self.connection)
        if self.server.is_closing.is_set():
            _cut(self.connection)

    def finish(self) -> None:
        """Forget the connection, whatever became of it."""
        try:
            super().finish()
        finally:
            with self.server.connections_changed:
                self.server.connections.discard(self.connection)
                self.server.connections_changed.notify_all()

    def do_GET(self) -> None:
        """Answer with what ``respond`` says."""
        headers = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.respond(Request(self.path, headers, self.server.wait))
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the inherited signature
        """Keep the terminal clean."""
