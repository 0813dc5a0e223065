"""What happened on a country's page and how it was looked at, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Final

from monitor.alert import texts
from monitor.alert.news import clause, gather
from monitor.board.status import is_held, present
from monitor.board.view import View
from monitor.language.speech import Speech, capital
from monitor.model import Change, ChangeKind, Country, Dossier, KnownDocument, LookHistory, Looks, PledgeState

MOST: Final = 40
"""Entries of one country's timeline; older ones stand in the open data."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened."""

    at: datetime
    day: str
    words: str
    detail: str = ""
    kind: str = "look"
    """A class for the style: news or look."""


def events(say: Speech, view: View, country: Country) -> tuple[Event, ...]:
    """Give a country's timeline, newest first."""
    dossier = view.world.dossiers.get(country.code)
    found = [
        *_news(say, view.world.changes, country.code, present(dossier)),
        *_looks(say, view.world.looks.get(country.code)),
        *_first(say, dossier),
        *_held(say, dossier),
    ]
    return tuple(sorted(found, key=lambda event: event.at, reverse=True))


def signed(say: Speech, view: View, country: Country) -> str:
    """Say when the Pledge was signed, for the end of the timeline; nothing where nobody knows."""
    pledge = view.pledges[country.code]
    is_dated = pledge.state is PledgeState.SIGNATORY and pledge.signed
    return texts.pledge(say, pledge) if is_dated else ""


def _news(
    say: Speech, changes: Iterable[Change], code: str, there: tuple[KnownDocument, ...]
) -> Iterator[Event]:
    own = sorted((change for change in changes if change.code == code), key=lambda change: change.seen_at)
    for at, group in groupby(own, key=lambda change: change.seen_at):
        alike = tuple(group)
        for item in gather(alike, there):
            change = item.changes[0]
            happened = texts.happened(say, change.kind, change.not_before, at)
            yield Event(at, say.day(at), capital(clause(say, item)), capital(happened), "news")
        for change in alike:
            if words := _quiet(say, change):
                yield Event(at, say.day(at), words, capital(texts.interval(say, change.not_before, at)))


def _quiet(say: Speech, change: Change) -> str:
    """Say what is no news: a document moved or came back."""
    what = capital(texts.kind_in(say, change.document.kind, change.document.cycle))
    if change.kind is ChangeKind.MOVED:
        return say("{document}: moved to another address", document=what)
    return say("{document}: listed again", document=what) if change.kind is ChangeKind.RETURNED else ""


def _looks(say: Speech, history: LookHistory | None) -> Iterator[Event]:
    for each in history.looks if history else ():
        yield Event(each.last, say.day(each.last), _found(say, each), _span(say, each))


def _found(say: Speech, looks: Looks) -> str:
    # What went wrong is for the operators: a bug's words may name what is on their machine.
    if looks.error:
        return say.many(
            "{number} look: the page could not be read, or was not believed",
            "{number} looks: the page could not be read, or was not believed",
            looks.times,
        )
    return say.many(
        "{number} look found the page as it was then", "{number} looks found the same page", looks.times
    )


def _span(say: Speech, looks: Looks) -> str:
    if looks.first == looks.last:
        return say.moment(looks.last)
    return say("{start} to {end}", start=say.moment(looks.first), end=say.moment(looks.last))


def _first(say: Speech, dossier: Dossier | None) -> Iterator[Event]:
    if dossier is None or dossier.first_read is None:
        return
    at = dossier.first_read
    there = sum(each.not_seen_at is None for each in dossier.documents)
    words = say.many(
        "First look: {number} document stood there, and was no news",
        "First look: {number} documents stood there, and were no news",
        there,
    )
    yield Event(at, say.day(at), words, say.moment(at), "news")


def _held(say: Speech, dossier: Dossier | None) -> Iterator[Event]:
    if dossier and dossier.held and is_held(dossier):
        at = dossier.held.since
        words = say("A look that is not believed yet waits for equal looks, or for a person")
        yield Event(at, say.day(at), words, say.moment(at), "news")
