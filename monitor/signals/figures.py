"""The state of the service in figures, from what is stored: what a chart of it is drawn from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Literal

from monitor.model import Change, DeliveryState, Dossier, World
from monitor.signals.backlog import last_sent, overdue_since
from monitor.signals.standing import Sight, problems

Reading = Literal["read", "held", "failing", "unread"]
READINGS: Final[tuple[Reading, ...]] = ("read", "held", "failing", "unread")
"""How a country's page stands: read and believed, read and not believed, not to be read now, never read."""
Told = Mapping[tuple[str, str], int]
"""Changes by what happened and to which kind of document."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of one moment; no country, no chat and no document is named."""

    is_ready: bool
    is_writable: bool
    is_paused: bool
    period: timedelta
    countries: Mapping[str, int]
    changes: Told
    deliveries: Mapping[str, int]
    incidents: int
    backlog_age: timedelta
    """How long the oldest message that could go out waits."""
    oldest_look: datetime | None
    """The last good look at the country for which that is longest ago."""
    successes: Mapping[str, datetime]
    """When what last went well."""
    store_bytes: int


def figures(sight: Sight, store_bytes: int, copied: datetime | None) -> Figures:
    """Count; ``copied``: when the last dated copy of the store was taken."""
    world, now = sight.world, sight.now
    overdue = overdue_since(world, now)
    dossiers = [world.dossiers.get(code) for code in sight.codes]
    is_refused = sight.inside is not None and sight.inside.unwritten_since is not None
    return Figures(
        is_ready=not problems(sight),
        is_writable=not (is_refused or sight.disk),
        is_paused=world.duty.paused_since is not None,
        period=sight.period,
        countries=_each(READINGS, (_reading(each) for each in dossiers)),
        changes=told(world.changes),
        deliveries=_each(DeliveryState, (one.state for one in world.deliveries)),
        incidents=len(world.incidents),
        backlog_age=max(now - overdue, timedelta()) if overdue else timedelta(),
        oldest_look=min((each.last_read for each in dossiers if each and each.last_read), default=None),
        successes=_successes(world, copied),
        store_bytes=store_bytes,
    )


def told(changes: Iterable[Change]) -> Told:
    """Count changes by what happened and to which kind of document."""
    return Counter((change.kind.value, change.document.kind.value) for change in changes)


def _successes(world: World, copied: datetime | None) -> Mapping[str, datetime]:
    found = {
        "sweep": world.duty.swept,
        "delivery": last_sent(world),
        "copy": copied,
        "pledge list": world.duty.pledge_checked,
    }
    return {name: moment for name, moment in found.items() if moment is not None}


def _each(names: Iterable[str], found: Iterable[str]) -> Mapping[str, int]:
    """Count, and say 0 of what there is none of: a line that is not there looks like one that was never asked for."""
    counts = Counter(found)
    return {str(name): counts[name] for name in names}


def _reading(dossier: Dossier | None) -> Reading:
    if dossier is not None and dossier.failing:
        return "failing"
    if dossier is not None and dossier.held:
        return "held"
    return "read" if dossier is not None and dossier.last_read else "unread"
