"""What stands where: per cycle and kind, is it published, withdrawn, not seen, or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from monitor.model import DocumentKind, Dossier, KnownDocument, ReviewCycle

MATRIX_KINDS: Final = (
    DocumentKind.SELF_ASSESSMENT,
    DocumentKind.COUNTRY_REPORT,
    DocumentKind.EXECUTIVE_SUMMARY,
)
"""The columns of every matrix, in the order people name them."""


class Mark(StrEnum):
    """What is known of one kind of document in one cycle."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    """It was listed, and is not any more."""
    NOT_SEEN = "not seen"
    UNKNOWN = "unknown"


class Why(StrEnum):
    """Why a mark is unknown."""

    NOT_READ = "never read"
    FAILING = "cannot be read now"
    HELD = "a look that is not believed yet lists one"
    DOUBTFUL = "a document that nobody is sure of may be it"
    CYCLE = "one is published whose cycle is not stated"
    ABSENT = "one that was listed is missing, not long enough to call it withdrawn"


@dataclass(frozen=True, slots=True)
class Cell:
    """One kind of document in one cycle."""

    mark: Mark
    documents: tuple[KnownDocument, ...] = ()
    """Published: those that stand on the page, one a language. Withdrawn: those that did. Unknown: those that may be it."""
    why: Why | None = None
    replaced: tuple[KnownDocument, ...] = ()
    """Those in whose place another one stands."""


@dataclass(frozen=True, slots=True)
class Interval:
    """Something happened between two looks."""

    not_before: datetime | None
    """The last good look at which it had not happened yet; None: it was so when we began to look."""
    seen_at: datetime


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


def matrix(dossier: Dossier | None, cycles: tuple[ReviewCycle, ...]) -> Matrix:
    """Lay a country's documents out by cycle and kind."""
    configured = frozenset(cycle.id for cycle in cycles)
    rows = tuple(Row(cycle, _cells(dossier, cycle.id, configured)) for cycle in cycles)
    stray = Row(None, _cells(dossier, None, configured))
    has_strays = any(cell.documents for cell in stray.cells.values())
    return Matrix((*rows, stray) if has_strays else rows)


def appeared(cell: Cell) -> Interval | None:
    """Say between which two looks the first of a cell's documents appeared; None where it has none.

    What was replaced counts with its replacement: the publication is as old as the first of them.
    """
    known = min(_with_forerunners(cell), key=lambda each: each.first_seen, default=None)
    return Interval(known.not_seen_at, known.first_seen) if known else None


def went(cell: Cell) -> Interval | None:
    """Say between which two looks the last of a cell's documents disappeared; None while one is there."""
    gone = [(known.missing_since, known.last_there) for known in cell.documents if known.missing_since]
    if not gone or len(gone) < len(cell.documents):
        return None
    missing_since, last_there = max(gone, key=lambda each: each[0])
    return Interval(last_there, missing_since)


def unreadable_since(dossier: Dossier | None) -> datetime | None:
    """Say since when a country's page cannot be read; None while it can, or before anybody tried."""
    return dossier.failing.since if dossier and dossier.failing else None


def present(dossier: Dossier | None) -> tuple[KnownDocument, ...]:
    """Name the documents that stood on the page at the last good look."""
    documents = dossier.documents if dossier else ()
    return tuple(known for known in documents if known.missing_since is None)


def is_held(dossier: Dossier) -> bool:
    """Tell whether a look waits for a person (one that a person rejected does not)."""
    return dossier.held is not None and not dossier.held.is_rejected


def _cells(
    dossier: Dossier | None, cycle: str | None, configured: frozenset[str]
) -> dict[DocumentKind, Cell]:
    if dossier is None or dossier.first_read is None:
        return dict.fromkeys(MATRIX_KINDS, Cell(Mark.UNKNOWN, why=Why.NOT_READ))
    return {kind: _cell(dossier, kind, cycle, configured) for kind in MATRIX_KINDS}


def _cell(dossier: Dossier, kind: DocumentKind, cycle: str | None, configured: frozenset[str]) -> Cell:
    found = _Found()
    for known in dossier.documents:
        found.take(known, kind, cycle, configured)
    if found.here:
        return Cell(Mark.PUBLISHED, tuple(found.here), replaced=tuple(found.replaced))
    return _unpublished(dossier, kind, cycle, found)


def _with_forerunners(cell: Cell) -> list[KnownDocument]:
    """Follow documents back to those in whose place they came; one that was gone for a while began anew."""
    found = list(cell.documents)
    for known in sorted(cell.replaced, key=lambda each: each.first_seen, reverse=True):
        if any(known.missing_since == each.first_seen for each in found):
            found.append(known)
    return found


@dataclass(slots=True)
class _Found:
    """What a dossier has of one kind in one cycle."""

    here: list[KnownDocument] = field(default_factory=list)
    stray: list[KnownDocument] = field(default_factory=list)
    """Their cycle is not stated, or not configured."""
    doubtful: list[KnownDocument] = field(default_factory=list)
    gone: list[KnownDocument] = field(default_factory=list)
    replaced: list[KnownDocument] = field(default_factory=list)
    """What a replacement or better rules explain was not withdrawn by anybody."""

    def take(
        self, known: KnownDocument, kind: DocumentKind, cycle: str | None, configured: frozenset[str]
    ) -> None:
        document = known.document
        stands_in = document.cycle if document.cycle in configured else None
        if stands_in not in {cycle, None}:
            return
        is_kind, is_doubtful = document.kind is kind, bool(document.doubt)
        if known.missing_since is not None:
            if is_kind and stands_in == cycle and not is_doubtful:
                (self.replaced if known.is_absence_explained else self.gone).append(known)
        elif is_doubtful:
            if kind in {document.kind, document.likely}:
                self.doubtful.append(known)
        elif is_kind:
            (self.here if stands_in == cycle else self.stray).append(known)


def _unpublished(dossier: Dossier, kind: DocumentKind, cycle: str | None, found: _Found) -> Cell:
    if found.doubtful:
        return Cell(Mark.UNKNOWN, tuple(found.doubtful), Why.DOUBTFUL)
    if found.stray:
        return Cell(Mark.UNKNOWN, tuple(found.stray), Why.CYCLE)
    if _is_in_held_look(dossier, kind, cycle):
        return Cell(Mark.UNKNOWN, why=Why.HELD)
    if dossier.failing:
        return Cell(Mark.UNKNOWN, why=Why.FAILING)
    return _gone(tuple(found.gone))


def _gone(gone: tuple[KnownDocument, ...]) -> Cell:
    if not gone:
        return Cell(Mark.NOT_SEEN)
    # By the days alone: what was told once may go again, and of what was in doubt nobody is told.
    if all(known.is_missing_long for known in gone):
        return Cell(Mark.WITHDRAWN, gone)
    return Cell(Mark.UNKNOWN, gone, Why.ABSENT)


def _is_in_held_look(dossier: Dossier, kind: DocumentKind, cycle: str | None) -> bool:
    if dossier.held is None or not is_held(dossier):
        return False
    return any(
        document.kind is kind and document.cycle in {cycle, None}
        for document, _ in dossier.held.snapshot.documents
    )
