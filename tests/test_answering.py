"""The bot of a running monitor: what people choose is in the store, and what they ask is answered from it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.console import Console
from structlog.testing import capture_logs

from monitor.answering import answering
from monitor.app import Monitor, open_monitor
from monitor.dialogue.answers import ROUTER
from monitor.errors import StoreError
from monitor.model import Chat, Commit, Delivery, Message, Subscription
from tests.botapi import BotApi
from tests.fakes import SHIPPED
from tests.telegram.house import until
from tests.telegram.line import TOKEN


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi(chats=(), token=TOKEN) as api:
        yield api


@asynccontextmanager
async def monitoring(
    folder: Path, telegram: BotApi, **values: object
) -> AsyncIterator[tuple[Monitor, list[StoreError]]]:
    told = {"token": SecretStr(TOKEN), "api_url": telegram.url, **values}
    config = replace(
        SHIPPED,
        telegram=SHIPPED.telegram.model_copy(update=told),
        store=SHIPPED.store.model_copy(update={"path": folder / "monitor.json"}),
    )
    ended: list[StoreError] = []
    async with (
        open_monitor(config, command="test", console=Console()) as monitor,
        answering(monitor, ended.append),
    ):
        yield monitor, ended


async def test_a_person_asks_chooses_and_finds_the_choice_kept(tmp_path: Path, telegram: BotApi) -> None:
    ann = telegram.person("Ann", language="en")
    async with monitoring(tmp_path, telegram) as (monitor, _):
        ann.starts()
        await until(ann.sent)
        ann.says("/status Mexico")
        await ann.awaits("Mexico")
        ann.says("/subscribe Mexico")
        await until(lambda: monitor.store.load().subscriptions)
        assert (await ann.asks_inline("mexico").answered())["results"]
    [kept] = json.loads((tmp_path / "monitor.json").read_text())["chats"].values()
    assert kept["kind"] == "private"


async def test_operators_have_their_menu_and_others_who_are_not_invited_have_no_answer(
    tmp_path: Path, telegram: BotApi
) -> None:
    ann, eve = telegram.person("Ann"), telegram.person("Eve")
    ann.starts()
    async with monitoring(tmp_path, telegram, access="invitation", operators=(ann.id,)):
        eve.says("/status")
        await eve.awaits("by invitation")
        await until(lambda: any(str(ann.id) in call["scope"] for call in telegram.calls("setMyCommands")))
    assert '"sweep"' in telegram.calls("setMyCommands")[-1]["commands"]


async def test_who_may_use_the_bot_and_how_often_is_the_configurations_as_it_is_now(
    tmp_path: Path, telegram: BotApi
) -> None:
    eve, ann = telegram.person("Eve", language="en"), telegram.person("Ann", language="en")
    async with monitoring(tmp_path, telegram, commands_per_minute=2) as (monitor, _):
        eve.says("/status Mexico")
        await eve.awaits("Mexico")
        known = monitor.config.telegram
        told: dict[str, object] = {"access": "invitation", "invited": (ann.id,)}
        await monitor.heed(replace(monitor.config, telegram=known.model_copy(update=told)))
        eve.says("/status Mexico")
        await eve.awaits("by invitation")
        told["commands_per_minute"] = 1
        await monitor.heed(replace(monitor.config, telegram=known.model_copy(update=told)))
        ann.says("/status Mexico")
        await ann.awaits("Mexico")
        ann.says("/status Mexico")
        await ann.awaits("That was a lot at once")


async def test_a_chat_that_is_back_is_owed_what_it_missed(tmp_path: Path, telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    now = datetime.now(UTC)
    away = Chat(ann.id, away="blocked", away_since=now - timedelta(days=3))
    waiting = Delivery("1", ann.id, Message("missed"), now, now + timedelta(days=1))
    async with monitoring(tmp_path, telegram) as (monitor, _):
        commit = Commit(chats=(away,), subscriptions=(Subscription(ann.id),), deliveries=(waiting,))
        await monitor.store.acommit(commit)
        ann.unblocks_bot()
        await until(lambda: not monitor.store.load().chats[ann.id].away)
        await monitor.deliver()
        await ann.awaits("missed")


async def test_alerts_of_a_topic_that_is_gone_go_to_the_general_one_which_is_told_so(
    tmp_path: Path, telegram: BotApi
) -> None:
    ann = telegram.person("Ann")
    forum = telegram.group("Forum", admins=[ann], has_topics=True).adds_bot()
    news = forum.topic("News")
    now = datetime.now(UTC)
    alert = Delivery("1", forum.id, Message("Mexico published"), now, now, news.thread)
    async with monitoring(tmp_path, telegram) as (monitor, _):
        reader = Subscription(forum.id, news.thread)
        await monitor.store.acommit(Commit(subscriptions=(reader,), deliveries=(alert,)))
        news.is_deleted()
        await monitor.deliver()
        world = monitor.store.load()
        await monitor.deliver()
    assert world.subscriptions == (Subscription(forum.id),)
    texts = [text for text in forum.general.reads() if "Hello" not in text]
    assert len(texts) == 2
    assert texts[0] == "Mexico published"
    assert texts[1].startswith("The topic")


HOSTILE = (
    "😀" * 2040,
    "<b>&amp;" * 400,
    "\u202e\u0000\u2028x",
    "9" * 4000,
    "-1",
    "@" * 60,
    "Europe/../../etc/passwd",
    ",;,;" * 500,
    "'; DROP TABLE chats; --",
    "{number} {0} %s",
)
FORGED = (
    "",
    ":",
    ":" * 40,
    ":-1",
    ":MEX",
    ":XXX:1:2:3",
    ":0:0:0",
    ":" + "9" * 40,
    ":é😀",
    ":@-1:all",
    ":*:-5",
    ":\x00",
)


async def test_nothing_that_people_type_and_no_forged_button_is_a_bug(
    tmp_path: Path, telegram: BotApi
) -> None:
    ann = telegram.person("Ann")
    ann.starts()
    commands = sorted({name for table in ROUTER.tables for name in table.commands} - {"sweep"})
    verbs = sorted({name for table in ROUTER.tables for name in table.presses})
    with capture_logs() as logs:
        async with monitoring(tmp_path, telegram, operators=(ann.id,)) as (monitor, ended):
            # By turns: that each takes all of it is tested in tests/crawl.
            for at, command in enumerate(commands):
                for words in HOSTILE[at % 4 :: 4]:
                    ann.says(f"/{command} {words}"[:4096])
            data = [
                f"{verb}{forged}"
                for at, verb in enumerate((*verbs, "nobody"))
                for forged in FORGED[at % 4 :: 4]
            ]
            for each in data:
                telegram.push(press(ann.id, each))
            presses = len(data)
            await until(lambda: len(telegram.calls("answerCallbackQuery")) == presses, 120)
            assert not monitor.store.load().changes
    assert len(telegram.calls("answerCallbackQuery")) == presses
    assert [line for line in logs if line["event"] == "bug" or line["log_level"] == "error"] == []
    assert ended == []


def press(person: int, data: str) -> dict[str, object]:
    chat = {"id": person, "type": "private", "first_name": "Ann"}
    message = {"message_id": 1, "date": 1_700_000_000, "chat": chat, "text": "x"}
    who = {"id": person, "is_bot": False, "first_name": "Ann"}
    return {
        "callback_query": {"id": data, "from": who, "chat_instance": "1", "message": message, "data": data}
    }


async def test_without_a_token_nobody_is_asked(tmp_path: Path, telegram: BotApi) -> None:
    async with monitoring(tmp_path, telegram, token=SecretStr("")):
        await asyncio.sleep(0.05)
    assert telegram.state.calls == []
