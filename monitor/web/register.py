"""All that is known, as one JSON document: what operators and chats are told is not in it, nor what a fault says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitor.board.export import Json, change_json, instant, known_json, status_json
from monitor.board.sheet import state
from monitor.board.status import is_held
from monitor.board.view import View
from monitor.model import Country, DocumentFile, Dossier, KnownDocument, Pledge, PledgeState
from monitor.web.licences import TERMS
from monitor.web.meanings import meanings

VERSION: Final = "1.0.0"
"""Of the shape of the open data: the middle number rises when a name is added, the first when one goes or changes."""
_OF_A_FAULT: Final = ("error", "held")
"""Reasons may hold what a server or a fault of ours says: those who run the monitor read them, nobody else."""


def register_json(view: View) -> Json:
    """Write all that is known."""
    terms = TERMS[view.licence]
    return {
        "version": VERSION,
        "as_of": instant(view.as_of),
        "licence": {"name": view.licence.value, "title": terms.title, "url": terms.url},
        "definitions": meanings(),
        "cycles": [_cycle(view, index) for index in range(len(view.cycles))],
        "countries": [_country(view, country) for country in view.countries],
        "documents": list(_documents(view)),
        "changes": list(_changes(view)),
    }


def _cycle(view: View, index: int) -> Json:
    cycle = view.cycles[index]
    started, ended = cycle.years
    return {
        "cycle": cycle.id,
        "phase": cycle.phase,
        "chapters": list(cycle.chapters),
        "articles": cycle.articles,
        "started": started,
        "ended": ended,
    }


def _country(view: View, country: Country) -> Json:
    known = view.world.dossiers.get(country.code)
    dossier = known or Dossier(country.code)
    pledge = view.pledges.get(country.code, Pledge(PledgeState.UNKNOWN))
    written = status_json(country, known, pledge, view.cycles)
    return {name: value for name, value in written.items() if name not in _OF_A_FAULT} | {
        "names": dict(country.names),
        "region": country.region,
        "profile": view.profile_url(country),
        "first_read": instant(dossier.first_read),
        "held_since": instant(dossier.held.since) if dossier.held and is_held(dossier) else None,
        "cycles": [_row(row) for row in written["cycles"]],
    }


def _row(row: Json) -> Json:
    """Name a cell's documents by their proofs: they stand whole in the list of documents."""
    kinds = {
        kind: cell | {"documents": [each["proof"] for each in cell["documents"]]}
        for kind, cell in row["kinds"].items()
    }
    return row | {"kinds": kinds}


def _documents(view: View) -> Iterator[Json]:
    for country in view.countries:
        dossier = view.world.dossiers.get(country.code)
        for known in dossier.documents if dossier else ():
            yield _document(country.code, known, view.world.files.get(known.document.url))


def _document(code: str, known: KnownDocument, file: DocumentFile | None) -> Json:
    written = known_json(code, known, file)
    history = {
        "state": state(known).value,
        "last_there": instant(known.last_there),
        "former_urls": list(known.former_urls),
    }
    return written | history | {"file": _public(written["file"])}


def _changes(view: View) -> Iterator[Json]:
    codes = {country.code for country in view.countries}
    for number, change in enumerate(view.world.changes):
        if change.code in codes:
            written = change_json(change, view.world.dossiers.get(change.code))
            document = {name: written["document"][name] for name in _AS_IT_WAS}
            files = {name: _public(written[name]) for name in ("file", "file_before")}
            yield {"number": number} | written | {"document": document} | files


_AS_IT_WAS: Final = ("url", "title", "kind", "cycle", "language", "symbol", "evidence")


def _public(file: Json | None) -> Json | None:
    return {name: value for name, value in file.items() if name not in _OF_A_FAULT} if file else None
