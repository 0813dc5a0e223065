"""Taking stock: what happened between two moments, by default since the last International Anti-Corruption Day."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import groupby
from typing import Final

from monitor.alert.news import Happening, Item, gather
from monitor.alert.texts import TOLD
from monitor.board.gaps import Gap, gaps
from monitor.board.history import Curve, Step, history
from monitor.board.regions import signatories
from monitor.board.spans import Span, changes_by_country, spans
from monitor.board.status import Interval
from monitor.board.view import View
from monitor.model import Change, ChangeKind, Country, KnownDocument, ReviewCycle
from monitor.model import DocumentKind as Kind

_MONTH: Final = 12
_DAY: Final = 9
_REST: Final = {len("2023-11"): "-01", len("2023"): "-01-01"}
"""What a date lacks that is known to the month, or to the year."""


@dataclass(frozen=True, slots=True)
class Event:
    """One piece of news of one country, and between which two looks it happened."""

    country: Country
    item: Item
    interval: Interval
    back: datetime | None = None
    """What was withdrawn was there again at this look, before the end."""


@dataclass(frozen=True, slots=True)
class Signature:
    """A country that signed the Transparency Pledge in the time."""

    country: Country
    signed: str
    is_sure: bool
    """Its date is known well enough to tell that it belongs to the time."""


@dataclass(frozen=True, slots=True)
class Move:
    """How the number of countries moved that have published one kind of document of one cycle."""

    cycle: ReviewCycle
    kind: Kind
    step: Step


@dataclass(frozen=True, slots=True)
class Stocktake:
    """What happened between two moments."""

    since: datetime
    until: datetime
    looking_since: datetime | None
    """The first good look at any country; what happened before it nobody saw."""
    events: tuple[Event, ...]
    """In the order in which they were seen."""
    signatures: tuple[Signature, ...]
    moves: tuple[Move, ...]
    gaps: tuple[Gap, ...]

    @property
    def is_seen(self) -> bool:
        """Whether we looked at all before the end of the time."""
        return self.looking_since is not None and self.looking_since <= self.until

    @property
    def is_whole(self) -> bool:
        """Whether we looked from the beginning of the time on."""
        return self.looking_since is not None and self.looking_since <= self.since

    def of(self, *happenings: Happening) -> tuple[Event, ...]:
        """Keep the events of some sorts."""
        return tuple(event for event in self.events if event.item.happening in happenings)

    def countries(self, *happenings: Happening) -> tuple[Country, ...]:
        """Name the countries, each once, to which something of these sorts happened."""
        return tuple({event.country.code: event.country for event in self.of(*happenings)}.values())


def stocktake(view: View, since: datetime | None = None, until: datetime | None = None) -> Stocktake:
    """Take stock from ``since`` up to ``until``, both included; without them since the last 9 December up to now."""
    end = until or view.as_of
    start = since or last_day(end)
    told = history(view)
    return Stocktake(
        since=start,
        until=end,
        looking_since=told.since,
        events=tuple(sorted(_events(view, start, end), key=lambda each: each.interval.seen_at)),
        signatures=tuple(_signatures(view, start, end)),
        moves=tuple(_move(curve, start, end) for curve in told.curves),
        gaps=gaps(view, start, end),
    )


def last_day(moment: datetime) -> datetime:
    """Give the International Anti-Corruption Day before a moment's day: on the day itself, a whole year is over."""
    day = moment.astimezone(UTC).date()
    year = day.year if day > date(day.year, _MONTH, _DAY) else day.year - 1
    return datetime.combine(date(year, _MONTH, _DAY), time(), UTC)


def changes_within(
    changes: Iterable[Change], since: datetime | None, until: datetime | None
) -> tuple[Change, ...]:
    """Keep the changes that were seen from ``since`` up to ``until``, both included."""
    return tuple(
        change
        for change in changes
        if (since is None or change.seen_at >= since) and (until is None or change.seen_at <= until)
    )


def _events(view: View, since: datetime, until: datetime) -> Iterator[Event]:
    by_code = {country.code: country for country in view.countries}
    for code, changes in changes_by_country(view.world.changes).items():
        within = changes_within(changes, since, until)
        if within and code in by_code and code in view.world.dossiers:
            yield from _of_country(by_code[code], within, spans(view.world.dossiers[code], changes), until)


Stood = tuple[tuple[KnownDocument, tuple[Span, ...]], ...]


def _of_country(
    country: Country, changes: Iterable[Change], stood: Stood, until: datetime
) -> Iterator[Event]:
    told = (change for change in changes if change.kind in TOLD)
    # What was seen in one look is told together, against what stood there then, not against what stands there now.
    for moment, group in groupby(told, key=lambda change: change.seen_at):
        there = [known for known, times in stood if any(span.covers(moment) for span in times)]
        for item in gather(group, there):
            first = item.changes[0]
            back = _back(item, stood, moment, until) if first.kind is ChangeKind.WITHDRAWN else None
            yield Event(country, item, Interval(first.not_before, moment), back)


def _back(item: Item, stood: Stood, moment: datetime, until: datetime) -> datetime | None:
    """Say when all of it was there again; None where some of it was not before the end."""
    urls = {change.document.url for change in item.changes}
    times = [
        [span.start for span in each if moment < span.start <= until]
        for known, each in stood
        if urls.intersection((known.document.url, *known.former_urls))
    ]
    return max((min(each) for each in times), default=None) if all(times) else None


def _move(curve: Curve, since: datetime, until: datetime) -> Move:
    return Move(curve.cycle, curve.kind, curve.within(since, until))


def _signatures(view: View, since: datetime, until: datetime) -> Iterator[Signature]:
    for country in signatories(view.countries, view.pledges):
        signed = view.pledges[country.code].signed
        days = _days(signed)
        if days and days[0] <= until.date() and days[1] >= since.date():
            is_sure = days[0] >= since.date() and days[1] <= until.date()
            yield Signature(country, signed, is_sure)


def _days(written: str) -> tuple[date, date] | None:
    """Give the first and the last day that a date may mean, as far as it is known; None where it is none."""
    try:
        first = date.fromisoformat(written + _REST.get(len(written), ""))
    except ValueError:
        return None
    rest = _REST.get(len(written), "")
    month = 12 if rest == "-01-01" else first.month
    return first, first.replace(month=month, day=monthrange(first.year, month)[1]) if rest else first
