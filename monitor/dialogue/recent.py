"""The last publications, newest first: /recent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import LIMIT, bold, escape, shortened, units
from monitor.alert.message import links
from monitor.alert.news import Item, clause, gather
from monitor.board.status import present
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import button, homeward, number, row
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech
from monitor.model import FILE_CHANGES, Button, Change, Message, World

_USUAL: Final = 10
_MOST: Final = 30
_DEEPEST: Final = 99_999
_ROOM: Final = LIMIT - 400
"""What the lines may take: heading and what is held come on top."""
_LONGEST_PIECE: Final = 3000
"""UTF-16 units of one publication: a page may list hundreds of documents of one kind."""


def recent(say: Speech, ask: Ask, rest: str, view: View) -> Reply:
    """List as many publications as asked for; ten where no number is named."""
    return Reply(listed(say, ask, view, _wanted(rest), 0))


def recent_pressed(say: Speech, ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Turn to older or newer publications."""
    wanted, start = (*arguments, "", "")[:2]
    shown = listed(say, ask, view, _wanted(wanted), number(start, _DEEPEST))
    return Reply(homeward(say, shown), is_edit=True)


def listed(say: Speech, ask: Ask, view: View, wanted: int, start: int) -> Message:
    """Show what was published, from the newest but ``start`` on, as much as fits."""
    names = {country.code: say.country(country) for country in view.countries}
    found = list(islice(_newest(_heard(ask, view.world), view.world), start, start + wanted + 1))
    if not found:
        return _nothing(say) if start == 0 else listed(say, ask, view, wanted, 0)
    lines = list(_fitting(_piece(say, names.get(code, code), item) for code, item in found[:wanted]))
    shown = "\n\n".join((bold(say("The last publications")), *lines, *_held(say, ask, view)))
    after = start + len(lines) if len(lines) < len(found) else None
    return Message(shown, _turning(say, wanted, start, after))


def _nothing(say: Speech) -> Message:
    return Message(escape(say("Nothing was published since the first look.")))


def _wanted(written: str) -> int:
    """Read how many are wanted; a person who asks for none gets one, who asks for too many gets the most there is."""
    is_number = written.isascii() and written.isdecimal()
    return max(1, number(written, _MOST)) if is_number else _USUAL


def _heard(ask: Ask, world: World) -> Iterator[Change]:
    """Give what a chat may read of here: what happens to files only where it chose to hear of that."""
    hears = any(
        one.is_operator or (one.files and one.thread == ask.thread)
        for one in world.subscriptions
        if one.chat == ask.chat
    )
    return (change for change in world.changes if hears or change.kind not in FILE_CHANGES)


def _newest(changes: Iterable[Change], world: World) -> Iterator[tuple[str, Item]]:
    ordered = sorted(changes, key=lambda change: (change.seen_at, change.code), reverse=True)
    for (_, code), group in groupby(ordered, key=lambda change: (change.seen_at, change.code)):
        yield from ((code, item) for item in gather(group, present(world.dossiers.get(code))))


def _piece(say: Speech, country: str, item: Item) -> str:
    change = item.changes[0]
    news = say("{country}: {news}", country=escape(country), news=escape(clause(say, item)))
    when = texts.happened(say, change.kind, change.not_before, change.seen_at)
    linked = shortened(texts.labelled(say, news, links(say, item.changes)), _LONGEST_PIECE)
    return f"{linked}\n{escape(when)}"


def _fitting(pieces: Iterator[str]) -> Iterator[str]:
    room = _ROOM
    for index, piece in enumerate(pieces):
        room -= units(piece) + 2
        if room < 0 and index > 0:
            return
        yield piece


def _held(say: Speech, ask: Ask, view: View) -> Iterator[str]:
    waiting = sum(
        len(one.held)
        for one in view.world.subscriptions
        if (one.chat, one.thread) == (ask.chat, ask.thread) and not one.is_operator
    )
    if waiting:
        yield escape(
            say.many(
                "{number} change waits for this chat's next digest.",
                "{number} changes wait for this chat's next digest.",
                waiting,
            )
        )


def _turning(say: Speech, wanted: int, start: int, after: int | None) -> tuple[Button, ...]:
    newer = (button(say("◀ Newer"), "recent", wanted, max(0, start - wanted)),) if start else ()
    older = (button(say("Older ▶"), "recent", wanted, after),) if after is not None else ()
    return row(*newer, *older)
