from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import BadRequest, Forbidden

from tests.botapi import BotApi, Person
from tests.botapi.polled import kinds


async def test_a_chats_members_are_known_by_their_status(
    ours: Bot, world: BotApi, ann: Person, bob: Person
) -> None:
    carl, dora = world.person("Carl"), world.person("Dora")
    group = world.supergroup("Coalition", admins=[ann, carl], members=[bob]).adds_bot()
    group.promotes(bob).demotes(carl)
    found = [(await ours.get_chat_member(group.id, each.id)).status for each in (ann, bob, carl, dora)]
    assert found == ["creator", "administrator", "member", "left"]
    group.removes(bob)
    assert (await ours.get_chat_member(group.id, bob.id)).status == "kicked"
    assert (await ours.get_chat_member(group.id, ours.id)).status == "member"
    assert [each.user.id for each in await ours.get_chat_administrators(group.id)] == [ann.id]
    group.promotes_bot()
    assert {each.user.id for each in await ours.get_chat_administrators(group.id)} == {ann.id, ours.id}
    with pytest.raises(BadRequest, match="Invalid user_id"):
        await ours.get_chat_member(group.id, 12)


async def test_members_are_hidden_from_a_bot_that_is_not_there(ours: Bot, world: BotApi, ann: Person) -> None:
    group = world.group("Coalition", admins=[ann])
    for ask in (
        ours.get_chat_member(group.id, ann.id),
        ours.get_chat_administrators(group.id),
        ours.get_chat(group.id),
    ):
        with pytest.raises(Forbidden, match="bot is not a member of the group chat"):
            await ask


async def test_a_channel_shows_its_members_to_administrators_only(
    ours: Bot, world: BotApi, ann: Person
) -> None:
    channel = world.channel("news", admins=[ann]).adds_bot()
    assert (await ours.get_chat_member("@news", ann.id)).status == "creator"
    assert {each.user.id for each in await ours.get_chat_administrators("@news")} == {ann.id, ours.id}
    channel.demotes_bot()
    assert (await ours.get_chat_member("@news", ours.id)).status == "member"
    for ask in (ours.get_chat_member("@news", ann.id), ours.get_chat_administrators("@news")):
        with pytest.raises(BadRequest, match="Member list is inaccessible"):
            await ask


async def test_a_private_chat_has_no_administrators_and_cannot_be_left(ours: Bot, ann: Person) -> None:
    ann.starts()
    assert (await ours.get_chat_member(ann.id, ann.id)).status == "member"
    with pytest.raises(BadRequest, match="There are no administrators in the private chat"):
        await ours.get_chat_administrators(ann.id)
    with pytest.raises(BadRequest, match="can't be changed in private chats"):
        await ours.leave_chat(ann.id)


async def test_a_chat_tells_what_it_is(ours: Bot, world: BotApi, ann: Person) -> None:
    ann.starts()
    forum = world.group("Forum", admins=[ann], has_topics=True).adds_bot()
    seen, channel = await ours.get_chat(forum.id), world.channel("news").adds_bot()
    assert (seen.type, seen.title, seen.is_forum) == ("supergroup", "Forum", True)
    assert (await ours.get_chat("@news")).id == channel.id
    assert (await ours.get_chat(ann.id)).first_name == "Ann"


async def test_a_bot_that_leaves_is_told_so_and_hears_no_more(ours: Bot, world: BotApi, ann: Person) -> None:
    group = world.group("Coalition", admins=[ann]).adds_bot()
    await kinds(ours)
    await ours.leave_chat(group.id)
    ann.says("hello", group)
    assert await kinds(ours) == ["my_chat_member"]


async def test_a_chat_that_was_only_numbered_can_be_left_too() -> None:
    with BotApi(chats=(-5,)) as api:
        bot = Bot(api.token, base_url=f"{api.url}/bot")
        async with bot:
            assert (await bot.get_chat_member(-5, 7)).status == "member"
            await bot.leave_chat(-5)
            with pytest.raises(Forbidden, match="not a member"):
                await bot.send_message(-5, "x")
