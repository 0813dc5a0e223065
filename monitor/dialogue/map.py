"""The world map as a picture: /map, and publications over time."""

from __future__ import annotations

from typing import Final

from monitor.alert import texts
from monitor.board.promise import PROMISED
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import button, number, row
from monitor.dialogue.choice.hear import hear
from monitor.dialogue.lost import lost
from monitor.dialogue.reply import Drawing, Reply
from monitor.language.speech import Speech, capital
from monitor.model import Button, DocumentKind, Message
from monitor.picture import poster

_CURVES: Final = "time"
_KINDS: Final[tuple[DocumentKind | None, ...]] = (None, *PROMISED)
"""What a map can be about: both documents that are promised, or one of them. Buttons carry the place."""


def map_(say: Speech, _ask: Ask, rest: str, view: View) -> Reply:
    """Show a map; without words that of the newest cycle."""
    heard = hear(rest, view.countries, view.cycles)
    if heard.unknown:
        return Reply(lost(say, heard.unknown[0], view))
    kinds = [at for at, kind in enumerate(_KINDS) if kind in heard.wish.kinds]
    cycles = [at for at, cycle in enumerate(view.cycles) if cycle.id in heard.wish.cycles]
    return _map(say, view, (cycles or [len(view.cycles) - 1])[0], kinds[0] if len(kinds) == 1 else 0)


def map_pressed(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Show another map, or publications over time; what the button carries may be forged."""
    cycle, kind = (*arguments, "", "")[:2]
    if cycle == _CURVES:
        return _over_time(say, view)
    return _map(say, view, number(cycle, len(view.cycles) - 1), number(kind, len(_KINDS) - 1))


def _map(say: Speech, view: View, cycle: int, kind: int) -> Reply:
    of, about = view.cycles[cycle], _KINDS[kind]
    title = poster.title(say, of, about)
    name = f"uncac-map-{of.id}{f'-{about}' if about else ''}-{view.as_of:%Y-%m-%d}.png"
    picture = poster.world(say, view, of, about)
    return Reply(drawing=Drawing(name, picture, _caption(say, view, title), _buttons(say, view, cycle, kind)))


def _over_time(say: Speech, view: View) -> Reply:
    picture = poster.curves(say, view)
    if not picture:
        return Reply(Message(say("Nobody has looked yet.")))
    caption = _caption(say, view, say("Publications over time"))
    name = f"uncac-over-time-{view.as_of:%Y-%m-%d}.png"
    return Reply(drawing=Drawing(name, picture, caption, _buttons(say, view, len(view.cycles) - 1, -1)))


def _caption(say: Speech, view: View, title: str) -> str:
    lines = [title, say("As of {when}", when=say.moment(view.as_of))]
    return "\n".join((*lines, *([f"{view.address}/{say.code}/"] if view.address else [])))


def _buttons(say: Speech, view: View, cycle: int, kind: int) -> tuple[Button, ...]:
    """Lead to the other maps; -1: none of them is shown now."""
    cycles = (
        button(capital(texts.cycle(say, each.id)), "map", at, max(kind, 0))
        for at, each in enumerate(view.cycles)
        if at != cycle or kind < 0
    )
    kinds = (
        button(capital(texts.kinds(say, each)) if each else say("Both documents"), "map", cycle, at)
        for at, each in enumerate(_KINDS)
        if at != kind and kind >= 0
    )
    curves = () if kind < 0 else (button(say("Publications over time"), "map", _CURVES),)
    return (*row(*cycles), *row(*kinds), *curves)
