from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from monitor.config import Config
from monitor.demo.site import SimulatedSite
from monitor.errors import DeliveryError
from monitor.model import ChatId
from monitor.setting_up import prove
from monitor.setting_up.wish import Wish, tried
from tests.botapi import BotApi, Refusal, migrated, server_error
from tests.botapi.server import TOKEN


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as api:
        yield api


@pytest.fixture
def bot(telegram: BotApi, config: Config) -> Config:
    wish = Wish(TOKEN, (55,), contact="me@x.org")
    made = tried({"MONITOR_TELEGRAM__API_URL": telegram.url}, Path("/nonexistent"), wish)
    return replace(config, telegram=made.telegram)


async def test_telegram_says_who_the_bot_is(bot: Config) -> None:
    assert await prove.bot_name(bot) == "monitor_test_bot"


async def test_a_token_that_is_refused_and_a_telegram_that_is_away_are_said(
    bot: Config, telegram: BotApi
) -> None:
    telegram.revokes_token()
    with pytest.raises(DeliveryError, match="ask @BotFather for it"):
        await prove.bot_name(bot)
    telegram.stop()
    with pytest.raises(DeliveryError, match="HTTPS_PROXY") as caught:
        await prove.bot_name(bot)
    assert TOKEN not in str(caught.value)


async def test_a_chat_gets_a_test_message_and_a_group_that_moved_is_followed(
    bot: Config, telegram: BotApi
) -> None:
    assert await prove.greet(bot, 55, "bot") == 55
    telegram.fails_with(-40_001, migrated(-100_777))
    assert await prove.greet(bot, -40_001, "bot") == -100_777
    assert [len(telegram.texts(chat)) for chat in (55, -100_777)] == [1, 1]


async def test_a_chat_that_moves_for_ever_is_given_up(bot: Config, telegram: BotApi) -> None:
    telegram.fails_with(-40_001, migrated(-40_001), times=5)
    with pytest.raises(DeliveryError, match="moves on and on"):
        await prove.greet(bot, -40_001, "bot")


@pytest.mark.parametrize(
    ("chat", "advice"),
    [
        (55, "press Start"),
        (-100, "add the bot to that group"),
        ("@watch", "administrator of that channel"),
    ],
)
async def test_a_chat_that_refuses_is_said_with_what_to_do(
    bot: Config, telegram: BotApi, chat: ChatId, advice: str
) -> None:
    telegram.fails_with(chat, Refusal(400, "Bad Request: chat not found"))
    with pytest.raises(DeliveryError, match=advice) as caught:
        await prove.greet(bot, chat, "watch_bot")
    assert "@watch_bot" in str(caught.value)


async def test_trouble_that_is_not_the_chats_is_said_as_such(bot: Config, telegram: BotApi) -> None:
    telegram.fails_with(55, server_error())
    with pytest.raises(DeliveryError, match="did not answer"):
        await prove.greet(bot, 55, "bot")
    telegram.revokes_token()
    with pytest.raises(DeliveryError, match="@BotFather"):
        await prove.greet(bot, 55, "bot")


async def test_chats_are_waited_for_and_no_longer_than_said(bot: Config, telegram: BotApi) -> None:
    assert await prove.chats_heard(bot, 0.3) == ()
    telegram.push_update("/start", -100)
    assert [each.id for each in await prove.chats_heard(bot, 30)] == [-100]


async def test_a_profile_is_read(bot: Config) -> None:
    proof = await prove.profile(bot)
    assert proof.is_well
    assert proof.line.startswith("The profile of Switzerland was read: ")


@pytest.mark.parametrize(
    ("spoil", "line"),
    [
        (lambda site: site.answer("CHE", status=403), "did not come: "),
        (lambda site: site.answer("CHE", body="<p>Please log in"), "Switzerland came and cannot be read: "),
    ],
)
async def test_a_profile_that_cannot_be_had_is_said(
    bot: Config, site: SimulatedSite, spoil: Callable[[SimulatedSite], None], line: str
) -> None:
    spoil(site)
    proof = await prove.profile(bot)
    assert not proof.is_well
    assert line in proof.line
    assert proof.line.endswith(".")
    assert not proof.line.endswith("..")


def test_without_the_countries_that_are_known_for_documents_the_first_is_taken(bot: Config) -> None:
    few = replace(bot, countries=tuple(each for each in bot.countries if each.code == "NER"))
    assert prove.sample(few).code == "NER"
