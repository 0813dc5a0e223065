"""Who has not published one document of one cycle; of whom that is not known stands apart."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.board.status import Mark, Why, matrix
from monitor.model import Country, DocumentKind, ReviewCycle, World


@dataclass(frozen=True, slots=True)
class Missing:
    """How countries stand with one kind of document of one cycle."""

    published: tuple[Country, ...]
    missing: tuple[Country, ...]
    """Their pages were read and do not list it."""
    withdrawn: tuple[Country, ...]
    """Their pages listed it, and do not any more."""
    unknown: tuple[tuple[Country, Why], ...]


def missing(
    world: World,
    countries: Iterable[Country],
    cycles: tuple[ReviewCycle, ...],
    kind: DocumentKind,
    cycle: ReviewCycle,
) -> Missing:
    """Divide countries into those that published it, those that did not, and those nobody knows it of."""
    at = cycles.index(cycle)
    cells = [
        (country, matrix(world.dossiers.get(country.code), cycles).rows[at].cells[kind])
        for country in countries
    ]
    return Missing(
        published=tuple(country for country, cell in cells if cell.mark is Mark.PUBLISHED),
        missing=tuple(country for country, cell in cells if cell.mark is Mark.NOT_SEEN),
        withdrawn=tuple(country for country, cell in cells if cell.mark is Mark.WITHDRAWN),
        unknown=tuple((country, cell.why) for country, cell in cells if cell.why is not None),
    )
