"""Polling by hand, as a test wants it."""

from __future__ import annotations

from telegram import Bot, Update


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
