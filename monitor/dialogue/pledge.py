"""What of the fourth principle of the Transparency Pledge can be seen to be kept: /pledge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import bold, clip, code, escape
from monitor.board.promise import PARTS, Kept, Promise, counted, promises
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
    """Show what the signatories can be seen to have kept; a country's card where one is named."""
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
        "Signatories promise to put online promptly their self-assessment and country report in a UN language, "
        "and the executive summary in local languages; nothing says by when."
    )
    lines = [
        bold(signatories_known(say, len(signed), is_complete=view.is_pledge_complete)),
        escape(promised),
        "",
        *_counted(say, view, found),
        "",
        *(_line(say, promise, view) for promise in at.items),
        "",
        *map(escape, legend(say, view, PARTS)),
    ]
    return Message(clip(lines), turning(at, lambda number: ("pledge", number)))


def _counted(say: Speech, view: View, found: tuple[Promise, ...]) -> Iterator[str]:
    for cycle, parts in zip(view.cycles, counted(found, view.cycles), strict=True):
        yield bold(capital(texts.cycle(say, cycle.id)))
        for kind, numbers in parts.items():
            yield escape(texts.labelled(say, capital(texts.kind(say, kind)), _count(say, numbers)))


def _count(say: Speech, numbers: Counter[Kept]) -> str:
    if numbers[Kept.IN_PART]:
        return say(
            "can be seen: {seen} · in part: {part} · cannot be seen: {unseen} · unknown: {unknown}",
            seen=numbers[Kept.SEEN],
            part=numbers[Kept.IN_PART],
            unseen=numbers[Kept.NOT_SEEN],
            unknown=numbers[Kept.UNKNOWN],
        )
    return say(
        "can be seen: {seen} · cannot be seen: {unseen} · unknown: {unknown}",
        seen=numbers[Kept.SEEN],
        unseen=numbers[Kept.NOT_SEEN],
        unknown=numbers[Kept.UNKNOWN],
    )


def _line(say: Speech, promise: Promise, view: View) -> str:
    signed = view.pledges[promise.country.code].signed
    since = f" ({texts.date(say, signed)})" if signed else ""
    return f"{code(shown(promise.marks))} {escape(say.country(promise.country) + since)}"
