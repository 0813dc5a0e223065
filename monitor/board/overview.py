"""The world in numbers: how many countries published what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.board.regions import is_signatory
from monitor.board.status import MATRIX_KINDS, Mark, Matrix, is_held, matrix
from monitor.model import Country, DocumentKind, Dossier, Pledge, ReviewCycle, World


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
