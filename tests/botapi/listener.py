"""The HTTP side: one thread a connection, on 127.0.0.1 only."""

from __future__ import annotations

import json
import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol
from urllib.parse import urlsplit

from tests.botapi.faults import Close, Drip, Refusal, Silence
from tests.botapi.fields import read_fields
from tests.botapi.methods import Answer, Result, answer
from tests.botapi.state import State


class Api(Protocol):
    """What the listener asks of the rest."""

    token: str
    state: State


class Listener(ThreadingHTTPServer):
    """Serves until ``end``."""

    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, api: Api, port: int) -> None:
        self.api = api
        self.ending = threading.Event()
        self.connections: set[socket.socket] = set()
        super().__init__(("127.0.0.1", port), _Handler)

    def end(self) -> None:
        self.ending.set()
        self.shutdown()
        self.server_close()
        for connection in list(self.connections):
            _cut(connection)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing where a client went away: tests cut connections on purpose."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Listener

    def setup(self) -> None:
        super().setup()
        self.server.connections.add(self.connection)

    def finish(self) -> None:
        self.server.connections.discard(self.connection)
        super().finish()

    def do_POST(self) -> None:
        state = self.server.api.state
        if state.takes_hang_up():
            self._hang_up()
            return
        found = self._answer(state, self.rfile.read(int(self.headers.get("Content-Length", 0))))
        if isinstance(found, Silence):
            self.server.ending.wait()
            self._hang_up()
        elif isinstance(found, Drip):
            self._drip(found)
        elif isinstance(found, Close):
            self._close(found)
        else:
            self._respond(found)

    do_GET = do_POST  # noqa: N815 - the base class's name

    def _answer(self, state: State, body: bytes) -> Answer:
        address = urlsplit(self.path)
        token, _, method = address.path.removeprefix("/bot").partition("/")
        if token != self.server.api.token or state.inbox.is_revoked:
            return Refusal(401, "Unauthorized")
        return answer(state, method, read_fields(self.headers.get("Content-Type", ""), address.query, body))

    def _respond(self, found: Refusal | Result) -> None:
        if isinstance(found, Refusal):
            refusal = {"ok": False, "error_code": found.status, "description": found.description}
            more = {"parameters": dict(found.parameters)} if found.parameters else {}
            body = json.dumps(refusal | more).encode() if found.body is None else found.body
            self._send(found.status, body)
        else:
            self._send(200, json.dumps({"ok": True, "result": found}).encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _drip(self, fault: Drip) -> None:
        self.close_connection = True
        try:
            self.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while not self.server.ending.wait(fault.seconds):
                self.wfile.write(b" ")
        except OSError:
            return  # whoever asked has had enough

    def _close(self, fault: Close) -> None:
        if fault.is_mid_answer:
            self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"ok": tr')
            self.wfile.flush()
        self._hang_up()

    def _hang_up(self) -> None:
        self.close_connection = True
        _cut(self.connection)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep quiet: tests read the state instead."""


def _cut(connection: socket.socket) -> None:
    try:
        connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        return  # gone already
