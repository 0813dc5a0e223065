"""Publications over time: the picture, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from markupsafe import Markup

from monitor.alert import texts
from monitor.board.history import history
from monitor.board.promise import PROMISED
from monitor.board.view import View
from monitor.language.speech import Speech, capital
from monitor.picture import over_time

_A_MOMENT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Months:
    """How many countries had each document on their page at the end of each month."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def chart(say: Speech, view: View) -> Markup:
    """Draw it."""
    return Markup(over_time.svg(say, view))  # noqa: S704 - escaped where it is drawn


def months(say: Speech, view: View) -> Months:
    """Table it, the newest month first."""
    told = history(view)
    curves = [curve for curve in told.curves if curve.kind in PROMISED]
    moments = tuple(_ends(told.since, told.until)) if told.since else ()
    return Months(
        tuple(capital(texts.kind_in(say, curve.kind, curve.cycle.id)) for curve in curves),
        tuple(
            (say.month(moment), tuple(say.number(curve.at(moment)) for curve in curves))
            for moment in reversed(moments)
        ),
    )


def _ends(since: datetime, until: datetime) -> Iterator[datetime]:
    """Give the last moment of each month, of the last one how it stands now."""
    year, month = since.year, since.month
    while (start_of_next := datetime(year + month // 12, month % 12 + 1, 1, tzinfo=UTC)) <= until:
        yield start_of_next.replace(microsecond=0) - _A_MOMENT
        year, month = start_of_next.year, start_of_next.month
    yield until
