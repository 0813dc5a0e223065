from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import respx

from monitor.telegram.bot import Bot
from monitor.telegram.polling import CONFLICT, TOKEN_REFUSED, UNREACHABLE
from tests.botapi import BotApi, Refusal
from tests.telegram.house import MENUS, Notebook, running, troubles, until
from tests.telegram.line import TOKEN

ME = {"id": 1, "is_bot": True, "first_name": "Monitor", "username": "monitor_test_bot"}
ELSEWHERE = "https://api.telegram.example"
MOMENT = 15
"""Seconds: more than a stop ever takes (a second or two, on a busy machine more), less than what it must not wait for."""


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    """Telegram where every chat exists."""
    with BotApi(token=TOKEN) as api:
        yield api


async def test_what_was_asked_before_the_start_is_answered_after_it(telegram: BotApi) -> None:
    telegram.push_update("/help", 1)
    async with running(telegram.url):
        await until(lambda: telegram.messages)
    assert "help in en" in telegram.messages[0]["text"]
    assert {call.get("drop_pending_updates", "false") for call in telegram.calls("deleteWebhook")} == {
        "false"
    }


async def test_a_token_that_is_refused_is_one_line_without_the_token_and_the_service_goes_on(
    telegram: BotApi,
) -> None:
    wrong = "987654:" + "another-loopback-token-not-a-secret"
    async with running(telegram.url, token=wrong) as (_, logs):
        await until(lambda: len(telegram.state.calls) or logs)
        await asyncio.sleep(1.2)
    assert troubles(logs) == [TOKEN_REFUSED]
    assert wrong.partition(":")[2] not in str(logs)


async def test_a_token_that_is_refused_while_polling_is_one_line_and_polling_goes_on(
    telegram: BotApi,
) -> None:
    async with running(telegram.url) as (_, logs):
        await until(lambda: telegram.calls("getUpdates"))
        right, telegram.token = telegram.token, "another"
        telegram.push_update("wakes the poll", -1)
        await until(lambda: TOKEN_REFUSED in troubles(logs))
        telegram.token = right
        telegram.push_update("/help", 2)
        await until(lambda: telegram.texts(2), 10)
        await until(lambda: len(logs) > 1)
    assert troubles(logs) == [TOKEN_REFUSED, "over, commands are answered again"]
    assert TOKEN not in str(logs)


async def test_where_nobody_listens_the_bot_waits_and_answers_when_telegram_is_back(telegram: BotApi) -> None:
    telegram.stop()
    async with running(telegram.url) as (_, logs):
        await until(lambda: logs)
        telegram.start()
        telegram.push_update("/help", 1)
        await until(lambda: telegram.messages)
    assert troubles(logs) == [UNREACHABLE, "over, commands are answered again"]


async def test_a_bot_whose_polling_cannot_begin_tries_again(respx_mock: respx.MockRouter) -> None:
    bad_gateway = httpx.Response(502, text="<html>Bad Gateway</html>")
    answers = iter([bad_gateway])
    respx_mock.post(path__regex=r"/getMe$").mock(return_value=ok(ME))
    respx_mock.post(path__regex=r"/deleteWebhook$").mock(side_effect=lambda _: next(answers, ok(result=True)))
    respx_mock.post(path__regex=r"/setMyCommands$").mock(return_value=bad_gateway)
    polls = respx_mock.post(path__regex=r"/getUpdates$").mock(return_value=ok([]))
    async with running(ELSEWHERE) as (_, logs):
        await until(lambda: polls.called)
    assert troubles(logs) == [UNREACHABLE, "over, commands are answered again"]


async def test_telegram_away_for_a_while_is_one_line_then_commands_are_answered(telegram: BotApi) -> None:
    async with running(telegram.url) as (_, logs):
        await until(lambda: telegram.calls("getUpdates"))
        telegram.stop()
        await until(lambda: UNREACHABLE in troubles(logs))
        await asyncio.sleep(1.2)
        telegram.start()
        telegram.push_update("/help", 1)
        await until(lambda: telegram.messages, 10)
    assert troubles(logs).count(UNREACHABLE) == 1


async def test_a_second_program_with_the_same_token_is_one_line(telegram: BotApi) -> None:
    ann = telegram.person("Ann")
    async with running(telegram.url, after_conflict=1.5) as (_, logs):
        for number in range(2):
            await is_polled_by_another(telegram)
            ann.says(f"/status {number}")
            await ann.awaits(f"status of {number}")  # so a poll between two conflicts succeeds
        async with asyncio.timeout(30):
            while len(logs) < 2:
                ann.says("/status again")  # else a poll that nobody disturbs ends after ten seconds
                await asyncio.sleep(0.5)
    assert troubles(logs) == [CONFLICT, "over, commands are answered again"]


async def test_a_bot_that_another_program_polls_is_left_alone_for_a_while(telegram: BotApi) -> None:
    async with running(telegram.url, after_conflict=2.5):
        began = time.monotonic()
        await is_polled_by_another(telegram)
        assert time.monotonic() - began > 2.4  # PTB itself would wait for one second


async def is_polled_by_another(telegram: BotApi) -> None:
    """Let somebody else poll, and wait until the bot polls again."""
    await until(lambda: telegram.calls("getUpdates"))
    before = len(telegram.calls("getUpdates"))
    async with httpx.AsyncClient() as other:
        await other.post(f"{telegram.url}/bot{TOKEN}/getUpdates", data={"timeout": 0})
    await until(lambda: len(telegram.calls("getUpdates")) > before + 1)


def ok(result: Any) -> httpx.Response:  # noqa: ANN401 - any JSON
    return httpx.Response(200, json={"ok": True, "result": result})


async def test_stopping_a_running_bot_is_quick_even_when_telegram_is_gone(telegram: BotApi) -> None:
    bot = Bot(TOKEN, telegram.url, Notebook().house())
    await bot.start()
    await until(lambda: telegram.calls("getUpdates"))
    telegram.stop()
    started = time.monotonic()
    await bot.stop()
    assert time.monotonic() - started < MOMENT


async def test_a_bot_that_was_never_started_can_be_stopped() -> None:
    await Bot(TOKEN, "http://127.0.0.1:1", Notebook().house()).stop()


async def test_stopping_is_quick_even_when_telegram_takes_connections_and_says_nothing(
    respx_mock: respx.MockRouter,
) -> None:
    async def silence(_: httpx.Request) -> httpx.Response:
        await asyncio.sleep(30)
        return ok([])

    respx_mock.post(path__regex=r"/getMe$").mock(return_value=ok(ME))
    respx_mock.post(path__regex=r"/(deleteWebhook|setMyCommands)$").mock(return_value=ok(result=True))
    respx_mock.post(path__regex=r"/getUpdates$").mock(side_effect=silence)
    async with running(ELSEWHERE) as (bot, logs):
        await until(lambda: bot._updater.running)
        await asyncio.sleep(0.1)
        started = time.monotonic()
        await bot.stop()
        assert time.monotonic() - started < MOMENT
        assert troubles(logs) == ["stopped without a farewell"]


async def test_an_address_that_is_none_is_one_line() -> None:
    async with running("http://[::bad") as (_, logs):
        await until(lambda: logs)
    assert troubles(logs) == [UNREACHABLE]
    assert TOKEN not in str(logs)


async def test_a_telegram_that_makes_no_sense_is_a_bug_that_is_heard(respx_mock: respx.MockRouter) -> None:
    respx_mock.post(path__regex=r"/getMe$").mock(return_value=ok("nonsense"))
    async with running(ELSEWHERE) as (_, logs):
        await until(lambda: logs)
    assert troubles(logs) == ["commands are not answered until the next start"]
    assert TOKEN not in str(logs)


def test_the_bot_does_not_show_its_token() -> None:
    assert TOKEN not in repr(Bot(TOKEN, "http://127.0.0.1:1", Notebook().house()))


async def test_menus_and_descriptions_are_set_by_scope_and_language_and_only_where_they_changed(
    telegram: BotApi,
) -> None:
    async with running(telegram.url, menus=MENUS):
        await until(
            lambda: any(
                "chat" in call.get("scope", "") and "777" in call.get("scope", "")
                for call in telegram.calls("setMyCommands")
            )
        )
    first = telegram.calls("setMyCommands")
    assert len(first) == 4 * 4 + 1
    assert {(call.get("language_code", ""), "all_group_chats" in call["scope"]) for call in first} >= {
        ("fr", True),
        ("", True),
    }
    assert '"command": "operators"' in first[-1]["commands"]
    assert "in fr" in first[-1]["commands"]
    assert [call["description"] for call in telegram.calls("setMyDescription")] == [
        f"about in {code}" for code in ("en", "es", "fr")
    ]
    assert len(telegram.calls("setMyShortDescription")) == 3
    reads = len(telegram.calls("getMyCommands"))
    async with running(telegram.url, menus=MENUS):
        await until(lambda: len(telegram.calls("getMyCommands")) == 2 * reads)
    assert len(telegram.calls("setMyCommands")) == len(first)
    assert len(telegram.calls("setMyDescription")) == 3


async def test_a_menu_that_is_refused_is_logged_and_the_others_are_set(telegram: BotApi) -> None:
    telegram.fails_with(None, Refusal(400, "Bad Request: BOT_COMMAND_INVALID"), method="setMyCommands")
    async with running(telegram.url, menus=MENUS) as (_, logs):
        await until(lambda: len(telegram.calls("setMyCommands")) == 4 * 4 + 1)
        telegram.push_update("/status x", 1)
        await until(lambda: telegram.texts(1))
    assert troubles(logs) == ["a menu was not set"]


async def test_stopping_does_not_wait_for_an_answer_under_way_but_for_what_it_writes(
    telegram: BotApi,
) -> None:
    begun = asyncio.Event()
    written: list[str] = []

    async def commit(_: object) -> None:
        begun.set()
        try:
            await asyncio.sleep(60)
        finally:
            written.append("through")

    async with running(telegram.url, Notebook().house(commit=commit)) as (bot, _):
        telegram.push_update("/subscribe all", 1)
        telegram.push_update("/status and more", 1)
        await asyncio.wait_for(begun.wait(), 10)
        started = time.monotonic()
        await bot.stop()
        assert time.monotonic() - started < MOMENT
        assert written == ["through"]


async def test_stopping_leaves_what_runs_in_the_background(telegram: BotApi) -> None:
    notebook = Notebook()
    async with running(telegram.url, notebook.house(1)):
        telegram.push_update("/sweep", 1)
        await until(lambda: notebook.acts)
    assert not any("Done" in text for text in telegram.texts(1))
