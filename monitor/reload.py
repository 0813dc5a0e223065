"""Reading the configuration anew while the service runs: what can change does, what cannot is named."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Final

import structlog

from monitor.app import Monitor
from monitor.config import Config
from monitor.config.sources import known_settings, sections
from monitor.errors import ConfigError
from monitor.logs import set_levels

log = structlog.get_logger()
Setting = tuple[str, str]
"""Section and key."""
JOB: Final = "reading the configuration anew"
_MOST_MISTAKES: Final = 20
"""Lines of the log; `uncac-monitor check` shows them all."""
_FILES: Final[Mapping[str, Callable[[Config], object]]] = {
    "countries.csv": lambda config: config.countries,
    "pledge.csv": lambda config: (config.pledges, config.is_pledge_complete),
    "cycles.toml": lambda config: config.rules.cycles,
    "expectations.toml": lambda config: config.rules.expectations,
    "how pages are read": lambda config: config.rules.fingerprint,
}
"""What the other files say; all of it may change."""


def _all_of(*names: str) -> frozenset[Setting]:
    return frozenset((name, key) for name in names for key in sections()[name])


LIVE: Final = (
    _all_of("schedule", "believe", "documents", "backup", "pledge")
    | _all_of("telegram") - {("telegram", "token"), ("telegram", "api_url")}
    | {("store", "keep_days"), ("archive", "max_megabytes"), ("web", "address"), ("web", "licence")}
    | {("log", "level"), ("log", "areas")}
)
"""Settings that a running service takes over; the others are what it was built with, and wait for its next start."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """What follows from a configuration that was read anew."""

    config: Config
    """What holds from now on."""
    changed: tuple[str, ...]
    """Settings and files that it takes over."""
    waiting: tuple[str, ...]
    """Settings that need a restart."""


def renewed(old: Config, new: Config) -> Renewed:
    """Take over what can change while the service runs; pure."""
    differing = [place for place, _ in known_settings() if _value(old, place) != _value(new, place)]
    live = [place for place in differing if place in LIVE]
    held = {name: getattr(old, name) for name in sections()}
    for section, key in live:
        held[section] = held[section].model_copy(update={key: _value(new, (section, key))})
    return Renewed(
        replace(new, **held),
        (*(".".join(place) for place in live), *_changed_files(old, new)),
        tuple(".".join(place) for place in differing if place not in LIVE),
    )


def _value(config: Config, place: Setting) -> object:
    section, key = place
    return getattr(getattr(config, section), key)


def _changed_files(old: Config, new: Config) -> Iterator[str]:
    for file, said in _FILES.items():
        if said(old) != said(new):
            yield file


@dataclass(slots=True)
class Reloading:
    """Reads the configuration anew whenever that is asked for."""

    monitor: Monitor
    load: Callable[[], Config]
    """Reads it all; raises ConfigError."""
    reschedule: Callable[[], None]
    """Makes the jobs keep the configuration's times."""

    async def reload(self) -> None:
        """Take over what can change, or nothing where there is any mistake; raises StoreError."""
        try:
            new = await asyncio.to_thread(self.load)
        except ConfigError as error:
            _log_mistakes(error)
            return
        found = renewed(self.monitor.config, new)
        set_levels(found.config.log.level, found.config.log.levels)
        await self.monitor.heed(found.config)
        self.reschedule()
        log.info("configuration read anew", changed=list(found.changed))
        if found.waiting:
            log.warning("configuration: these settings need a restart", settings=list(found.waiting))

    async def keep(self, asked: asyncio.Event, on_bug: Callable[[str, BaseException], None]) -> None:
        """Do it each time it is asked for, until cancelled."""
        while True:
            await asked.wait()
            asked.clear()
            try:
                await self.reload()
            except Exception as error:  # noqa: BLE001 - the service goes on by what it knew
                on_bug(JOB, error)


@asynccontextmanager
async def reloading(
    how: Reloading, asked: asyncio.Event, on_bug: Callable[[str, BaseException], None]
) -> AsyncIterator[None]:
    """Read the configuration anew whenever ``asked`` is set; ``on_bug`` hears of what nobody expected."""
    keeping = asyncio.create_task(how.keep(asked, on_bug))
    try:
        yield
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)


def hangups(stop: Callable[[], None]) -> asyncio.Event:
    """Hear SIGHUP from now on, where there is such a signal; gives what is set whenever it asks for the configuration.

    Where the service was started in a terminal that is gone now, it means what it always did: ``stop``.
    """
    asked = asyncio.Event()
    has_terminal = _has_terminal()

    def heard() -> None:
        if has_terminal and not _has_terminal():
            stop()
        else:
            asked.set()

    if hasattr(signal, "SIGHUP"):
        asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, heard)
    return asked


def _has_terminal() -> bool:
    return os.isatty(0)


def _log_mistakes(error: ConfigError) -> None:
    for mistake in error.mistakes[:_MOST_MISTAKES]:
        log.warning(
            "configuration",
            file=mistake.file,
            key=mistake.key,
            value=mistake.value,
            expected=mistake.expected,
        )
    log.error("the configuration has mistakes, so the one before stays", mistakes=len(error.mistakes))
