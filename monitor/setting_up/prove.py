"""Trying what was answered on Telegram and on the site of the profiles."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

from monitor.config import Config
from monitor.contact import SAMPLE
from monitor.errors import DeliveryError, MonitorError
from monitor.inspection import inspect
from monitor.language.speech import Speech, speak
from monitor.model import ChatId, Country, Delivery, Message
from monitor.telegram.faults import CHAT_CLOSED
from monitor.telegram.finding import Finder, Found
from monitor.telegram.sender import TelegramSender

_PAUSE = 0.5
"""Seconds between two polls where Telegram answers at once."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How a try went, in a sentence."""

    line: str
    is_well: bool


async def bot_name(config: Config) -> str:
    """Ask Telegram who the bot is; DeliveryError says what to do."""
    async with _Sending(config) as sender:
        try:
            return await sender.who_am_i()
        except DeliveryError as error:
            raise error if error.is_bot_fault else DeliveryError(_unreachable(config, error)) from None


async def greet(config: Config, chat: ChatId, bot: str) -> ChatId:
    """Send the chat a message and give its number, a new one where it has moved; DeliveryError says what to do."""
    async with _Sending(config) as sender:
        for _ in range(2):
            try:
                await sender.send(_greeting(chat))
            except DeliveryError as error:
                if error.migrated_to is None:
                    raise DeliveryError(_refused(config, chat, bot, error)) from None
                chat = error.migrated_to
            else:
                return chat
    raise DeliveryError(f"The chat {chat} moves on and on: add @{bot} to it again.")


async def chats_heard(config: Config, seconds: float) -> tuple[Found, ...]:
    """Wait until somebody writes to the bot, at most so long, and name the chats; DeliveryError."""
    async with Finder(config.telegram.token.get_secret_value(), config.telegram.api_url) as finder:
        end = monotonic() + seconds
        while True:
            left = max(0.0, end - monotonic())
            found = await finder.look(left)
            if found or not left:
                return found
            await asyncio.sleep(min(_PAUSE, left))


async def profile(config: Config) -> Proof:
    """Fetch and read one country's profile; what goes wrong is part of the answer."""
    country = sample(config)
    try:
        found = await inspect(config, config.profile_url(country), country)
    except MonitorError as error:
        return Proof(f"The profile of {country.name} did not come: {error}.", is_well=False)
    if found.error:
        return Proof(f"The profile of {country.name} came and cannot be read: {found.error}.", is_well=False)
    number = len(found.snapshot.documents) if found.snapshot else 0
    return Proof(f"The profile of {country.name} was read: {number} documents.", is_well=True)


def sample(config: Config) -> Country:
    """Choose a country whose profile is known to hold documents."""
    known = {each.code: each for each in config.countries}
    return next((known[code] for code in SAMPLE if code in known), config.countries[0])


def greeting(say: Speech) -> str:
    """Write what a chat is sent when it is set up."""
    return say("The UNCAC publication monitor was set up to write here. This was a test: it worked.")


def _greeting(chat: ChatId) -> Delivery:
    now = datetime.now(UTC)
    return Delivery("init", chat, Message(greeting(speak())), now, now)


class _Sending:
    """The connection to Telegram, for as long as a try takes."""

    def __init__(self, config: Config) -> None:
        self._sender = TelegramSender(config.telegram.token.get_secret_value(), config.telegram.api_url)

    async def __aenter__(self) -> TelegramSender:
        await self._sender.start()
        return self._sender

    async def __aexit__(self, *_: object) -> None:
        await self._sender.close()


def _unreachable(config: Config, error: DeliveryError) -> str:
    return (
        f"Telegram did not answer at {config.telegram.api_url} ({error}). Is there a way to it from here? "
        "A proxy is named by HTTPS_PROXY."
    )


def _refused(config: Config, chat: ChatId, bot: str, error: DeliveryError) -> str:
    if not error.is_permanent and not any(words in str(error).lower() for words in CHAT_CLOSED):
        return str(error) if error.is_bot_fault else _unreachable(config, error)
    place = (
        "make the bot an administrator of that channel, with the right to post"
        if isinstance(chat, str)
        else "open the bot in Telegram and press Start"
        if chat > 0
        else "add the bot to that group (again), and let it write there"
    )
    return f"The chat {chat} takes no message ({error}): {place}. The bot is @{bot}."
