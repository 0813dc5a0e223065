from __future__ import annotations

import pytest
from telegram import Bot
from telegram.constants import ChatMemberStatus
from telegram.error import BadRequest, ChatMigrated, Forbidden

from tests.botapi import BotApi, Person
from tests.botapi.polled import kinds, only


async def test_a_bot_added_to_a_group_hears_it_and_what_is_said_from_then_on(
    ours: Bot, world: BotApi, ann: Person, bob: Person
) -> None:
    group = world.group("Coalition", admins=[ann], members=[bob])
    bob.says("before", group)
    with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
        await ours.send_message(group.id, "x")
    group.adds_bot(by=ann)
    said = bob.says("/help", group)
    change, come, message = await ours.get_updates()
    assert change.my_chat_member is not None
    assert change.my_chat_member.from_user.id == ann.id
    assert change.my_chat_member.new_chat_member.status == ChatMemberStatus.MEMBER
    assert come.message is not None
    assert come.message.new_chat_members[0].id == ours.id
    assert message.message is not None
    assert (message.message.chat.title, message.message.chat.type) == ("Coalition", "group")
    await ours.send_message(group.id, "y", reply_to_message_id=said.id)
    assert (group.reads(), group.last().reply_to) == (["y"], said.id)


async def test_a_bot_is_promoted_restricted_and_removed(ours: Bot, world: BotApi, ann: Person) -> None:
    group = world.group("Coalition", admins=[ann]).adds_bot()
    await kinds(ours)
    for act, status in (
        (group.promotes_bot, "administrator"),
        (group.demotes_bot, "member"),
        (group.restricts_bot, "restricted"),
        (group.removes_bot, "kicked"),
    ):
        act()
        change = (await only(ours)).my_chat_member
        assert change is not None
        assert change.new_chat_member.status == status
    ann.says("are you there", group)
    assert await kinds(ours) == []


async def test_an_upgrade_is_told_in_both_chats_and_the_old_one_refuses(
    ours: Bot, world: BotApi, ann: Person
) -> None:
    group = world.group("Coalition", admins=[ann]).adds_bot()
    await kinds(ours)
    new = group.upgrades()
    to, since = await ours.get_updates()
    assert to.message is not None
    assert since.message is not None
    assert (to.message.chat.id, to.message.migrate_to_chat_id) == (group.id, new.id)
    assert (since.message.chat.id, since.message.migrate_from_chat_id) == (new.id, group.id)
    assert since.message.chat.type == "supergroup"
    await kinds(ours)
    ann.says("anybody left?", group)
    assert await kinds(ours) == []
    ann.says("here we are", new)
    assert await kinds(ours) == ["message"]
    with pytest.raises(ChatMigrated) as error:
        await ours.send_message(group.id, "x")
    assert error.value.new_chat_id == new.id
    await ours.send_message(new.id, "y")
    assert new.reads() == ["y"]


async def test_an_upgrade_that_is_not_announced_shows_only_as_an_error(
    ours: Bot, world: BotApi, ann: Person
) -> None:
    group = world.group("Coalition", admins=[ann]).adds_bot()
    await kinds(ours)
    group.upgrades(is_announced=False)
    assert await kinds(ours) == []
    with pytest.raises(ChatMigrated):
        await ours.send_message(group.id, "x")


async def test_a_topic_is_opened_spoken_in_closed_and_deleted(ours: Bot, world: BotApi, ann: Person) -> None:
    forum = world.group("Forum", admins=[ann], has_topics=True).adds_bot()
    await kinds(ours)
    news = forum.topic("News")
    ann.says("/recent", news)
    opened, said = await ours.get_updates()
    assert opened.message is not None
    assert opened.message.forum_topic_created is not None
    assert opened.message.message_thread_id == news.thread
    assert said.message is not None
    assert (said.message.message_thread_id, said.message.is_topic_message) == (news.thread, True)
    assert said.message.chat.is_forum
    await ours.send_message(forum.id, "in it", message_thread_id=news.thread)
    await ours.send_message(forum.id, "beside it")
    assert (news.reads(), forum.general.reads()) == (["in it"], ["beside it"])
    assert forum.reads() == ["in it", "beside it"]
    assert forum.topic("News").thread == news.thread
    news.closes()
    with pytest.raises(BadRequest, match="Topic_closed"):
        await ours.send_message(forum.id, "x", message_thread_id=news.thread)
    news.reopens()
    await ours.send_message(forum.id, "again", message_thread_id=news.thread)
    news.is_deleted()
    with pytest.raises(BadRequest, match="Topic_deleted"):
        await ours.send_message(forum.id, "x", message_thread_id=news.thread)
    assert (news.reads(), forum.reads()) == ([], ["beside it"])


async def test_a_channels_post_comes_without_a_person_and_only_to_a_bot_that_is_there(
    ours: Bot, world: BotApi, ann: Person
) -> None:
    channel = world.channel("news", admins=[ann])
    channel.posts("before")
    channel.adds_bot(by=ann).posts("/status mexico", by=ann)
    change, post = await ours.get_updates()
    assert change.my_chat_member is not None
    assert change.my_chat_member.new_chat_member.to_dict()["can_post_messages"] is True
    assert post.channel_post is not None
    assert (post.channel_post.chat.username, post.channel_post.from_user) == ("news", None)
    assert post.channel_post.sender_chat is not None
    await ours.send_message("@news", "by name")
    await ours.send_message(channel.id, "by number")
    assert channel.reads() == ["by name", "by number"]


async def test_an_anonymous_administrator_speaks_as_the_group(ours: Bot, world: BotApi, ann: Person) -> None:
    group = world.supergroup("Coalition", admins=[ann]).adds_bot()
    await kinds(ours)
    ann.says("/subscribe", group, is_anonymous=True)
    message = (await only(ours)).message
    assert message is not None
    assert message.from_user is not None
    assert message.sender_chat is not None
    assert (message.from_user.username, message.sender_chat.id) == ("GroupAnonymousBot", group.id)


def test_who_is_not_in_a_group_cannot_speak_there(world: BotApi, ann: Person, bob: Person) -> None:
    group = world.group("Coalition", admins=[ann])
    with pytest.raises(AssertionError, match="Bob is not in Coalition"):
        bob.says("x", group)
    group.adds(bob)
    bob.says("x", group)
