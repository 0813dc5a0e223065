"""The HTTP side: one thread a connection, on 127.0.0.1 only."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from tests.botapi.methods import Answer, answer, said
from tests.botapi.state import Chat, Close, Fault, Json, Refusal, Silence, State

TOKEN = "123456:" + "loopback-test-token-not-a-secret-000"


class BotApi:
    """Telegram, as far as the monitor sees it: ``with BotApi(chats=[1]) as telegram: …``."""

    def __init__(
        self,
        *,
        chats: Iterable[Chat] | None = None,
        token: str = TOKEN,
        log: Path | None = None,
        port: int = 0,
    ) -> None:
        """``chats``: those it knows, None for any; ``log``: where accepted messages go, a JSON line each."""
        self.state = State(chats, log)
        self.token = token
        self._port = port
        self._server: _Server | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def messages(self) -> list[Json]:
        return list(self.state.messages)

    def texts(self, chat: Chat) -> list[str]:
        return [message["text"] for message in self.messages if message["chat"] == chat]

    def calls(self, method: str) -> list[Json]:
        return [data for called, data in self.state.calls if called == method]

    def start(self) -> None:
        """Listen; after a ``stop`` on the same port again."""
        self._server = _Server(self, self._port)
        self._port = self._server.server_address[1]
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()

    def stop(self) -> None:
        """Refuse connections from now on and cut those that are open."""
        if self._server is not None:
            self._server.end()
            self._server = None

    def fails_with(self, chat: Chat, fault: Fault, times: int = 1) -> None:
        self.state.fail(chat, fault, times)

    def hangs_up(self, times: int = 1) -> None:
        """Close the next connections before reading what they ask."""
        self.state.hang_ups = times

    def push_update(self, text: str, chat: Chat, *, person: int = 77, thread: int | None = None) -> int:
        """Make a person say something in a chat."""
        return self.state.push(said(text, chat, person, thread))

    def push(self, update: Json) -> int:
        """Make any other update happen, such as ``my_chat_member``."""
        return self.state.push(update)

    def wait_for_messages(self, count: int, timeout: float = 5.0) -> list[Json]:
        with self.state.changed:
            self.state.changed.wait_for(lambda: len(self.state.messages) >= count, timeout)
        return self.messages


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    allow_reuse_address = True

    def __init__(self, api: BotApi, port: int) -> None:
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
    server: _Server

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
        elif isinstance(found, Close):
            self._close(found)
        else:
            self._respond(found)

    do_GET = do_POST  # noqa: N815 - the base class's name

    def _answer(self, state: State, body: bytes) -> Answer:
        place, _, method = urlsplit(self.path).path.removeprefix("/bot").partition("/")
        if place != self.server.api.token:
            return Refusal(401, "Unauthorized")
        if "json" in self.headers.get("Content-Type", ""):
            return answer(state, method, json.loads(body))
        return answer(state, method, dict(parse_qsl(body.decode(), keep_blank_values=True)))

    def _respond(self, found: Refusal | Json | list[Json] | bool) -> None:
        if isinstance(found, Refusal):
            refusal: Json = {"ok": False, "error_code": found.status, "description": found.description}
            if found.parameters:
                refusal["parameters"] = dict(found.parameters)
            self._send(found.status, json.dumps(refusal).encode() if found.body is None else found.body)
        else:
            self._send(200, json.dumps({"ok": True, "result": found}).encode())

    def _send(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

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
