"""Cards for any chat: what is offered while somebody types the bot's name and a country."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from monitor.board.status import MATRIX_KINDS, matrix
from monitor.board.view import View
from monitor.dialogue.listing import by_name, signs
from monitor.dialogue.status import card_of, world
from monitor.language.speech import Speech
from monitor.model import Country, Message
from monitor.names import find_country, name_key, spellings, suggest_countries

_MOST: Final = 10
_WORLD: Final = "world"


@dataclass(frozen=True, slots=True)
class InlineCard:
    """One card that a person may send into the chat where they type."""

    id: str
    title: str
    description: str
    message: Message


def inline(say: Speech, text: str, view: View) -> tuple[InlineCard, ...]:
    """Offer cards: the country that is named, then names that begin so, then what looks like it; a person picks."""
    if not name_key(text):
        return (_world(say, view),)
    found = list(dict.fromkeys(country.code for country in _meant(say, text, view)))[:_MOST]
    return tuple(_card(say, country, view) for code in found if (country := view.country(code)))


def _meant(say: Speech, text: str, view: View) -> Iterator[Country]:
    named = find_country(text, view.countries)
    if named is not None:
        yield named
    key = name_key(text)
    begins = [
        country
        for country in by_name(say, view.countries)
        if any(name_key(spelling).startswith(key) for spelling in spellings(country))
    ]
    # What is called so in the person's own language goes before codes and other languages.
    yield from sorted(begins, key=lambda country: not name_key(say.name(country)).startswith(key))
    yield from suggest_countries(text, view.countries)


def _card(say: Speech, country: Country, view: View) -> InlineCard:
    state = signs(matrix(view.world.dossiers.get(country.code), view.cycles), view.cycles, MATRIX_KINDS)
    return InlineCard(country.code, say.country(country), state, _sent(card_of(say, country, view)))


def _world(say: Speech, view: View) -> InlineCard:
    hint = say("Go on with the name of a country")
    return InlineCard(_WORLD, say("The world in numbers"), hint, _sent(world(say, view)))


def _sent(message: Message) -> Message:
    """Keep the buttons that open addresses: the bot is not in the chat to answer the others."""
    return replace(message, buttons=tuple(button for button in message.buttons if button.url))
