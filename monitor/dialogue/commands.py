"""What a chat is answered: one pure function from a command to a message."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import bold, clip, escape, link, tidy
from monitor.dialogue.card import card
from monitor.dialogue.view import View
from monitor.dialogue.world import recent, world_in_numbers
from monitor.model import Message
from monitor.names import find_country, suggest_countries

_COMMAND: Final = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)
_RECENT: Final = 10
_MOST_RECENT: Final = 30

HELP: Final = (
    "/status Mexico – what a country has published, per review cycle",
    "/status – the world in numbers",
    "/recent 10 – the last publications",
    "/about – what this is and how it works",
    "/help – this list",
)
MENU: Final = (
    ("status", "What a country, or the world, has published"),
    ("recent", "The last publications"),
    ("about", "What this is and how it works"),
    ("help", "What you can ask"),
)
"""The commands Telegram offers while people type, with one line each."""
START: Final = (
    "I watch the UNODC country profile pages and say, within hours, when a government publishes its "
    "self-assessment or country report of the UNCAC review."
)
ABOUT: Final = (
    "I look at every State party's profile page several times a day, and say between which two looks a document "
    "appeared. Nothing is guessed: what is not certain is asked of a person first, and what is not known is "
    "called unknown."
)
UNKNOWN_COMMAND: Final = "I do not know that command. You can ask:"
UNKNOWN_COUNTRY: Final = "I know no country called “{text}”."
DID_YOU_MEAN: Final = "Did you mean {names}?"
TRY_THE_NAME: Final = "Try its English, French or Spanish name, or its three-letter code."


def answer(text: str, view: View, *, bot_name: str = "", is_group: bool = False) -> Message | None:
    """Answer what a person typed; None where it is meant for somebody else."""
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return None if is_group else _lines(UNKNOWN_COMMAND, *HELP)
    if command["bot"] and bot_name and command["bot"].casefold() != bot_name.casefold():
        return None
    reply = _ANSWERS.get(command["name"].casefold())
    if reply is None:
        return None if is_group else _lines(UNKNOWN_COMMAND, *HELP)
    return reply((command["rest"] or "").strip(), view)


def _start(_: str, __: View) -> Message:
    return _lines(START, "", *HELP)


def _help(_: str, __: View) -> Message:
    return _lines(*HELP)


def _about(_: str, view: View) -> Message:
    contact = link(view.contact, view.contact)
    who = [f"{escape(texts.ASK)}: {contact}"] if view.contact else []
    return Message(clip([bold(f"uncac-monitor {view.version}"), escape(ABOUT), escape(texts.SOURCE), *who]))


def _status(text: str, view: View) -> Message:
    if not text:
        return world_in_numbers(
            view.world, view.countries, view.pledges, view.cycles, is_pledge_complete=view.is_pledge_complete
        )
    country = find_country(text, view.countries)
    if country is None:
        return _unknown_country(text, view)
    return card(
        country,
        view.world.dossiers.get(country.code),
        view.pledges[country.code],
        view.cycles,
        view.profile_url(country),
    )


def _unknown_country(text: str, view: View) -> Message:
    similar = suggest_countries(text, view.countries)
    names = texts.choice(f"{country.name} (/status {country.code})" for country in similar) if similar else ""
    hint = DID_YOU_MEAN.format(names=names) if similar else TRY_THE_NAME
    return _lines(UNKNOWN_COUNTRY.format(text=tidy(text, 60)), hint)


def _recent(text: str, view: View) -> Message:
    number = int(text) if text.isdecimal() and len(text) < len("1000") else _RECENT
    return recent(view.world, view.countries, max(1, min(number, _MOST_RECENT)))


def _lines(*lines: str) -> Message:
    return Message(clip([escape(line) for line in lines]))


_ANSWERS: Final[Mapping[str, Callable[[str, View], Message]]] = {
    "start": _start,
    "help": _help,
    "about": _about,
    "status": _status,
    "recent": _recent,
}
