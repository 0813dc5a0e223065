"""A country's page: its marks with since when, its documents with their evidence, its timeline."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitor.alert import texts
from monitor.alert.markup import tidy, web
from monitor.board.status import Cell, Interval, Mark, Row, appeared, is_held, matrix, unreadable_since, went
from monitor.board.view import View
from monitor.language.speech import Speech, capital
from monitor.model import ChangeKind, Country, DocumentKind, Dossier, KnownDocument, ReviewCycle
from monitor.web.feed_paths import slug
from monitor.web.files import WebFile
from monitor.web.pages import papers, signs
from monitor.web.pages.papers import Link, Paper
from monitor.web.pages.signs import Sign
from monitor.web.pages.timeline import MOST, events, signed
from monitor.web.render import render

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The countries before and after one in the order of the alphabet."""

    before: Country | None
    after: Country | None


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of document in one cycle."""

    kind: str
    sign: Sign
    why: Sign | None
    since: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One cycle: its marks and its documents."""

    anchor: str
    heading: str
    about: str
    lines: tuple[Line, ...]
    papers: tuple[Paper, ...]


def page(say: Speech, view: View, country: Country, neighbours: Neighbours) -> WebFile:
    """Make a country's page."""
    dossier = view.world.dossiers.get(country.code)
    happened = events(say, view, country)
    pledge = view.pledges[country.code]
    name = say.name(country)
    return render(
        "country.html",
        say,
        view,
        f"countries/{country.code}.html",
        title=name,
        description=say(
            "Which documents of its UNCAC reviews {country} has published, and since when.", country=name
        ),
        country=country,
        region=say.word(country.region),
        region_slug=slug(country.region),
        pledge=texts.pledge(say, pledge),
        source=web(pledge.source),
        source_words="" if web(pledge.source) else tidy(pledge.source, _LONGEST),
        profile=web(view.profile_url(country)),
        freshness=tuple(_freshness(say, dossier)),
        parts=tuple(_parts(say, view, country, dossier)),
        meanings=tuple(signs.marks(say).values()),
        events=happened[:MOST],
        older=len(happened) - MOST,
        signed=signed(say, view, country),
        neighbours=neighbours,
    )


def _freshness(say: Speech, dossier: Dossier | None) -> Iterator[str]:
    if dossier is None or dossier.last_read is None:
        yield say("Its profile was never read yet, so nothing is known.")
    else:
        yield say("Last read {when}", when=say.moment(dossier.last_read))
    if since := unreadable_since(dossier):
        yield say("Cannot be read since {since}", since=say.moment(since))
    if dossier and dossier.held and is_held(dossier):
        yield say("A look is held since {since}, not believed yet", since=say.moment(dossier.held.since))


def _parts(say: Speech, view: View, country: Country, dossier: Dossier | None) -> Iterator[Part]:
    """Give the cycles, the newest first; what belongs to none of them comes last."""
    rows = matrix(dossier, view.cycles).rows
    by_cycle = _by_cycle(dossier, view.cycles)
    for row in sorted(
        rows, key=lambda row: -1 if row.cycle is None else view.cycles.index(row.cycle), reverse=True
    ):
        yield _part(say, view, country, row, by_cycle.pop(row.cycle.id if row.cycle else None, []))
    if left := by_cycle.pop(None, []):
        yield _part(say, view, country, Row(None, {}), left)


def _by_cycle(
    dossier: Dossier | None, cycles: tuple[ReviewCycle, ...]
) -> dict[str | None, list[KnownDocument]]:
    configured = {cycle.id for cycle in cycles}
    found: dict[str | None, list[KnownDocument]] = {}
    for known in dossier.documents if dossier else ():
        cycle = known.document.cycle
        found.setdefault(cycle if cycle in configured else None, []).append(known)
    return found


def _part(say: Speech, view: View, country: Country, row: Row, known: list[KnownDocument]) -> Part:
    cycle = row.cycle
    order = {kind: place for place, kind in enumerate(DocumentKind)}
    known.sort(key=lambda each: (each.missing_since is not None, order[each.document.kind], each.first_seen))
    return Part(
        anchor=f"cycle-{cycle.id}" if cycle else "cycle-unknown",
        heading=heading(say, cycle) if cycle else say("Cycle unknown"),
        about=capital(texts.chapters(say, cycle))
        if cycle
        else say("The page does not say to which cycle these belong."),
        lines=tuple(_lines(say, row.cells, view.world.dossiers.get(country.code))) if cycle else (),
        papers=tuple(papers.paper(say, country.code, each, view.world.files) for each in known),
    )


def heading(say: Speech, cycle: ReviewCycle) -> str:
    """Name a cycle with its years."""
    start, end = cycle.years
    name = capital(texts.cycle(say, cycle.id))
    if end is None:
        return say("{cycle} (since {start})", cycle=name, start=start)
    return say("{cycle} ({start} to {end})", cycle=name, start=start, end=end)


def _lines(say: Speech, cells: Mapping[DocumentKind, Cell], dossier: Dossier | None) -> Iterator[Line]:
    for kind, cell in cells.items():
        yield Line(
            kind=capital(texts.kind(say, kind)),
            sign=signs.of_mark(say, cell.mark),
            why=signs.of_why(say, cell.why) if cell.why else None,
            since=_since(say, cell, dossier),
            links=papers.links(say, cell.documents),
        )


def _since(say: Speech, cell: Cell, dossier: Dossier | None) -> str:
    """Say since when the mark holds, as far as that was seen."""
    if cell.mark is Mark.PUBLISHED and (interval := appeared(cell)):
        return _appeared(say, interval)
    if cell.mark is Mark.WITHDRAWN and (gone := went(cell)):
        return capital(texts.happened(say, ChangeKind.WITHDRAWN, gone.not_before, gone.seen_at))
    if cell.mark is Mark.NOT_SEEN and dossier and dossier.last_read:
        return say("Not on the page at the look of {when}", when=say.moment(dossier.last_read))
    return ""


def _appeared(say: Speech, interval: Interval) -> str:
    if interval.not_before is None:
        return say("There already at the first look, {day}", day=say.day(interval.seen_at))
    return capital(texts.happened(say, ChangeKind.PUBLISHED, interval.not_before, interval.seen_at))
