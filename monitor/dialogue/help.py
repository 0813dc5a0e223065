"""The first words of a chat: /start, /help and /about."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.alert import texts
from monitor.alert.markup import bold, clip, escape, link
from monitor.board.definitions import definition
from monitor.board.status import Mark
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import button, grid
from monitor.dialogue.choice.place import here
from monitor.dialogue.reply import Reply
from monitor.dialogue.status import card_of
from monitor.language.speech import Speech
from monitor.model import Button, Message
from monitor.names import find_country


def start(say: Speech, ask: Ask, rest: str, view: View) -> Reply:
    """Say what this is and what to tap next; a link with a country behind it opens that country."""
    country = find_country(rest, view.countries)
    if country is not None:
        return Reply(card_of(say, country, view))
    lines = (
        say("I watch the country profiles of UNODC for what governments publish of their UNCAC reviews."),
        say("When a self-assessment or a country report appears, I say so here within hours."),
        say("Tap a button, or type a command: /help lists them."),
    )
    return Reply(_said(lines, _next(say, ask)))


def help_(say: Speech, ask: Ask, _rest: str, _view: View) -> Reply:
    """List what can be asked."""
    return Reply(_said(help_lines(say), _next(say, ask)))


def unknown(say: Speech, _ask: Ask, _rest: str, _view: View) -> Reply:
    """Answer what nobody knows with what can be asked."""
    return Reply(_said((say("I do not know that command. You can ask:"), *help_lines(say))))


def about(say: Speech, _ask: Ask, _rest: str, view: View) -> Reply:
    """Say who asks for what is here, where it is from, and what is kept of a chat."""
    lines = [
        bold(f"uncac-monitor {view.version}"),
        *map(escape, (_what(say), _source(say))),
        *([_contact(say, view.contact)] if view.contact else []),
        "",
        bold(say("What the signs mean")),
        *(escape(_sign(say, mark)) for mark in Mark),
        "",
        bold(say("Privacy")),
        escape(_privacy(say)),
    ]
    return Reply(Message(clip(lines)))


def help_lines(say: Speech) -> tuple[str, ...]:
    """Say what can be asked, one line each."""
    return (
        say("/status Mexico – what a country has published, per review cycle"),
        say("/status – the world in numbers"),
        say("/countries Europe – all countries, or a region's"),
        say("/missing country report – which signatories have not published it"),
        say("/compare Mexico, Brazil – two to four countries side by side"),
        say("/map – the world map: who published what"),
        say("/recent 10 – the last publications"),
        say("/year – what happened since the last 9 December, International Anti-Corruption Day"),
        say("/pledge – what the signatories kept of the Transparency Pledge"),
        say("/subscribe – be told what appears: all, or what you choose"),
        say("/subscriptions – what this chat is told; change or pause it"),
        say("/settings – language, hours and time zone"),
        say("/evidence Mexico – what proves each document, and its alert"),
        say("/export – everything known, as a table"),
        say("/about – what this is, and what is kept of this chat"),
        say("/help – this list"),
    )


def _what(say: Speech) -> str:
    return say(
        "I look at every State party's profile page several times a day, and say between which two looks a "
        "document appeared. Nothing is guessed: what is not certain is asked of a person first, and what is not "
        "known is called unknown."
    )


def _source(say: Speech) -> str:
    address = "www.unodc.org/corruption/en/country-profiles"
    return say("Source: the country profiles of UNODC, {address}", address=address)


def _sign(say: Speech, mark: Mark) -> str:
    return texts.labelled(say, f"{texts.MARKS[mark]} {texts.mark(say, mark)}", definition(say, mark))


def _contact(say: Speech, contact: str) -> str:
    return say("Questions: {contact}", contact=link(contact, contact))


def _privacy(say: Speech) -> str:
    return say(
        "Of a chat that only asks, nothing is kept. Of a chat that subscribes: its number, a group's or channel's "
        "title, its choices and language, and for a while the messages it was sent. Names of people and what they "
        "write are not kept. /forget erases all of it."
    )


def _next(say: Speech, ask: Ask) -> tuple[Button, ...]:
    topic = here(ask).token
    return grid(
        (
            button(say("The world in numbers"), "world"),
            button(say("Countries"), "list"),
            button(say("The last publications"), "recent"),
            button(say("What is missing"), "missing"),
            button(say("Subscribe"), "set", topic, "menu", "main"),
            button(say("Language"), "set", topic, "menu", "language"),
        ),
        2,
    )


def _said(lines: Iterable[str], buttons: tuple[Button, ...] = ()) -> Message:
    return Message(clip(map(escape, lines)), buttons)
