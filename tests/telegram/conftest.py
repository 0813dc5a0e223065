from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from monitor.telegram.sender import TelegramSender
from tests.botapi import BotApi
from tests.telegram.line import TOKEN


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi(chats=(1, -100, "@channel"), token=TOKEN) as api:
        yield api


@pytest.fixture
async def sender(telegram: BotApi) -> AsyncIterator[TelegramSender]:
    sender = TelegramSender(TOKEN, telegram.url + "/", connect_timeout=2, read_timeout=1.5)
    await sender.start()
    yield sender
    await sender.close()
