"""What Telegram offers while people type, and says of the bot: sent only where it has changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

import structlog
from telegram import (
    Bot,
    BotCommandScope,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import TelegramError

from monitor.language.catalogs import languages
from monitor.language.speech import Speech, speak
from monitor.model import ChatId

log = structlog.get_logger()

Value = TypeVar("Value")
Command = tuple[str, str]
"""A command's name, and the line Telegram shows behind it."""


@dataclass(frozen=True, slots=True)
class Menus:
    """The menus and descriptions, in every language."""

    commands: Callable[[Speech, str], Iterable[Command]]
    """Gives the menu for ``private``, ``group``, ``administrators`` or ``operators``."""
    description: Callable[[Speech], str]
    """What an empty chat with the bot shows."""
    short_description: Callable[[Speech], str]
    """What stands on the bot's page and under links to it."""
    operators: tuple[tuple[ChatId, str], ...] = ()
    """The operators' chats, each with its language."""

    async def hang(self, bot: Bot) -> None:
        """Tell Telegram what it does not know yet; where it refuses, people miss the menu and nothing else."""
        for step in self._steps(bot):
            try:
                await step
            except TelegramError as error:
                log.warning("bot", trouble="a menu was not set", error=type(error).__name__)

    def _steps(self, bot: Bot) -> Iterator[Awaitable[None]]:
        for told, code in _TOLD:
            say = speak(code)
            for scope, name in _SCOPES:
                yield _commands(bot, self.commands(say, name), scope, told)
            yield _words(bot, self.description(say), self.short_description(say), told)
        for chat, code in self.operators:
            yield _commands(bot, self.commands(speak(code), "operators"), BotCommandScopeChat(chat), "")


_SCOPES: Final[tuple[tuple[BotCommandScope, str], ...]] = (
    (BotCommandScopeDefault(), "private"),
    (BotCommandScopeAllPrivateChats(), "private"),
    (BotCommandScopeAllGroupChats(), "group"),
    (BotCommandScopeAllChatAdministrators(), "administrators"),
)
_TOLD: Final = (("", languages()[0]), *((code, code) for code in languages()))
"""Telegram's language codes, each with ours; nothing stands for everybody whose language is not there."""


async def _commands(bot: Bot, menu: Iterable[Command], scope: BotCommandScope, code: str) -> None:
    wanted = tuple(menu)
    known = await bot.get_my_commands(scope=scope, language_code=code)
    if tuple((each.command, each.description) for each in known) != wanted:
        await bot.set_my_commands(wanted, scope=scope, language_code=code)


async def _words(bot: Bot, description: str, short: str, code: str) -> None:
    if (await bot.get_my_description(language_code=code)).description != description:
        await bot.set_my_description(description, language_code=code)
    if (await bot.get_my_short_description(language_code=code)).short_description != short:
        await bot.set_my_short_description(short, language_code=code)
