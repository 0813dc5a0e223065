"""Does the service do its work? In sentences that say what to do; plain English, as logs are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from monitor.model import Dossier, World
from monitor.signals.backlog import PATIENCE, still_since

FIRST_CHANCE: Final = timedelta(minutes=30)
"""After a start the first sweep may take this long, however long the service was off before."""
LINE_DOWN: Final = timedelta(minutes=10)
"""So long Telegram may be away: its servers are now and then."""


@dataclass(frozen=True, slots=True)
class Inside:
    """What only the running service knows of itself."""

    started: datetime
    unwritten_since: datetime | None = None
    """Since when the store takes nothing."""
    unreached_since: datetime | None = None
    """Since when Telegram gives nothing."""
    unreached: str = ""
    """Why."""


@dataclass(frozen=True, slots=True)
class Sight:
    """The service as it is seen at one moment."""

    world: World
    codes: tuple[str, ...]
    """The countries it has to look at."""
    period: timedelta
    """A sweep of all countries begins once in it."""
    now: datetime
    inside: Inside | None = None
    """None where it is seen from outside."""
    disk: str = ""
    """Why the disk will not take the store; empty where it will."""


def problems(sight: Sight) -> tuple[str, ...]:
    """Say what keeps the service from its work, the worst first; nothing where it does it."""
    return (*_store(sight), *_sweeps(sight), *_pages(sight), *_line(sight), *_deliveries(sight))


def _store(sight: Sight) -> Iterator[str]:
    since = sight.inside.unwritten_since if sight.inside else None
    if since is not None:
        yield (
            f"The store could not be written for {span(sight.now - since)}: nobody is told anything. "
            "Make room or allow writing; the service then goes on by itself."
        )
    elif sight.disk:
        yield sight.disk


def _sweeps(sight: Sight) -> Iterator[str]:
    if _is_fresh(sight):
        return
    swept = sight.world.duty.swept
    remedy = "Look into the service's log, then start it again."
    if swept is None:
        yield f"No sweep has finished yet. {remedy}"
    elif sight.now - swept > _patience(sight):
        yield (
            f"The last sweep finished {span(sight.now - swept)} ago; one is due every {span(sight.period)}. {remedy}"
        )


def _pages(sight: Sight) -> Iterator[str]:
    known = [found for code in sight.codes if (found := sight.world.dossiers.get(code))]
    errors = [each.failing.error for each in known if each.failing]
    if not known or len(errors) < len(known) or _is_fresh(sight) or _was_read(sight, known):
        return
    [(reason, _)] = Counter(errors).most_common(1)
    yield (
        f"No country's page can be read: {_short(reason)}. "
        "Open one profile in a browser; if that works, run: uncac-monitor check --online"
    )


def _was_read(sight: Sight, known: list[Dossier]) -> bool:
    read = max((each.last_read for each in known if each.last_read), default=None)
    return read is not None and sight.now - read <= _patience(sight)


def _line(sight: Sight) -> Iterator[str]:
    inside = sight.inside
    if inside is None or inside.unreached_since is None:
        return
    away = sight.now - inside.unreached_since
    if away > LINE_DOWN:
        yield f"Telegram has given nothing for {span(away)}: {_short(inside.unreached)}."


def _deliveries(sight: Sight) -> Iterator[str]:
    since = still_since(sight.world, sight.now)
    if since is not None and sight.inside is not None:
        since = max(since, sight.inside.started)
    if since is not None and sight.now - since > PATIENCE:
        yield (
            f"Messages wait and none went out for {span(sight.now - since)}. "
            "Look into the service's log; to ask Telegram, run: uncac-monitor check --online"
        )


def _patience(sight: Sight) -> timedelta:
    return 2 * sight.period


def _is_fresh(sight: Sight) -> bool:
    """Tell whether it began so lately that its first sweep may still be under way, however long it was off."""
    chance = min(_patience(sight), FIRST_CHANCE)
    return sight.inside is not None and sight.now - sight.inside.started <= chance


def _short(text: str) -> str:
    words = " ".join(text.split()).rstrip(".")
    return words if len(words) <= 200 else f"{words[:199]}…"  # noqa: PLR2004 - a line's worth


def span(time: timedelta) -> str:
    """Say how long something lasts, in its largest sensible unit."""
    minutes = max(1, round(time.total_seconds() / 60))
    hours, days = round(minutes / 60), round(minutes / 60 / 24)
    if minutes < 100:  # noqa: PLR2004 - more are easier to grasp as hours
        return _counted(minutes, "minute")
    return _counted(hours, "hour") if hours < 48 else _counted(days, "day")  # noqa: PLR2004 - two days


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
