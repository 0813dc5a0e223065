"""Write a store as a released version does, by running that version: python tests/record/stores/write.py NAME.

Run it with the interpreter in a checkout of that version: `PYTHONPATH=CHECKOUT python write.py store_v2`. Beside the
store stands what that version itself said is in it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor.config import load_config
from monitor.demo.site import SimulatedSite
from monitor.model import DocumentKind
from tests.botapi.server import TOKEN, BotApi
from tests.botapi.state import Close, blocked, server_error
from tests.cli.terminal import CODES, Terminal

FOLDER = Path(__file__).parent
ALERTED, REMOVED, SLOW, OPERATORS = -1001, -1002, -1003, 55
SPOKEN = "/subscribe Mexico, Niger"
COMMANDS = (("documents", "--json"), ("changes", "--json"), ("status", "--json"))


def lived(terminal: Terminal, telegram: BotApi) -> None:
    """Let things happen that a store remembers: news, chats that take nothing, a held look, a choice."""
    site = terminal.site
    assert terminal.run("sweep").code == 0
    site.publish("MEX", DocumentKind.SELF_ASSESSMENT, "2")
    telegram.fails_with(REMOVED, blocked())
    telegram.fails_with(SLOW, Close(is_mid_answer=True))
    assert terminal.run("sweep").code == 0
    for document in site.documents("FIN"):
        site.withdraw("FIN", document.url)
    assert terminal.run("sweep", "FIN").code == 0
    chosen(terminal, telegram)
    site.publish("NER", DocumentKind.COUNTRY_REPORT, "1")
    telegram.fails_with(ALERTED, server_error(), times=50)
    telegram.fails_with(77, server_error(), times=50)
    assert terminal.run("sweep", "NER").code == 0


def chosen(terminal: Terminal, telegram: BotApi) -> None:
    """Let a person subscribe, where the version can be asked."""
    before = telegram.texts(77)
    service = terminal.starts("run")
    try:
        telegram.push_update(SPOKEN, 77)
        end = time.monotonic() + 30
        while telegram.texts(77) == before and time.monotonic() < end:
            time.sleep(0.2)
    finally:
        service.send_signal(signal.SIGTERM)
        service.communicate(timeout=20)


def main(name: str) -> None:
    """Write NAME.json and NAME.seen.json."""
    countries = tuple(each for each in load_config({}).countries if each.code in CODES)
    with TemporaryDirectory() as folder, SimulatedSite(countries) as site, BotApi() as telegram:
        terminal = Terminal(Path(folder), site)
        terminal.set(
            TELEGRAM__TOKEN=TOKEN,
            TELEGRAM__API_URL=telegram.url,
            TELEGRAM__CHATS=json.dumps([ALERTED, REMOVED, SLOW]),
            TELEGRAM__OPERATORS=json.dumps([OPERATORS]),
        )
        lived(terminal, telegram)
        (FOLDER / f"{name}.json").write_bytes(terminal.store.read_bytes())
        seen = {words[0]: terminal.run(*words).json() for words in COMMANDS}
        (FOLDER / f"{name}.seen.json").write_text(json.dumps(seen, indent=1) + "\n")


if __name__ == "__main__":
    assert os.environ.get("PYTHONPATH"), "name the checkout of that version in PYTHONPATH"
    main(sys.argv[1])
