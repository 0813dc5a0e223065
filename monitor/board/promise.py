"""The fourth principle of the Transparency Pledge: which signatory put its two documents online."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.board.status import Cell, Mark, matrix
from monitor.model import Country, DocumentKind, ReviewCycle, World

PROMISED: Final = (DocumentKind.SELF_ASSESSMENT, DocumentKind.COUNTRY_REPORT)
"""What a signatory promises to put online, in the order people name it; nothing says by when."""


class Kept(StrEnum):
    """How far a signatory kept its promise in one cycle, as far as its page shows."""

    BOTH = "both"
    ONE = "one of the two"
    NEITHER = "neither"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Promise:
    """What one signatory published of what it promised: per cycle a mark for each document."""

    country: Country
    marks: tuple[tuple[Mark, ...], ...]


def promises(
    world: World, signatories: Iterable[Country], cycles: tuple[ReviewCycle, ...]
) -> tuple[Promise, ...]:
    """Say of each signatory which of the two documents stand on its page, cycle by cycle."""
    return tuple(
        Promise(country, tuple(_marks(row.cells) for row in matrix(dossier, cycles).rows[: len(cycles)]))
        for country, dossier in ((each, world.dossiers.get(each.code)) for each in signatories)
    )


def kept(found: Iterable[Promise], cycles: tuple[ReviewCycle, ...]) -> tuple[Counter[Kept], ...]:
    """Count for each cycle how many signatories kept how much."""
    of = tuple(found)
    return tuple(Counter(_kept(promise.marks[at]) for promise in of) for at in range(len(cycles)))


def _marks(cells: Mapping[DocumentKind, Cell]) -> tuple[Mark, ...]:
    return tuple(cells[kind].mark for kind in PROMISED)


def _kept(marks: tuple[Mark, ...]) -> Kept:
    published = marks.count(Mark.PUBLISHED)
    if published == len(PROMISED):
        return Kept.BOTH
    if Mark.UNKNOWN in marks:
        return Kept.UNKNOWN
    return Kept.ONE if published else Kept.NEITHER
