"""Finding out which chats a bot is in, by what happens there: nothing else tells a chat's number."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from telegram import Bot, Chat, Update
from telegram.error import Conflict, TelegramError

from monitor.errors import DeliveryError
from monitor.model import ChatId
from monitor.telegram.faults import delivery_error
from monitor.telegram.polling import Unbreakable

CONFLICT: Final = (
    "another program asks Telegram for this bot's messages (the monitor itself, if it runs already, or a webhook): "
    "stop it while you look for the chat, or give the chat's number"
)
_GONE: Final = frozenset({"left", "kicked"})
_LONGEST_POLL: Final = 10.0
_ANSWERS_WITHIN: Final = 15.0
"""Seconds that Telegram may take longer than it was asked to wait."""


@dataclass(frozen=True, slots=True)
class Found:
    """A chat in which something happened."""

    id: ChatId
    name: str
    """Its title, or the person's name: a stranger's words."""
    kind: str
    """As Telegram calls it: private, group, supergroup or channel."""


class Finder:
    """Asks Telegram what happened; only what was looked at is forgotten there: ``async with Finder(…) as finder``."""

    def __init__(self, token: str, api_url: str) -> None:
        os.environ.setdefault("PTB_TIMEDELTA", "1")
        self._token = token
        request = Unbreakable(read_timeout=_ANSWERS_WITHIN)
        self._bot = Bot(token, base_url=f"{api_url}/bot", request=request, get_updates_request=request)
        self._next = 0

    async def __aenter__(self) -> Self:
        """Give the finder itself; nothing is asked yet."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close its connections."""
        await self._bot.request.shutdown()

    async def look(self, seconds: float) -> tuple[Found, ...]:
        """Wait until something happens, for one poll and at most so long; DeliveryError."""
        wait = max(0, round(min(seconds, _LONGEST_POLL)))
        try:
            updates = await self._bot.get_updates(
                offset=self._next or None, timeout=wait, read_timeout=_ANSWERS_WITHIN
            )
        except Conflict:
            raise DeliveryError(CONFLICT) from None
        except TelegramError as problem:
            error = problem
        else:
            self._next = updates[-1].update_id + 1 if updates else self._next
            return chats_in(updates)
        # Raised here, outside any handler, so that no hidden context carries the address with the token.
        raise delivery_error(error, self._token)


def chats_in(updates: Iterable[Update]) -> tuple[Found, ...]:
    """Name the chats in which something happened and the bot still is, the newest first."""
    found: dict[ChatId, Found] = {}
    for update in updates:
        chat = update.effective_chat
        if chat is None:
            continue
        found.pop(chat.id, None)
        change = update.my_chat_member
        if not (change and change.new_chat_member.status in _GONE) and not _has_moved(update):
            found[chat.id] = Found(chat.id, _name(chat), chat.type)
    return tuple(reversed(found.values()))


def _has_moved(update: Update) -> bool:
    message = update.effective_message
    return bool(message and message.migrate_to_chat_id)


def _name(chat: Chat) -> str:
    return chat.effective_name or str(chat.id)
