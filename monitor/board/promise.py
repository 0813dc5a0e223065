"""The fourth principle of the Transparency Pledge: which of its three parts can be seen to be kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.board.status import MATRIX_KINDS, Cell, Mark, matrix
from monitor.language.official import official_languages
from monitor.model import Country, DocumentKind, ReviewCycle, World

PROMISED: Final = (DocumentKind.SELF_ASSESSMENT, DocumentKind.COUNTRY_REPORT)
"""What the State alone decides to publish, in the order people name it; nothing says by when."""
PARTS: Final = MATRIX_KINDS
"""All that the principle names: these two, and the executive summary in local languages."""
UN_LANGUAGES: Final = ("ar", "en", "es", "fr", "ru", "zh")


class Kept(StrEnum):
    """Whether one part of the promise can be seen to be kept; what stands elsewhere nobody sees here."""

    SEEN = "can be seen to be kept"
    IN_PART = "can be seen in part"
    NOT_SEEN = "cannot be seen"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """One document that was promised, of one cycle."""

    kind: DocumentKind
    kept: Kept
    cell: Cell
    languages: tuple[str | None, ...] = ()
    """In which languages it stands on the page, each once; None: not stated."""


@dataclass(frozen=True, slots=True)
class Promise:
    """What of its promise one signatory's page shows: for each cycle the three parts."""

    country: Country
    cycles: tuple[tuple[Part, ...], ...]

    @property
    def marks(self) -> tuple[tuple[Mark, ...], ...]:
        """What is known of each document, cycle by cycle."""
        return tuple(tuple(part.cell.mark for part in parts) for parts in self.cycles)


def promises(
    world: World, signatories: Iterable[Country], cycles: tuple[ReviewCycle, ...]
) -> tuple[Promise, ...]:
    """Say of each signatory which parts of its promise can be seen to be kept, cycle by cycle."""
    return tuple(promise(world, country, cycles) for country in signatories)


def promise(world: World, country: Country, cycles: tuple[ReviewCycle, ...]) -> Promise:
    """Say of one signatory which parts of its promise can be seen to be kept, cycle by cycle."""
    rows = matrix(world.dossiers.get(country.code), cycles).rows[: len(cycles)]
    return Promise(
        country, tuple(tuple(_part(country, kind, row.cells[kind]) for kind in PARTS) for row in rows)
    )


def counted(
    found: Iterable[Promise], cycles: tuple[ReviewCycle, ...]
) -> tuple[dict[DocumentKind, Counter[Kept]], ...]:
    """Count for each cycle and part how many signatories can be seen to have kept it."""
    of = tuple(found)
    return tuple(
        {kind: Counter(each.cycles[at][place].kept for each in of) for place, kind in enumerate(PARTS)}
        for at in range(len(cycles))
    )


def promised_languages(country: Country, kind: DocumentKind) -> tuple[str, ...]:
    """Name the languages of which the principle wants one; none where any will do, or where nobody can tell."""
    if kind is DocumentKind.COUNTRY_REPORT:
        return UN_LANGUAGES
    return official_languages(country.code) if kind is DocumentKind.EXECUTIVE_SUMMARY else ()


def _part(country: Country, kind: DocumentKind, cell: Cell) -> Part:
    if cell.mark is Mark.UNKNOWN:
        return Part(kind, Kept.UNKNOWN, cell)
    if cell.mark is not Mark.PUBLISHED:
        return Part(kind, Kept.NOT_SEEN, cell)
    languages = tuple(dict.fromkeys(known.document.language for known in cell.documents))
    return Part(kind, _kept(country, kind, languages), cell, languages)


def _kept(country: Country, kind: DocumentKind, languages: Collection[str | None]) -> Kept:
    if kind is DocumentKind.SELF_ASSESSMENT:
        return Kept.SEEN
    wanted = promised_languages(country, kind)
    return Kept.SEEN if set(wanted).intersection(languages) else Kept.IN_PART
