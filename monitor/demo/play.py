"""The demo: the real program with two addresses changed, looking at a simulated site."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog
from rich.console import Console

from monitor.alert.markup import escape
from monitor.app import Monitor, open_monitor
from monitor.config import load_config
from monitor.demo.site import SimulatedSite
from monitor.dialogue.answers import ROUTER
from monitor.dialogue.ask import Ask
from monitor.logs import set_up_logs
from monitor.model import TERMINAL, DocumentKind, Message
from monitor.once import sweep_with_progress
from monitor.redact import Redactor
from monitor.showing import Shown, showing
from monitor.telegram.terminal import TerminalSender

log = structlog.get_logger()
_INTRO = (
    "[bold]A demo on a simulated site.[/bold] Its country profiles are served by this program on this machine; no page "
    "of UNODC is fetched and nobody is alerted. The addresses of many executive summaries are real, all else is made up.\n"
)


async def play(*, is_once: bool) -> None:
    """Take a baseline, let Mexico publish, find it, show the alert; then answer questions until end of input."""
    console = Console()
    console.print(_INTRO, highlight=False)
    shipped = load_config({})
    with SimulatedSite(shipped.countries) as site, TemporaryDirectory(prefix="uncac-demo-") as folder:
        listen = "" if is_once else "127.0.0.1:0"
        config = load_config(_environment(os.environ, site.profile_url, Path(folder), listen))
        set_up_logs("error", "text", Redactor([]))
        async with (
            open_monitor(config, command="uncac-monitor demo", console=console) as monitor,
            showing(monitor, _bug) as board,
        ):
            await _act(monitor, site, console)
            if board is not None:
                await _converse(monitor, board, console)


def _bug(job: str, error: BaseException) -> None:
    log.error("job failed", job=job, exc_info=error)


def _environment(
    environ: Mapping[str, str], profile_url: str, folder: Path, listen: str = ""
) -> dict[str, str]:
    """Keep nothing of the operator's settings: the demo must neither alert their chats nor touch their store."""
    return {name: value for name, value in environ.items() if not name.startswith("MONITOR_")} | {
        "MONITOR_SOURCE__PROFILE_URL": profile_url,
        "MONITOR_SOURCE__ALLOWED_HOSTS": '["127.0.0.1"]',
        "MONITOR_SOURCE__ALLOW_HTTP": "true",
        "MONITOR_SOURCE__SPACING": "0",
        "MONITOR_STORE__PATH": str(folder / "monitor.json"),
        "MONITOR_WEB__LISTEN": listen,
        "MONITOR_SIGNALS__LISTEN": "",
        "MONITOR_PLEDGE__CHECK_DAYS": "0",
    }


async def _act(monitor: Monitor, site: SimulatedSite, console: Console) -> None:
    config = monitor.config
    console.print("[bold]1.[/bold] The first look: everything on the pages becomes known, nothing is news.")
    report = await sweep_with_progress(monitor, config.countries, "First look")
    known = sum(visit.documents for visit in report.visits)
    console.print(
        f"   {len(report.visits)} countries read, {known} review documents known.\n", highlight=False
    )
    await monitor.deliver()
    console.print("\n[bold]2.[/bold] Mexico publishes the self-assessment of its second cycle, unannounced.")
    site.publish("MEX", DocumentKind.SELF_ASSESSMENT, "2", languages=("en", "es"))
    console.print("[bold]3.[/bold] The next sweep finds it, and every subscribed chat is told:\n")
    await sweep_with_progress(monitor, config.countries, "Next look")
    await monitor.deliver()


async def _converse(monitor: Monitor, board: Shown, console: Console) -> None:
    await board.was_tried.wait()
    if board.address:
        console.print(f"\n[bold]4.[/bold] See the board in a browser: {board.address}", highlight=False)
    console.print(
        "[bold]5.[/bold] Ask as one would in chat: /status Mexico, /evidence Mexico, /missing, /subscribe, /help. Ctrl-D ends the demo."
    )
    chat = TerminalSender(console)
    while line := await asyncio.to_thread(_ask):
        await _answer(monitor, line, chat)
    console.print()


async def _answer(monitor: Monitor, line: str, chat: TerminalSender) -> None:
    """Answer as in a private chat; what is chosen is written down first, and a file is only named."""
    reply = ROUTER.answer(Ask(line, TERMINAL), monitor.view())
    if reply.commit is not None:
        await monitor.store.acommit(reply.commit)
    if reply.message is not None:
        chat.show(reply.message)
    if reply.drawing is not None:
        chat.show(Message(escape(reply.drawing.caption)))
    if reply.file is not None:
        chat.show(Message(escape(f"{reply.file.name}: {reply.file.caption}")))


def _ask() -> str:
    """Read one line; nothing at the end of input. An empty line asks for help."""
    sys.stdout.write("> ")
    sys.stdout.flush()
    line = sys.stdin.readline()
    return (line.strip() or "/help") if line else ""
