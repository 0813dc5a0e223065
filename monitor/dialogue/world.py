"""The world in numbers: how many countries published what."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.alert import texts
from monitor.alert.markup import block, bold, clip, escape
from monitor.alert.message import cycle_heading
from monitor.board.overview import Overview, Tally, overview
from monitor.board.status import MATRIX_KINDS
from monitor.dialogue.listing import signatories_known
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
    oldest, withdrawn = numbers.oldest_look, sum(tally.withdrawn for tally in numbers.tallies)
    return [
        signatories_known(say, numbers.signatories, is_complete=numbers.is_pledge_complete),
        *([say("Oldest look at a country: {when}", when=say.moment(oldest))] if oldest else []),
        *([say("Withdrawn: {number}", number=withdrawn)] if withdrawn else []),
        *([say("Cannot be read now: {number}", number=numbers.failing)] if numbers.failing else []),
        *([say("Held, not believed yet: {number}", number=numbers.held)] if numbers.held else []),
    ]
