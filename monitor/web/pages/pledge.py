"""The Transparency Pledge: which parts of its fourth principle can be seen to be kept, signatory by signatory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.alert import texts
from monitor.board.promise import PARTS, Kept, Part, Promise, counted, promises
from monitor.board.regions import signatories
from monitor.board.view import View
from monitor.dialogue.listing import by_name, signatories_known
from monitor.language.speech import Speech, capital
from monitor.web.files import WebFile
from monitor.web.pages import signs
from monitor.web.pages.country import heading
from monitor.web.pages.signs import Sign
from monitor.web.render import render


@dataclass(frozen=True, slots=True)
class Cell:
    """One part of the promise of one signatory."""

    label: str
    sign: Sign
    detail: str
    """In which languages it stands, or why nobody knows."""


@dataclass(frozen=True, slots=True)
class Row:
    """One signatory."""

    name: str
    href: str
    signed: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """How many signatories can be seen to have kept one part."""

    label: str
    numbers: tuple[tuple[Sign, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One cycle."""

    anchor: str
    heading: str
    counts: tuple[Count, ...]
    rows: tuple[Row, ...]


def page(say: Speech, view: View) -> WebFile:
    """Make the page of the Pledge."""
    signed = by_name(say, signatories(view.countries, view.pledges))
    found = promises(view.world, signed, view.cycles)
    return render(
        "pledge.html",
        say,
        view,
        "pledge.html",
        title=say("What signatories of the Transparency Pledge published"),
        description=say(
            "Signatories promise to put online promptly their self-assessment and country report in a UN language, and the "
            "executive summary in local languages; nothing says by when."
        ),
        known=signatories_known(say, len(signed), is_complete=view.is_pledge_complete),
        kinds=tuple(capital(texts.kind(say, kind)) for kind in PARTS),
        meanings=tuple(signs.of_kept(say, each) for each in Kept),
        tables=tuple(_tables(say, view, found)),
    )


def _tables(say: Speech, view: View, found: tuple[Promise, ...]) -> Iterator[Table]:
    of_cycles = counted(found, view.cycles)
    for at in reversed(range(len(view.cycles))):
        counts = (
            Count(
                capital(texts.kind(say, kind)),
                tuple((signs.of_kept(say, kept), say.number(of_kind[kept])) for kept in Kept),
            )
            for kind, of_kind in of_cycles[at].items()
        )
        yield Table(
            anchor=f"cycle-{view.cycles[at].id}",
            heading=heading(say, view.cycles[at]),
            counts=tuple(counts),
            rows=tuple(_row(say, view, promise, at) for promise in found),
        )


def _row(say: Speech, view: View, promise: Promise, at: int) -> Row:
    code = promise.country.code
    return Row(
        name=say.country(promise.country),
        href=f"countries/{code}.html",
        signed=texts.date(say, view.pledges[code].signed) or say("date not known"),
        cells=tuple(_cell(say, part) for part in promise.cycles[at]),
    )


def _cell(say: Speech, part: Part) -> Cell:
    spoken = ", ".join(say.language(code) or say("language not stated") for code in part.languages)
    why = say.word(part.cell.why) if part.cell.why else ""
    return Cell(capital(texts.kind(say, part.kind)), signs.of_kept(say, part.kept), spoken or why)
