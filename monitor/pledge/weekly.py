"""When the list is read again, and what follows from it in one write."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from monitor.alert.book import numbers
from monitor.alert.outbox import notices_owed
from monitor.alert.troubles import LIST, list_went
from monitor.model import Commit, Country, Pledge, World
from monitor.pledge.asking import questions
from monitor.pledge.compare import Standing, compare
from monitor.pledge.read import trouble_of
from monitor.pledge.roster import Roster

_AGAIN: Final = timedelta(days=1)
"""How soon a list that could not be read is tried again."""


@dataclass(frozen=True, slots=True)
class Listed:
    """What the list is held against beside what operators said."""

    countries: tuple[Country, ...]
    pledges: Mapping[str, Pledge]
    """Every country has one: as pledge.csv says."""
    page: str
    """Where the list stands."""


def is_due(world: World, every: timedelta, now: datetime) -> bool:
    """Tell whether the list is to be read now; sooner where it could not be read the last time."""
    last = world.duty.pledge_checked
    wait = min(every, _AGAIN) if LIST in world.incidents else every
    # A clock that was set back must not silence it.
    return last is None or not timedelta() <= now - last < wait


def went(world: World, rosters: Iterable[Roster], problem: str, listed: Listed, now: datetime) -> Commit:
    """Say what follows from reading the list (``problem``: why it could not be): questions, an incident, the time of it."""
    found = tuple(rosters)
    told = list_went(world, problem or trouble_of(found), listed.page, now)
    findings = compare(found, {**listed.pledges, **world.pledges}, world.pledges)
    new = tuple(finding for finding in findings if finding.standing is Standing.NEW)
    countries = {country.code: country for country in listed.countries}
    asked = notices_owed(
        lambda say: questions(say, new, countries, listed.page),
        world,
        now,
        numbers(now, (*world.deliveries, *told.deliveries)),
    )
    duty = replace(world.duty, pledge_checked=now)
    return replace(told, deliveries=(*told.deliveries, *asked), duty=duty)
