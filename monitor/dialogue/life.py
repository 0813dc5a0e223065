"""The life of a chat: met, lost, found again, moved, and in the end forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from monitor.alert.markup import escape, tidy
from monitor.board.view import View
from monitor.dialogue.reply import SILENCE, Reply
from monitor.language.catalogs import spoken
from monitor.language.speech import Speech, speak
from monitor.model import (
    Chat,
    ChatId,
    ChatKind,
    Commit,
    Delivery,
    DeliveryState,
    Message,
    Subscription,
    World,
)

KEPT: Final = timedelta(days=90)
"""How long the settings of a chat are kept that takes no messages."""
REMOVED: Final = "the bot was removed from the chat"
BLOCKED: Final = "the bot was blocked by the person"
MUTED: Final = "the bot may not write there any more"

WelcomeBack = Callable[[World, ChatId, datetime], Commit]
"""Writes what a chat missed while it was away (see alert/digest.py), where it missed something."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """How the bot belongs to a chat has changed."""

    chat: ChatId
    kind: ChatKind
    title: str
    language: str
    """The language of whoever changed it."""
    person: int
    """Whoever changed it."""
    could_write: bool
    can_write: bool
    is_there: bool
    """Whether the bot still belongs to the chat."""


def met(meeting: Meeting, view: View, welcome_back: WelcomeBack) -> Reply:
    """Greet a new chat, let one rest that takes no messages, tell one that is back what it missed."""
    if not meeting.can_write:
        return _leaves(meeting, view)
    if meeting.could_write:
        return SILENCE
    return _returns(meeting, view, welcome_back) if _is_known(meeting.chat, view.world) else _greets(meeting)


def long_gone(world: World, now: datetime) -> frozenset[ChatId]:
    """Name the chats that took no message for so long that nothing of them is kept; those in monitor.toml stay."""
    named = {each.chat for each in world.subscriptions if each.is_configured or each.is_operator}
    return frozenset(
        name
        for name, chat in world.chats.items()
        if chat.away_since is not None and chat.away_since < now - KEPT and name not in named
    )


def topic_gone(world: World, chat: ChatId, thread: int, now: datetime, sequence: Callable[[], str]) -> Commit:
    """Move what was told in a topic to the general one and say so; ``sequence`` gives ids of deliveries.

    A choice stays where it is when the general topic has its own: each alert then looks for its topic first.
    """
    taken = {each.is_operator for each in world.subscriptions if (each.chat, each.thread) == (chat, None)}
    lost = [each for each in world.subscriptions if (each.chat, each.thread) == (chat, thread)]
    moving = [each for each in lost if each.is_operator not in taken]
    if not moving:
        return Commit()
    say = speak(world.chats[chat].speaks if chat in world.chats else None)
    told = Delivery(sequence(), chat, _moved_here(say), now, now)
    return Commit(
        subscriptions=tuple(replace(each, thread=None) for each in moving),
        unsubscribed=tuple(moving),
        deliveries=(*_moved(world.deliveries, chat, thread), told),
    )


def _moved(deliveries: Iterable[Delivery], chat: ChatId, thread: int) -> Iterable[Delivery]:
    for each in deliveries:
        if (each.chat, each.thread, each.state) == (chat, thread, DeliveryState.WAITING):
            yield replace(each, thread=None)


def _moved_here(say: Speech) -> Message:
    return Message(
        escape(
            say(
                "The topic in which this chat was told of publications is closed or deleted. From now on they are told "
                "here; an administrator can say /subscribe in another topic."
            )
        )
    )


def _is_known(chat: ChatId, world: World) -> bool:
    return chat in world.chats or any(each.chat == chat for each in world.subscriptions)


def _leaves(meeting: Meeting, view: View) -> Reply:
    if not _is_known(meeting.chat, view.world):
        return SILENCE
    known = view.world.chats.get(meeting.chat) or Chat(meeting.chat, meeting.kind, meeting.title)
    if known.away == _reason(meeting):
        return SILENCE
    since = known.away_since or view.now
    return Reply(commit=Commit(chats=(replace(known, away=_reason(meeting), away_since=since),)))


def _reason(meeting: Meeting) -> str:
    if meeting.is_there:
        return MUTED
    return BLOCKED if meeting.kind is ChatKind.PRIVATE else REMOVED


def _returns(meeting: Meeting, view: View, welcome_back: WelcomeBack) -> Reply:
    """Wake a chat with its settings; what it missed is a delivery, so that it is not lost on the way."""
    known = view.world.chats.get(meeting.chat)
    if known is None or not known.away:
        return SILENCE  # named in monitor.toml before the bot came, or gone for so short that nobody noticed
    here = replace(known, title=meeting.title, away="", away_since=None)
    missed = welcome_back(view.world, meeting.chat, view.now)
    commit = replace(missed, chats=(here, *(each for each in missed.chats if each.id != here.id)))
    if missed.deliveries or not any(_is_told(each, meeting.chat) for each in view.world.subscriptions):
        return Reply(commit=commit)
    say = speak(here.speaks)
    nothing = say("I can write here again. Nothing was published meanwhile that this chat is told of.")
    return Reply(Message(escape(nothing)), commit=commit)


def _is_told(subscription: Subscription, chat: ChatId) -> bool:
    return subscription.chat == chat and not subscription.is_operator


def _greets(meeting: Meeting) -> Reply:
    say = speak(spoken(meeting.language))
    if meeting.kind is ChatKind.PRIVATE:
        return SILENCE  # /start comes next, and has its own answer
    if meeting.kind is ChatKind.GROUP:
        return Reply(Message("\n".join(map(escape, _hello(say)))))
    # Not in the channel: all its readers would get it.
    return Reply(Message(_hello_channel(say, meeting.title)), chat=meeting.person)


def _hello(say: Speech) -> tuple[str, ...]:
    return (
        say(
            "Hello! I say here when a government publishes its self-assessment or country report of the UNCAC review."
        ),
        say(
            "Nothing is sent until an administrator taps /subscribe. Everybody can ask: /status, /recent, /help."
        ),
    )


def _hello_channel(say: Speech, title: str) -> str:
    return "\n".join(
        escape(line)
        for line in (
            say("I may post in {channel} now, and post nothing yet.", channel=tidy(title, 60)),
            say("To have publications posted there, write to me here: /subscribe @name of the channel."),
        )
    )
