"""What somebody in a chat wants: typed words, or a button that was pressed."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.model import ChatId, ChatKind


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that somebody in a chat said or pressed, and what they may do there."""

    text: str
    """What was typed, or the data of the button that was pressed."""
    chat: ChatId
    kind: ChatKind = ChatKind.PRIVATE
    thread: int | None = None
    """The forum topic it was said in."""
    title: str = ""
    """The group's or channel's title."""
    name: str = ""
    """The chat's public name without @, where it has one."""
    language: str = ""
    """The person's own language, as Telegram tells it; perhaps one we do not speak."""
    is_press: bool = False
    may_choose: bool = True
    """Whether this person may change what the chat is told: in groups and channels its administrators."""
    is_operator: bool = False
    """Whether this chat is one of the operators'."""
    is_invited: bool = True
    """Whether this chat may use the bot at all."""
    bot: str = ""
    """The bot's own name, without @."""
    channel: Channel | None = None
    """With ``/subscribe @channel``: the channel, as Telegram knows it."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that somebody wants to subscribe from a private chat."""

    id: int
    title: str
    is_theirs: bool
    """The person who asks is one of its administrators."""
    may_post: bool
    """The bot may post there."""
    name: str = ""
    """Its public name without @, where it has one."""
