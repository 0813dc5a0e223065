"""What the buttons of a choice do: an old menu changes what is chosen now, and shows it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.choice import menu, settings_menu
from monitor.dialogue.choice.change import SETTINGS, TOLD, set_up, started, told, wish_of
from monitor.dialogue.choice.forget import erased
from monitor.dialogue.choice.keep import Choice, choice_at, commit_of
from monitor.dialogue.choice.leave import leave, left
from monitor.dialogue.choice.place import pressed_of
from monitor.dialogue.choice.refine import reduced
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech, speak

MENUS: Final[Mapping[str, menu.Menu]] = {
    "main": menu.main,
    "countries": menu.scope,
    "kinds": menu.kinds,
    "cycles": menu.cycles,
    "when": menu.when,
    "done": menu.done,
    "settings": settings_menu.settings,
    "language": settings_menu.language,
    "hour": settings_menu.hour,
    "quiet": settings_menu.quiet,
    "zone": settings_menu.zone,
}
_FREE: Final = frozenset({"settings", "language", "hour", "quiet", "zone", "done"})
"""Menus of a chat that need no subscription."""
_AFTER: Final[Mapping[str, str]] = {
    "all": "countries",
    "pledge": "countries",
    "region": "countries",
    "country": "countries",
    "unmute": "countries",
    "kind": "kinds",
    "withdrawals": "kinds",
    "files": "kinds",
    "cycle": "cycles",
    "when": "when",
    "language": "language",
    "hour": "hour",
    "quiet": "quiet",
    "zone": "settings",
}
"""The menu that a change is shown in; all others in the first one."""


def pressed(say: Speech, ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Answer a button of a choice."""
    token, verb, *rest = (*arguments, "", "")[: max(2, len(arguments))]
    place = pressed_of(say, ask, token, view.world)
    if isinstance(place, str):
        return Reply(toast=place[:200])
    choice = choice_at(place, ask, view.world)
    special = _SPECIAL.get(verb)
    reply = (
        special(say, ask, choice, (*rest, "", ""), view)
        if special
        else _changed(say, choice, verb, rest, view)
    )
    return replace(reply, is_edit=reply.message is not None)


def _changed(say: Speech, choice: Choice, verb: str, rest: list[str], view: View) -> Reply:
    if verb in TOLD and choice.subscription is None:
        return Reply(menu.ended(say, choice, view), toast=say("Nothing is told here now."))
    argument, wanted, *_more = (*rest, "", "")
    changed = told(choice, verb, argument, view, wanted) or set_up(choice, verb, argument)
    if changed is None:
        return _out_of_date(say)
    if changed.subscription is not None and not changed.subscription.kinds:
        return Reply(toast=say("One kind of document has to stay. To be told nothing, unsubscribe."))
    speech = _tongue(say, changed, verb)
    shown = MENUS[_AFTER.get(verb, "main")](speech, changed, view)
    return Reply(shown, commit=commit_of(changed, view.world))


def _tongue(say: Speech, choice: Choice, verb: str) -> Speech:
    """Speak as the chat has just chosen; about a channel as the person does."""
    is_own = not choice.place.token.startswith("@")
    return speak(choice.chat.speaks) if verb == "language" and is_own else say


def _menu(say: Speech, _: Ask, choice: Choice, rest: tuple[str, ...], view: View) -> Reply:
    name, area, *_rest = rest
    if name not in MENUS:
        return _out_of_date(say)
    if name not in _FREE and choice.subscription is None:
        return Reply(menu.ended(say, choice, view))
    if name == "zone":
        return Reply(settings_menu.zones_of(say, choice, view, area))
    return Reply(MENUS[name](say, choice, view))


def _start(say: Speech, _: Ask, choice: Choice, rest: tuple[str, ...], view: View) -> Reply:
    begun = started(choice, rest[0], view)
    if begun is None:
        return _out_of_date(say)
    return Reply(menu.main(say, begun, view), commit=commit_of(begun, view.world))


def _add(say: Speech, _: Ask, choice: Choice, rest: tuple[str, ...], view: View) -> Reply:
    begun = started(choice, "", view) or choice
    return _changed(say, begun, "add", list(rest), view)


def _drop(say: Speech, _: Ask, choice: Choice, rest: tuple[str, ...], view: View) -> Reply:
    wish = wish_of(rest[0], view)
    if wish is None or choice.subscription is None:
        return _out_of_date(say)
    fewer = reduced(choice.subscription, wish, view)
    if fewer is None:
        return leave(say, choice, view)
    changed = replace(choice, subscription=fewer)
    return Reply(menu.main(say, changed, view), commit=commit_of(changed, view.world))


def _out_of_date(say: Speech) -> Reply:
    return Reply(toast=say("That button is not valid any more."))


Special = Callable[[Speech, Ask, Choice, tuple[str, ...], View], Reply]
_SPECIAL: Final[Mapping[str, Special]] = {
    "menu": _menu,
    "start": _start,
    "undo": _start,
    "add": _add,
    "drop": _drop,
    "end": lambda say, _, choice, __, view: leave(say, choice, view),
    "leave": lambda say, _, choice, __, view: left(say, choice, view),
    "erase": lambda say, ask, choice, _, view: erased(say, ask, choice, view),
}
VERBS: Final = frozenset(TOLD) | frozenset(SETTINGS) | frozenset(_SPECIAL)
"""Everything that a button can ask for."""
