"""The stock-take in words, in any language and style: what a newsletter says of the year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from monitor.alert import texts
from monitor.alert.markup import tidy
from monitor.alert.news import Happening, clause, in_a_row
from monitor.board.definitions import definition
from monitor.board.gaps import Gap
from monitor.board.piece import Part, Piece, Table
from monitor.board.status import Mark
from monitor.board.stocktake import Event, Move, Signature, Stocktake
from monitor.board.style import Style
from monitor.language.speech import Speech, capital
from monitor.model import Change, ChangeKind
from monitor.profile.words import fold

_MOST_NAMES: Final = 20


def year(say: Speech, of: Stocktake, style: Style) -> Piece:
    """Write a stock-take: what was published, replaced and withdrawn, who signed, how the numbers moved, what nobody saw."""
    return Piece(
        title=say(
            "Stock-take of the UNCAC reviews: {since} to {until}",
            since=say.day(of.since),
            until=say.day(of.until),
        ),
        intro=tuple(style.escape(line) for line in _intro(say, of)),
        parts=tuple(_parts(say, of, style)),
        outro=tuple(style.escape(line) for line in _outro(say)),
    )


def _intro(say: Speech, of: Stocktake) -> Iterator[str]:
    if not of.is_seen:
        yield say("No page was read in this time, so nothing is known of it.")
        return
    yield _sum(say, say("Published"), of, Happening.PUBLISHED)
    for label, happening in (
        (say("Replaced"), Happening.REVISED),
        (say("Withdrawn"), Happening.WITHDRAWN),
    ):
        if of.of(happening):
            yield _sum(say, label, of, happening)
    if of.looking_since and not of.is_whole:
        yield say(
            "We have looked since {when}: what stood there then is not counted as published, and what happened "
            "before that is not known.",
            when=say.moment(of.looking_since),
        )


def _sum(say: Speech, label: str, of: Stocktake, happening: Happening) -> str:
    number, countries = len(of.of(happening)), len(of.countries(happening))
    if not number:
        return texts.labelled(say, label, say("nothing"))
    told = say.many(
        "{documents} in {number} country",
        "{documents} in {number} countries",
        countries,
        documents=say.number(number),
    )
    return texts.labelled(say, label, told)


def _parts(say: Speech, of: Stocktake, style: Style) -> Iterator[Part]:
    if of.is_seen:
        yield Part(say("How the numbers moved"), table=_moves(say, of, style))
    for heading, happenings in (
        (say("Published"), (Happening.PUBLISHED,)),
        (say("Replaced"), (Happening.REVISED,)),
        (say("Withdrawn"), (Happening.WITHDRAWN,)),
        (say("Languages"), (Happening.NEW_LANGUAGE, Happening.LANGUAGE_GONE)),
        (say("Also listed"), (Happening.LISTED,)),
    ):
        if found := of.of(*happenings):
            yield Part(heading, tuple(_event(say, each, style) for each in _by_name(say, found)))
    if of.signatures:
        signed = (_signature(say, each, style) for each in _by_name(say, of.signatures))
        yield Part(say("New signatories of the Transparency Pledge"), tuple(signed))
    if of.is_seen and of.gaps:
        heading = say("What could not be read for a day or more, as far as is remembered")
        yield Part(heading, tuple(_gaps(say, of.gaps, style)))


_Named = TypeVar("_Named", Event, Signature, Gap)


def _by_name(say: Speech, found: Iterable[_Named]) -> list[_Named]:
    return sorted(found, key=lambda each: fold(say.name(each.country)))


def _event(say: Speech, event: Event, style: Style) -> str:
    item, interval = event.item, event.interval
    is_sort = item.happening not in {Happening.NEW_LANGUAGE, Happening.LANGUAGE_GONE}
    what = texts.kind_in(say, item.kind, item.cycle) if is_sort else clause(say, item)
    linked = texts.labelled(say, style.escape(what), _links(say, item.changes, style))
    when = texts.happened(say, item.changes[0].kind, interval.not_before, interval.seen_at)
    if event.back:
        when = in_a_row(say, (when, say("there again {day}", day=say.day(event.back))))
    name = style.strong(say.name(event.country))
    return f"{texts.labelled(say, name, linked)} ({style.escape(when)})"


def _links(say: Speech, changes: Iterable[Change], style: Style) -> str:
    return texts.BETWEEN_LINKS.join(_link(say, change, style) for change in changes)


def _link(say: Speech, change: Change, style: Style) -> str:
    document = change.document
    label = say.language(document.language) or tidy(document.title) or say("document")
    shown = style.link(label, document.url)
    if change.kind is not ChangeKind.REVISED:
        return shown
    return f"{shown} ({style.link(say('the one before'), change.former_url)})"


def _signature(say: Speech, signature: Signature, style: Style) -> str:
    name, date = style.strong(say.name(signature.country)), texts.date(say, signature.signed)
    if signature.is_sure:
        return texts.labelled(say, name, style.escape(date))
    return texts.labelled(say, name, style.escape(say("{date}, the day is not known", date=date)))


def _moves(say: Speech, of: Stocktake, style: Style) -> Table:
    head = (
        say("Countries with it on their page"),
        say("At the beginning"),
        say("Appeared"),
        say("Disappeared"),
        say("At the end"),
    )
    rows = (
        (capital(texts.kind_in(say, move.kind, move.cycle.id)), *map(say.number, _numbers(move)))
        for move in of.moves
    )
    return Table(
        tuple(map(style.escape, head)),
        tuple(tuple(map(style.escape, row)) for row in rows),
        tuple(style.escape(_moved(say, move)) for move in of.moves),
    )


def _moved(say: Speech, move: Move) -> str:
    before, appeared, went, after = map(say.number, _numbers(move))
    return say(
        "{document}: {before} → {after} (appeared: {appeared}, disappeared: {went})",
        document=capital(texts.kind_in(say, move.kind, move.cycle.id)),
        before=before,
        after=after,
        appeared=appeared,
        went=went,
    )


def _numbers(move: Move) -> tuple[int, int, int, int]:
    """Give how many had it, got it, lost it and have it; what stood there at a first look counts as had."""
    step = move.step
    return step.before + step.found, step.appeared, step.went, step.number


def _gaps(say: Speech, gaps: Iterable[Gap], style: Style) -> Iterator[str]:
    """Tell gaps by their time: what hindered one country often hindered many."""
    together: dict[str, list[str]] = {}
    for gap in _by_name(say, gaps):
        together.setdefault(_gap(say, gap), []).append(say.name(gap.country))
    for when, names in together.items():
        yield texts.labelled(say, style.escape(capital(when)), style.escape(_named(say, names)))


def _named(say: Speech, names: list[str]) -> str:
    """Name as many as anybody reads; a newsletter is no register."""
    shown = ", ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    if more <= 0:
        return shown
    return say.many(
        "{names} and {number} more country", "{names} and {number} more countries", more, names=shown
    )


def _gap(say: Speech, gap: Gap) -> str:
    if gap.since and gap.until:
        return say("not read {when}", when=texts.interval(say, gap.since, gap.until))
    if gap.since:
        return say("not read since {when}", when=say.moment(gap.since))
    return say("not read before {when}", when=say.moment(gap.until)) if gap.until else say("never read")


def _outro(say: Speech) -> Iterator[str]:
    for mark in (Mark.PUBLISHED, Mark.WITHDRAWN):
        yield texts.labelled(say, capital(texts.mark(say, mark)), definition(say, mark))
    yield say("Source: the country profiles of UNODC, looked at several times a day.")
