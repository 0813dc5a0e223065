"""The bot as the program makes it, in the test's own event loop: real store, real conversation, HTTP to the tests' Telegram."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import httpx
from pydantic import SecretStr
from rich.console import Console
from structlog.testing import capture_logs
from structlog.typing import EventDict

from monitor.alert.pace import Pace
from monitor.answering import _house
from monitor.app import Monitor, open_monitor
from monitor.drawing import Pen
from monitor.errors import StoreError
from monitor.evidence.keeps import NoEvidence
from monitor.model import ChatId, Commit, NotModified, Validators, World
from monitor.telegram.bot import Bot
from tests.botapi import BotApi
from tests.fakes import SHIPPED
from tests.telegram.line import TOKEN

PATIENCE = 60.0
"""Seconds: a slow, busy machine is no fault of the bot."""


class Unchanged:
    """Profile pages that never change."""

    async def fetch(self, url: str, _: Validators) -> NotModified:
        return NotModified(url)


class Hasty(Pace):
    """Keeps no limit, except where Telegram asked for a pause."""

    def chat_start(self, _: ChatId, now: datetime) -> datetime:
        return now

    def next_start(self, _: ChatId, now: datetime) -> datetime:
        return max(now, self._held_until)


@dataclass
class House:
    """A running bot and what it is made of."""

    telegram: BotApi
    monitor: Monitor
    bot: Bot
    logs: list[EventDict]
    ended: list[StoreError]

    @property
    def world(self) -> World:
        return self.monitor.store.load()

    @property
    def troubles(self) -> list[EventDict]:
        """What was logged of the bot that somebody should look at; how pages are read is no matter of its."""
        return [
            line
            for line in self.logs
            if line["log_level"] not in {"debug", "info"} and line["event"] not in {"look", "operators"}
        ]

    @property
    def refusals(self) -> list[tuple[str, str]]:
        """What Telegram refused; that the last poll ends the one before it is no fault."""
        return [each for each in self.telegram.state.refusals if each[0] != "getUpdates"]

    async def settles(self) -> None:
        """Wait until all that happened was answered, and what was begun has ended."""
        async with asyncio.timeout(PATIENCE):
            await self.has_heard()
            await self.bot._app.update_queue.join()
            while self.bot._conversation._acting:
                await asyncio.gather(*self.bot._conversation._acting, return_exceptions=True)

    async def has_heard(self) -> None:
        """Wait until the bot has taken all that happened."""
        while self.telegram.state.inbox._updates:  # noqa: ASYNC110 - the server lives in other threads
            await asyncio.sleep(0.003)


@asynccontextmanager
async def living(
    folder: Path,
    telegram: BotApi,
    commit: Commit,
    operators: Iterable[ChatId] = (),
    *,
    a_minute: int = 1000,
) -> AsyncIterator[House]:
    """Run the bot on a world; ``a_minute``: how many commands of one person are answered."""
    told = {
        "token": SecretStr(TOKEN),
        "api_url": telegram.url,
        "operators": tuple(operators),
        "commands_per_minute": a_minute,
    }
    config = replace(
        SHIPPED,
        telegram=SHIPPED.telegram.model_copy(update=told),
        store=SHIPPED.store.model_copy(update={"path": folder / "monitor.json"}),
    )
    ended: list[StoreError] = []
    with capture_logs() as logs:
        async with open_monitor(config, command="test", console=Console()) as monitor:
            # Nothing is asked of a site: a file that is tried for again and again keeps everybody waiting.
            monitor.sweeper = replace(monitor.sweeper, fetcher=Unchanged(), evidence=NoEvidence())
            monitor.pace = Hasty()
            await monitor.store.acommit(commit)
            bot = Bot(TOKEN, telegram.url, _house(monitor, ended.append, Pen()))
            await bot.start()
            try:
                house = House(telegram, monitor, bot, logs, ended)
                await house.settles()
                yield house
            finally:
                await bot.stop()


def unhurried(house: House, read_timeout: float = 2.0) -> None:
    """Let the bot wait no longer than this for an answer: in seconds, for tests in which none comes."""
    client = house.bot._bot.request._client  # type: ignore[attr-defined] # the one place where PTB keeps it
    client.timeout = httpx.Timeout(connect=5, read=read_timeout, write=5, pool=10)
