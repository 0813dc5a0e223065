"""Publications over time: for each cycle a panel, in it a stepped line for each document that was promised."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import escape
from monitor.board.history import Curve, History, Step, history
from monitor.board.promise import PROMISED
from monitor.board.view import View
from monitor.language.speech import Speech, capital
from monitor.model import ReviewCycle

WIDTH: Final = 960
PANEL: Final = 250
"""Height of a cycle's panel."""
_TOP, _BOTTOM, _LEFT, _RIGHT = 44, 40, 52, 210
_LINES: Final = ("first", "second")
"""Classes of the two lines: they differ in lightness and in their dashes."""
_GAP: Final = 20
"""Least distance between the names of two lines."""
_TICKS: Final = 4


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where moments and numbers are drawn in a panel."""

    since: datetime
    until: datetime
    highest: int
    top: int

    def x(self, moment: datetime) -> float:
        """Give the place of a moment."""
        length = max((self.until - self.since).total_seconds(), 1)
        part = min(max((moment - self.since).total_seconds() / length, 0), 1)
        return round(_LEFT + part * (WIDTH - _LEFT - _RIGHT), 1)

    def y(self, number: int) -> float:
        """Give the place of a number."""
        return round(self.top + PANEL - _BOTTOM - number / self.highest * (PANEL - _TOP - _BOTTOM), 1)


def svg(say: Speech, view: View) -> str:
    """Draw it for a page; colours are map.css's. Nothing where nobody has looked yet."""
    told = history(view)
    if told.since is None or not view.cycles:
        return ""
    height = PANEL * len(view.cycles)
    return (
        f'<svg class="chart" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(label(say, told))}">{panels(say, view, told, told.since)}</svg>'
    )


def label(say: Speech, told: History) -> str:
    """Say in a sentence what the picture shows: how each line begins and ends."""
    ends = (
        say(
            "{document}: {start} at first, {end} now",
            document=capital(texts.kind_in(say, curve.kind, curve.cycle.id)),
            start=say.number(curve.steps[0].number if curve.steps else 0),
            end=say.number(curve.at(told.until)),
        )
        for curve in told.curves
        if curve.kind in PROMISED
    )
    return texts.labelled(say, say("Countries whose page lists it"), "; ".join(ends))


def panels(say: Speech, view: View, told: History, began: datetime) -> str:
    """Draw the panels of all cycles, the newest first; ``began``: the first look."""
    highest = _round_up(max((step.number for curve in told.curves for step in _shown(curve)), default=0))
    # A world looked at for an hour is drawn as well as one of ten years.
    since = min(began, told.until - timedelta(days=1))
    return "".join(
        _panel(say, told, cycle, _Frame(since, told.until, highest, place * PANEL))
        for place, cycle in enumerate(reversed(view.cycles))
    )


def _shown(curve: Curve) -> tuple[Step, ...]:
    return curve.steps if curve.kind in PROMISED else ()


def _panel(say: Speech, told: History, cycle: ReviewCycle, frame: _Frame) -> str:
    curves = [told.curve(cycle.id, kind) for kind in PROMISED]
    name = escape(capital(texts.cycle(say, cycle.id)))
    title = f'<text class="name" x="{_LEFT}" y="{frame.top + 22}">{name}</text>'
    lines = "".join(
        f'<path class="line {style}" d="{_path(curve, frame)}"/>'
        for curve, style in zip(curves, _LINES, strict=True)
    )
    return "".join((title, *_grid(say, frame), lines, *_names(say, curves, frame)))


def _path(curve: Curve, frame: _Frame) -> str:
    """Draw steps: across to the moment, then up or down to the number."""
    first = curve.steps[0] if curve.steps else None
    start = frame.y(0) if first is None else frame.y(first.number)
    moves = [f"M{frame.x(first.moment if first else frame.since):g} {start:g}"]
    moves += [f"H{frame.x(step.moment):g}V{frame.y(step.number):g}" for step in curve.steps[1:]]
    return "".join((*moves, f"H{frame.x(frame.until):g}"))


def _names(say: Speech, curves: list[Curve], frame: _Frame) -> Iterator[str]:
    """Name the lines at their ends, kept apart where they end close to each other."""
    ends = [frame.y(curve.at(frame.until)) for curve in curves]
    places = list(ends)
    if abs(places[0] - places[1]) < _GAP:
        upper, lower = sorted(range(len(places)), key=lambda at: (ends[at], at))
        middle = sum(ends) / len(ends)
        places[upper], places[lower] = middle - _GAP / 2, middle + _GAP / 2
    x = WIDTH - _RIGHT
    for curve, style, end, place in zip(curves, _LINES, ends, places, strict=True):
        words = f"{say.number(curve.at(frame.until))} {texts.kinds(say, curve.kind)}"
        yield f'<circle class="dot {style}" cx="{x}" cy="{end:g}" r="4.5"/>'
        yield f'<text class="name" x="{x + 12}" y="{place + 5:g}">{escape(words)}</text>'


def _grid(say: Speech, frame: _Frame) -> Iterator[str]:
    right = WIDTH - _RIGHT
    for part in range(3):
        number = frame.highest * part // 2
        y = frame.y(number)
        yield f'<path class="grid" d="M{_LEFT} {y:g}H{right}"/>'
        yield f'<text x="{_LEFT - 8}" y="{y + 5:g}" text-anchor="end">{say.number(number)}</text>'
    for moment in _ticks(frame):
        x = frame.x(moment)
        bottom = frame.y(0)
        yield f'<path class="grid" d="M{x:g} {bottom:g}v6"/>'
        yield f'<text x="{x:g}" y="{bottom + 24:g}" text-anchor="middle">{escape(say.month(moment))}</text>'


def _ticks(frame: _Frame) -> Iterator[datetime]:
    """Give beginnings of months, a few over the whole time; the first moment where there is none."""
    months = list(_months(frame.since, frame.until))
    if not months:
        yield frame.since
    yield from months[:: max(1, -(-len(months) // _TICKS))]


def _months(since: datetime, until: datetime) -> Iterator[datetime]:
    year, month = since.year, since.month
    while True:
        year, month = year + month // 12, month % 12 + 1
        first = datetime(year, month, 1, tzinfo=UTC)
        if first > until:
            return
        yield first


def _round_up(number: int) -> int:
    """Give the next number that is easy to halve and to read, such as 10, 20, 50 or 100."""
    scale = 10
    while True:
        for factor in (1, 2, 5):
            if factor * scale >= number:
                return factor * scale
        scale *= 10
