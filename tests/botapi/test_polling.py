from __future__ import annotations

import asyncio

import pytest
from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError

from tests.botapi import BotApi, Person, Refusal, flooded, server_error
from tests.botapi.polled import kinds


async def test_the_older_of_two_polls_ends_in_conflict_and_the_newer_gets_what_happens(
    ours: Bot, ann: Person, world: BotApi
) -> None:
    older = asyncio.create_task(ours.get_updates(timeout=30))
    await asyncio.to_thread(world.waits_for_call, "getUpdates")
    async with Bot(world.token, base_url=f"{world.url}/bot") as other:
        newer = asyncio.create_task(other.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await older
        ann.says("hello")
        (update,) = await newer
        assert update.message is not None


async def test_kinds_that_were_not_asked_for_are_dropped_for_good(ours: Bot, ann: Person) -> None:
    await ours.get_updates(allowed_updates=["message"])
    ann.starts()
    ann.asks_inline("mexico")
    ann.blocks_bot()
    assert await kinds(ours) == ["message"]
    await ours.get_updates(allowed_updates=["message", "my_chat_member"])
    assert await kinds(ours) == []
    ann.unblocks_bot()
    ann.asks_inline("mexico")
    assert await kinds(ours) == ["my_chat_member"]
    await ours.get_updates(allowed_updates=[])
    ann.asks_inline("mexico")
    assert await kinds(ours) == ["inline_query"]


async def test_other_members_changes_come_only_when_asked_for(
    ours: Bot, world: BotApi, ann: Person, bob: Person
) -> None:
    group = world.supergroup("Coalition", admins=[ann]).adds_bot()
    await kinds(ours)
    group.adds(bob)
    await ours.get_updates(allowed_updates=["chat_member"])
    group.promotes(bob)
    assert await kinds(ours) == ["chat_member"]


async def test_a_poll_gives_as_many_as_it_asks_for_and_a_negative_offset_the_last(
    ours: Bot, ann: Person
) -> None:
    for at in range(5):
        ann.says(str(at))
    assert [each.message and each.message.text for each in await ours.get_updates(limit=2)] == ["0", "1"]
    assert [each.message and each.message.text for each in await ours.get_updates(-2)] == ["3", "4"]
    assert len(await ours.get_updates()) == 2


async def test_a_webhook_is_deleted_with_or_without_what_waits(ours: Bot, ann: Person) -> None:
    ann.says("kept")
    await ours.delete_webhook()
    assert len(await ours.get_updates()) == 1
    await ours.delete_webhook(drop_pending_updates=True)
    assert await ours.get_updates() == ()


async def test_a_revoked_token_fails_everything_also_who_polls_until_it_is_restored(
    ours: Bot, ann: Person, world: BotApi
) -> None:
    ann.starts()
    await kinds(ours)
    polling = asyncio.create_task(ours.get_updates(timeout=30))
    await asyncio.to_thread(world.waits_for_call, "getUpdates", 3)
    world.revokes_token()
    async with asyncio.timeout(20):
        for ask in (polling, ours.send_message(ann.id, "x"), ours.get_me()):
            with pytest.raises(InvalidToken):
                await ask
    world.restores_token()
    await ours.send_message(ann.id, "y")
    assert ann.reads() == ["y"]


async def test_a_fault_may_be_for_one_method_only(ours: Bot, ann: Person, world: BotApi) -> None:
    ann.starts()
    sent = await ours.send_message(ann.id, "x")
    world.fails_with(ann.id, flooded(3), times=2, method="editMessageText")
    await ours.send_message(ann.id, "y")
    for _ in range(2):
        with pytest.raises(TelegramError, match="Flood control"):
            await ours.edit_message_text("z", ann.id, sent.message_id)
    await ours.edit_message_text("z", ann.id, sent.message_id)
    assert ann.reads() == ["z", "y"]


async def test_a_fault_without_a_method_waits_for_what_is_sent_there(
    ours: Bot, ann: Person, world: BotApi
) -> None:
    ann.starts()
    sent = await ours.send_message(ann.id, "x")
    world.fails_with(ann.id, Refusal(400, "Bad Request: CHAT_RESTRICTED"))
    await ours.send_chat_action(ann.id, "typing")
    await ours.edit_message_text("z", ann.id, sent.message_id)
    with pytest.raises(TelegramError, match="Chat_restricted"):
        await ours.send_document(ann.id, b"a", filename="a.csv")
    await ours.send_document(ann.id, b"a", filename="a.csv")


async def test_methods_without_a_chat_and_answers_to_queries_can_be_failed_too(
    ours: Bot, ann: Person, world: BotApi
) -> None:
    world.fails_with(None, server_error(), method="setMyCommands")
    world.fails_with(ann.id, server_error(), method="answerInlineQuery")
    with pytest.raises(TelegramError, match="Bad Gateway"):
        await ours.set_my_commands([])
    assert await ours.set_my_commands([])
    asked = ann.asks_inline("mexico")
    with pytest.raises(TelegramError, match="Bad Gateway"):
        await ours.answer_inline_query(asked.id, [])
    await ours.answer_inline_query(asked.id, [])
    assert asked.titles == []
