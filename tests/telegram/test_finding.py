from __future__ import annotations

import asyncio
import traceback
from collections.abc import AsyncIterator

import pytest

from monitor.errors import DeliveryError
from monitor.telegram.finding import Finder, Found
from tests.botapi import BotApi
from tests.telegram.line import TOKEN


@pytest.fixture
async def finder(telegram: BotApi) -> AsyncIterator[Finder]:
    async with Finder(TOKEN, telegram.url) as opened:
        yield opened


async def test_a_chat_is_found_by_what_somebody_writes_in_it_the_newest_first(
    telegram: BotApi, finder: Finder
) -> None:
    ann = telegram.person("Ann")
    group = telegram.group("Watchdogs", admins=[ann]).adds_bot()
    ann.starts()
    assert await finder.look(5) == (
        Found(ann.id, "Ann", "private"),
        Found(group.id, "Watchdogs", "group"),
    )
    assert await finder.look(0) == ()


async def test_it_waits_for_whoever_writes_next(telegram: BotApi, finder: Finder) -> None:
    looking = asyncio.create_task(finder.look(9))
    await asyncio.to_thread(telegram.waits_for_call, "getUpdates")
    telegram.push_update("/start", -100)
    assert [each.id for each in await looking] == [-100]


async def test_a_chat_that_the_bot_left_is_none(telegram: BotApi, finder: Finder) -> None:
    telegram.group("Watchdogs", admins=[telegram.person("Ann")]).adds_bot().removes_bot()
    assert await finder.look(5) == ()


async def test_a_group_that_became_a_supergroup_is_found_as_what_it_is_now(
    telegram: BotApi, finder: Finder
) -> None:
    group = telegram.group("Watchdogs", admins=[telegram.person("Ann")]).adds_bot()
    new = group.upgrades()
    assert {each.id for each in await finder.look(5)} <= {new.id}


async def test_a_channel_is_found_when_the_bot_is_made_its_administrator(
    telegram: BotApi, finder: Finder
) -> None:
    channel = telegram.channel("watch", admins=[telegram.person("Ann")]).adds_bot()
    assert await finder.look(5) == (Found(channel.id, "Watch", "channel"),)


async def test_who_else_polls_is_said_with_what_to_do(telegram: BotApi, finder: Finder) -> None:
    looking = asyncio.create_task(finder.look(9))
    await asyncio.to_thread(telegram.waits_for_call, "getUpdates")
    async with Finder(TOKEN, telegram.url) as other:
        await other.look(0)
        with pytest.raises(DeliveryError, match="stop it while you look for the chat"):
            await looking


async def test_a_failure_carries_no_token(telegram: BotApi, finder: Finder) -> None:
    telegram.revokes_token()
    with pytest.raises(DeliveryError) as caught:
        await finder.look(0)
    assert caught.value.is_bot_fault
    assert TOKEN not in "".join(traceback.format_exception(caught.value))
