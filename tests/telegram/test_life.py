"""The life of a chat, as Telegram tells it over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from monitor.dialogue.life import BLOCKED, MUTED, REMOVED
from monitor.model import Chat, Delivery, Message, Subscription, World
from tests.botapi import BotApi, blocked
from tests.telegram.house import Notebook, running, troubles, until
from tests.telegram.line import TOKEN

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    """Telegram where nobody exists who was not described."""
    with BotApi(chats=(), token=TOKEN) as api:
        yield api


async def test_a_group_is_greeted_once_and_again_after_it_chose_nothing_and_threw_the_bot_out(
    telegram: BotApi,
) -> None:
    ann = telegram.person("Ann")
    group = telegram.supergroup("Coalition", admins=[ann])
    notebook = Notebook()
    async with running(telegram.url, notebook.house()):
        group.adds_bot(by=ann)
        await group.awaits("/subscribe")
        group.promotes_bot()
        group.removes_bot()
        group.adds_bot(by=ann)
        await until(lambda: len(group.sent()) == 2)
    assert notebook.world == World()


async def test_a_channels_administrator_is_told_in_private_what_to_do(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    ann.starts()
    channel = telegram.channel("news", admins=[ann])
    async with running(telegram.url):
        channel.adds_bot(by=ann)
        await ann.awaits("I may post in News now")
    assert channel.sent() == []


async def test_an_administrator_who_never_started_the_bot_is_no_error(telegram: BotApi) -> None:
    ann, bob = telegram.person("Ann"), telegram.person("Bob")
    async with running(telegram.url) as (_, logs):
        telegram.channel("news", admins=[ann]).adds_bot(by=ann)
        bob.says("/status Mexico")
        await bob.awaits("status of Mexico")
    assert troubles(logs) == []


async def test_a_chat_that_blocks_mutes_or_removes_the_bot_rests_and_wakes_with_its_settings(
    telegram: BotApi,
) -> None:
    ann = telegram.person("Ann")
    group = telegram.supergroup("Coalition", admins=[ann])
    notebook = Notebook()

    def away(chat: int) -> str:
        return notebook.world.chats[chat].away

    async with running(telegram.url, notebook.house()):
        group.adds_bot(by=ann)
        ann.says("/subscribe all")
        await ann.awaits("chosen: all")
        ann.says("/subscribe all", group)
        await group.awaits("chosen: all")
        ann.blocks_bot()
        await until(lambda: away(ann.id) == BLOCKED)
        group.restricts_bot()
        await until(lambda: away(group.id) == MUTED)
        group.removes_bot()
        await until(lambda: away(group.id) == REMOVED)
        since = notebook.world.chats[group.id].away_since
        ann.unblocks_bot()
        await ann.awaits("Nothing was published meanwhile")
        notebook.missed = (Delivery("1", group.id, Message("missed"), NOW, NOW),)
        group.adds_bot(by=ann)
        await until(lambda: not away(group.id))
    assert since is not None
    assert {each.chat for each in notebook.world.subscriptions} == {ann.id, group.id}
    assert [each.message.html for each in notebook.world.deliveries] == ["missed"]
    assert not any("Nothing was published" in text for text in group.reads())


async def test_a_group_that_becomes_a_supergroup_takes_every_record_with_it(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    group = telegram.group("Coalition", admins=[ann]).adds_bot()
    chat = Chat(group.id, title="Coalition")
    notebook = Notebook(World(chats={group.id: chat}, subscriptions=(Subscription(group.id),)))
    async with running(telegram.url, notebook.house()):
        new = group.upgrades()
        await until(lambda: new.id in notebook.world.chats)
        ann.says("/status Mexico", new)
        await new.awaits("status of Mexico")
    assert list(notebook.world.chats) == [new.id]
    assert [each.chat for each in notebook.world.subscriptions] == [new.id]


async def test_the_move_of_a_group_that_chose_nothing_writes_nothing(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    group = telegram.group("Coalition", admins=[ann]).adds_bot()
    notebook = Notebook()
    async with running(telegram.url, notebook.house()):
        new = group.upgrades()
        ann.says("/status Mexico", new)
        await new.awaits("status of Mexico")
    assert notebook.world == World()


async def test_a_chat_that_refuses_the_greeting_is_no_error_and_what_was_decided_stands(
    telegram: BotApi,
) -> None:
    ann = telegram.person("Ann")
    away = Chat(ann.id, away=BLOCKED, away_since=NOW)
    notebook = Notebook(World(chats={ann.id: away}, subscriptions=(Subscription(ann.id),)))
    async with running(telegram.url, notebook.house()) as (_, logs):
        telegram.fails_with(ann.id, blocked())
        ann.unblocks_bot()
        await until(lambda: not notebook.world.chats[ann.id].away)
        ann.says("/status Mexico")
        await ann.awaits("status of Mexico")
    assert troubles(logs) == []


async def test_where_the_store_cannot_be_written_a_change_of_a_chat_ends_the_service(
    telegram: BotApi,
) -> None:
    ann = telegram.person("Ann")
    ann.starts()
    notebook = Notebook(World(subscriptions=(Subscription(ann.id),)), is_full=True)
    async with running(telegram.url, notebook.house()):
        ann.blocks_bot()
        await until(lambda: notebook.ended)
