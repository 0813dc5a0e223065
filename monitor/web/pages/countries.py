"""The table: every country with its marks; filters and order stand in the address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.alert import texts
from monitor.board.regions import regions
from monitor.board.status import MATRIX_KINDS, Mark, matrix
from monitor.board.view import View
from monitor.dialogue.listing import by_name
from monitor.language.speech import Speech, capital
from monitor.model import Country, DocumentKind, PledgeState, ReviewCycle
from monitor.profile.words import fold
from monitor.web.feed_paths import slug
from monitor.web.files import WebFile
from monitor.web.pages import signs
from monitor.web.pages.signs import Sign
from monitor.web.render import render


@dataclass(frozen=True, slots=True)
class Column:
    """One kind of document in one cycle."""

    cycle: str
    kind: str
    """Its name in addresses."""
    heading: str
    label: str
    """The whole of it, where a cell stands alone."""


@dataclass(frozen=True, slots=True)
class Row:
    """One country."""

    code: str
    name: str
    flag: str
    region: str
    region_slug: str
    pledge: str
    pledge_slug: str
    marks: tuple[Sign, ...]
    """One a column."""
    letters: str
    """The same in one letter each, for the script."""
    read: str
    read_at: str
    search: str
    """All that people may call it, without accents."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What can be chosen in a filter."""

    value: str
    label: str


def page(say: Speech, view: View) -> WebFile:
    """Make the table of all countries."""
    shown = columns(say, view.cycles)
    return render(
        "countries.html",
        say,
        view,
        "countries.html",
        title=say("All countries"),
        description=say(
            "Which review documents each State party to the Convention has published, in one table."
        ),
        columns=shown,
        cycles=tuple(_cycle(say, cycle) for cycle in view.cycles),
        kinds=tuple(Choice(kind.value, capital(texts.kind(say, kind))) for kind in MATRIX_KINDS),
        regions=tuple(Choice(slug(region), say.word(region)) for region in regions(view.countries)),
        pledges=tuple(Choice(signs.slug(state), pledged(say, state)) for state in PledgeState),
        marks=tuple(signs.marks(say).values()),
        rows=tuple(rows(say, view)),
    )


def columns(say: Speech, cycles: Iterable[ReviewCycle]) -> tuple[Column, ...]:
    """Name the columns: cycles, and the three kinds in each."""
    return tuple(_column(say, cycle, kind) for cycle in cycles for kind in MATRIX_KINDS)


def rows(say: Speech, view: View) -> Iterator[Row]:
    """Give every country in the order of the names."""
    known = signs.marks(say)
    for country in by_name(say, view.countries):
        yield _row(say, view, country, known)


def pledged(say: Speech, state: PledgeState) -> str:
    """Say in a word or two whether a country signed the Pledge."""
    return {
        PledgeState.SIGNATORY: say("signatory"),
        PledgeState.NOT_SIGNATORY: say("not a signatory"),
        PledgeState.UNKNOWN: say("not known"),
    }[state]


def _cycle(say: Speech, cycle: ReviewCycle) -> Choice:
    return Choice(cycle.id, capital(texts.cycle(say, cycle.id)))


def _column(say: Speech, cycle: ReviewCycle, kind: DocumentKind) -> Column:
    label = capital(texts.kind_in(say, kind, cycle.id))
    return Column(cycle.id, kind.value, capital(texts.kind(say, kind)), label)


def _row(say: Speech, view: View, country: Country, known: dict[Mark, Sign]) -> Row:
    dossier = view.world.dossiers.get(country.code)
    cells = [
        row.cells[kind].mark
        for row in matrix(dossier, view.cycles).rows
        if row.cycle
        for kind in MATRIX_KINDS
    ]
    state = view.pledges[country.code].state
    read = dossier.last_read if dossier else None
    return Row(
        code=country.code,
        name=say.name(country),
        flag=country.flag,
        region=say.word(country.region),
        region_slug=slug(country.region),
        pledge=pledged(say, state),
        pledge_slug=signs.slug(state),
        marks=tuple(known[mark] for mark in cells),
        letters="".join(mark.value[0] for mark in cells),
        read=say.day(read) if read else say("never"),
        read_at=read.isoformat() if read else "",
        search=_search(country),
    )


def _search(country: Country) -> str:
    names = dict.fromkeys(map(fold, (*country.names.values(), *country.aliases, country.code)))
    return " ".join(names)
