"""What Telegram says happened, as the values everything else works with; nothing in an update is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from telegram import (
    CallbackQuery,
    Chat,
    ChatMember,
    ChatMemberAdministrator,
    ChatMemberRestricted,
    ChatMemberUpdated,
    InlineKeyboardMarkup,
    InlineQuery,
    Message,
    Update,
    User,
)
from telegram.constants import ChatMemberStatus, ChatType

from monitor.dialogue.ask import Ask
from monitor.dialogue.life import Meeting
from monitor.model import ChatKind

KINDS: Final[Mapping[str, ChatKind]] = {
    ChatType.PRIVATE: ChatKind.PRIVATE,
    ChatType.GROUP: ChatKind.GROUP,
    ChatType.SUPERGROUP: ChatKind.GROUP,
    ChatType.CHANNEL: ChatKind.CHANNEL,
}
HEARD: Final = [
    Update.MESSAGE,
    Update.CHANNEL_POST,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
]
"""All that Telegram is asked for: what was edited is not answered again."""


@dataclass(frozen=True, slots=True)
class Press:
    """A button that was pressed."""

    id: str
    """What it is answered by, within seconds."""
    message: int | None
    """The message it stands under, where that can still be edited."""
    data: str = ""
    keyboard: InlineKeyboardMarkup | None = None
    """All the buttons it stands among."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Something that was said or pressed; ``ask.may_choose`` where no question to Telegram is needed."""

    ask: Ask
    person: int
    """Whoever said it; a channel or an anonymous administrator is the chat itself."""
    said_at: datetime | None = None
    press: Press | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """Words typed behind the bot's name in any chat."""

    id: str
    text: str
    person: int
    language: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup and has another number."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Met:
    """How the bot belongs to a chat has changed."""

    meeting: Meeting
    name: str = ""
    """The chat's public name, without @."""


def read(update: Update, bot: str) -> Heard | Typed | Moved | Met | None:
    """Read an update; None where nobody wants anything of us. ``bot`` is our name without @."""
    message = update.message or update.channel_post
    if message is not None:
        return _moved(message) or _said(message, bot)
    if update.callback_query is not None:
        return _pressed(update.callback_query, bot)
    if update.inline_query is not None:
        return _typed(update.inline_query)
    return _met(update.my_chat_member) if update.my_chat_member is not None else None


def _moved(message: Message) -> Moved | None:
    if message.migrate_to_chat_id is not None:
        return Moved(message.chat.id, message.migrate_to_chat_id)
    if message.migrate_from_chat_id is not None:
        return Moved(message.migrate_from_chat_id, message.chat.id)
    return None


def _said(message: Message, bot: str) -> Heard | None:
    kind, text = KINDS.get(message.chat.type), _clean(message.text)
    is_talk = kind is not ChatKind.PRIVATE and not text.startswith("/")
    if kind is None or not text or is_talk or _is_by_machine(message):
        return None
    speaks_for_chat = message.sender_chat is not None and message.sender_chat.id == message.chat.id
    ask = Ask(
        text=text,
        chat=message.chat.id,
        kind=kind,
        thread=message.message_thread_id if message.is_topic_message else None,
        title=_title(message.chat),
        name=message.chat.username or "",
        language=_language(message.from_user),
        may_choose=kind is ChatKind.PRIVATE or speaks_for_chat,
        bot=bot,
    )
    return Heard(ask, _person(message), message.date)


def _is_by_machine(message: Message) -> bool:
    """Tell whether a bot wrote it, perhaps we ourselves: two bots that answer each other would never stop."""
    is_bot = message.from_user is not None and message.from_user.is_bot and message.sender_chat is None
    return is_bot or message.via_bot is not None


def _person(message: Message) -> int:
    sender = message.sender_chat or message.from_user or message.chat
    return sender.id


def _pressed(query: CallbackQuery, bot: str) -> Heard:
    message = query.message
    kind = KINDS.get(message.chat.type) if message is not None else None
    if message is None or kind is None:  # under a message sent inline, where we have no buttons
        return Heard(
            Ask("", query.from_user.id, is_press=True, bot=bot),
            query.from_user.id,
            press=Press(query.id, None),
        )
    known = message if isinstance(message, Message) and message.is_accessible else None
    ask = Ask(
        text=_clean(query.data),
        chat=message.chat.id,
        kind=kind,
        thread=known.message_thread_id if known and known.is_topic_message else None,
        title=_title(message.chat),
        name=message.chat.username or "",
        language=_language(query.from_user),
        is_press=True,
        may_choose=kind is ChatKind.PRIVATE,
        bot=bot,
    )
    number, buttons = (known.message_id, known.reply_markup) if known else (None, None)
    return Heard(ask, query.from_user.id, press=Press(query.id, number, query.data or "", buttons))


def _typed(query: InlineQuery) -> Typed:
    return Typed(query.id, _clean(query.query), query.from_user.id, _language(query.from_user))


def _met(change: ChatMemberUpdated) -> Met | None:
    kind = KINDS.get(change.chat.type)
    if kind is None:
        return None
    meeting = Meeting(
        chat=change.chat.id,
        kind=kind,
        title=_title(change.chat),
        language=_language(change.from_user),
        person=change.from_user.id,
        could_write=_may_write(change.old_chat_member, kind),
        can_write=_may_write(change.new_chat_member, kind),
        is_there=change.new_chat_member.status not in {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED},
    )
    return Met(meeting, change.chat.username or "")


def _may_write(member: ChatMember, kind: ChatKind) -> bool:
    if kind is ChatKind.CHANNEL:
        is_owner = member.status == ChatMemberStatus.OWNER
        return is_owner or (isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages))
    if isinstance(member, ChatMemberRestricted):
        return member.is_member and member.can_send_messages
    return member.status not in {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


def _language(person: User | None) -> str:
    return (person.language_code or "") if person is not None else ""


def _title(chat: Chat) -> str:
    return _clean(chat.title)


def _clean(text: str | None) -> str:
    """Drop halves of characters, which cannot be stored or sent on."""
    return (text or "").encode("utf-8", "ignore").decode()
