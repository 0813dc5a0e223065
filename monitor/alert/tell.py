"""What follows from a decision: the alerts owed to chats, and what the operators must hear."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from monitor.alert import health, notices
from monitor.alert.message import alert
from monitor.alert.outbox import owed, owed_notices
from monitor.board.reading import remarks
from monitor.model import (
    Change,
    Country,
    Delivery,
    Dossier,
    Message,
    Pledge,
    Subscription,
    World,
)
from monitor.profile.rules import Rules
from monitor.record.decide import Decision

BUG: Final = "a bug in the monitor"
"""How the error of a look begins that tripped over our own fault."""
UNREADABLE: Final = "most countries cannot be read"
_FEWEST: Final = 3
"""Looks of fewer countries say nothing about the site as a whole."""
_Failing = tuple[tuple[Country, str], ...]
"""Countries that cannot be read, and why."""


@dataclass(frozen=True, slots=True)
class Book:
    """What is said about countries beside what was read of them."""

    countries: tuple[Country, ...]
    pledges: Mapping[str, Pledge]
    rules: Rules
    profile_url: Callable[[Country], str]

    def country(self, code: str) -> Country:
        """Give a country by its code."""
        return next(country for country in self.countries if country.code == code)


@dataclass(frozen=True, slots=True)
class Telling:
    """What is owed to whom after a decision."""

    deliveries: tuple[Delivery, ...]
    notices: tuple[Message, ...]
    """What the operators are told, whether or not there is a chat for it."""
    incidents: Mapping[str, datetime]


def tell(decision: Decision, world: World, book: Book, now: datetime) -> Telling:
    """Write the messages that follow from a decision and address them."""
    sequence = numbers(now)
    after = {**world.dossiers, **{dossier.code: dossier for dossier in decision.dossiers}}
    failing, known = _failing_now(after, book), sum(country.code in after for country in book.countries)
    incidents = _incidents(decision, world, failing, known, now)
    said = (
        *_notices(decision, world, after, book),
        *_incident_notices(incidents, world, failing, known, now),
    )
    alerts = owed(decision.changes, world.subscriptions, _writer(world.dossiers, after, book), now, sequence)
    return Telling((*alerts, *owed_notices(said, world.subscriptions, now, sequence)), said, incidents)


def numbers(now: datetime) -> Callable[[], str]:
    """Give a source of delivery ids that sort in the order they are given, also after a restart."""
    count = itertools.count()
    return lambda: f"{now:%Y%m%dT%H%M%S%f}-{next(count):05d}"


def _writer(
    before: Mapping[str, Dossier], after: Mapping[str, Dossier], book: Book
) -> Callable[[str, tuple[Change, ...], Subscription], tuple[Message, ...]]:
    def write(code: str, changes: tuple[Change, ...], _: Subscription) -> tuple[Message, ...]:
        country = book.country(code)
        return alert(
            country,
            changes,
            before.get(code),
            after[code],
            book.pledges[code],
            cycles=book.rules.cycles,
            profile_url=book.profile_url(country),
        )

    return write


def _notices(decision: Decision, world: World, after: Mapping[str, Dossier], book: Book) -> Iterator[Message]:
    if decision.baseline:
        yield from _baseline(decision, world, after, book)
    fleet = [held for held in decision.held_now if held.is_fleet]
    if fleet:
        pairs = [(book.country(held.code), held.changes) for held in fleet]
        yield from notices.held_fleet(pairs, len(decision.visits), book.profile_url)
    for held in decision.held_now:
        if not held.is_fleet:
            country = book.country(held.code)
            yield from notices.held(country, held.reason, held.changes, book.profile_url(country))
    yield from notices.doubtful((book.country(code), known) for code, known in decision.doubtful)
    yield from _bugs(decision, world, book)


def _bugs(decision: Decision, world: World, book: Book) -> Iterator[Message]:
    """Tell of each fault of our own once, as long as it stays the same."""
    for visit in decision.visits:
        before = world.dossiers.get(visit.code)
        known = before.failing.error if before and before.failing else ""
        if visit.error.startswith(BUG) and visit.error != known:
            yield health.bug(f"reading the profile of {book.country(visit.code).name}", visit.error)


def _baseline(
    decision: Decision, world: World, after: Mapping[str, Dossier], book: Book
) -> tuple[Message, ...]:
    is_first = not any(dossier.first_read for dossier in world.dossiers.values())
    if is_first:
        read = [after[country.code] for country in book.countries if country.code in after]
        looked_at = tuple(country for country in book.countries if country.code in after)
        return health.baseline_report(looked_at, after, remarks(read, book.rules.expectations))
    return health.baseline_report(tuple(map(book.country, decision.baseline)), after)


def _incidents(
    decision: Decision, world: World, failing: _Failing, known: int, now: datetime
) -> Mapping[str, datetime]:
    """Say what is wrong with the site as a whole; a look at a few countries neither begins nor ends it."""
    if len(decision.visits) < _FEWEST:
        return world.incidents
    others = {name: since for name, since in world.incidents.items() if name != UNREADABLE}
    if len(failing) * 2 > known:
        return {**others, UNREADABLE: world.incidents.get(UNREADABLE, now)}
    return others


def _failing_now(after: Mapping[str, Dossier], book: Book) -> _Failing:
    # Not of this sweep only: it leaves those that rest alone, and the signatories are looked at by themselves.
    dossiers = ((country, after.get(country.code)) for country in book.countries)
    return tuple((country, each.failing.error) for country, each in dossiers if each and each.failing)


def _incident_notices(
    incidents: Mapping[str, datetime], world: World, failing: _Failing, known: int, now: datetime
) -> Iterator[Message]:
    if UNREADABLE in incidents and UNREADABLE not in world.incidents:
        yield health.unreadable(failing, known)
    if UNREADABLE in world.incidents and UNREADABLE not in incidents:
        yield health.recovered(UNREADABLE, world.incidents[UNREADABLE], now)
