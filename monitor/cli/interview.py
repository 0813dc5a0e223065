"""What `init` asks in a terminal: each answer is proven before the next question."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

if TYPE_CHECKING:
    from monitor.config import Config
    from monitor.model import ChatId
    from monitor.setting_up.wish import Wish
    from monitor.telegram.finding import Found

Value = TypeVar("Value")
FIND_SECONDS = 120
"""How long somebody may take to write to the bot."""
_BOT = """
1. The bot. Write /newbot to @BotFather in Telegram; it gives you a token. It is not shown here, and stands in a file
   of its own that only you can read."""
_CHAT = """
2. The chat that is alerted. Add @{bot} to your group, or open it for yourself, and send /start there now
   (in a group: /start@{bot}); then press Enter here. Or type the chat's number, or @name of a channel."""
_OPERATORS = """
3. Who decides. When a page is hard to believe or a document is not recognised, a chat is asked, and everybody in it can
   decide. Press Enter for the same chat, type another one's number, or `find` once you sent /start in it."""
_CONTACT = """
4. Whom UNODC can write to. Each request names it, so that the site can reach you before it blocks you."""


@dataclass
class Interview:
    """Asks for what the wish does not hold yet; nothing is written."""

    environ: Mapping[str, str]
    folder: Path
    wish: Wish

    def finish(self) -> tuple[Wish, str]:
        """Ask until all is there; gives it with the bot's name."""
        bot = self._bot()
        for question in (self._chat, self._operators, self._contact):
            question(bot)
        return self.wish, bot

    def _config(self) -> Config:
        from monitor.setting_up.wish import tried

        return tried(self.environ, self.folder, self.wish)

    def _bot(self) -> str:
        from monitor.setting_up.prove import bot_name

        if not self._config().telegram.has_token:
            click.echo(_BOT)
            self._ask("Token", self._with_token, is_hidden=True)
        while True:
            name = _tried(lambda: asyncio.run(bot_name(self._config())))
            if name is not None:
                click.echo(f"   Telegram knows it as @{name}.")
                return name
            self._ask("Token", self._with_token, is_hidden=True)

    def _with_token(self, text: str) -> Wish:
        return replace(self.wish, token=text)

    def _chat(self, bot: str) -> None:
        from monitor.setting_up.prove import greet

        known = self.wish.chats or self._config().telegram.chats
        if not known:
            click.echo(_CHAT.format(bot=bot))
        while True:
            chat = known[0] if known else self._named_or_found("Chat", bot)
            if chat is not None:
                there = _tried(lambda: asyncio.run(greet(self._config(), chat, bot)))  # noqa: B023 - called at once
                if there is not None:
                    self._take(there, known)
                    return
            known = ()

    def _take(self, chat: ChatId, known: tuple[ChatId, ...]) -> None:
        click.echo(f"   A test message arrived in {chat}.")
        if chat not in known:
            self.wish = self.wish.with_chat(chat)

    def _operators(self, bot: str) -> None:
        if self.wish.operators or self._config().telegram.operators:
            return
        click.echo(_OPERATORS)
        first = self._config().telegram.chats[0]
        chat = None
        while chat is None:
            chat = self._named_or_found("Chat", bot, default=first)
        self.wish = replace(self.wish, operators=(chat,))

    def _contact(self, _: str) -> None:
        if self.wish.contact or self._config().source.contact:
            return
        click.echo(_CONTACT)
        self._ask("Mail or https address", lambda text: replace(self.wish, contact=text))

    def _ask(self, words: str, change: Callable[[str], Wish], *, is_hidden: bool = False) -> None:
        """Ask until the answer is one that the configuration takes."""
        while True:
            before = self.wish
            self.wish = change(click.prompt(f"   {words}", hide_input=is_hidden).strip())
            if _tried(self._config) is not None:
                return
            self.wish = before

    def _named_or_found(self, words: str, bot: str, default: ChatId | None = None) -> ChatId | None:
        """Take a chat that is named, or look for it; None where neither came to something."""
        from monitor.setting_up.wish import chat_of

        shown = "find it" if default is None else str(default)
        text = click.prompt(f"   {words}", default=shown).strip()
        if default is not None and text == shown:
            return default
        if text in {"find", "find it"}:
            return self._found(bot)
        chat, before = chat_of(text), self.wish
        self.wish = replace(before, chats=(chat,))
        is_chat = _tried(self._config) is not None
        self.wish = before
        return chat if is_chat else None

    def _found(self, bot: str) -> ChatId | None:
        from monitor.setting_up.prove import chats_heard

        click.echo(f"   Waiting for a message to @{bot}, two minutes at most ...")
        found = _tried(lambda: asyncio.run(chats_heard(self._config(), FIND_SECONDS)))
        if not found:
            if found is not None:
                click.echo(
                    f"   Nothing came. Is @{bot} in the chat? In a group only /start@{bot} reaches it."
                )
            return None
        return _choose(found)


def _choose(found: tuple[Found, ...]) -> ChatId | None:
    for number, chat in enumerate(found, 1):
        click.echo(f"   {number}. {_plain(chat.name)} ({chat.kind}, {chat.id})")
    if len(found) == 1:
        return found[0].id if click.confirm("   Is it this one?", default=True) else None
    choice = click.prompt("   Which one (0: none)", type=click.IntRange(0, len(found)), default=1)
    return found[int(choice) - 1].id if choice else None


def _plain(words: str) -> str:
    """Write a stranger's words without what a terminal would obey."""
    return "".join(letter if letter.isprintable() else " " for letter in words)[:60]


def _tried(do: Callable[[], Value]) -> Value | None:
    """Give what comes of it; None where an expected error was shown instead."""
    from monitor.errors import ConfigError, MonitorError

    try:
        return do()
    except ConfigError as error:
        for mistake in error.mistakes:
            place = "" if mistake.file == "init" else f"{mistake.file}: {mistake.key}: "
            click.echo(f"   {place}Expected is {mistake.expected}.")
    except MonitorError as error:
        click.echo(f"   {error}")
    return None
