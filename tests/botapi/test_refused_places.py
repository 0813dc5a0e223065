from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from tests.botapi import BotApi, Channel, Group, Person
from tests.botapi.polled import refusal


async def test_a_group_that_removed_muted_or_deleted_says_so(ours: Bot, world: BotApi, ann: Person) -> None:
    group = world.group("Coalition", admins=[ann]).adds_bot()
    forum = world.group("Forum", admins=[ann], has_topics=True).adds_bot()

    async def says(chat: Group) -> str:
        return await refusal(ours.send_message(chat.id, "x"))

    group.removes_bot()
    forum.restricts_bot()
    assert await says(group) == "Forbidden: bot was kicked from the group chat"
    assert await says(forum) == "Not enough rights to send text messages to the chat"
    forum.removes_bot()
    assert await says(forum) == "Forbidden: bot was kicked from the supergroup chat"
    forum.adds_bot()
    await ours.send_message(forum.id, "x")
    await ours.leave_chat(forum.id)
    assert await says(forum) == "Forbidden: bot is not a member of the supergroup chat"
    forum.adds_bot().is_deleted()
    assert await says(forum) == "Forbidden: the group chat was deleted"


async def test_a_muted_bot_may_still_send_what_it_is_left(ours: Bot, world: BotApi, ann: Person) -> None:
    group = world.supergroup("Coalition", admins=[ann]).adds_bot()
    group.restricts_bot(rights={"can_send_messages": True})
    await ours.send_message(group.id, "x")
    sent = ours.send_document(group.id, b"a,b", filename="register.csv")
    assert await refusal(sent) == "Not enough rights to send documents to the chat"


async def test_a_channel_takes_posts_of_administrators_that_may_post(
    ours: Bot, world: BotApi, ann: Person
) -> None:
    channel: Channel = world.channel("news", admins=[ann])
    with pytest.raises(Forbidden, match="bot is not a member of the channel chat"):
        await ours.send_message("@news", "x")
    channel.adds_bot(rights={"can_delete_messages": True})
    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await ours.send_message("@news", "x")
    channel.demotes_bot()
    with pytest.raises(BadRequest, match="Need administrator rights in the channel chat"):
        await ours.send_message("@news", "x")
    channel.removes_bot()
    with pytest.raises(Forbidden, match="bot was kicked from the channel chat"):
        await ours.send_message("@news", "x")


async def test_topics_that_never_were_or_are_closed_are_refused_an_administrator_may_write(
    ours: Bot, world: BotApi, ann: Person
) -> None:
    forum = world.group("Forum", admins=[ann], has_topics=True).adds_bot()
    news = forum.topic("News")
    never = ours.send_message(forum.id, "x", message_thread_id=99)
    assert await refusal(never) == "Message thread not found"
    news.closes()
    closed = ours.send_message(forum.id, "x", message_thread_id=news.thread)
    assert await refusal(closed) == "Topic_closed"
    forum.general.closes()
    assert await refusal(ours.send_message(forum.id, "x")) == "Topic_closed"
    forum.promotes_bot(rights={"can_manage_topics": True})
    await ours.send_message(forum.id, "x", message_thread_id=news.thread)


async def test_typing_is_shown_only_where_the_bot_is_and_with_a_known_action(
    ours: Bot, ann: Person, world: BotApi
) -> None:
    ann.starts()
    assert await ours.send_chat_action(ann.id, "typing")
    assert await refusal(ours.send_chat_action(ann.id, "dancing")) == "Wrong parameter action in request"
    group = world.group("Coalition")
    assert "not a member" in await refusal(ours.send_chat_action(group.id, "typing"))
