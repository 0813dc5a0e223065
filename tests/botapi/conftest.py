from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from tests.botapi import BotApi, Person


@pytest.fixture(autouse=True)
def new_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def world() -> Iterator[BotApi]:
    """Telegram where nobody exists who was not described."""
    with BotApi(chats=()) as api:
        yield api


@pytest.fixture
async def ours(world: BotApi) -> AsyncIterator[Bot]:
    """The bot of that Telegram, as python-telegram-bot speaks for it."""
    requests = [HTTPXRequest(read_timeout=10, connection_pool_size=4) for _ in range(2)]
    bot = Bot(world.token, base_url=f"{world.url}/bot", get_updates_request=requests[0], request=requests[1])
    await bot.initialize()
    yield bot
    await bot.shutdown()


@pytest.fixture
def ann(world: BotApi) -> Person:
    return world.person("Ann", language="fr", username="ann_a")


@pytest.fixture
def bob(world: BotApi) -> Person:
    return world.person("Bob")
