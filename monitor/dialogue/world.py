"""Answers about all countries: the world in numbers, and the last publications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby, islice

from monitor.alert import texts
from monitor.alert.markup import block, bold, clip, escape
from monitor.alert.message import cycle_heading, links
from monitor.alert.news import Item, clause, gather
from monitor.board.status import MATRIX_KINDS, Overview, Tally, overview, present
from monitor.language.speech import Speech, capital
from monitor.model import Country, Message, Pledge, ReviewCycle, World


def world_in_numbers(
    say: Speech,
    world: World,
    countries: tuple[Country, ...],
    pledges: Mapping[str, Pledge],
    cycles: tuple[ReviewCycle, ...],
    *,
    is_pledge_complete: bool,
) -> Message:
    """Count what the world has published, signatories of the Pledge apart."""
    numbers = overview(world, countries, pledges, cycles, is_pledge_complete=is_pledge_complete)
    title = say(
        "The world in numbers: {read} of {countries} countries read",
        read=say.number(numbers.read),
        countries=say.number(numbers.countries),
    )
    lines = [
        bold(title),
        *(line for cycle in cycles for line in ("", *_cycle(say, cycle, numbers))),
        "",
        *(escape(line) for line in _footnotes(say, numbers)),
    ]
    return Message(clip(lines))


def recent(say: Speech, world: World, countries: tuple[Country, ...], number: int) -> Message:
    """List the last ``number`` pieces of news, newest first."""
    names = {country.code: say.country(country) for country in countries}
    news = list(islice(_newest(world), number))
    if not news:
        return Message(escape(say("Nothing was published since the first look.")))
    shown = (_piece(say, names.get(code, code), item) for code, item in news)
    return Message(clip([bold(say("The last publications")), *shown]))


def _piece(say: Speech, country: str, item: Item) -> str:
    return say(
        "{day} · {country}: {news}: {links}",
        day=say.day(item.changes[0].seen_at),
        country=escape(country),
        news=escape(clause(say, item)),
        links=links(say, item.changes),
    )


def _newest(world: World) -> Iterable[tuple[str, Item]]:
    ordered = sorted(world.changes, key=lambda change: (change.seen_at, change.code), reverse=True)
    for (_, code), group in groupby(ordered, key=lambda change: (change.seen_at, change.code)):
        yield from ((code, item) for item in gather(group, present(world.dossiers.get(code))))


def _cycle(say: Speech, cycle: ReviewCycle, numbers: Overview) -> list[str]:
    width = max(len(texts.kind(say, kind)) for kind in MATRIX_KINDS)
    tallies = [tally for tally in numbers.tallies if tally.cycle.id == cycle.id]
    title = cycle_heading(say, cycle.id, texts.chapters(say, cycle))
    return [title, block(_tally(say, tally, width) for tally in tallies)]


def _tally(say: Speech, tally: Tally, width: int) -> str:
    name, published = capital(texts.kind(say, tally.kind)), f"{say.number(tally.published):>3}"
    signatories, unknown = say.number(tally.published_by_signatories), say.number(tally.unknown)
    counts = (
        say(
            "{number}, {unknown} unknown ({signatories} by signatories)",
            number=published,
            unknown=unknown,
            signatories=signatories,
        )
        if tally.unknown
        else say("{number} ({signatories} by signatories)", number=published, signatories=signatories)
    )
    return f"{name:<{width}}  {counts}"


def _footnotes(say: Speech, numbers: Overview) -> list[str]:
    oldest = numbers.oldest_look
    return [
        _signatories(say, numbers),
        *([say("Oldest look at a country: {when}", when=say.moment(oldest))] if oldest else []),
        *([say("Cannot be read now: {number}", number=numbers.failing)] if numbers.failing else []),
        *([say("Held, not believed yet: {number}", number=numbers.held)] if numbers.held else []),
    ]


def _signatories(say: Speech, numbers: Overview) -> str:
    if numbers.is_pledge_complete:
        return say("Signatories of the Transparency Pledge: {number}", number=numbers.signatories)
    return say(
        "Signatories of the Transparency Pledge known here: {number}; the list is not complete",
        number=numbers.signatories,
    )
