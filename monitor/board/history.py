"""Publications over time: how many countries had one kind of document of one cycle on their page, and since when."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from monitor.board.spans import Span, changes_by_country, merged, spans
from monitor.board.status import MATRIX_KINDS
from monitor.board.view import View
from monitor.model import DocumentKind, ReviewCycle, World


@dataclass(frozen=True, slots=True)
class Step:
    """A moment at which the number of countries changed, and how."""

    moment: datetime
    number: int
    """Countries that have it published, from this moment on."""
    found: int = 0
    """Of those that came: what stood there at the first look at their page. When it appeared nobody knows."""
    appeared: int = 0
    """Of those that came: what appeared between two looks."""
    went: int = 0

    @property
    def before(self) -> int:
        """Countries that had it published just before."""
        return self.number - self.found - self.appeared + self.went


@dataclass(frozen=True, slots=True)
class Curve:
    """One kind of document of one cycle."""

    cycle: ReviewCycle
    kind: DocumentKind
    steps: tuple[Step, ...]

    def at(self, moment: datetime) -> int:
        """Give the number of countries that had it published at a moment, as far as that was seen."""
        return next((step.number for step in reversed(self.steps) if step.moment <= moment), 0)

    def within(self, since: datetime, until: datetime) -> Step:
        """Sum up what happened from ``since`` up to ``until``, both included, into one step."""
        steps = [step for step in self.steps if since <= step.moment <= until]
        return Step(
            until,
            self.at(until),
            found=sum(step.found for step in steps),
            appeared=sum(step.appeared for step in steps),
            went=sum(step.went for step in steps),
        )


@dataclass(frozen=True, slots=True)
class History:
    """Publications over time: one curve for each cycle and kind."""

    curves: tuple[Curve, ...]
    since: datetime | None
    """The first good look at any country; None where there was none yet."""
    until: datetime
    """How it stands at the end holds for this moment."""

    def curve(self, cycle: str, kind: DocumentKind) -> Curve:
        """Give the curve of one kind in one configured cycle."""
        return next(each for each in self.curves if (each.cycle.id, each.kind) == (cycle, kind))


def history(view: View) -> History:
    """Tell how publications came and went; today's knowledge of what each document is holds for all times."""
    codes = [country.code for country in view.countries]
    stood = _stood(view.world, codes)
    looks = (view.world.dossiers[code].first_read for code in codes if code in view.world.dossiers)
    return History(
        tuple(
            Curve(cycle, kind, _steps(stood[cycle.id, kind]))
            for cycle in view.cycles
            for kind in MATRIX_KINDS
        ),
        min(filter(None, looks), default=None),
        view.as_of,
    )


def _stood(world: World, codes: Iterable[str]) -> Mapping[tuple[str | None, DocumentKind], list[Span]]:
    """Gather for each cycle and kind the times in which countries had it published."""
    found: dict[tuple[str | None, DocumentKind], list[Span]] = defaultdict(list)
    changes = changes_by_country(world.changes)
    for code in codes:
        dossier = world.dossiers.get(code)
        mine: dict[tuple[str | None, DocumentKind], list[Span]] = defaultdict(list)
        for known, times in spans(dossier, changes.get(code, ())) if dossier else ():
            if not known.document.doubt:
                mine[known.document.cycle, known.document.kind] += times
        for key, together in mine.items():
            found[key] += merged(together)
    return found


def _steps(stood: Iterable[Span]) -> tuple[Step, ...]:
    happened: dict[datetime, Counter[str]] = defaultdict(Counter)
    for span in stood:
        happened[span.start]["found" if span.is_found else "appeared"] += 1
        if span.end is not None:
            happened[span.end]["went"] += 1
    return tuple(_counted(happened))


def _counted(happened: Mapping[datetime, Counter[str]]) -> Iterator[Step]:
    number = 0
    for moment, counts in sorted(happened.items(), key=lambda each: each[0]):
        number += counts["found"] + counts["appeared"] - counts["went"]
        yield Step(moment, number, counts["found"], counts["appeared"], counts["went"])
