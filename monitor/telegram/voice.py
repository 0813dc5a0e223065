"""Shows an answer in a chat; what Telegram refuses for a reason that can be met is tried in another way."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import structlog
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputFile,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, RetryAfter, TelegramError

from monitor.alert.markup import escape
from monitor.dialogue.ask import Ask
from monitor.dialogue.reply import Drawing, File, Reply
from monitor.errors import NotDrawn
from monitor.model import Button, ChatId, Message
from monitor.telegram.desk import Card
from monitor.telegram.faults import is_topic_gone, seconds
from monitor.telegram.keyboard import keyboard
from monitor.telegram.reading import Press

log = structlog.get_logger()

NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)
_PATIENCE: Final = 10.0
"""Seconds to wait at most where Telegram asks for a pause."""
_TRIES: Final = 4
_TOAST: Final = 200
"""Characters of the line shown after a press (Bot API: answerCallbackQuery)."""
_CACHED: Final = 60
"""Seconds Telegram may give somebody the same inline results."""

Draw = Callable[[str], Awaitable[bytes]]
"""Makes a PNG of an SVG, or raises NotDrawn."""
Send = Callable[[ChatId, int | None], Awaitable[object]]
"""Sends to a chat and one of its topics."""


class Voice:
    """Speaks in chats; raises TelegramError where one does not take the answer."""

    def __init__(
        self,
        bot: Bot,
        moved: Callable[[ChatId, ChatId], Awaitable[None]],
        sleep: Callable[[float], Awaitable[None]],
        draw: Draw,
    ) -> None:
        """Speak through a bot; ``moved`` is told of a chat's new number."""
        self._bot = bot
        self._moved = moved
        self._sleep = sleep
        self._draw = draw

    async def show(self, reply: Reply, ask: Ask, press: Press | None = None) -> None:
        """Show all of a reply: the line over the chat, the message, the file."""
        if press is not None:
            await self.toast(press, reply.toast)
            await self._become(ask.chat, press, reply.becomes)
        elif reply.toast and reply.message is None:
            await self.say(ask.chat, ask.thread, Message(escape(reply.toast)))
        chat, thread = (ask.chat, ask.thread) if reply.chat is None else (reply.chat, None)
        is_placed = reply.is_edit and press is not None and await self._edited(ask.chat, press, reply.message)
        if reply.message is not None and not is_placed:
            await self.say(chat, thread, reply.message)
        if reply.file is not None:
            await self._send_file(chat, thread, reply.file)
        if reply.drawing is not None:
            await self._send_drawing(chat, thread, reply.drawing)

    async def toast(self, press: Press, words: str = "", url: str | None = None) -> None:
        """Answer a press, so that its button stops waiting; where that fails, the rest of the answer must not."""
        try:
            await self._bot.answer_callback_query(press.id, words[:_TOAST] or None, url=url)
        except BadRequest:
            return  # a press that is too old needs no answer
        except TelegramError as error:
            log.info("bot", trouble="a press was not answered", error=type(error).__name__)

    async def say(self, chat: ChatId, thread: int | None, message: Message) -> None:
        """Write a message."""

        async def send(chat: ChatId, thread: int | None) -> object:
            return await self._bot.send_message(
                chat,
                message.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                disable_notification=message.is_silent,
                message_thread_id=thread,
                reply_markup=keyboard(message.buttons),
            )

        await self._reach(send, chat, thread)

    async def offer(self, query: str, cards: tuple[Card, ...]) -> None:
        """Offer cards to somebody who typed the bot's name; a query that is too old needs no answer."""
        results = [_article(card) for card in cards]
        with suppress(BadRequest):
            await self._bot.answer_inline_query(query, results, cache_time=_CACHED, is_personal=True)

    async def _edited(self, chat: ChatId, press: Press, message: Message | None) -> bool:
        """Put a message in the place of another; False where that one cannot be changed any more."""
        if press.message is None or message is None:
            return False

        async def edit(chat: ChatId, _: int | None) -> object:
            return await self._bot.edit_message_text(
                message.html,
                chat,
                press.message,
                parse_mode=ParseMode.HTML,
                link_preview_options=NO_PREVIEW,
                reply_markup=keyboard(message.buttons),
            )

        try:
            await self._reach(edit, chat, None)
        except BadRequest as error:
            return _is_as_it_was(error)
        return True

    async def _become(self, chat: ChatId, press: Press, button: Button | None) -> None:
        """Put a button in the place of the pressed one; where that cannot be done the old one stays."""
        if button is None or press.message is None or press.keyboard is None:
            return
        new = InlineKeyboardButton(button.label, url=button.url or None, callback_data=button.data or None)
        rows = [
            [new if old.callback_data == press.data else old for old in row]
            for row in press.keyboard.inline_keyboard
        ]

        async def edit(chat: ChatId, _: int | None) -> object:
            return await self._bot.edit_message_reply_markup(
                chat, press.message, reply_markup=InlineKeyboardMarkup(rows)
            )

        with suppress(BadRequest):
            await self._reach(edit, chat, None)

    async def _send_file(self, chat: ChatId, thread: int | None, file: File) -> None:
        async def send(chat: ChatId, thread: int | None) -> object:
            return await self._bot.send_document(
                chat,
                InputFile(file.content, filename=file.name),
                caption=file.caption or None,
                message_thread_id=thread,
            )

        await self._reach(send, chat, thread)

    async def _send_drawing(self, chat: ChatId, thread: int | None, drawing: Drawing) -> None:
        try:
            content = await self._draw(drawing.svg)
        except NotDrawn as error:
            log.warning("bot", trouble="a picture was not drawn", error=str(error))
            await self.say(chat, thread, Message(escape(drawing.caption), drawing.buttons))
            return

        async def send(chat: ChatId, thread: int | None) -> object:
            return await self._bot.send_photo(
                chat,
                InputFile(content, filename=drawing.name),
                caption=drawing.caption or None,
                message_thread_id=thread,
                reply_markup=keyboard(drawing.buttons),
            )

        await self._reach(send, chat, thread)

    async def _reach(self, send: Send, chat: ChatId, thread: int | None) -> None:
        """Send, where the chat is now and where its topics are; raises TelegramError."""
        for _ in range(_TRIES - 1):
            try:
                await send(chat, thread)
            except ChatMigrated as error:
                await self._moved(chat, error.new_chat_id)
                chat = error.new_chat_id
            except RetryAfter as error:
                if seconds(error.retry_after) > _PATIENCE:
                    raise
                await self._sleep(seconds(error.retry_after))
            except BadRequest as error:
                if thread is None or not is_topic_gone(error):
                    raise
                thread = None
            else:
                return
        await send(chat, thread)


def _article(card: Card) -> InlineQueryResultArticle:
    # A button that tells us something would not tell us in which chat it was pressed.
    links = tuple(button for button in card.message.buttons if button.url)
    return InlineQueryResultArticle(
        card.id,
        card.title,
        InputTextMessageContent(card.message.html, ParseMode.HTML, link_preview_options=NO_PREVIEW),
        reply_markup=keyboard(links),
        description=card.description or None,
    )


def _is_as_it_was(error: BadRequest) -> bool:
    return "not modified" in str(error).lower()
