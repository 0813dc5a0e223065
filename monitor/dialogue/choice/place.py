"""Whose choice is meant: this chat's, one of its other topics', or a channel's from a private chat."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from monitor.alert.markup import tidy
from monitor.alert.press import parts
from monitor.dialogue.ask import Ask
from monitor.language.speech import Speech
from monitor.model import ChatId, ChatKind, World

_CHANNEL: Final = "@"
_NAMED: Final = re.compile(r"(?P<name>@\w{1,64}|-100\d{5,15})(?:\s+(?P<rest>.*))?", re.DOTALL)
_ABOUT_A_CHOICE: Final = re.compile(
    r"/(?:subscribe|unsubscribe|subscriptions|settings|language|forget)(?:@\w+)?\s+(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_LONGEST_NUMBER: Final = 16


@dataclass(frozen=True, slots=True)
class Place:
    """A chat and topic with a choice of its own."""

    chat: ChatId
    kind: ChatKind
    token: str
    """Names it in a button's data: a topic's number (0 for none), or @ and a channel's number."""
    thread: int | None = None
    title: str = ""
    is_here: bool = True
    """Whether it is where the person is, and not another topic or a channel."""


def here(ask: Ask) -> Place:
    """Give the place where something was said or pressed."""
    return topic(ask, ask.thread)


def topic(ask: Ask, thread: int | None) -> Place:
    """Give a topic of the chat where something was said or pressed."""
    return Place(ask.chat, ask.kind, str(thread or 0), thread, ask.title, is_here=thread == ask.thread)


def channel_meant(ask: Ask) -> ChatId | None:
    """Name the channel that a private ask is about, so that Telegram can be asked for it; None where it is about none."""
    if ask.kind is not ChatKind.PRIVATE:
        return None
    return _pressed_channel(ask.text) if ask.is_press else _typed_channel(ask.text)


def known_as(world: World, number: int, name: str) -> ChatId:
    """Say under which id a chat is kept: its number, or its public name where the configuration names it so."""
    public = f"{_CHANNEL}{name}".casefold()
    named = (each.chat for each in world.subscriptions if isinstance(each.chat, str))
    return next((chat for chat in named if chat.casefold() == public), number)


def spoken_of(say: Speech, ask: Ask, rest: str, world: World) -> tuple[Place, str] | str:
    """Take a channel's name off what was typed; the words say why where the channel may not be chosen for."""
    named = _NAMED.fullmatch(rest)
    if named is None:
        return here(ask), rest
    if ask.kind is not ChatKind.PRIVATE:
        return say("Say that in a private chat with me: a channel is subscribed from there.")
    found = _channel(say, ask, named["name"], world)
    return found if isinstance(found, str) else (found, named["rest"] or "")


def pressed_of(say: Speech, ask: Ask, token: str, world: World) -> Place | str:
    """Give the place that a button, perhaps forged, is about; the words say why where it may not be chosen for."""
    if token.startswith(_CHANNEL) and ask.kind is ChatKind.PRIVATE:
        meant = ask.channel
        is_it = meant is not None and token == f"{_CHANNEL}{meant.id}"
        return _channel(say, ask, token, world) if is_it else _unseen(say, token)
    if token.isascii() and token.isdecimal() and len(token) < _LONGEST_NUMBER:
        return topic(ask, int(token) or None)
    return say("That button is not valid any more.")


def _channel(say: Speech, ask: Ask, name: str, world: World) -> Place | str:
    channel = ask.channel
    if channel is None:
        return _unseen(say, name)
    title = tidy(channel.title) or name
    if not channel.is_theirs:
        return say("Only an administrator of {channel} may choose what it is told.", channel=title)
    if not channel.may_post:
        return say(
            "I may not post in {channel}. Make me one of its administrators, with the right to post messages, and say it again.",
            channel=title,
        )
    chat = known_as(world, channel.id, channel.name)
    return Place(chat, ChatKind.CHANNEL, f"{_CHANNEL}{channel.id}", title=title, is_here=False)


def _unseen(say: Speech, name: str) -> str:
    return say(
        "I cannot see {channel}. Make me one of its administrators, with the right to post messages, and say it again.",
        channel=name,
    )


def _typed_channel(text: str) -> ChatId | None:
    command = _ABOUT_A_CHOICE.fullmatch(text.strip())
    named = _NAMED.fullmatch(command["rest"].strip()) if command else None
    if named is None:
        return None
    return named["name"] if named["name"].startswith(_CHANNEL) else int(named["name"])


def _pressed_channel(data: str) -> int | None:
    verb, arguments = parts(data)
    token = arguments[0] if verb == "set" and arguments else ""
    found = re.fullmatch(r"@(-?\d{1,16})", token, re.ASCII)
    return int(found[1]) if found else None
