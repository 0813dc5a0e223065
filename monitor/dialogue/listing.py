"""Countries as lists show them: in the order of their names, each with its state in a few signs."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.alert import texts
from monitor.board.status import Mark, Matrix
from monitor.board.view import View
from monitor.language.speech import Speech, capital
from monitor.model import Country, DocumentKind, ReviewCycle
from monitor.profile.words import fold


def by_name(say: Speech, countries: Iterable[Country]) -> tuple[Country, ...]:
    """Put countries in the order of their names in a language; É stands with E."""
    return tuple(sorted(countries, key=lambda country: fold(say.name(country))))


def signs(of: Matrix, cycles: tuple[ReviewCycle, ...], kinds: Iterable[DocumentKind]) -> str:
    """Show a country in signs, one a kind, cycles apart: ✓–? –––."""
    wanted = tuple(kinds)
    rows = of.rows[: len(cycles)]
    return shown(tuple(row.cells[kind].mark for kind in wanted) for row in rows)


def shown(marks: Iterable[Iterable[Mark]]) -> str:
    """Write marks as signs, cycles apart."""
    return " ".join("".join(texts.MARKS[mark] for mark in cycle) for cycle in marks)


def legend(say: Speech, view: View, kinds: Iterable[DocumentKind]) -> tuple[str, ...]:
    """Explain which sign stands for what."""
    names = ", ".join(texts.kind(say, kind) for kind in kinds)
    cycles = ", ".join(texts.cycle(say, cycle.id) for cycle in view.cycles)
    return (texts.labelled(say, capital(cycles), names), texts.legend(say))


def signatories_known(say: Speech, number: int, *, is_complete: bool) -> str:
    """Count the signatories; say when there may be more of them."""
    if is_complete:
        return say("Signatories of the Transparency Pledge: {number}", number=number)
    return say(
        "Signatories of the Transparency Pledge known here: {number}; the list is not complete",
        number=number,
    )
