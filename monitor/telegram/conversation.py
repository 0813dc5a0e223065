"""From an update to its answer: heard, allowed, answered, shown."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from time import monotonic
from typing import Final

import structlog
from telegram import Bot, Update
from telegram.error import Forbidden, TelegramError

from monitor.alert.markup import escape
from monitor.alert.press import parts
from monitor.dialogue.ask import Ask
from monitor.dialogue.choice.place import channel_meant
from monitor.dialogue.reply import Act, Reply
from monitor.errors import MonitorError, StoreError
from monitor.model import ChatKind, Message
from monitor.telegram.desk import Desk, House
from monitor.telegram.limits import Limits, Turn
from monitor.telegram.reading import Heard, Met, Moved, Press, Typed, read
from monitor.telegram.rights import Rights
from monitor.telegram.voice import Voice

log = structlog.get_logger()

_OLD: Final = timedelta(hours=1)
"""What was asked in a group before that is not answered: the talk has moved on."""
_REMEMBERED: Final = 4096
"""Updates of which a second copy is not answered again."""
_INLINE_FACTOR: Final = 5
"""A query comes with every few letters that somebody types."""


class Conversation:
    """Takes updates and answers them."""

    def __init__(self, bot: Bot, house: House, bug: Callable[[str, BaseException], None]) -> None:
        """``bug`` is told of what went wrong in the background."""
        self._bot = bot
        self._bug = bug
        self._desk = Desk(house)
        self._voice = Voice(bot, self._desk.moved, asyncio.sleep, house.draw)
        self._rights = Rights(bot, monotonic)
        self._limits = Limits(house.commands_per_minute)
        self._inline_limits = Limits(lambda: house.commands_per_minute() * _INLINE_FACTOR)
        self._seen: OrderedDict[int, None] = OrderedDict()
        self._acting: set[asyncio.Task[None]] = set()

    async def hear(self, update: Update) -> None:
        """Answer an update, once; raises TelegramError where the answer cannot be shown."""
        if not self._is_new(update.update_id):
            return
        match read(update, self._bot.username):
            case Heard() as heard:
                await self._answer(heard)
            case Typed() as typed:
                await self._offer(typed)
            case Met() as met:
                await self._meet(met)
            case Moved(old, new):
                await self._desk.moved(old, new)
            case None:
                pass

    async def stop(self) -> None:
        """Leave what is done in the background; what it has written stays."""
        for task in self._acting:
            task.cancel()
        await asyncio.gather(*self._acting, return_exceptions=True)

    def _is_new(self, update: int) -> bool:
        if update in self._seen:
            return False
        self._seen[update] = None
        if len(self._seen) > _REMEMBERED:
            self._seen.popitem(last=False)
        return True

    async def _answer(self, heard: Heard) -> None:
        ask = self._desk.placed(heard.ask)
        if not self._is_for_us(ask, heard):
            return await self._let_go(heard.press)
        turn = Turn.ANSWER if ask.is_operator else self._limits.turn(heard.person, monotonic())
        if turn is not Turn.ANSWER:
            return await self._refuse(turn, ask, heard.press)
        url = self._elsewhere(ask)
        if heard.press is not None and url:
            return await self._voice.toast(heard.press, url=url)
        ask = await self._allowed(ask, heard.person)
        reply = await self._desk.answer(ask)
        if reply.act is not None:
            self._begin(reply.act, ask)
        return await self._voice.show(reply, ask, heard.press)

    def _is_for_us(self, ask: Ask, heard: Heard) -> bool:
        router = self._desk.house.router
        if not router.hears(ask):
            return False
        age = self._desk.house.view().now - heard.said_at if heard.said_at else timedelta()
        return age < _OLD or ask.kind is ChatKind.PRIVATE or router.needs_rights(ask)

    async def _let_go(self, press: Press | None) -> None:
        if press is not None:
            await self._voice.toast(press)

    async def _refuse(self, turn: Turn, ask: Ask, press: Press | None) -> None:
        """Say once a minute that it is enough; a press needs an answer even where nothing is said."""
        say = self._desk.says(ask)
        words = say("That was a lot at once. Please wait a minute.") if turn is Turn.REFUSAL else ""
        await self._voice.show(Reply(toast=words), ask, press)

    async def _allowed(self, ask: Ask, person: int) -> Ask:
        """Say whether the person may choose, for this chat or for the channel they name."""
        is_choice = self._desk.house.router.needs_rights(ask)
        may_choose = ask.may_choose or (is_choice and await self._rights.may_choose(ask.chat, person))
        meant = channel_meant(ask)
        channel = None if meant is None else await self._rights.channel(meant, person)
        return replace(ask, may_choose=may_choose, channel=channel)

    def _elsewhere(self, ask: Ask) -> str:
        """Give the address of a private chat for what readers of a channel ask: an answer there would reach them all."""
        if not (ask.is_press and ask.kind is ChatKind.CHANNEL):
            return ""
        verb, arguments = parts(ask.text)
        is_card = verb == "status" and len(arguments) == 1 and arguments[0].isalnum()
        return f"https://t.me/{self._bot.username}?start={arguments[0]}" if is_card else ""

    async def _offer(self, typed: Typed) -> None:
        turn = self._inline_limits.turn(typed.person, monotonic())
        cards = self._desk.offers(typed.text, typed.person, typed.language) if turn is Turn.ANSWER else ()
        await self._voice.offer(typed.id, cards)

    async def _meet(self, met: Met) -> None:
        chat = self._desk.known_as(met.meeting.chat, met.name)
        self._rights.forget(chat)
        reply = await self._desk.met(replace(met.meeting, chat=chat))
        try:
            await self._voice.show(reply, Ask("", chat, met.meeting.kind))
        except Forbidden:
            return  # greeted at the door, and gone already

    def _begin(self, act: Act, ask: Ask) -> None:
        task = asyncio.create_task(self._do(act, ask))
        self._acting.add(task)
        task.add_done_callback(self._done)

    async def _do(self, act: Act, ask: Ask) -> None:
        try:
            words = await self._desk.house.act(self._desk.says(ask), act)
        except MonitorError as error:
            words = str(error)
            if isinstance(error, StoreError):
                self._desk.house.end(error)
        try:
            await self._voice.say(ask.chat, ask.thread, Message(escape(words)))
        except TelegramError as error:
            log.warning(
                "bot", trouble="the end of an act was not told", words=words, error=type(error).__name__
            )

    def _done(self, task: asyncio.Task[None]) -> None:
        self._acting.discard(task)
        bug = None if task.cancelled() else task.exception()
        if bug is not None:
            self._bug("what an operator asked for was not done", bug)
