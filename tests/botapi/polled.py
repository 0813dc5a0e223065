"""Asking by hand what python-telegram-bot would not ask so."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

import httpx
import pytest
from telegram import Bot, Update
from telegram.error import TelegramError

from tests.botapi import BotApi


async def only(bot: Bot) -> Update:
    """Poll the one update there is, and confirm it."""
    (update,) = await bot.get_updates()
    await bot.get_updates(offset=update.update_id + 1)
    return update


async def kinds(bot: Bot) -> list[str]:
    updates = await bot.get_updates()
    if updates:
        await bot.get_updates(offset=updates[-1].update_id + 1)
    return [next(key for key in update.to_dict() if key != "update_id") for update in updates]


async def posted(api: BotApi, method: str, **fields: object) -> Any:  # noqa: ANN401 - JSON
    """Call a method with JSON; gives its result or the description of its refusal."""
    async with httpx.AsyncClient(timeout=30) as client:
        answer = (await client.post(f"{api.url}/bot{api.token}/{method}", json=fields)).json()
    return answer["result"] if answer["ok"] else answer["description"]


async def refusal(ask: Awaitable[object]) -> str:
    with pytest.raises(TelegramError) as error:
        await ask
    return error.value.message
