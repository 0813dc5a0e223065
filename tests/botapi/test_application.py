"""A real application, polling, gets each thing that happens as the right kind of update."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.ext import Application, TypeHandler

from tests.botapi import BotApi, Person


@pytest.fixture
async def heard(world: BotApi) -> AsyncIterator[asyncio.Queue[Update]]:
    """What an application's handlers are given, while it polls for every kind."""
    updates: asyncio.Queue[Update] = asyncio.Queue()

    async def hear(update: Update, _: Any) -> None:  # noqa: ANN401 - the context's type has five parameters
        await updates.put(update)

    builder = Application.builder().token(world.token).base_url(f"{world.url}/bot").job_queue(None)
    app = builder.build()
    app.add_handler(TypeHandler(Update, hear))
    async with app:
        await app.start()
        assert app.updater is not None
        await app.updater.start_polling(allowed_updates=Update.ALL_TYPES, timeout=2)
        yield updates
        await app.updater.stop()
        await app.stop()


def seen(update: Update) -> str:
    """Name an update's kind and what it says."""
    kind = next(key for key in update.to_dict() if key != "update_id")
    message = update.effective_message
    change = update.my_chat_member or update.chat_member
    query = update.callback_query or update.inline_query
    if change is not None:
        return f"{kind} {change.old_chat_member.status} > {change.new_chat_member.status}"
    if update.callback_query is not None:
        return f"{kind} {update.callback_query.data}"
    if query is not None and update.inline_query is not None:
        return f"{kind} {update.inline_query.query}"
    assert message is not None
    service = [
        name
        for name in (
            "new_chat_members",
            "migrate_to_chat_id",
            "migrate_from_chat_id",
            "forum_topic_created",
            "forum_topic_closed",
            "forum_topic_reopened",
        )
        if getattr(message, name)
    ]
    return f"{kind} {message.text or service}"


async def test_each_kind_of_happening_is_parsed_as_what_it_is(
    world: BotApi, heard: asyncio.Queue[Update], ann: Person, bob: Person
) -> None:
    ann.starts("MEX")
    keys = InlineKeyboardMarkup([[InlineKeyboardButton("Mute", callback_data="mute:MEX")]])
    happened = [await heard.get()]
    assert happened[0].message is not None
    await happened[0].message.reply_text("card", reply_markup=keys)
    ann.presses("Mute")
    ann.asks_inline("mexico")
    group = world.group("Coalition", admins=[ann]).adds_bot()
    ann.says("/help@monitor_test_bot", group)
    group.adds(bob).promotes_bot()
    new = group.upgrades()
    topic = new.topic("News")
    topic.closes().reopens()
    new.restricts_bot().removes_bot()
    world.channel("news", admins=[ann]).adds_bot().posts("/status")
    ann.blocks_bot()
    ann.starts()
    async with asyncio.timeout(20):
        happened += [await heard.get() for _ in range(19)]
    assert [seen(update) for update in happened] == [
        "message /start MEX",
        "callback_query mute:MEX",
        "inline_query mexico",
        "my_chat_member left > member",
        "message ['new_chat_members']",
        "message /help@monitor_test_bot",
        "chat_member left > member",
        "my_chat_member member > administrator",
        "message ['migrate_to_chat_id']",
        "message ['migrate_from_chat_id']",
        "message ['forum_topic_created']",
        "message ['forum_topic_closed']",
        "message ['forum_topic_reopened']",
        "my_chat_member administrator > restricted",
        "my_chat_member restricted > kicked",
        "my_chat_member left > administrator",
        "channel_post /status",
        "my_chat_member member > kicked",
        "my_chat_member kicked > member",
        "message /start",
    ]
    assert heard.empty()


async def test_two_applications_on_one_token_hear_of_a_conflict(
    world: BotApi, heard: asyncio.Queue[Update], ann: Person
) -> None:
    errors: asyncio.Queue[Exception] = asyncio.Queue()
    app = Application.builder().token(world.token).base_url(f"{world.url}/bot").job_queue(None).build()
    async with app:
        assert app.updater is not None
        await app.updater.start_polling(timeout=2, error_callback=errors.put_nowait)
        async with asyncio.timeout(20):
            assert "terminated by other getUpdates" in str(await errors.get())
        await app.updater.stop()
    ann.starts()
    async with asyncio.timeout(20):
        assert seen(await heard.get()) == "message /start"
