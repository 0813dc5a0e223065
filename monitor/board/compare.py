"""Countries side by side: what each has published of every cycle, as far as is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from monitor.board.status import MATRIX_KINDS, Cell, matrix
from monitor.board.view import View
from monitor.model import Country, DocumentKind, ReviewCycle

LEAST, MOST = 2, 4
"""Countries that are compared; more fit on no phone."""
_KINDS: Final = MATRIX_KINDS


@dataclass(frozen=True, slots=True)
class Line:
    """One kind of document of one cycle, a cell for each country."""

    kind: DocumentKind
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Countries side by side."""

    countries: tuple[Country, ...]
    cycles: tuple[tuple[ReviewCycle, tuple[Line, ...]], ...]


def compare(view: View, countries: Iterable[Country]) -> Comparison:
    """Lay countries beside each other, in the order in which they are named."""
    named = tuple(countries)
    matrices = [matrix(view.world.dossiers.get(country.code), view.cycles) for country in named]
    return Comparison(
        named,
        tuple(
            (cycle, tuple(Line(kind, tuple(of.rows[at].cells[kind] for of in matrices)) for kind in _KINDS))
            for at, cycle in enumerate(view.cycles)
        ),
    )
