from __future__ import annotations

from typing import Any

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllChatAdministrators,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BotCommandScopeChatAdministrators,
    BotCommandScopeChatMember,
)
from telegram.error import BadRequest

from tests.botapi import BotApi, Person
from tests.botapi.polled import posted


def only(name: str) -> list[BotCommand]:
    return [BotCommand(name, name.capitalize())]


async def test_commands_are_kept_by_scope_and_language(ours: Bot) -> None:
    groups = BotCommandScopeAllGroupChats()
    await ours.set_my_commands(only("status"))
    await ours.set_my_commands(only("statut"), language_code="fr")
    await ours.set_my_commands(only("recent"), groups)
    assert [each.command for each in await ours.get_my_commands()] == ["status"]
    assert [each.command for each in await ours.get_my_commands(language_code="fr")] == ["statut"]
    assert [each.command for each in await ours.get_my_commands(groups)] == ["recent"]
    await ours.delete_my_commands(groups)
    assert await ours.get_my_commands(groups) == ()


async def test_everybody_is_offered_the_narrowest_scope_in_their_language(
    ours: Bot, world: BotApi, ann: Person, bob: Person
) -> None:
    group = world.supergroup("Coalition", admins=[ann], members=[bob]).adds_bot()
    ann.starts()
    assert bob.menu() == []
    for name, scope, language in (
        ("all", None, ""),
        ("tous", None, "fr"),
        ("private", BotCommandScopeAllPrivateChats(), ""),
        ("groups", BotCommandScopeAllGroupChats(), ""),
        ("admins", BotCommandScopeAllChatAdministrators(), ""),
        ("chefs", BotCommandScopeAllChatAdministrators(), "fr"),
    ):
        await ours.set_my_commands(only(name), scope, language_code=language)
    assert (ann.menu(), bob.menu()) == (["/private Private"], ["/private Private"])
    assert (ann.menu(group), bob.menu(group)) == (["/chefs Chefs"], ["/groups Groups"])
    await ours.set_my_commands(only("here"), BotCommandScopeChat(group.id))
    await ours.set_my_commands(only("mine"), BotCommandScopeChat(ann.id))
    assert (ann.menu(), ann.menu(group), bob.menu(group)) == (["/mine Mine"], ["/here Here"], ["/here Here"])
    await ours.set_my_commands(only("bosses"), BotCommandScopeChatAdministrators(group.id))
    await ours.set_my_commands(only("bob"), BotCommandScopeChatMember(group.id, bob.id))
    assert (ann.menu(group), bob.menu(group)) == (["/bosses Bosses"], ["/bob Bob"])


@pytest.mark.parametrize(
    ("commands", "sentence"),
    [
        ([BotCommand("Status", "x")], "Bot_command_invalid"),
        ([BotCommand("x" * 33, "x")], "Bot_command_invalid"),
        ([BotCommand("état", "x")], "Bot_command_invalid"),
        ([BotCommand("status", "")], "Bot_command_description_invalid"),
        ([BotCommand("status", "x" * 257)], "Bot_command_description_invalid"),
        (only("status") * 101, "Bot_commands_too_much"),
    ],
)
async def test_commands_telegram_would_not_take_are_refused(
    ours: Bot, commands: list[BotCommand], sentence: str
) -> None:
    with pytest.raises(BadRequest, match=sentence):
        await ours.set_my_commands(commands)
    assert await ours.get_my_commands() == ()


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"language_code": "fra"}, "LANG_CODE_INVALID"),
        ({"scope": {"type": "chat", "chat_id": 12}}, "chat not found"),
        ({"scope": {"type": "moon"}}, "unsupported scope specified"),
        ({"scope": "{"}, "can't parse scope JSON object"),
    ],
)
async def test_a_scope_or_language_nobody_knows_is_refused(
    world: BotApi, more: dict[str, Any], sentence: str
) -> None:
    assert await posted(world, "setMyCommands", commands=[], **more) == f"Bad Request: {sentence}"


async def test_name_and_descriptions_are_kept_by_language_within_their_limits(ours: Bot) -> None:
    await ours.set_my_name("n" * 64)
    await ours.set_my_description("d" * 512)
    await ours.set_my_short_description("s" * 120)
    await ours.set_my_short_description("court", language_code="fr")
    assert (await ours.get_my_name()).name == "n" * 64
    assert (await ours.get_my_description(language_code="es")).description == "d" * 512
    assert (await ours.get_my_short_description()).short_description == "s" * 120
    assert (await ours.get_my_short_description(language_code="fr")).short_description == "court"
    for ask in (
        ours.set_my_name("n" * 65),
        ours.set_my_description("d" * 513),
        ours.set_my_short_description("s" * 121),
    ):
        with pytest.raises(BadRequest):
            await ask
