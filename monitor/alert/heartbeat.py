"""What operators are told once a day: how much is covered, what fails, what is owed, what waits for them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from monitor.alert.digest import FOLDED
from monitor.alert.health import duration
from monitor.alert.markup import bold, clip, escape
from monitor.alert.notices import MOST_NAMED, countries, reason_line
from monitor.board.status import is_held
from monitor.language.speech import Speech
from monitor.model import Country, DeliveryState, Failing, Message, Standing, World

_A_WEEK: Final = timedelta(days=6)
"""Within it a day of the week says which day is meant."""


def heartbeat(
    say: Speech, world: World, among: tuple[Country, ...], since: datetime, now: datetime
) -> Message:
    """Report how the service stands; messages are counted from ``since`` on. It rings where something is wrong."""
    failing = _failing(world, among)
    lines = (
        bold(_read(say, world, among)),
        *(escape(_fails(say, country, why, now)) for country, why in failing[:MOST_NAMED]),
        *_more(say, len(failing) - MOST_NAMED),
        *map(escape, _looks(say, world, among, now)),
        escape(_sent(say, world, since)),
        *map(escape, _waiting(say, world)),
        *map(escape, _troubles(say, world)),
    )
    is_well = not (failing or world.incidents or world.duty.paused_since)
    return Message(clip(lines), is_silent=is_well)


def _read(say: Speech, world: World, among: tuple[Country, ...]) -> str:
    dossiers = [world.dossiers.get(country.code) for country in among]
    read = sum(1 for each in dossiers if each and each.last_read and not each.failing)
    return say(
        "{number} of {countries} read", number=say.number(read), countries=countries(say, len(dossiers))
    )


def _failing(world: World, among: tuple[Country, ...]) -> list[tuple[Country, Failing]]:
    dossiers = ((country, world.dossiers.get(country.code)) for country in among)
    found = [(country, each.failing) for country, each in dossiers if each and each.failing]
    return sorted(found, key=lambda each: each[1].since)


def _fails(say: Speech, country: Country, why: Failing, now: datetime) -> str:
    is_recent = now - why.since < _A_WEEK
    return say(
        "{country}: failing since {day} ({reason})",
        country=say.country(country),
        day=say.weekday(why.since) if is_recent else say.day(why.since),
        reason=reason_line(why.error),
    )


def _more(say: Speech, number: int) -> Iterator[str]:
    if number > 0:
        yield escape(say.many("… and {number} more country", "… and {number} more countries", number))


def _looks(say: Speech, world: World, among: tuple[Country, ...], now: datetime) -> Iterator[str]:
    dossiers = ((country, world.dossiers.get(country.code)) for country in among)
    looks = [(each.last_read, country.code, country) for country, each in dossiers if each and each.last_read]
    if looks:
        oldest, _, country = min(looks)
        ago = duration(say, now - oldest)
        yield say("Oldest good look: {duration} ago ({country})", duration=ago, country=say.name(country))
    if world.duty.swept:
        yield say(
            "Last sweep of all countries: {duration} ago", duration=duration(say, now - world.duty.swept)
        )


def _sent(say: Speech, world: World, since: datetime) -> str:
    alerts = [each for each in world.deliveries if each.about and each.error != FOLDED]
    sent = sum(each.state is DeliveryState.SENT and _is_after(each.settled, since) for each in alerts)
    given_up = sum(each.state is DeliveryState.GIVEN_UP and _is_after(each.settled, since) for each in alerts)
    told = say.many("{number} alert sent", "{number} alerts sent", sent)
    return say(
        "{alerts}, {waiting} waiting, {uncertain} uncertain, {given_up} given up",
        alerts=told,
        waiting=say.number(sum(each.state is DeliveryState.WAITING for each in alerts)),
        uncertain=say.number(sum(each.state is DeliveryState.UNCERTAIN for each in alerts)),
        given_up=say.number(given_up),
    )


def _is_after(settled: datetime | None, since: datetime) -> bool:
    return settled is not None and settled >= since


def _waiting(say: Speech, world: World) -> Iterator[str]:
    looks = sum(is_held(each) for each in world.dossiers.values())
    asked = sum(
        known.standing is Standing.ASKED and known.missing_since is None
        for each in world.dossiers.values()
        for known in each.documents
    )
    if looks:
        yield say.many("{number} held look waits for you", "{number} held looks wait for you", looks)
    if asked:
        yield say.many(
            "{number} document that nobody recognises waits for you",
            "{number} documents that nobody recognises wait for you",
            asked,
        )


def _troubles(say: Speech, world: World) -> Iterator[str]:
    if world.duty.paused_since:
        yield say(
            "All alerts are stopped since {when}; /resume sends them",
            when=say.moment(world.duty.paused_since),
        )
    for name, since in sorted(world.incidents.items(), key=lambda each: each[1]):
        still = say("Still: {incident}", incident=reason_line(say.word(name)))
        yield say("{what}, since {when}", what=still, when=say.moment(since))
