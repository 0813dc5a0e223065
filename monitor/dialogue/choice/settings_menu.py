"""The menus of a chat's settings: language, digest hour, quiet hours, time zone."""

from __future__ import annotations

from typing import Final

from monitor.board.view import View
from monitor.dialogue.buttons import grid, row
from monitor.dialogue.choice.keep import Choice
from monitor.dialogue.choice.menu import back, press, shown
from monitor.dialogue.choice.sentence import clock
from monitor.language.catalogs import languages
from monitor.language.speech import Speech, speak
from monitor.language.zones import COMMON, UTC, area, city
from monitor.model import Button, Chat, Message, Quiet

_QUIET: Final = ((20, 7), (21, 7), (22, 7), (22, 8), (23, 7), (23, 8), (0, 6), (18, 8))
_HOURS_IN_A_ROW: Final = 6


def settings(say: Speech, choice: Choice, view: View) -> Message:
    """Show a chat's settings."""
    chat = choice.chat
    return shown(
        say,
        choice,
        view,
        [
            press(
                choice, say("Language: {language}", language=say.language(chat.speaks)), "menu", "language"
            ),
            press(choice, say("Digest at {hour}", hour=clock(say, chat, chat.digest_hour)), "menu", "hour"),
            press(choice, _quiet_label(say, chat), "menu", "quiet"),
            press(choice, say("Time zone: {zone}", zone=city(say, chat.time_zone)), "menu", "zone"),
            *row(
                press(choice, say("What is told"), "menu", "main"),
                press(choice, say("Done"), "menu", "done"),
            ),
        ],
        *_topic(say, choice),
        say("By words: {example}", example=f"/settings {say('zone Vienna, hour 7, quiet 22-7')}"),
    )


def language(say: Speech, choice: Choice, view: View) -> Message:
    """Show which languages can be chosen, each in its own words."""
    each = [
        press(
            choice,
            speak(code).language(code),
            "language",
            code,
            is_on=code == choice.chat.speaks,
        )
        for code in languages()
    ]
    return shown(say, choice, view, [*each, _back(say, choice)])


def hour(say: Speech, choice: Choice, view: View) -> Message:
    """Show the hours at which digests can be sent."""
    each = (press(choice, f"{at:02}:00", "hour", at, is_on=at == choice.chat.digest_hour) for at in range(24))
    hint = say(
        "Digests are sent at this hour, weekly ones on Monday. Time zone: {zone}",
        zone=city(say, choice.chat.time_zone),
    )
    return shown(say, choice, view, [*grid(each, _HOURS_IN_A_ROW), _back(say, choice)], hint)


def quiet(say: Speech, choice: Choice, view: View) -> Message:
    """Show the hours in which nothing is sent."""
    now = choice.chat.quiet
    presets = (
        press(choice, f"{start:02}:00–{end:02}:00", "quiet", f"{start}-{end}", is_on=now == Quiet(start, end))
        for start, end in _QUIET
    )
    none = press(choice, say("No quiet hours"), "quiet", is_on=now is None)
    hint = say("Other hours by words: {example}", example=f"/settings {say('quiet 19-9')}")
    return shown(say, choice, view, [none, *grid(presets, 2), _back(say, choice)], hint)


def zone(say: Speech, choice: Choice, view: View) -> Message:
    """Show the parts of the world whose time zones can be chosen."""
    areas = (press(choice, area(say, name), "menu", "zone", name) for name in COMMON)
    return shown(
        say,
        choice,
        view,
        [_zone(say, choice, UTC), *grid(areas, 2), _back(say, choice)],
        say("Time zone: {zone}", zone=choice.chat.time_zone),
        say("Every other one by its name: {example}", example=f"/settings {say('zone Asia/Thimphu')}"),
    )


def zones_of(say: Speech, choice: Choice, view: View, name: str) -> Message:
    """Show the time zones of one part of the world; all parts where there is no such."""
    if name not in COMMON:
        return zone(say, choice, view)
    each = (_zone(say, choice, one) for one in COMMON[name])
    hint = say("Every other one by its name: {example}", example=f"/settings {say('zone Asia/Thimphu')}")
    return shown(say, choice, view, [*grid(each, 3), back(say, choice, "zone")], hint)


def suggested_zones(say: Speech, choice: Choice, zones: tuple[str, ...]) -> tuple[Button, ...]:
    """Give buttons to choose from zones that look like what was typed."""
    return (
        *(press(choice, name, "zone", name) for name in zones),
        press(choice, say("All time zones"), "menu", "zone"),
    )


def _zone(say: Speech, choice: Choice, name: str) -> Button:
    return press(choice, city(say, name), "zone", name, is_on=choice.chat.time_zone == name)


def _quiet_label(say: Speech, chat: Chat) -> str:
    if chat.quiet is None:
        return say("Quiet hours: none")
    return say("Quiet hours: {hours}", hours=f"{chat.quiet.start:02}:00–{chat.quiet.end:02}:00")


def _topic(say: Speech, choice: Choice) -> list[str]:
    if choice.place.thread is None:
        return []
    return [say("Topic: this one is told here. Say /subscribe in another topic to be told there too.")]


def _back(say: Speech, choice: Choice) -> Button:
    return back(say, choice, "settings")
