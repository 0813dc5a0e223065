"""Regions in buttons: a short name that fits, and the buttons to choose one of them."""

from __future__ import annotations

from typing import Final

from monitor.alert.markup import escape
from monitor.alert.press import short
from monitor.board.regions import regions
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import button, grid
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech
from monitor.model import Button, Message

EVERYWHERE: Final = "*"
_LISTS: Final = {"list": 0, "missing": 3}
"""Lists that can be narrowed to a region: how many of their arguments stand before it."""


def token(region: str) -> str:
    """Name a region in a button's data."""
    return short(region) if region else EVERYWHERE


def region_of(written: str, view: View) -> str:
    """Give the region that a button, perhaps forged, names; nothing where it names all or none."""
    return next((region for region in regions(view.countries) if short(region) == written), "")


def named(say: Speech, region: str) -> str:
    """Name a region, or all of them."""
    return say.word(region) if region else say("All regions")


def narrowing(say: Speech, region: str, *before: object) -> Button:
    """Make the button that shows the region and lets another be chosen; ``before``: the list and its arguments."""
    return button(say("Region: {region}", region=named(say, region)), "regions", *before)


def choose(say: Speech, _: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Offer the regions to which a list can be narrowed."""
    verb, *before = arguments or ("list",)
    if verb not in _LISTS or len(before) != _LISTS[verb]:
        verb, before = "list", []
    offered = ("", *regions(view.countries))
    buttons = (button(named(say, region), verb, *before, token(region), 0) for region in offered)
    return Reply(Message(escape(say("Which region?")), grid(buttons, 1)), is_edit=True)
