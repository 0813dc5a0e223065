"""Draws the bot's messages as a phone shows them, and the board, for the README: ``.venv/bin/python scripts/pictures.py [NAME…]``.

The messages are real: the service runs beside a simulated profile site and the tests' Telegram. The phone is not: a
small HTML page in a headless Chromium, so these are renderings and no photographs. The board shows the sample world of
the tests, whose publications are invented.
"""

from __future__ import annotations

import html
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from monitor.config import load_config  # noqa: E402 - the line above makes it importable
from monitor.demo.site import SimulatedSite  # noqa: E402
from monitor.model import DocumentKind  # noqa: E402
from tests.botapi import BotApi, Sent  # noqa: E402
from tests.botapi.server import TOKEN  # noqa: E402
from tests.browser.chromium import NAMES  # noqa: E402
from tests.browser.chromium import browser as chromium  # noqa: E402
from tests.browser.host import served  # noqa: E402
from tests.browser.visitor import PHONE, Visitor  # noqa: E402
from tests.harness.program import Program, short_config  # noqa: E402
from tests.web import world  # noqa: E402

TARGET: Final = ROOT / "docs" / "pictures"
BOARD: Final = {
    "board-home": ("en/index.html", {"width": 1280, "height": 1140}, 1),
    "board-country-phone": ("en/countries/MEX.html", PHONE, 2),
}
"""The board's pictures: page, screen, dots a pixel."""
WIDTH: Final = 430
PATIENCE: Final = 60.0
STYLE: Final = """
body { margin: 0; padding: 12px 10px; background: #c9d9c3; font: 15px/1.36 "Noto Sans", "Noto Color Emoji", sans-serif; color: #111; }
.bubble { background: #fff; border-radius: 14px; padding: 9px 12px; margin: 6px 26px 3px 0; white-space: pre-wrap;
  box-shadow: 0 1px 1px #0002; overflow-wrap: anywhere; }
.said { background: #e3fbcd; margin: 6px 0 6px auto; width: fit-content; border-radius: 14px; padding: 8px 12px; box-shadow: 0 1px 1px #0002; }
.row { display: flex; gap: 3px; margin: 0 26px 3px 0; }
.button { flex: 1; background: #6f8a63cc; color: #fff; border-radius: 7px; padding: 7px 4px; text-align: center; font-size: 14px; }
a { color: #2678b6; text-decoration: none; }
pre, code { font: 13px/1.3 "Noto Sans Mono", "DejaVu Sans Mono", monospace; }
pre { background: #f2f4f6; border-left: 3px solid #6ba3d0; margin: 4px 0; padding: 5px 8px; white-space: pre-wrap; }
"""


def main() -> None:
    """Hold the conversations and draw each."""
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        sys.exit("A Chromium is needed to draw: apt-get install chromium fonts-noto-color-emoji")
    TARGET.mkdir(parents=True, exist_ok=True)
    wanted = frozenset(sys.argv[1:])
    draw_board(wanted or BOARD)
    if wanted and wanted <= BOARD.keys():
        return
    with tempfile.TemporaryDirectory() as folder:
        for name, said in conversations(Path(folder)).items():
            if not wanted or name in wanted:
                draw(browser, Path(folder), name, said)
                print(TARGET / f"{name}.png")


def draw_board(wanted: Collection[str]) -> None:
    """Take pictures of the board as it serves the tests' sample world, small enough for a README."""
    with chromium() as browser, served(world.view()) as address:
        for name in BOARD.keys() & wanted:
            path, screen, scale = BOARD[name]
            visitor = Visitor.arrives(browser, address, viewport=screen, device_scale_factor=scale)
            picture = TARGET / f"{name}.png"
            visitor.goes_to(path).screenshot(path=picture)
            visitor.leaves()
            if shutil.which("pngquant"):
                subprocess.run(["pngquant", "--force", "--ext", ".png", "64", picture], check=True)  # noqa: S603, S607 - our own file
            print(picture)


def conversations(folder: Path) -> dict[str, list[str | Sent]]:
    """Run the service and talk to it; strings are what people say."""
    config = load_config({"MONITOR_CONFIG": str(short_config(folder, 12))})
    with SimulatedSite(config.countries) as site, BotApi(chats=(), token=TOKEN) as telegram:
        olga, ann, bob = (
            telegram.person("Olga"),
            telegram.person("Ann"),
            telegram.person("Bruno", language="fr"),
        )
        settings = {"TELEGRAM__CHATS": "[]", "TELEGRAM__OPERATORS": f"[{olga.id}]"}
        address = site.profile_url
        program = Program(folder, profile_url=address, api_url=telegram.url, token=TOKEN, settings=settings)
        olga.says("/start")
        program.start()
        try:
            olga.waits_for("First look", PATIENCE)
            ann.says("/subscribe")
            menu = ann.waits_for("12")
            bob.says("/subscribe")
            bob.waits_for("12")
            site.publish("AUS", DocumentKind.SELF_ASSESSMENT, "2", ("en",))
            alert = ann.waits_for("Australia", PATIENCE)
            french = bob.waits_for("Australie", PATIENCE)
            ann.says("/status australia")
            card = ann.waits_for("Cycle 1", since=alert.record["revision"])
            proof = alert.text.rpartition("Proof: ")[2].split(",")[0].strip()
            ann.says(f"/evidence {proof}")
            evidence = ann.waits_for("Words that decided", PATIENCE)
            ann.says("/missing")
            missing = ann.waits_for("Not published")
            for document in site.documents("AFG"):
                site.withdraw("AFG", document.url)
            held = olga.waits_for("is held", PATIENCE)
            olga.says("/health")
            health = olga.waits_for("12 of 12", PATIENCE, since=held.record["revision"])
            time.sleep(1)
        finally:
            program.stop()
    return {
        "alert": [alert],
        "alert-fr": [french],
        "status": ["/status australia", card],
        "evidence": [f"/evidence {proof}", evidence],
        "missing": ["/missing", missing],
        "subscribe": ["/subscribe", menu],
        "operators": [held, "/health", health],
    }


def draw(browser: str, folder: Path, name: str, said: Iterable[str | Sent]) -> None:
    """Take a picture of a conversation and cut it where it ends."""
    source = folder / f"{name}.html"
    source.write_text(page(said), "utf-8")
    height = _height(browser, source)
    picture = TARGET / f"{name}.png"
    size = f"--window-size={WIDTH},{height}"
    _run(browser, size, "--force-device-scale-factor=2", f"--screenshot={picture}", source.as_uri())


def _height(browser: str, source: Path) -> int:
    measure = "<script>document.title = document.body.offsetHeight + 90</script>"
    source.write_text(source.read_text("utf-8") + measure, "utf-8")
    shown = _run(browser, f"--window-size={WIDTH},1200", "--dump-dom", source.as_uri())
    return int(shown.partition("<title>")[2].partition("</title>")[0])


def _run(browser: str, *options: str) -> str:
    fixed = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
    done = subprocess.run([browser, *fixed, *options], capture_output=True, text=True, check=True, timeout=60)  # noqa: S603 - our own arguments
    return done.stdout


def page(said: Iterable[str | Sent]) -> str:
    """Write a conversation as HTML; Telegram's markup is a browser's markup."""
    bubbles = (
        f'<div class="said">{html.escape(each)}</div>' if isinstance(each, str) else bubble(each)
        for each in said
    )
    return f'<!DOCTYPE html><meta charset="utf-8"><title></title><style>{STYLE}</style>{"".join(bubbles)}'


def bubble(message: Sent) -> str:
    """Write a message with its buttons."""
    rows = "".join(
        f'<div class="row">{"".join(button(label) for label in row)}</div>' for row in message.labels
    )
    shown = message.html.replace("</pre>\n", "</pre>")  # a block ends its line itself
    return f'<div class="bubble">{shown}</div>{rows}'


def button(label: str) -> str:
    """Write a button."""
    return f'<span class="button">{html.escape(label)}</span>'


if __name__ == "__main__":
    main()
