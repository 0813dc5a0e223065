"""What stands where: per cycle and kind, is it published, not seen, or unknown; and the world in numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from monitor.board.regions import is_signatory
from monitor.model import (
    Country,
    DocumentKind,
    Dossier,
    KnownDocument,
    Pledge,
    ReviewCycle,
    World,
)

MATRIX_KINDS: Final = (
    DocumentKind.SELF_ASSESSMENT,
    DocumentKind.COUNTRY_REPORT,
    DocumentKind.EXECUTIVE_SUMMARY,
)
"""The columns of every matrix, in the order people name them."""


class Mark(StrEnum):
    """What is known of one kind of document in one cycle."""

    PUBLISHED = "published"
    NOT_SEEN = "not seen"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why a mark is unknown."""

    NOT_READ = "never read"
    FAILING = "cannot be read now"
    HELD = "a look that is not believed yet lists one"
    DOUBTFUL = "a document that nobody is sure of may be it"
    CYCLE = "one is published whose cycle is not stated"


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of document in one cycle."""

    mark: Mark
    documents: tuple[KnownDocument, ...] = ()
    """Published: those that stand on the page, one a language. Unknown: those that may be it."""
    why: Why | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One cycle of a country; None gathers the documents whose cycle is not stated or not configured."""

    cycle: ReviewCycle | None
    cells: Mapping[DocumentKind, Cell]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which of the three documents of each cycle a country has published."""

    rows: tuple[Row, ...]

    def row(self, cycle: str | None) -> Row | None:
        """Find the row of a configured cycle."""
        return next((row for row in self.rows if row.cycle is not None and row.cycle.id == cycle), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many countries published one kind of document in one cycle."""

    cycle: ReviewCycle
    kind: DocumentKind
    published: int
    published_by_signatories: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The world in numbers."""

    countries: int
    read: int
    """Countries read at least once."""
    failing: int
    held: int
    signatories: int
    is_pledge_complete: bool
    oldest_look: datetime | None
    """The oldest of the countries' last good looks."""
    tallies: tuple[Tally, ...]


def matrix(dossier: Dossier | None, cycles: tuple[ReviewCycle, ...]) -> Matrix:
    """Lay a country's documents out by cycle and kind."""
    rows = tuple(Row(cycle, _cells(dossier, cycle.id, cycles)) for cycle in cycles)
    stray = Row(None, _cells(dossier, None, cycles))
    has_strays = any(cell.documents for cell in stray.cells.values())
    return Matrix((*rows, stray) if has_strays else rows)


def overview(
    world: World,
    countries: tuple[Country, ...],
    pledges: Mapping[str, Pledge],
    cycles: tuple[ReviewCycle, ...],
    *,
    is_pledge_complete: bool,
) -> Overview:
    """Count what the world has published, signatories apart."""
    dossiers = {country.code: world.dossiers.get(country.code) for country in countries}
    known = [dossier for dossier in dossiers.values() if dossier is not None]
    signatories = frozenset(code for code in dossiers if is_signatory(pledges.get(code)))
    looks = [dossier.last_read for dossier in known if dossier.last_read is not None]
    return Overview(
        countries=len(countries),
        read=sum(dossier.first_read is not None for dossier in known),
        failing=sum(dossier.failing is not None for dossier in known),
        held=sum(is_held(dossier) for dossier in known),
        signatories=len(signatories),
        is_pledge_complete=is_pledge_complete,
        oldest_look=min(looks, default=None),
        tallies=_tallies(dossiers, signatories, cycles),
    )


def present(dossier: Dossier | None) -> tuple[KnownDocument, ...]:
    """Name the documents that stood on the page at the last good look."""
    documents = dossier.documents if dossier else ()
    return tuple(known for known in documents if known.missing_since is None)


def is_held(dossier: Dossier) -> bool:
    """Tell whether a look waits for a person (one that a person rejected does not)."""
    return dossier.held is not None and not dossier.held.is_rejected


def _cells(
    dossier: Dossier | None, cycle: str | None, cycles: tuple[ReviewCycle, ...]
) -> dict[DocumentKind, Cell]:
    return {kind: _cell(dossier, kind, cycle, cycles) for kind in MATRIX_KINDS}


def _cell(
    dossier: Dossier | None, kind: DocumentKind, cycle: str | None, cycles: tuple[ReviewCycle, ...]
) -> Cell:
    if dossier is None or dossier.first_read is None:
        return Cell(Mark.UNKNOWN, why=Why.NOT_READ)
    configured = {configured.id for configured in cycles}
    here: list[KnownDocument] = []
    stray: list[KnownDocument] = []
    doubtful: list[KnownDocument] = []
    for known in present(dossier):
        document = known.document
        stands_in = document.cycle if document.cycle in configured else None
        if stands_in not in {cycle, None}:
            continue
        if document.doubt and kind in {document.kind, document.likely}:
            doubtful.append(known)
        elif document.kind is kind:
            (here if stands_in == cycle else stray).append(known)
    if here:
        return Cell(Mark.PUBLISHED, tuple(here))
    return _unpublished(dossier, kind, cycle, tuple(doubtful), tuple(stray))


def _unpublished(
    dossier: Dossier,
    kind: DocumentKind,
    cycle: str | None,
    doubtful: tuple[KnownDocument, ...],
    stray: tuple[KnownDocument, ...],
) -> Cell:
    if doubtful:
        return Cell(Mark.UNKNOWN, doubtful, Why.DOUBTFUL)
    if stray:
        return Cell(Mark.UNKNOWN, stray, Why.CYCLE)
    if _is_in_held_look(dossier, kind, cycle):
        return Cell(Mark.UNKNOWN, why=Why.HELD)
    return Cell(Mark.UNKNOWN, why=Why.FAILING) if dossier.failing else Cell(Mark.NOT_SEEN)


def _is_in_held_look(dossier: Dossier, kind: DocumentKind, cycle: str | None) -> bool:
    if dossier.held is None or not is_held(dossier):
        return False
    return any(
        document.kind is kind and document.cycle in {cycle, None}
        for document, _ in dossier.held.snapshot.documents
    )


def _tallies(
    dossiers: Mapping[str, Dossier | None], signatories: frozenset[str], cycles: tuple[ReviewCycle, ...]
) -> tuple[Tally, ...]:
    matrices = {code: matrix(dossier, cycles) for code, dossier in dossiers.items()}
    return tuple(
        _tally(index, kind, cycle, matrices, signatories)
        for index, cycle in enumerate(cycles)
        for kind in MATRIX_KINDS
    )


def _tally(
    index: int,
    kind: DocumentKind,
    cycle: ReviewCycle,
    matrices: Mapping[str, Matrix],
    signatories: Iterable[str],
) -> Tally:
    marks = {code: each.rows[index].cells[kind].mark for code, each in matrices.items()}
    published = {code for code, mark in marks.items() if mark is Mark.PUBLISHED}
    unknown = sum(mark is Mark.UNKNOWN for mark in marks.values())
    return Tally(cycle, kind, len(published), len(published.intersection(signatories)), unknown)
