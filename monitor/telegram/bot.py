"""The bot: one Telegram application inside our own event loop."""

from __future__ import annotations

import asyncio
import os
import traceback
from collections.abc import Awaitable, Callable
from typing import Final

import structlog

os.environ.setdefault("PTB_TIMEDELTA", "1")  # else PTB's deprecation warning replaces the retry on every 429

from telegram import Update
from telegram.error import Forbidden, TelegramError
from telegram.ext import Application, ContextTypes, TypeHandler, Updater

from monitor.redact import redact
from monitor.telegram.conversation import Conversation
from monitor.telegram.desk import House
from monitor.telegram.menus import Menus
from monitor.telegram.polling import AFTER_CONFLICT, CONFLICT, InOrder, PatientBot, Unbreakable, trouble
from monitor.telegram.reading import HEARD
from monitor.telegram.request import TelegramRequest

log = structlog.get_logger()

_FIRST_WAIT: Final = 1.0
_LONGEST_WAIT: Final = 300.0
"""Seconds between two tries to open the connection."""
_PATIENCE_AT_STOP: Final = 0.6
"""Seconds each step of stopping may take: the service ends within two seconds even where the network is dead."""
_CONNECTIONS: Final = 16
_CALM_FACTOR: Final = 3


class Bot:
    """Answers from start to stop; no failure at Telegram ends it."""

    def __init__(
        self,
        token: str,
        api_url: str,
        house: House,
        menus: Menus | None = None,
        *,
        after_conflict: float = AFTER_CONFLICT,
        polled: Callable[[str], None] = lambda _: None,
    ) -> None:
        """``api_url`` as https://api.telegram.org; ``after_conflict``: seconds until a bot polled by others is tried again.

        ``polled`` hears each time Telegram was asked for what happened: why it gave nothing, or nothing.
        """
        self._token = token
        self._menus = menus
        self._polled = polled
        self._calm = after_conflict * _CALM_FACTOR
        pool = TelegramRequest(connection_pool_size=_CONNECTIONS, pool_timeout=10.0)
        self._requests = (Unbreakable(connection_pool_size=1), pool)
        self._bot = PatientBot(
            token,
            base_url=f"{api_url.rstrip('/')}/bot",
            get_updates_request=self._requests[0],
            request=self._requests[1],
        )
        self._bot.reports(self._recovered, self._note, after_conflict=after_conflict)
        self._updater = Updater(self._bot, asyncio.Queue())
        self._app = (
            Application.builder().updater(self._updater).concurrent_updates(InOrder()).job_queue(None).build()
        )
        self._conversation = Conversation(self._bot, house, self._log_bug)
        self._app.add_handler(TypeHandler(Update, self._hear))
        self._app.add_error_handler(self._failed)
        self._opening: asyncio.Task[None] | None = None
        self._trouble = ""
        self._conflict_at = 0.0

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
        await self._app.update_processor.shutdown()
        await self._conversation.stop()
        await self._within_patience(self._app.shutdown)
        for request in self._requests:
            await request.shutdown()

    async def _open(self) -> None:
        wait = _FIRST_WAIT
        while not await self._is_open():
            await asyncio.sleep(wait)
            wait = min(_LONGEST_WAIT, wait * 2)
        if self._menus is not None:
            await self._menus.hang(self._bot)

    async def _is_open(self) -> bool:
        try:
            await self._app.initialize()
            if not self._app.running:
                await self._app.start()
            await self._updater.start_polling(
                allowed_updates=HEARD, drop_pending_updates=False, error_callback=self._note
            )
        except TelegramError as error:
            self._note(error)
            return False
        return True

    def _note(self, error: TelegramError) -> None:
        """Log one line when the kind of trouble changes: polling fails many times a minute."""
        now = trouble(error)
        self._polled(now)
        if now == CONFLICT:
            self._conflict_at = asyncio.get_running_loop().time()
        if now != self._trouble:
            log.error("bot", trouble=now, error=self._redacted(str(error)))
        self._trouble = now

    def _recovered(self) -> None:
        """Log that all is well again; between two conflicts a poll may well succeed."""
        is_fought_over = self._trouble == CONFLICT
        self._polled("")
        if is_fought_over and asyncio.get_running_loop().time() < self._conflict_at + self._calm:
            return
        if self._trouble:
            log.info("bot", trouble="over, commands are answered again")
        self._trouble = ""

    def _opened(self, opening: asyncio.Task[None]) -> None:
        bug = None if opening.cancelled() else opening.exception()
        if bug is not None:
            self._log_bug("commands are not answered until the next start", bug)

    async def _hear(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        await self._conversation.hear(update)

    async def _failed(self, _: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        error = context.error
        if isinstance(error, TelegramError):
            tell = log.info if isinstance(error, Forbidden) else log.error
            tell("bot", trouble="a command was not answered", error=self._redacted(str(error)))
            return
        self._log_bug("a command was not answered", error)

    def _log_bug(self, what: str, error: BaseException | None) -> None:
        written = "".join(traceback.format_exception(error))
        log.error("bug", trouble=what, error=self._redacted(written))

    def _redacted(self, text: str) -> str:
        return redact(text, [self._token])

    async def _within_patience(self, step: Callable[[], Awaitable[None]]) -> None:
        try:
            async with asyncio.timeout(_PATIENCE_AT_STOP):
                await step()
        except (TimeoutError, TelegramError) as error:
            log.warning("bot", trouble="stopped without a farewell", error=self._redacted(str(error)))
