"""Answers about all countries: the world in numbers, and the last publications."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby, islice

from monitor.alert import texts
from monitor.alert.markup import block, bold, clip, escape
from monitor.alert.message import links
from monitor.alert.news import Item, clause, gather
from monitor.board.status import MATRIX_KINDS, Overview, Tally, overview, present
from monitor.model import Country, Message, Pledge, ReviewCycle, World


def world_in_numbers(
    world: World,
    countries: tuple[Country, ...],
    pledges: Mapping[str, Pledge],
    cycles: tuple[ReviewCycle, ...],
    *,
    is_pledge_complete: bool,
) -> Message:
    """Count what the world has published, signatories of the Pledge apart."""
    numbers = overview(world, countries, pledges, cycles, is_pledge_complete=is_pledge_complete)
    lines = [
        bold(texts.WORLD.format(read=numbers.read, countries=numbers.countries)),
        *(line for cycle in cycles for line in ("", *_cycle(cycle, numbers))),
        "",
        *(escape(line) for line in _footnotes(numbers)),
    ]
    return Message(clip(lines))


def recent(world: World, countries: tuple[Country, ...], number: int) -> Message:
    """List the last ``number`` pieces of news, newest first."""
    names = {country.code: texts.country(country) for country in countries}
    news = list(islice(_newest(world), number))
    if not news:
        return Message(escape(texts.NO_NEWS))
    shown = (
        f"{texts.day(item.changes[0].seen_at)} · {escape(names.get(code, code))}: {escape(clause(item))}: {links(item.changes)}"
        for code, item in news
    )
    return Message(clip([bold(texts.RECENT), *shown]))


def _newest(world: World) -> Iterable[tuple[str, Item]]:
    ordered = sorted(world.changes, key=lambda change: (change.seen_at, change.code), reverse=True)
    for (_, code), group in groupby(ordered, key=lambda change: (change.seen_at, change.code)):
        yield from ((code, item) for item in gather(group, present(world.dossiers.get(code))))


def _cycle(cycle: ReviewCycle, numbers: Overview) -> list[str]:
    title = f"{bold(texts.capital(texts.cycle(cycle.id)))}{escape(f': {texts.chapters(cycle)}')}"
    width = max(len(texts.KINDS[kind]) for kind in MATRIX_KINDS)
    tallies = [tally for tally in numbers.tallies if tally.cycle.id == cycle.id]
    return [title, block(_tally(tally, width) for tally in tallies)]


def _tally(tally: Tally, width: int) -> str:
    kind = texts.capital(texts.KINDS[tally.kind])
    unknown = f", {tally.unknown} {texts.UNKNOWN}" if tally.unknown else ""
    return f"{kind:<{width}}  {tally.published:>3}{unknown} ({tally.published_by_signatories} {texts.SIGNATORIES})"


def _footnotes(numbers: Overview) -> list[str]:
    known = texts.SIGNATORIES_ALL if numbers.is_pledge_complete else texts.SIGNATORIES_KNOWN
    return [
        known.format(number=numbers.signatories),
        *([texts.OLDEST_LOOK.format(when=texts.moment(numbers.oldest_look))] if numbers.oldest_look else []),
        *([texts.FAILING_NOW.format(number=numbers.failing)] if numbers.failing else []),
        *([texts.HELD_NOW.format(number=numbers.held)] if numbers.held else []),
    ]
