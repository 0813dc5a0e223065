"""What a chat is answered: one pure function from a command to a message."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from monitor.alert.markup import bold, clip, escape, link, tidy
from monitor.dialogue.card import card
from monitor.dialogue.view import View
from monitor.dialogue.world import recent, world_in_numbers
from monitor.language.speech import Speech, speak
from monitor.model import Message
from monitor.names import find_country, suggest_countries

_COMMAND: Final = re.compile(r"/(?P<name>\w+)(?:@(?P<bot>\w+))?(?:\s+(?P<rest>.*))?", re.DOTALL)
_RECENT: Final = 10
_MOST_RECENT: Final = 30


def help_lines(say: Speech) -> tuple[str, ...]:
    """Say what can be asked, one line each."""
    return (
        say("/status Mexico – what a country has published, per review cycle"),
        say("/status – the world in numbers"),
        say("/recent 10 – the last publications"),
        say("/about – what this is and how it works"),
        say("/help – this list"),
    )


def menu(say: Speech) -> tuple[tuple[str, str], ...]:
    """Name the commands Telegram offers while people type, with one line each."""
    return (
        ("status", say("What a country, or the world, has published")),
        ("recent", say("The last publications")),
        ("about", say("What this is and how it works")),
        ("help", say("What you can ask")),
    )


ENGLISH: Final = speak()
HELP: Final = help_lines(ENGLISH)
MENU: Final = menu(ENGLISH)


def answer(
    text: str,
    view: View,
    *,
    bot_name: str = "",
    is_group: bool = False,
    say: Speech = ENGLISH,
) -> Message | None:
    """Answer what a person typed; None where it is meant for somebody else."""
    command = _COMMAND.fullmatch(text.strip())
    if command is None:
        return None if is_group else _unknown(say)
    if command["bot"] and bot_name and command["bot"].casefold() != bot_name.casefold():
        return None
    reply = _ANSWERS.get(command["name"].casefold())
    if reply is None:
        return None if is_group else _unknown(say)
    return reply(say, (command["rest"] or "").strip(), view)


def _unknown(say: Speech) -> Message:
    return _lines(say("I do not know that command. You can ask:"), *help_lines(say))


def _start(say: Speech, _: str, __: View) -> Message:
    start = say(
        "I watch the UNODC country profile pages and say, within hours, when a government publishes its "
        "self-assessment or country report of the UNCAC review."
    )
    return _lines(start, "", *help_lines(say))


def _help(say: Speech, _: str, __: View) -> Message:
    return _lines(*help_lines(say))


def _about(say: Speech, _: str, view: View) -> Message:
    about = say(
        "I look at every State party's profile page several times a day, and say between which two looks a "
        "document appeared. Nothing is guessed: what is not certain is asked of a person first, and what is not "
        "known is called unknown."
    )
    source = say(
        "Source: the country profiles of UNODC, {address}",
        address="www.unodc.org/corruption/en/country-profiles",
    )
    who = [say("Questions: {contact}", contact=link(view.contact, view.contact))] if view.contact else []
    return Message(clip([bold(f"uncac-monitor {view.version}"), escape(about), escape(source), *who]))


def _status(say: Speech, text: str, view: View) -> Message:
    if not text:
        return world_in_numbers(
            say,
            view.world,
            view.countries,
            view.pledges,
            view.cycles,
            is_pledge_complete=view.is_pledge_complete,
        )
    country = find_country(text, view.countries)
    if country is None:
        return _unknown_country(say, text, view)
    return card(
        say,
        country,
        view.world.dossiers.get(country.code),
        view.pledges[country.code],
        view.cycles,
        profile_url=view.profile_url(country),
    )


def _unknown_country(say: Speech, text: str, view: View) -> Message:
    similar = suggest_countries(text, view.countries)
    names = say.choice(f"{say.name(country)} (/status {country.code})" for country in similar)
    hint = (
        say("Did you mean {names}?", names=names)
        if similar
        else say("Try its English, French or Spanish name, or its three-letter code.")
    )
    return _lines(say("I know no country called “{text}”.", text=tidy(text, 60)), hint)


def _recent(say: Speech, text: str, view: View) -> Message:
    number = int(text) if text.isdecimal() and len(text) < len("1000") else _RECENT
    return recent(say, view.world, view.countries, max(1, min(number, _MOST_RECENT)))


def _lines(*lines: str) -> Message:
    return Message(clip([escape(line) for line in lines]))


_ANSWERS: Final[Mapping[str, Callable[[Speech, str, View], Message]]] = {
    "start": _start,
    "help": _help,
    "about": _about,
    "status": _status,
    "recent": _recent,
}
