"""Between our bot and npm's telegram-test-api: what that server leaves out of its answers is put back, nothing else.

Where it differs from Telegram (seen with 4.2.1): no ``is_bot``, dates in milliseconds, ``null`` where Telegram says
``true``, no long polling, and HTTP 500 for methods that it does not know.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

Json = dict[str, Any]
LONGEST_POLL = 0.5
UNKNOWN_THERE = frozenset({"setMyCommands", "setMyDescription", "setMyShortDescription", "sendChatAction"})
"""Methods that the other server does not know and whose answer is just ``true``."""
ECHOED = frozenset(
    {
        "link_preview_options",
        "reply_markup",
        "chat_id",
        "parse_mode",
        "disable_notification",
        "reply_parameters",
    }
)
LISTS = frozenset({"getMyCommands", "getChatAdministrators"})


@contextmanager
def bridged(port: int) -> Iterator[str]:
    """Serve as the Bot API for the server on ``port``; gives the address."""
    server = _Bridge(("127.0.0.1", 0), _Handler)
    server.behind = f"http://127.0.0.1:{port}"
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def ask(url: str, body: bytes, content_type: str = "application/json") -> Any:  # noqa: ANN401 - whatever JSON it gives
    """Post something to the other server and read its JSON."""
    request = Request(url, body, {"Content-Type": content_type})
    with urlopen(request, timeout=10) as answer:
        return json.load(answer)


class _Bridge(ThreadingHTTPServer):
    daemon_threads = True
    behind = ""

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing where the bot hangs up: it is stopped while it polls."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Bridge

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        method = self.path.rpartition("/")[2]
        answer = json.dumps({"ok": True, "result": self._result(method, body)}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _result(self, method: str, body: bytes) -> Any:  # noqa: ANN401 - as Telegram's methods have it
        if method in UNKNOWN_THERE:
            return True
        if method in LISTS:
            return []
        if method == "getUpdates":
            return self._polled(body)
        found = self._asked(body)
        return completed(found) if isinstance(found, dict) else True

    def _polled(self, body: bytes) -> list[Json]:
        end = time.monotonic() + LONGEST_POLL
        while not (found := self._asked(body)) and time.monotonic() < end:
            time.sleep(0.05)
        return [completed(update) for update in found]

    def _asked(self, body: bytes) -> Any:  # noqa: ANN401 - as above
        content_type = self.headers.get("Content-Type", "application/json")
        try:
            return ask(f"{self.server.behind}{self.path}", body, content_type).get("result")
        except HTTPError as error:
            raise AssertionError(f"{self.path.rpartition('/')[2]}: {error.read()[:300]!r}") from error

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep quiet."""


def completed(found: Json) -> Json:
    """Put back what the other server leaves out of a user, a message or an update."""
    whole: Json = {
        key: completed(value) if isinstance(value, dict) else value for key, value in found.items()
    }
    if "first_name" in whole and "type" not in whole:
        whole.setdefault("is_bot", whole.get("id") == 666)
    if isinstance(whole.get("date"), int) and whole["date"] > 10**11:
        whole["date"] //= 1000
    if "data" in whole and "message" in whole:  # a pressed button
        whole.setdefault("chat_instance", "1")
        whole["message"].setdefault("date", int(time.time()))
        whole["message"].setdefault("message_id", 0)
    # What was sent is echoed as it was sent, as text: Telegram describes it.
    return {key: value for key, value in whole.items() if key not in ECHOED}
