"""The main dialogue, proven against a Bot API stand-in that others wrote: npm's telegram-test-api."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from monitor.config import load_config
from monitor.demo.site import SimulatedSite
from monitor.model import DocumentKind
from tests.harness.program import OPERATOR, Program, short_config
from tests.others.bridge import Json, ask, bridged

FOLDER = Path(__file__).parent
NODE = shutil.which("node")
TOKEN = "123456:" + "a-token-of-this-test-only-000000000000"
CHAT, PERSON = 555, {"id": 555, "first_name": "Ann", "is_bot": False, "language_code": "en"}
PATIENCE = 90.0

pytestmark = pytest.mark.skipif(
    NODE is None or not (FOLDER / "node_modules").is_dir(),
    reason="node or telegram-test-api is not here: scripts/test installs it where node and npm are",
)


class Ann:
    """A person in a private chat, through the other server's client side."""

    def __init__(self, server: str) -> None:
        self._server = server

    def says(self, text: str) -> None:
        message = self._said() | {"text": text}
        if not text.startswith("/"):
            self._post("sendMessage", message)
            return
        entity = {"offset": 0, "length": len(text.split(maxsplit=1)[0]), "type": "bot_command"}
        self._post("sendCommand", message | {"entities": [entity]})

    def presses(self, label: str) -> None:
        update = next(each for each in reversed(self._history()) if label in _labels(each))
        data = _labels(update)[label]
        message = self._said() | {"message_id": update["messageId"], "text": update["message"]["text"]}
        self._post("sendCallback", self._said() | {"message": message, "data": data})

    def reads(self) -> list[str]:
        return [str(update["message"]["text"]) for update in self._history()]

    def waits_for_the_baseline(self) -> None:
        self.waits_for(lambda _: [each for each in self._all() if _chat_of(each) == str(OPERATOR)])

    def waits_for(self, is_there: Callable[[list[str]], object]) -> None:
        end = time.monotonic() + PATIENCE
        while not is_there(self.reads()):
            assert time.monotonic() < end, self.reads()
            time.sleep(0.05)

    def _said(self) -> Json:
        chat = {"id": CHAT, "first_name": "Ann", "type": "private"}
        return {"botToken": TOKEN, "date": int(time.time()), "from": PERSON, "chat": chat}

    def _post(self, what: str, body: Json) -> Any:  # noqa: ANN401 - whatever JSON it gives
        return ask(f"{self._server}/{what}", json.dumps(body).encode())

    def _history(self) -> list[Json]:
        return [each for each in self._all() if _chat_of(each) == str(CHAT)]

    def _all(self) -> list[Json]:
        found: list[Json] = self._post("getUpdatesHistory", {"token": TOKEN})["result"]
        return found


def _chat_of(update: Json) -> str:
    """Name the chat that the bot sent something to; nothing where a person said it."""
    return str(update.get("message", {}).get("chat_id", ""))


def _labels(update: Json) -> dict[str, str]:
    rows = (update["message"].get("reply_markup") or {}).get("inline_keyboard", [])
    return {button["text"]: button.get("callback_data", "") for row in rows for button in row}


@pytest.fixture
def server() -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [str(NODE), "server.js", str(port)]
    with subprocess.Popen(command, cwd=FOLDER, stdout=subprocess.PIPE, text=True) as node:
        assert node.stdout is not None
        assert node.stdout.readline() == "ready\n"
        yield f"http://127.0.0.1:{port}"
        node.kill()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[SimulatedSite]:
    config = load_config({"MONITOR_CONFIG": str(short_config(tmp_path, 12))})
    with SimulatedSite(config.countries) as site:
        yield site


@pytest.fixture
def ann(tmp_path: Path, server: str, site: SimulatedSite) -> Iterator[Ann]:
    with bridged(int(server.rpartition(":")[2])) as api:
        program = Program(tmp_path, profile_url=site.profile_url, api_url=api, token=TOKEN)
        program.start()
        try:
            yield Ann(server)
        finally:
            program.stop()


def test_ann_asks_chooses_and_is_told_through_a_server_written_by_others(
    ann: Ann, site: SimulatedSite
) -> None:
    ann.waits_for_the_baseline()
    ann.says("/status Albania")
    ann.waits_for(lambda read: any(text.startswith("<b>🇦🇱 Albania</b>") and "✓" in text for text in read))
    ann.says("/subscriptions")
    ann.waits_for(lambda read: any("Albania" not in text and "is told" in text for text in read))
    site.publish("ALB", DocumentKind.COUNTRY_REPORT, "2", ("en",))
    ann.waits_for(lambda read: sum("published its country report" in text for text in read) == 1)
    ann.presses("Status")
    ann.waits_for(lambda read: sum(text.startswith("<b>🇦🇱 Albania</b>") for text in read) == 2)
    ann.says("/countries")
    ann.waits_for(lambda read: any("Afghanistan" in text and "1" in text for text in read))
    ann.presses("▶")
    ann.waits_for(lambda read: any("Austria" in text for text in read))
