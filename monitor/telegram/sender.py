"""Sends a delivery to its chat through Telegram's Bot API."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable

from telegram import Bot, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import TelegramError

from monitor.errors import DeliveryError
from monitor.model import ChatId, Delivery
from monitor.telegram.faults import delivery_error, is_topic_gone
from monitor.telegram.keyboard import keyboard
from monitor.telegram.request import TelegramRequest

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_LONGEST = 2
"""Times all timeouts together: so long one message may take."""
_UNREADABLE = (KeyError, TypeError, ValueError, AttributeError)
"""What PTB trips over in an answer that says it went well, and is not what Telegram says."""
TopicGone = Callable[[ChatId, int], Awaitable[None]]
"""Is told of a topic that takes no messages any more."""


async def _nobody(_: ChatId, __: int) -> None:
    """Leave the topic's loss unsaid."""


class TelegramSender:
    """Holds one HTTP client from ``start`` to ``close``; asks Telegram nothing until the first message."""

    def __init__(
        self,
        token: str,
        api_url: str,
        *,
        connect_timeout: float = 10.0,
        read_timeout: float = 20.0,
        topic_gone: TopicGone = _nobody,
    ) -> None:
        """``api_url``: the server without a path; timeouts in seconds."""
        self._token = token
        self._api_url = api_url.rstrip("/")
        self._timeouts = (connect_timeout, read_timeout)
        self._topic_gone = topic_gone
        self._bot: Bot | None = None

    def __repr__(self) -> str:
        """Name the server and hide the token."""
        return f"TelegramSender({self._api_url!r})"

    async def start(self) -> None:
        """Make the client; needs the running event loop and no answer from Telegram."""
        # Without it PTB warns about its own old number type on every flood wait, and a warning made an error
        # would take the place of the wait.
        os.environ.setdefault("PTB_TIMEDELTA", "1")
        connect, read = self._timeouts
        request = TelegramRequest(
            connection_pool_size=16,  # delivering keeps several messages on their way
            connect_timeout=connect,
            read_timeout=read,
            write_timeout=read,
            pool_timeout=read,
        )
        base = f"{self._api_url}/bot"
        self._bot = Bot(self._token, base_url=base, request=request, get_updates_request=request)

    async def close(self) -> None:
        """Close the client's connections."""
        if self._bot is not None:
            await self._bot.request.shutdown()
            self._bot = None

    async def who_am_i(self) -> str:
        """Ask Telegram for the bot's name; raises DeliveryError."""
        if self._bot is None:
            raise DeliveryError("the connection to Telegram is not open (yet, or any more)")
        try:
            return (await self._bot.get_me()).username or ""
        except TelegramError as problem:
            error = problem
        raise delivery_error(error, self._token)

    async def send(self, delivery: Delivery) -> None:
        """Send the message, or raise DeliveryError; where the topic is gone it goes to the chat itself."""
        error = await self._failure(delivery, delivery.thread)
        if error is not None and delivery.thread is not None and is_topic_gone(error):
            await self._topic_gone(delivery.chat, delivery.thread)
            error = await self._failure(delivery, None)
        if error is not None:
            # Raised here, outside any handler, so that no hidden context carries the address with the token.
            raise delivery_error(error, self._token)

    async def _failure(self, delivery: Delivery, thread: int | None) -> TelegramError | None:
        if self._bot is None:
            raise DeliveryError("the connection to Telegram is not open (yet, or any more)")
        try:
            # A read timeout begins anew with every byte that drips in.
            async with asyncio.timeout(_LONGEST * sum(self._timeouts)):
                await self._say(self._bot, delivery, thread)
        except TelegramError as error:
            return error
        except TimeoutError:
            return TelegramError("the answer did not end in time")
        except _UNREADABLE as error:
            return TelegramError(f"the answer cannot be read ({type(error).__name__})")
        return None

    async def _say(self, bot: Bot, delivery: Delivery, thread: int | None) -> None:
        message = delivery.message
        await bot.send_message(
            delivery.chat,
            message.html,
            parse_mode=ParseMode.HTML,
            link_preview_options=NO_PREVIEW,
            reply_markup=keyboard(message.buttons),
            message_thread_id=thread,
            disable_notification=message.is_silent,
        )
