"""The open data's tables: documents, countries, and what happened."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from monitor.alert import texts
from monitor.board.export import change_json, instant
from monitor.board.sheet import register_csv, table
from monitor.board.status import MATRIX_KINDS, Cell, Interval, Mark, appeared, is_held, matrix, went
from monitor.board.view import View
from monitor.language.catalogs import languages
from monitor.language.speech import speak
from monitor.model import FILE_CHANGES, Country, DocumentKind, Dossier, Pledge, PledgeState, ReviewCycle
from monitor.web import fields
from monitor.web.fields import Field

DOCUMENTS: Final = "documents.csv"
COUNTRIES: Final = "countries.csv"
PUBLICATIONS: Final = "publications.csv"
_NO_NAME: Final = re.compile(r"\W")
_DATE: Final = re.compile(fields.DATE)


@dataclass(frozen=True, slots=True)
class Table:
    """A table, and what its columns are."""

    path: str
    title: str
    fields: tuple[Field, ...]
    key: tuple[str, ...]
    links: tuple[tuple[str, str], ...]
    """Columns that name a line of another table: (column, that table's path); it is called the same there."""
    body: bytes


def documents(view: View) -> Table:
    """Make the table of every document that was ever seen."""
    body = register_csv(view.countries, view.world.dossiers, view.pledges, view.world.files)
    title = "Every document that was ever seen on a country profile"
    return Table(DOCUMENTS, title, fields.documents(), ("proof",), (("country", COUNTRIES),), body)


def publications(view: View) -> Table:
    """Make the table of what happened on the pages since the first look."""
    of = fields.publications()
    title = "What appeared, changed, moved, disappeared and came back since the first look"
    links = (("country", COUNTRIES), ("proof", DOCUMENTS))
    body = table(_names(of), _changes(view, _names(of)))
    return Table(PUBLICATIONS, title, of, ("number",), links, body)


def countries(view: View) -> Table:
    """Make the table of countries: a line each, with what is known of every cycle and kind."""
    of = fields.countries(_cells(view))
    title = "The countries: the Pledge, how fresh the data is, and what is published in each cycle"
    return Table(COUNTRIES, title, of, ("country",), (), table(_names(of), _rows(view, _names(of))))


def prefix(cycle: ReviewCycle, kind: DocumentKind) -> str:
    """Name the columns of one kind of document in one cycle: cycle_2_country_report."""
    return _NO_NAME.sub("_", f"cycle_{cycle.id}_{kind.value}")


def _cells(view: View) -> Iterator[tuple[str, str]]:
    say = speak()
    for cycle in view.cycles:
        for kind in MATRIX_KINDS:
            yield prefix(cycle, kind), texts.kind_in(say, kind, cycle.id)


def _names(of: tuple[Field, ...]) -> tuple[str, ...]:
    return tuple(field.name for field in of)


def _changes(view: View, names: tuple[str, ...]) -> Iterator[list[object]]:
    about = {country.code: country for country in view.countries}
    for number, change in enumerate(view.world.changes):
        if change.kind not in FILE_CHANGES and (country := about.get(change.code)):
            written = change_json(change, view.world.dossiers.get(change.code))
            cells = written["document"] | written | {"change": change.kind.value, "number": number}
            cells |= {"name": country.name, "region": country.region, "kind": change.document.kind.value}
            yield [cells[name] for name in names]


def _rows(view: View, names: tuple[str, ...]) -> Iterator[list[object]]:
    for country in view.countries:
        dossier = view.world.dossiers.get(country.code)
        pledge = view.pledges.get(country.code, Pledge(PledgeState.UNKNOWN))
        cells = {**_country(view, country), **_pledge(pledge), **_looks(dossier or Dossier(country.code))}
        for cycle, row in zip(view.cycles, matrix(dossier, view.cycles).rows, strict=False):
            for kind in MATRIX_KINDS:
                cells |= _cell(prefix(cycle, kind), row.cells[kind])
        yield [cells[name] for name in names]


def _country(view: View, country: Country) -> dict[str, object]:
    names = {f"name_{code}": country.names.get(code) for code in languages()[1:]}
    about = {"country": country.code, "name": country.name, "region": country.region}
    return {**names, **about, "profile": view.profile_url(country)}


def _pledge(pledge: Pledge) -> dict[str, object]:
    signed = pledge.signed if _DATE.fullmatch(pledge.signed) else None
    return {"pledge": pledge.state.value, "pledge_signed": signed, "pledge_source": pledge.source}


def _looks(dossier: Dossier) -> dict[str, object]:
    return {
        "first_read": instant(dossier.first_read),
        "last_read": instant(dossier.last_read),
        "failing_since": instant(dossier.failing.since if dossier.failing else None),
        "held_since": instant(dossier.held.since if dossier.held and is_held(dossier) else None),
    }


def _cell(name: str, cell: Cell) -> dict[str, object]:
    since = {Mark.PUBLISHED: appeared, Mark.WITHDRAWN: went}.get(cell.mark, _never)(cell)
    tongues = (known.document.language or "und" for known in cell.documents)
    return {
        name: cell.mark.value,
        f"{name}_why": cell.why.value if cell.why else None,
        f"{name}_languages": " ".join(dict.fromkeys(tongues)) if since else None,
        f"{name}_not_before": instant(since.not_before) if since else None,
        f"{name}_seen_at": instant(since.seen_at) if since else None,
    }


def _never(_cell: Cell) -> Interval | None:
    return None
