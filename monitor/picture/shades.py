"""What the map says of each country, in one shade; the exact marks stand beside it in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Final

from monitor.alert import texts
from monitor.board.promise import PROMISED
from monitor.board.status import Cell, Mark, matrix
from monitor.board.view import View
from monitor.language.speech import Speech
from monitor.model import Country, DocumentKind, ReviewCycle


class Shade(StrEnum):
    """How a country looks on the map; the value is its class in SVG and CSS."""

    BOTH = "both"
    SELF_ASSESSMENT = "self-assessment"
    """It and no country report; whether there is none, or nobody knows, the words say."""
    COUNTRY_REPORT = "country-report"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"
    """Nothing asked for stands there now, and something did."""
    NOT_SEEN = "not-seen"
    UNKNOWN = "unknown"


OF_BOTH: Final = (
    Shade.BOTH,
    Shade.SELF_ASSESSMENT,
    Shade.COUNTRY_REPORT,
    Shade.WITHDRAWN,
    Shade.NOT_SEEN,
    Shade.UNKNOWN,
)
"""The legend where both documents are asked for."""
OF_ONE: Final = (Shade.PUBLISHED, Shade.WITHDRAWN, Shade.NOT_SEEN, Shade.UNKNOWN)
"""The legend where one is."""
Marks = Mapping[str, tuple[Mark, ...]]
"""By country's code: the mark of each kind that is asked for."""


def asked(kind: DocumentKind | None) -> tuple[DocumentKind, ...]:
    """Name the kinds a map is about: one, or the two that are promised."""
    return PROMISED if kind is None else (kind,)


def marks(view: View, cycle: ReviewCycle, kind: DocumentKind | None) -> Marks:
    """Say of each country what is known of what the map is about."""
    return {
        country.code: tuple(_cells(view, country, cycle)[each].mark for each in asked(kind))
        for country in view.countries
    }


def _cells(view: View, country: Country, cycle: ReviewCycle) -> Mapping[DocumentKind, Cell]:
    row = matrix(view.world.dossiers.get(country.code), view.cycles).rows[view.cycles.index(cycle)]
    return row.cells


def shades(view: View, cycle: ReviewCycle, kind: DocumentKind | None) -> dict[str, Shade]:
    """Give each country its shade, by its code."""
    return {code: shade(found) for code, found in marks(view, cycle, kind).items()}


def shade(found: tuple[Mark, ...]) -> Shade:
    """Give the shade of one mark, or of those of self-assessment and country report."""
    published = [mark is Mark.PUBLISHED for mark in found]
    if all(published):
        return Shade.PUBLISHED if len(found) == 1 else Shade.BOTH
    if any(published):
        return Shade.SELF_ASSESSMENT if published[0] else Shade.COUNTRY_REPORT
    if Mark.WITHDRAWN in found:
        return Shade.WITHDRAWN
    return Shade.UNKNOWN if Mark.UNKNOWN in found else Shade.NOT_SEEN


def legend(
    say: Speech, found: Mapping[str, Shade], kind: DocumentKind | None
) -> tuple[tuple[Shade, str, int], ...]:
    """Give every shade there can be, with its words and the number of countries."""
    counts = Counter(found.values())
    return tuple((each, word(say, each, kind), counts[each]) for each in legend_of(kind))


def legend_of(kind: DocumentKind | None) -> tuple[Shade, ...]:
    """Name the shades of a map, in the order of its legend."""
    return OF_BOTH if kind is None else OF_ONE


def word(say: Speech, shade: Shade, kind: DocumentKind | None) -> str:
    """Say what a shade means, as an entry of the legend."""
    return {
        Shade.BOTH: say("Both published"),
        Shade.SELF_ASSESSMENT: say("Self-assessment published"),
        Shade.COUNTRY_REPORT: say("Country report published"),
        Shade.PUBLISHED: say("Published"),
        Shade.WITHDRAWN: say("Withdrawn"),
        Shade.NOT_SEEN: say("Neither seen") if kind is None else say("Not seen"),
        Shade.UNKNOWN: say("Unknown"),
    }[shade]


def facts(say: Speech, country: Country, found: Iterable[Mark], kind: DocumentKind | None) -> str:
    """Say of a country what is known: Mexico · self-assessment: published · country report: not seen."""
    known = (
        texts.labelled(say, texts.kind(say, each), texts.mark(say, mark))
        for each, mark in zip(asked(kind), found, strict=True)
    )
    return texts.BETWEEN_LINKS.join((say.name(country), *known))
