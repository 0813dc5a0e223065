from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.botapi import BotApi
from tests.telegram.line import TOKEN


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    """Telegram where nobody exists who was not described."""
    with BotApi(chats=(), token=TOKEN) as api:
        yield api
