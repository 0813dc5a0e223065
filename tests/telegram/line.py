"""A delivery, and what a sender says when it fails."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.errors import DeliveryError
from monitor.model import Button, Delivery, Message
from monitor.telegram.sender import TelegramSender

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TOKEN = "987654321:" + "AAtest-secret_of-this-test-only-xyz012"
MESSAGE = Message("<b>Mexico</b> &lt;published&gt;", (Button("Open", "https://example.org/a?b=1&c=2"),))


def owed(chat: int | str = 1, message: Message = MESSAGE, thread: int | None = None) -> Delivery:
    return Delivery("1", chat, message, NOW, NOW, thread)


async def refusal(sender: TelegramSender, delivery: Delivery | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await sender.send(delivery or owed())
    return caught.value


def marks(error: DeliveryError) -> set[str]:
    return {name for name, value in vars(error).items() if value}
