"""Commands in chats: one Telegram application inside our own event loop."""

from __future__ import annotations

import asyncio
import os
import traceback
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any, Final

import structlog

os.environ.setdefault("PTB_TIMEDELTA", "1")  # else PTB's deprecation warning replaces the retry on every 429

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, LinkPreviewOptions, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.ext import Application, ContextTypes, ExtBot, MessageHandler, Updater, filters
from telegram.request import HTTPXRequest

from monitor.dialogue.commands import MENU, answer
from monitor.dialogue.view import View
from monitor.model import Message
from monitor.redact import redact

log = structlog.get_logger()

CONFLICT: Final = "another program asks Telegram for this bot's messages: stop it, only one can"
TOKEN_REFUSED: Final = "Telegram refuses the token: ask @BotFather for it, set telegram.token and start again"  # noqa: S105 - a sentence, no token
UNREACHABLE: Final = "Telegram cannot be reached: commands are answered when it can"
_GROUPS: Final = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
_FIRST_WAIT: Final = 1.0
_LONGEST_WAIT: Final = 300.0
"""Seconds between two tries to open the connection."""
_PATIENCE_AT_STOP: Final = 0.6
"""Seconds each step of stopping may take: the service ends within two seconds even where the network is dead."""


class TokenRefused(TelegramError):  # noqa: N818 - read as the errors in errors.py are
    """Telegram refuses the token while polling; PTB would end polling for good, silently, on InvalidToken."""


class _PatientBot(ExtBot[None]):
    """A bot that goes on polling after a refused token, as after every other failure."""

    _polled: Callable[[], None]

    def when_polled(self, polled: Callable[[], None]) -> None:
        """Call ``polled`` each time Telegram has answered."""
        self._polled = polled

    async def get_updates(self, *args: Any, **kwargs: Any) -> tuple[Update, ...]:  # noqa: ANN401 - PTB's own signature, passed on
        """Ask Telegram for messages; raises TokenRefused in place of InvalidToken."""
        try:
            updates = await super().get_updates(*args, **kwargs)
        except InvalidToken:
            raise TokenRefused(TOKEN_REFUSED) from None
        self._polled()
        return updates


class Bot:
    """Answers commands from start to stop; no failure at Telegram ends it."""

    def __init__(self, token: str, api_url: str, view: Callable[[], View]) -> None:
        """``api_url`` as https://api.telegram.org; ``view`` gives all that is known at this moment."""
        self._token = token
        self._view = view
        self._requests = (HTTPXRequest(connection_pool_size=1), HTTPXRequest(connection_pool_size=8))
        self._bot = _PatientBot(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )
        self._bot.when_polled(self._recovered)
        self._updater = Updater(self._bot, asyncio.Queue())
        self._app = Application.builder().updater(self._updater).job_queue(None).build()
        self._app.add_handler(MessageHandler(filters.COMMAND & filters.UpdateType.MESSAGE, self._reply))
        self._app.add_error_handler(self._failed)
        self._opening: asyncio.Task[None] | None = None
        self._trouble = ""

    async def start(self) -> None:
        """Begin to answer, now or as soon as Telegram can be reached; returns at once."""
        self._opening = asyncio.create_task(self._open())
        self._opening.add_done_callback(self._opened)

    async def stop(self) -> None:
        """End within seconds, whatever the network does."""
        if self._opening is not None:
            self._opening.cancel()
            await asyncio.gather(self._opening, return_exceptions=True)
        if self._updater.running:
            await self._within_patience(self._updater.stop)
        if self._app.running:
            await self._within_patience(self._app.stop)
        await self._within_patience(self._app.shutdown)
        for request in self._requests:
            await request.shutdown()

    async def _open(self) -> None:
        wait = _FIRST_WAIT
        while not await self._is_open():
            await asyncio.sleep(wait)
            wait = min(_LONGEST_WAIT, wait * 2)
        with suppress(TelegramError):
            await self._bot.set_my_commands(MENU)

    async def _is_open(self) -> bool:
        try:
            await self._app.initialize()
            if not self._app.running:
                await self._app.start()
            await self._updater.start_polling(
                allowed_updates=[Update.MESSAGE], drop_pending_updates=False, error_callback=self._note
            )
        except TelegramError as error:
            self._note(error)
            return False
        return True

    def _note(self, error: TelegramError) -> None:
        """Log one line when the kind of trouble changes: polling fails many times a minute."""
        trouble = _trouble(error)
        if trouble != self._trouble:
            log.error("bot", trouble=trouble, error=self._redacted(str(error)))
        self._trouble = trouble

    def _recovered(self) -> None:
        if self._trouble:
            log.info("bot", trouble="over, commands are answered again")
        self._trouble = ""

    def _opened(self, opening: asyncio.Task[None]) -> None:
        bug = None if opening.cancelled() else opening.exception()
        if bug is not None:
            self._log_bug("commands are not answered until the next start", bug)

    async def _reply(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        message = update.message
        if message is None:
            return
        is_group = message.chat.type in _GROUPS
        reply = answer(message.text or "", self._view(), bot_name=self._bot.username, is_group=is_group)
        if reply is not None:
            await message.reply_text(
                reply.html,
                parse_mode=ParseMode.HTML,
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                disable_notification=reply.is_silent,
                reply_markup=_keyboard(reply),
            )

    async def _failed(self, _: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        error = context.error
        if isinstance(error, TelegramError):
            log.error("bot", trouble="a command was not answered", error=self._redacted(str(error)))
            return
        self._log_bug("a command was not answered", error)

    def _log_bug(self, trouble: str, error: BaseException | None) -> None:
        written = "".join(traceback.format_exception(error))
        log.error("bug", trouble=trouble, error=self._redacted(written))

    def _redacted(self, text: str) -> str:
        return redact(text, [self._token])

    async def _within_patience(self, step: Callable[[], Awaitable[None]]) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_AT_STOP):
                await step()
        except (TimeoutError, TelegramError) as error:
            log.warning("bot", trouble="stopped without a farewell", error=self._redacted(str(error)))


def _trouble(error: TelegramError) -> str:
    if isinstance(error, Conflict):
        return CONFLICT
    if isinstance(error, (InvalidToken, TokenRefused)):
        return TOKEN_REFUSED
    return UNREACHABLE


def _keyboard(message: Message) -> InlineKeyboardMarkup | None:
    rows = [[InlineKeyboardButton(button.label, url=button.url)] for button in message.buttons]
    return InlineKeyboardMarkup(rows) if rows else None
