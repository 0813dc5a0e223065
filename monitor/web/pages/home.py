"""Home: who published, on maps and in numbers; the latest publications; how fresh that is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from monitor.alert import texts
from monitor.board.overview import Overview, Tally, of_view
from monitor.board.view import View
from monitor.language.speech import Speech, capital
from monitor.model import Country, ReviewCycle
from monitor.picture import world_map
from monitor.picture.palette import paint
from monitor.picture.shades import Shade, legend, shades
from monitor.web.files import WebFile
from monitor.web.pages import by_region, over_time
from monitor.web.pages.country import heading
from monitor.web.pages.latest import latest
from monitor.web.render import render

_BAR: Final = 192
"""Width of the bars, in their own units."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A shade of the map, with what it stands for."""

    paint: Markup
    """The attributes of what is drawn in it."""
    word: str
    number: str


@dataclass(frozen=True, slots=True)
class Number:
    """How many countries published one kind of document of one cycle."""

    kind: str
    number: str
    of: str
    by_signatories: str
    unknown: str
    href: str
    published: float
    uncertain: float
    """Both as widths of the bar."""


@dataclass(frozen=True, slots=True)
class Part:
    """One cycle."""

    anchor: str
    heading: str
    about: str
    map: Markup
    legend: tuple[Entry, ...]
    numbers: tuple[Number, ...]
    table: str


def page(say: Speech, view: View) -> WebFile:
    """Make the home page."""
    numbers = of_view(view)
    return render(
        "home.html",
        say,
        view,
        "index.html",
        title=say("Who published their UNCAC review?"),
        description=say(
            "Which States parties to the UN Convention against Corruption put the documents of their review online, "
            "as UNODC's country profiles list them."
        ),
        parts=tuple(_parts(say, view, numbers)),
        latest=latest(say, view, 10),
        regions=by_region.regions(say, view),
        over_time=over_time.months(say, view),
        chart=over_time.chart(say, view),
        fresh=tuple(_fresh(say, view, numbers)),
    )


def _parts(say: Speech, view: View, numbers: Overview) -> Iterator[Part]:
    """Give the cycles, the newest first; the first map lends its outlines to the others."""
    for place, cycle in enumerate(reversed(view.cycles)):
        found = shades(view, cycle, None)
        drawn = world_map.svg(say, view, cycle, None, _href, has_outlines=place == 0)
        yield Part(
            anchor=f"cycle-{cycle.id}",
            heading=heading(say, cycle),
            about=capital(texts.chapters(say, cycle)),
            map=Markup(drawn),  # noqa: S704 - escaped where it is drawn
            legend=tuple(
                Entry(_paint(shade), word, say.number(count))
                for shade, word, count in legend(say, found, None)
            ),
            numbers=tuple(_number(say, each, numbers) for each in numbers.tallies if each.cycle is cycle),
            table=f"countries.html?cycle={cycle.id}",
        )


def _paint(shade: Shade) -> Markup:
    return Markup(paint(shade))  # noqa: S704 - words of our own


def _href(country: Country) -> str:
    return f"countries/{country.code}.html"


def _number(say: Speech, tally: Tally, numbers: Overview) -> Number:
    all_ = max(numbers.countries, 1)
    return Number(
        kind=capital(texts.kinds(say, tally.kind)),
        number=say.number(tally.published),
        of=say("of {number}", number=say.number(numbers.countries)),
        by_signatories=say("by signatories: {number}", number=say.number(tally.published_by_signatories)),
        unknown=say("unknown: {number}", number=say.number(tally.unknown)),
        href=_filtered(tally.cycle, tally),
        published=round(_BAR * tally.published / all_, 1),
        uncertain=round(_BAR * tally.unknown / all_, 1),
    )


def _filtered(cycle: ReviewCycle, tally: Tally) -> str:
    return f"countries.html?cycle={cycle.id}&kind={tally.kind.value}&state=published"


def _fresh(say: Speech, view: View, numbers: Overview) -> Iterator[tuple[str, str]]:
    read = say(
        "{read} of {countries}", read=say.number(numbers.read), countries=say.number(numbers.countries)
    )
    yield say("Countries read"), read
    if view.world.duty.swept:
        yield say("Last round of looks"), say.moment(view.world.duty.swept)
    if numbers.oldest_look:
        yield say("Oldest look at a country"), say.moment(numbers.oldest_look)
    yield say("Cannot be read now"), say.number(numbers.failing)
    yield say("Held, not believed yet"), say.number(numbers.held)
    signed = say.number(numbers.signatories)
    known = signed if numbers.is_pledge_complete else say("{number}, the list is not complete", number=signed)
    yield say("Signatories of the Pledge"), known
