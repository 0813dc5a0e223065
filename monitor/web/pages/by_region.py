"""The world in numbers, region by region."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.alert import texts
from monitor.board.overview import by_region
from monitor.board.promise import PROMISED
from monitor.board.view import View
from monitor.language.speech import Speech, capital
from monitor.web.feed_paths import slug


@dataclass(frozen=True, slots=True)
class Row:
    """One region: how many of its countries have published each document that is promised."""

    name: str
    href: str
    """The table with this region only."""
    countries: str
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Regions:
    """All regions; the columns are documents of cycles, the newest first."""

    head: tuple[str, ...]
    rows: tuple[Row, ...]


def regions(say: Speech, view: View) -> Regions:
    """Count what each region has published."""
    columns = [(cycle.id, kind) for cycle in reversed(view.cycles) for kind in PROMISED]
    return Regions(
        tuple(capital(texts.kind_in(say, kind, cycle)) for cycle, kind in columns),
        tuple(
            Row(
                say.word(name),
                f"countries.html?region={slug(name)}",
                say.number(counted.countries),
                tuple(say.number(counted.tally(cycle, kind).published) for cycle, kind in columns),
            )
            for name, counted in by_region(view).items()
        ),
    )
