"""All countries, each with its state in a few signs: /countries, a list whose pages turn in place."""

from __future__ import annotations

from typing import Final

from monitor.alert.markup import bold, clip, code, escape
from monitor.board.regions import in_region, is_signatory
from monitor.board.status import MATRIX_KINDS, matrix
from monitor.board.view import View
from monitor.dialogue.areas import named, narrowing, region_of, token
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import Leaf, button, grid, leaf, turning
from monitor.dialogue.choice.hear import hear
from monitor.dialogue.listing import by_name, legend, signs
from monitor.dialogue.lost import lost
from monitor.dialogue.reply import Reply
from monitor.dialogue.status import card_of
from monitor.language.speech import Speech
from monitor.model import Button, Country, Message
from monitor.names import find_country

_LINES: Final = 10
_SIGNATORY: Final = "★"


def countries(say: Speech, _ask: Ask, rest: str, view: View) -> Reply:
    """List all countries, or those of a region; the card where a country is named."""
    heard = hear(rest, view.countries, view.cycles)
    if heard.unknown:
        return Reply(lost(say, heard.unknown[0], view))
    named = find_country(rest, view.countries)
    if named is not None:
        return Reply(card_of(say, named, view))
    return Reply(listed(say, view, min(heard.wish.regions, default=""), "0"))


def countries_pressed(say: Speech, _ask: Ask, arguments: tuple[str, ...], view: View) -> Reply:
    """Turn to a page of the list."""
    region, page = (*arguments, "", "")[:2]
    return Reply(listed(say, view, region_of(region, view), page), is_edit=True)


def listed(say: Speech, view: View, region: str, page: str) -> Message:
    """Show one page of the list of countries."""
    found = leaf(by_name(say, in_region(view.countries, region)), page, _LINES)
    lines = [
        bold(say("Countries: {region}", region=named(say, region))),
        *(_line(say, country, view) for country in found.items),
        "",
        *map(escape, (*legend(say, view, MATRIX_KINDS), _signatories(say))),
    ]
    cards = (
        button(say.country(country), "card", country.code, "list", token(region), found.number)
        for country in found.items
    )
    return Message(clip(lines), (*grid(cards, 2), *_turning(say, found, region)))


def _turning(say: Speech, found: Leaf[Country], region: str) -> tuple[Button, ...]:
    return (
        *turning(found, lambda number: ("list", token(region), number)),
        narrowing(say, region, "list"),
    )


def _line(say: Speech, country: Country, view: View) -> str:
    state = signs(matrix(view.world.dossiers.get(country.code), view.cycles), view.cycles, MATRIX_KINDS)
    star = f" {_SIGNATORY}" if is_signatory(view.pledges.get(country.code)) else ""
    return f"{code(state)} {escape(say.country(country))}{star}"


def _signatories(say: Speech) -> str:
    return f"{_SIGNATORY} {say('signatory of the Transparency Pledge')}"
