"""How one country stands, or the world: /status and its buttons."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import button, grid
from monitor.dialogue.card import card
from monitor.dialogue.lost import lost, not_any_more
from monitor.dialogue.reply import Reply
from monitor.dialogue.world import world_in_numbers
from monitor.language.speech import Speech
from monitor.model import Button, Country, Message
from monitor.names import find_country

_LISTS: Final = frozenset({"list", "pledge"})
"""Where a card may lead back to."""
_LONGEST: Final = 12
"""Characters of what names a region."""


def status(say: Speech, _ask: Ask, rest: str, view: View) -> Reply:
    """Show a country's card, or the world in numbers where none is named."""
    if not rest:
        return Reply(world(say, view))
    country = find_country(rest, view.countries)
    return Reply(lost(say, rest, view) if country is None else card_of(say, country, view))


def status_pressed(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Show a country's card below: the message with the button stays as it is."""
    country = view.country(arguments[0]) if arguments else None
    return Reply(toast=not_any_more(say)) if country is None else Reply(card_of(say, country, view))


def card_pressed(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Turn a list into a country's card, from which a button leads back."""
    code, *back = arguments or ("",)
    country = view.country(code)
    if country is None:
        return Reply(toast=not_any_more(say))
    shown = card_of(say, country, view)
    return Reply(replace(shown, buttons=(*shown.buttons, *_back(say, back))), is_edit=True)


def world_pressed(say: Speech, _ask: Ask, _arguments: tuple[str, ...], view: View) -> Reply:
    """Show the world in numbers in place of what stood there."""
    return Reply(world(say, view), is_edit=True)


def card_of(say: Speech, country: Country, view: View) -> Message:
    """Show what is known of a country."""
    dossier, pledge = view.world.dossiers.get(country.code), view.pledges[country.code]
    return card(say, country, dossier, pledge, view.cycles, profile_url=view.profile_url(country))


def world(say: Speech, view: View) -> Message:
    """Show the world in numbers, with buttons to go deeper."""
    numbers = world_in_numbers(
        say, view.world, view.countries, view.pledges, view.cycles, is_pledge_complete=view.is_pledge_complete
    )
    return replace(numbers, buttons=grid(_deeper(say), 2))


def _deeper(say: Speech) -> tuple[Button, ...]:
    return (
        button(say("Countries"), "list"),
        button(say("What is missing"), "missing"),
        button(say("The Pledge"), "pledge"),
        button(say("The last publications"), "recent"),
    )


def _back(say: Speech, back: list[str]) -> tuple[Button, ...]:
    is_list = bool(back) and back[0] in _LISTS and all(len(each) <= _LONGEST for each in back[:3])
    return (button(say("◀ Back to the list"), *back[:3]),) if is_list else ()
