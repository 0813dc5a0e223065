"""Who has not published: /missing, the list that the Coalition would else keep by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import bold, clip, escape
from monitor.board.missing import Missing
from monitor.board.missing import missing as divide
from monitor.board.promise import PROMISED
from monitor.board.regions import in_region, signatories
from monitor.board.status import Why
from monitor.board.view import View
from monitor.dialogue.areas import named, narrowing, region_of, token
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import Leaf, button, chosen, leaf, number, row, turning
from monitor.dialogue.choice.hear import hear
from monitor.dialogue.choice.vocabulary import Wish
from monitor.dialogue.listing import by_name, signatories_known
from monitor.dialogue.lost import lost
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech, capital
from monitor.model import Button, Country, DocumentKind, Message

_NAMES: Final = 50
"""Names on one page: the longest fifty fit into one message."""
_ALL: Final = "all"
_SIGNATORIES: Final = "pledge"


@dataclass(frozen=True, slots=True)
class Question:
    """Which document is missed, and of whom."""

    kind: DocumentKind
    cycle: int
    """The place of the cycle in cycles.toml."""
    is_all: bool = False
    """Asks of all States parties, not of the signatories alone."""
    region: str = ""

    def pressed(self) -> tuple[object, ...]:
        """Give the question as buttons carry it, up to the page."""
        who = _ALL if self.is_all else _SIGNATORIES
        return ("missing", PROMISED.index(self.kind), self.cycle, who, token(self.region))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A country in the list, under a heading of its own where it is not simply missing."""

    country: Country
    why: Why | None = None
    """Why it is not known whether it published."""
    is_withdrawn: bool = False

    @property
    def heading(self) -> tuple[str, bool, str]:
        """What it stands under: why it is not known, withdrawn, or its region."""
        is_plain = not (self.why or self.is_withdrawn)
        return (self.why or "", self.is_withdrawn, self.country.region if is_plain else "")


def missing(say: Speech, _ask: Ask, rest: str, view: View) -> Reply:
    """Answer a typed question; without words, which signatories lack the last cycle's self-assessment."""
    heard = hear(rest, view.countries, view.cycles)
    if heard.unknown:
        return Reply(lost(say, heard.unknown[0], view))
    return Reply(listed(say, view, _asked(heard.wish, view), "0"))


def missing_pressed(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Answer a question put by buttons, perhaps forged, or turn its page."""
    if not arguments:
        return Reply(listed(say, view, _asked(Wish(), view), "0"), is_edit=True)
    kind, cycle, who, region, page = (*arguments, "", "", "", "", "")[:5]
    question = Question(
        PROMISED[number(kind, len(PROMISED) - 1)],
        number(cycle, len(view.cycles) - 1),
        is_all=who == _ALL,
        region=region_of(region, view),
    )
    return Reply(listed(say, view, question, page), is_edit=True)


def listed(say: Speech, view: View, question: Question, page: str) -> Message:
    """Show one page of those who have not published it; whose state is not known stands apart."""
    cycle, found = view.cycles[question.cycle], _found(say, view, question)
    withdrawn = (_Entry(country, is_withdrawn=True) for country in found.withdrawn)
    entries = [*map(_Entry, found.missing), *withdrawn, *(_Entry(*pair) for pair in found.unknown)]
    ordered = sorted(entries, key=lambda entry: entry.heading)
    shown = leaf(ordered, page, _NAMES)
    lines = (
        bold(say("Not published: {document}", document=texts.kind_in(say, question.kind, cycle.id))),
        *map(escape, _asked_of(say, view, question)),
        *map(escape, _counts(say, found)),
        *_names(say, shown.items),
    )
    return Message(clip(lines), _buttons(say, view, question, shown))


def _asked(wish: Wish, view: View) -> Question:
    kinds = [kind for kind in PROMISED if kind in wish.kinds] or [PROMISED[0]]
    cycles = [at for at, cycle in enumerate(view.cycles) if cycle.id in wish.cycles]
    region = min(wish.regions, default="")
    return Question(kinds[0], (cycles or [len(view.cycles) - 1])[0], is_all=wish.is_all, region=region)


def _found(say: Speech, view: View, question: Question) -> Missing:
    everybody = view.countries if question.is_all else signatories(view.countries, view.pledges)
    asked = by_name(say, in_region(everybody, question.region))
    return divide(view.world, asked, view.cycles, question.kind, view.cycles[question.cycle])


def _asked_of(say: Speech, view: View, question: Question) -> Iterator[str]:
    if question.is_all:
        yield say("All States parties: {number}", number=len(view.countries))
    else:
        known = len(signatories(view.countries, view.pledges))
        yield signatories_known(say, known, is_complete=view.is_pledge_complete)
    if question.region:
        yield say("Region: {region}", region=named(say, question.region))


def _counts(say: Speech, found: Missing) -> Iterator[str]:
    if found.withdrawn:
        yield say(
            "Published: {published} · not published: {missing} · withdrawn: {withdrawn} · unknown: {unknown}",
            published=len(found.published),
            missing=len(found.missing),
            withdrawn=len(found.withdrawn),
            unknown=len(found.unknown),
        )
        return
    yield say(
        "Published: {published} · not published: {missing} · unknown: {unknown}",
        published=len(found.published),
        missing=len(found.missing),
        unknown=len(found.unknown),
    )


def _names(say: Speech, entries: Iterable[_Entry]) -> Iterator[str]:
    for heading, group in groupby(entries, key=lambda entry: entry.heading):
        label = _label(say, *heading)
        names = ", ".join(say.name(entry.country) for entry in group)
        yield ""
        yield texts.labelled(say, bold(label), escape(names))


def _label(say: Speech, why: str, is_withdrawn: bool, region: str) -> str:
    if why:
        return say("Unknown, {why}", why=say.word(why))
    return capital(say("withdrawn")) if is_withdrawn else named(say, region)


def _buttons(say: Speech, view: View, asked: Question, shown: Leaf[_Entry]) -> tuple[Button, ...]:
    kinds = ((capital(texts.kind(say, kind)), replace(asked, kind=kind)) for kind in PROMISED)
    cycles = (
        (capital(texts.cycle(say, cycle.id)), replace(asked, cycle=at))
        for at, cycle in enumerate(view.cycles)
    )
    who = (
        (say("Signatories"), replace(asked, is_all=False)),
        (say("All States parties"), replace(asked, is_all=True)),
    )
    verb, *before, _ = asked.pressed()
    return (
        *(made for offered in (kinds, cycles, who) for made in _choices(offered, asked)),
        narrowing(say, asked.region, verb, *before),
        *turning(shown, lambda page: (*asked.pressed(), page)),
    )


def _choices(offered: Iterable[tuple[str, Question]], asked: Question) -> tuple[Button, ...]:
    made = ((button(label, *map(str, other.pressed()), 0), other) for label, other in offered)
    return row(*(chosen(each) if other == asked else each for each, other in made))
