"""What each signatory kept of the fourth principle of the Transparency Pledge: /pledge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import bold, clip, code, escape
from monitor.board.promise import PROMISED, Kept, Promise, kept, promises
from monitor.board.regions import signatories
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import homeward, leaf, turning
from monitor.dialogue.listing import by_name, legend, shown, signatories_known
from monitor.dialogue.lost import lost
from monitor.dialogue.reply import Reply
from monitor.dialogue.status import card_of
from monitor.language.speech import Speech, capital
from monitor.model import Message
from monitor.names import find_country

_LINES: Final = 25


def pledge(say: Speech, _ask: Ask, rest: str, view: View) -> Reply:
    """Show what the signatories kept; a country's card where one is named."""
    if not rest:
        return Reply(listed(say, view, "0"))
    country = find_country(rest, view.countries)
    return Reply(lost(say, rest, view) if country is None else card_of(say, country, view))


def pledge_pressed(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Turn to a page of the signatories."""
    return Reply(homeward(say, listed(say, view, arguments[0] if arguments else "0")), is_edit=True)


def listed(say: Speech, view: View, page: str) -> Message:
    """Show one page of the signatories, with what all of them kept above it."""
    signed = by_name(say, signatories(view.countries, view.pledges))
    found = promises(view.world, signed, view.cycles)
    at = leaf(found, page, _LINES)
    promised = say(
        "Signatories promise to put their self-assessment and country report online promptly; nothing says by when."
    )
    lines = [
        bold(signatories_known(say, len(signed), is_complete=view.is_pledge_complete)),
        escape(promised),
        "",
        *(escape(line) for line in _counted(say, view, found)),
        "",
        *(_line(say, promise, view) for promise in at.items),
        "",
        *map(escape, legend(say, view, PROMISED)),
    ]
    return Message(clip(lines), turning(at, lambda number: ("pledge", number)))


def _counted(say: Speech, view: View, found: tuple[Promise, ...]) -> Iterator[str]:
    for cycle, counted in zip(view.cycles, kept(found, view.cycles), strict=True):
        yield texts.labelled(say, capital(texts.cycle(say, cycle.id)), _count(say, counted))


def _count(say: Speech, counted: Counter[Kept]) -> str:
    return say(
        "both published: {both} · one of the two: {one} · neither: {neither} · unknown: {unknown}",
        both=counted[Kept.BOTH],
        one=counted[Kept.ONE],
        neither=counted[Kept.NEITHER],
        unknown=counted[Kept.UNKNOWN],
    )


def _line(say: Speech, promise: Promise, view: View) -> str:
    signed = view.pledges[promise.country.code].signed
    since = f" ({texts.date(say, signed)})" if signed else ""
    return f"{code(shown(promise.marks))} {escape(say.country(promise.country) + since)}"
