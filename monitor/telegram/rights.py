"""Who may choose for a group or a channel: asked of Telegram, and remembered for minutes."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import structlog
from telegram import Bot, ChatMemberAdministrator
from telegram.constants import ChatMemberStatus, ChatType
from telegram.error import TelegramError

from monitor.dialogue.ask import Channel
from monitor.model import ChatId

log = structlog.get_logger()

_REMEMBERED: Final = 300.0
"""Seconds an administrator stays one without being asked for."""
_DOUBTED: Final = 15.0
"""Seconds after which somebody who was none is looked up again: they may just have been made one."""
_MOST: Final = 2000
_ADMINISTRATORS: Final = frozenset({ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR})


@dataclass(frozen=True, slots=True)
class _Known:
    people: frozenset[int]
    since: float


class Rights:
    """Asks Telegram who may choose; where it does not say, nobody may."""

    def __init__(self, bot: Bot, clock: Callable[[], float]) -> None:
        """``clock`` gives seconds and never goes back."""
        self._bot = bot
        self._clock = clock
        self._known: OrderedDict[ChatId, _Known] = OrderedDict()

    async def may_choose(self, chat: ChatId, person: int) -> bool:
        """Tell whether a person administers a chat."""
        known = self._known.get(chat)
        if known is None or not self._is_fresh(known, person):
            known = await self._asked(chat)
        return person in known.people

    def forget(self, chat: ChatId) -> None:
        """Ask anew next time: something has changed there."""
        self._known.pop(chat, None)

    async def channel(self, name: ChatId, person: int) -> Channel | None:
        """Look up a channel; None where it is none, or none that the bot can see."""
        try:
            return await self._channel(name, person)
        except TelegramError as error:
            log.info("bot", trouble="a channel cannot be looked up", error=type(error).__name__)
            return None

    async def _channel(self, name: ChatId, person: int) -> Channel | None:
        chat = await self._bot.get_chat(name)
        if chat.type != ChatType.CHANNEL:
            return None
        theirs = await self._bot.get_chat_member(chat.id, person)
        ours = await self._bot.get_chat_member(chat.id, self._bot.id)
        may_post = isinstance(ours, ChatMemberAdministrator) and bool(ours.can_post_messages)
        return Channel(
            chat.id, chat.title or "", theirs.status in _ADMINISTRATORS, may_post, name=chat.username or ""
        )

    def _is_fresh(self, known: _Known, person: int) -> bool:
        lasts = _REMEMBERED if person in known.people else _DOUBTED
        return self._clock() - known.since < lasts

    async def _asked(self, chat: ChatId) -> _Known:
        try:
            members = await self._bot.get_chat_administrators(chat)
        except TelegramError as error:
            log.info("bot", trouble="administrators cannot be looked up", error=type(error).__name__)
            return _Known(frozenset(), self._clock())
        known = _Known(frozenset(each.user.id for each in members), self._clock())
        self._known[chat] = known
        self._known.move_to_end(chat)
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return known
