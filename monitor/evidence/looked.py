"""How a sweep's looks ended, as they are remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.evidence.looks import moments, remembered
from monitor.model import LookHistory, Looks, World
from monitor.record.decide import Decision, Look


@dataclass(frozen=True, slots=True)
class Looked:
    """How a look at a country ended, and what came."""

    look: Look
    status: int | None = None
    body_hash: str = ""


def histories(
    found: Mapping[str, Looked], decision: Decision, world: World, now: datetime
) -> tuple[LookHistory, ...]:
    """Add a sweep's looks to what is remembered of each country; why one was not read or believed, its visit says."""
    errors = {visit.code: visit.error for visit in decision.visits}
    needed = moments(world.changes)
    return tuple(
        remembered(
            world.looks.get(code, LookHistory(code)),
            Looks(now, now, 1, looked.status, looked.body_hash, errors[code]),
            needed.get(code, frozenset()),
        )
        for code, looked in found.items()
    )
