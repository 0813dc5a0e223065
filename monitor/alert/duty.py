"""What the service owes its operators by itself: a word once a day, and when it does not do its work."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from monitor.alert.book import Book, numbers
from monitor.alert.health import duration, incident, recovered
from monitor.alert.heartbeat import heartbeat
from monitor.alert.hours import last_digest
from monitor.alert.notices import command
from monitor.alert.outbox import notices_owed
from monitor.language.speech import N_, Speech
from monitor.model import TERMINAL, Chat, Commit, Message, When, World
from monitor.signals.standing import FIRST_CHANCE

SILENT: Final = N_("no sweep has finished for too long")
"""The incident's name: silence is never health."""


@dataclass(frozen=True, slots=True)
class Hours:
    """When the service has to have done what."""

    period: timedelta
    """A sweep of all countries begins once in it."""
    heartbeat: int
    """The hour of the day, in UTC, at which operators are told how much is covered."""
    started: datetime
    """When the service began."""


def duties(world: World, book: Book, hours: Hours, now: datetime) -> Commit:
    """Owe the operators what is due now: their daily word, an incident that began or is over; empty for nothing."""
    known = replace(world, incidents=_incidents(world, hours, now))
    told = world.duty.heartbeat
    is_hour = told is not None and told < last_digest(_clock(hours), When.DAILY, now)
    if told is not None and not is_hour and known.incidents == world.incidents:
        return Commit()

    def write(say: Speech) -> Iterable[Message]:
        yield from _turned(say, world, known.incidents, hours, now)
        if told is not None and is_hour:
            yield heartbeat(say, known, book.countries, told, now)

    # A service that was never here before begins with its report of the first look: that is word enough for a day.
    duty = replace(world.duty, heartbeat=now) if is_hour or told is None else None
    deliveries = notices_owed(write, world, now, numbers(now, world.deliveries))
    return Commit(deliveries=deliveries, incidents=known.incidents, duty=duty)


def _clock(hours: Hours) -> Chat:
    return Chat(TERMINAL, digest_hour=hours.heartbeat)


def _incidents(world: World, hours: Hours, now: datetime) -> Mapping[str, datetime]:
    others = {name: since for name, since in world.incidents.items() if name != SILENT}
    if _is_silent(world, hours, now):
        return {**others, SILENT: world.incidents.get(SILENT, now)}
    return others


def _is_silent(world: World, hours: Hours, now: datetime) -> bool:
    patience = 2 * hours.period
    last = world.duty.swept or hours.started
    return now - last > patience and now - hours.started > min(patience, FIRST_CHANCE)


def _turned(
    say: Speech, world: World, incidents: Mapping[str, datetime], hours: Hours, now: datetime
) -> Iterable[Message]:
    if SILENT in incidents and SILENT not in world.incidents:
        yield _silent(say, world, hours, now)
    if SILENT in world.incidents and SILENT not in incidents:
        yield recovered(say, SILENT, world.incidents[SILENT], now)


def _silent(say: Speech, world: World, hours: Hours, now: datetime) -> Message:
    last = world.duty.swept or hours.started
    return incident(
        say("No sweep has finished for {duration}", duration=duration(say, now - last)),
        say(
            "One is due every {duration}. Until one finishes, what is published is not seen.",
            duration=duration(say, hours.period),
        ),
        say("Look into the log of the service, then start it again: {command}", command=command("run")),
    )
