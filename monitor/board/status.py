"""What stands where: per cycle and kind, is it published, withdrawn, not seen, or unknown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    rows = tuple(Row(cycle, _cells(dossier, cycle.id, cycles)) for cycle in cycles)
    stray = Row(None, _cells(dossier, None, cycles))
    has_strays = any(cell.documents for cell in stray.cells.values())
    return Matrix((*rows, stray) if has_strays else rows)


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
    configured = frozenset(configured.id for configured in cycles)
    found = _Found()
    for known in dossier.documents:
        found.take(known, kind, cycle, configured)
    if found.here:
        return Cell(Mark.PUBLISHED, tuple(found.here))
    return _unpublished(dossier, kind, cycle, found)


@dataclass(slots=True)
class _Found:
    """What a dossier has of one kind in one cycle."""

    here: list[KnownDocument] = field(default_factory=list)
    stray: list[KnownDocument] = field(default_factory=list)
    """Their cycle is not stated, or not configured."""
    doubtful: list[KnownDocument] = field(default_factory=list)
    gone: list[KnownDocument] = field(default_factory=list)

    def take(
        self, known: KnownDocument, kind: DocumentKind, cycle: str | None, configured: frozenset[str]
    ) -> None:
        document = known.document
        stands_in = document.cycle if document.cycle in configured else None
        if stands_in not in {cycle, None}:
            return
        is_kind, is_doubtful = document.kind is kind, bool(document.doubt)
        if known.missing_since is not None:
            # What a replacement or better rules explain was not withdrawn by anybody.
            if is_kind and stands_in == cycle and not is_doubtful and not known.is_absence_explained:
                self.gone.append(known)
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
    if all(known.is_absence_told for known in gone):
        return Cell(Mark.WITHDRAWN, gone)
    return Cell(Mark.UNKNOWN, gone, Why.ABSENT)


def _is_in_held_look(dossier: Dossier, kind: DocumentKind, cycle: str | None) -> bool:
    if dossier.held is None or not is_held(dossier):
        return False
    return any(
        document.kind is kind and document.cycle in {cycle, None}
        for document, _ in dossier.held.snapshot.documents
    )
