"""Commands that do one thing and end: a sweep now, a decision now."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from monitor.app import Monitor, open_monitor
from monitor.assembly import utc_now
from monitor.config import Config
from monitor.dialogue.reply import SayWhoSigned
from monitor.errors import InUse
from monitor.language.speech import speak
from monitor.model import Country
from monitor.record.inbox import leave_decision
from monitor.record.store import Store
from monitor.settle import Word, consequence
from monitor.sweep import SweepReport


async def sweep_now(config: Config, countries: tuple[Country, ...], *, is_quiet: bool) -> SweepReport:
    """Look at the countries once, then deliver what is due; ``is_quiet`` keeps stdout for something else."""
    console = Console(stderr=is_quiet)
    async with open_monitor(config, command="uncac-monitor sweep", console=console) as monitor:
        report = await sweep_with_progress(monitor, countries)
        await monitor.deliver()
    return report


async def sweep_with_progress(
    monitor: Monitor, countries: tuple[Country, ...], what: str = "Looking"
) -> SweepReport:
    """Sweep with a progress bar, where there is a terminal to show it."""
    with progress_bar(what, len(countries)) as seen:
        return await monitor.sweep(countries, is_asked=True, seen=seen)


@contextmanager
def progress_bar(what: str, total: int) -> Iterator[Callable[[str], None]]:
    """Give a function that moves the bar on by one country."""
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=total)

        def seen(code: str) -> None:
            bar.update(task, advance=1, description=f"{what} ({code})")

        yield seen
        bar.update(task, description=what)


async def settle_now(config: Config, word: Word, command: str) -> str:
    """Apply a person's word, here or through the running service; gives the line to show."""
    path = Path(config.store.path)
    try:
        async with open_monitor(config, command=f"uncac-monitor {command}", console=Console()) as monitor:
            done = await monitor.act(speak(), word)
            await monitor.deliver()
    except InUse as error:
        _require_sense(path, word)
        leave_decision(path, word)
        return f"Handed to the running service, which applies it within seconds ({error.holder})."
    return done


async def sign_now(config: Config, words: tuple[SayWhoSigned, ...], command: str) -> tuple[str, ...]:
    """Write down who signed the Pledge, here or through the running service; gives the lines to show."""
    try:
        async with open_monitor(config, command=f"uncac-monitor {command}", console=Console()) as monitor:
            return tuple([await monitor.act(speak(), word) for word in words])
    except InUse as error:
        for word in words:
            leave_decision(Path(config.store.path), word)
        return (f"Handed to the running service, which applies it within seconds ({error.holder}).",)


def _require_sense(path: Path, word: Word) -> None:
    """Say at once that there is nothing to decide, instead of leaving the service a decision about nothing."""
    store = Store.open(path, is_reader=True)
    try:
        consequence(word, store.load(), utc_now(), timedelta())
    finally:
        store.close()
