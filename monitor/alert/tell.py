"""What follows from a decision: the alerts owed to chats, and what the operators must hear."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

from monitor.alert import health, notices, questions
from monitor.alert.book import Book, numbers
from monitor.alert.message import alert
from monitor.alert.outbox import Write, notices_owed, owed
from monitor.board.reading import remarks
from monitor.language.speech import N_, Speech, speak
from monitor.model import Country, Delivery, Dossier, Message, Subscription, World
from monitor.record.decide import Decision

__all__ = ["BUG", "UNREADABLE", "Book", "Telling", "notices_owed", "numbers", "tell"]

BUG: Final = "a bug in the monitor"
"""How the error of a look begins that tripped over our own fault."""
UNREADABLE: Final = N_("many countries cannot be read")
_A_QUARTER: Final = 4
"""When more than one country in so many cannot be read, that is the site, and no heartbeat a day later should say it first."""
_FEWEST: Final = 3
"""Looks of fewer countries say nothing about the site as a whole."""
_Failing = tuple[tuple[Country, str], ...]
"""Countries that cannot be read, and why."""


@dataclass(frozen=True, slots=True)
class Telling:
    """What is owed to whom after a decision."""

    deliveries: tuple[Delivery, ...]
    notices: tuple[Message, ...]
    """What the operators are told, whether or not there is a chat for it."""
    incidents: Mapping[str, datetime]
    holding: tuple[Subscription, ...] = ()
    """Those that are told later, with what they are owed."""


def tell(decision: Decision, world: World, book: Book, now: datetime) -> Telling:
    """Write the messages that follow from a decision and address them."""
    sequence, book = numbers(now, world.deliveries), book.with_pledges(world.pledges)
    after = {**world.dossiers, **{dossier.code: dossier for dossier in decision.dossiers}}
    failing, known = _failing_now(after, book), sum(country.code in after for country in book.countries)
    incidents = _incidents(decision, world, failing, known, now)

    def notices_in(say: Speech) -> tuple[Message, ...]:
        return (
            *_notices(say, decision, world, after, book),
            *_incident_notices(say, incidents, world, failing, known=known, now=now),
        )

    write = _writer(decision, world, after, book)
    alerts = owed(decision.changes, world, book.asks(), write, now=now, sequence=sequence)
    told = notices_owed(notices_in, world, now, sequence)
    return Telling((*alerts.deliveries, *told), notices_in(speak()), incidents, alerts.holding)


def _writer(decision: Decision, world: World, after: Mapping[str, Dossier], book: Book) -> Write:
    known = len(world.changes)

    @cache  # equal news is written once a language, not once a chat
    def written(code: str, numbers: tuple[int, ...], language: str) -> tuple[Message, ...]:
        country = book.country(code)
        return alert(
            speak(language),
            country,
            tuple(decision.changes[number - known] for number in numbers),
            world.dossiers.get(code),
            after[code],
            pledge=book.pledges[code],
            cycles=book.rules.cycles,
            profile_url=book.profile_url(country),
        )

    return written


def _notices(
    say: Speech, decision: Decision, world: World, after: Mapping[str, Dossier], book: Book
) -> Iterator[Message]:
    if decision.baseline:
        yield from _baseline(say, decision, world, after, book)
    fleet = [held for held in decision.held_now if held.is_fleet]
    if fleet:
        pairs = [(book.country(held.code), held.changes) for held in fleet]
        looks = {held.code: held.look for held in fleet}
        yield from notices.held_fleet(say, pairs, len(decision.visits), book.profile_url, looks=looks)
    for held in decision.held_now:
        if not held.is_fleet:
            country = book.country(held.code)
            profile = book.profile_url(country)
            yield from notices.held(say, country, held.reason, held.changes, profile, look=held.look)
    asked = ((book.country(code), known) for code, known in decision.doubtful)
    yield from questions.questions(say, asked)
    yield from _bugs(say, decision, world, book)


def _bugs(say: Speech, decision: Decision, world: World, book: Book) -> Iterator[Message]:
    """Tell of each fault of our own once, as long as it stays the same."""
    for visit in decision.visits:
        before = world.dossiers.get(visit.code)
        known = before.failing.error if before and before.failing else ""
        if visit.error.startswith(BUG) and visit.error != known:
            country = say.name(book.country(visit.code))
            yield health.bug(say, say("reading the profile of {country}", country=country), visit.error)


def _baseline(
    say: Speech, decision: Decision, world: World, after: Mapping[str, Dossier], book: Book
) -> tuple[Message, ...]:
    is_first = not any(dossier.first_read for dossier in world.dossiers.values())
    if is_first:
        read = [after[country.code] for country in book.countries if country.code in after]
        looked_at = tuple(country for country in book.countries if country.code in after)
        return health.baseline_report(say, looked_at, after, remarks(say, read, book.rules.expectations))
    return health.baseline_report(say, tuple(map(book.country, decision.baseline)), after)


def _incidents(
    decision: Decision, world: World, failing: _Failing, known: int, now: datetime
) -> Mapping[str, datetime]:
    """Say what is wrong with the site as a whole; a look at a few countries neither begins nor ends it."""
    if len(decision.visits) < _FEWEST:
        return world.incidents
    others = {name: since for name, since in world.incidents.items() if name != UNREADABLE}
    if len(failing) * _A_QUARTER > known:
        return {**others, UNREADABLE: world.incidents.get(UNREADABLE, now)}
    return others


def _failing_now(after: Mapping[str, Dossier], book: Book) -> _Failing:
    # Not of this sweep only: it leaves those that rest alone, and the signatories are looked at by themselves.
    dossiers = ((country, after.get(country.code)) for country in book.countries)
    return tuple((country, each.failing.error) for country, each in dossiers if each and each.failing)


def _incident_notices(
    say: Speech,
    incidents: Mapping[str, datetime],
    world: World,
    failing: _Failing,
    *,
    known: int,
    now: datetime,
) -> Iterator[Message]:
    if UNREADABLE in incidents and UNREADABLE not in world.incidents:
        yield health.unreadable(say, failing, known)
    if UNREADABLE in world.incidents and UNREADABLE not in incidents:
        yield health.recovered(say, UNREADABLE, world.incidents[UNREADABLE], now)
