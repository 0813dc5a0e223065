from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any

import httpx
import pytest
import respx
from structlog.testing import capture_logs
from structlog.typing import EventDict

from monitor.dialogue.view import View
from monitor.model import Pledge, PledgeState, World
from monitor.telegram.bot import CONFLICT, TOKEN_REFUSED, UNREACHABLE, Bot
from tests.alert.samples import CYCLES, MEXICO, NOW, PROFILE, document, dossier, known
from tests.botapi import BotApi, blocked
from tests.telegram.line import TOKEN

ME = {"id": 1, "is_bot": True, "first_name": "Monitor", "username": "monitor_test_bot"}
ELSEWHERE = "https://api.telegram.example"


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    """Telegram where every chat exists."""
    with BotApi(token=TOKEN) as api:
        yield api


def view() -> View:
    mexicos = dossier(known(document()))
    return View(
        World({"MEX": mexicos}),
        (MEXICO,),
        {"MEX": Pledge(PledgeState.UNKNOWN)},
        CYCLES,
        is_pledge_complete=False,
        profile_url=lambda _: PROFILE,
        now=NOW,
        version="0.1.0",
        contact="",
    )


@asynccontextmanager
async def running(
    api_url: str, token: str = TOKEN, of: Callable[[], View] = view
) -> AsyncIterator[tuple[Bot, list[EventDict]]]:
    with capture_logs() as logs:
        bot = Bot(token, api_url, of)
        await bot.start()
        try:
            yield bot, logs
        finally:
            await bot.stop()


async def until(is_true: Callable[[], object], seconds: float = 5.0) -> None:
    async with asyncio.timeout(seconds):
        while not is_true():  # noqa: ASYNC110 - the server lives in other threads and sets no event of ours
            await asyncio.sleep(0.01)


def troubles(logs: list[EventDict]) -> list[str]:
    return [line["trouble"] for line in logs]


async def test_a_command_in_a_private_chat_is_answered_with_buttons(telegram: BotApi) -> None:
    async with running(telegram.url):
        telegram.push_update("/status Mexico", 1)
        await until(lambda: telegram.messages)
    [message] = telegram.messages
    assert message["text"].startswith("🇲🇽 Mexico\n")
    assert message["buttons"] == [["Country profile", PROFILE]]
    assert (message["chat"], message["has_preview"], message["is_silent"]) == (1, False, False)


async def test_what_was_asked_before_the_start_is_answered_after_it(telegram: BotApi) -> None:
    telegram.push_update("/help", 1)
    async with running(telegram.url):
        await until(lambda: telegram.messages)
    assert "/recent" in telegram.messages[0]["text"]
    assert {call.get("drop_pending_updates", "false") for call in telegram.calls("deleteWebhook")} == {
        "false"
    }


async def test_in_a_group_only_our_own_commands_are_answered_and_in_their_topic(telegram: BotApi) -> None:
    async with running(telegram.url):
        telegram.push_update("/frobnicate", -1)
        telegram.push_update("/help@another_bot", -1)
        telegram.push_update("good morning", -1)
        telegram.push_update("/about@monitor_test_bot", -1, thread=7)
        await until(lambda: telegram.messages)
    [message] = telegram.messages
    assert message["text"].startswith("uncac-monitor 0.1.0")
    assert (message["chat"], message["thread"], message["buttons"]) == (-1, 7, [])


async def test_talk_that_is_no_command_is_left_alone(telegram: BotApi) -> None:
    async with running(telegram.url):
        telegram.push_update("hello", 1)
        telegram.push_update("/help", 2)
        await until(lambda: telegram.texts(2))
    assert telegram.texts(1) == []


async def test_the_menu_is_offered_to_telegram(telegram: BotApi) -> None:
    async with running(telegram.url):
        await until(lambda: telegram.calls("setMyCommands"))
    assert '"status"' in telegram.calls("setMyCommands")[0]["commands"]


async def test_a_chat_that_refuses_the_answer_does_not_end_the_bot(telegram: BotApi) -> None:
    telegram.fails_with(1, blocked())
    async with running(telegram.url) as (_, logs):
        telegram.push_update("/help", 1)
        telegram.push_update("/help", 2)
        await until(lambda: telegram.texts(2))
    assert troubles(logs) == ["a command was not answered"]
    assert "blocked by the user" in logs[0]["error"]


async def test_a_bug_in_an_answer_is_logged_with_its_traceback_and_the_next_command_is_answered(
    telegram: BotApi,
) -> None:
    views = iter([replace(view(), pledges={}), view()])
    async with running(telegram.url, of=lambda: next(views)) as (_, logs):
        telegram.push_update("/status Mexico", 1)
        telegram.push_update("/status Mexico", 2)
        await until(lambda: telegram.texts(2))
    assert [(line["event"], line["log_level"]) for line in logs] == [("bug", "error")]
    assert "Traceback" in logs[0]["error"]
    assert "KeyError" in logs[0]["error"]


async def test_a_token_that_is_refused_is_one_line_without_the_token_and_the_service_goes_on(
    telegram: BotApi,
) -> None:
    wrong = "987654:" + "another-loopback-token-not-a-secret"
    async with running(telegram.url, wrong) as (_, logs):
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
        telegram.push_update("wakes the poll", 1)
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


async def test_a_second_program_with_the_same_token_is_one_line_that_says_what_to_do(
    respx_mock: respx.MockRouter,
) -> None:
    conflict = {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request",
    }
    update = {
        "update_id": 5,
        "message": {
            "message_id": 1,
            "date": int(time.time()),
            "chat": {"id": 1, "type": "private", "first_name": "A"},
            "text": "/help",
            "entities": [{"type": "bot_command", "offset": 0, "length": 5}],
        },
    }
    polls = iter([httpx.Response(409, json=conflict), httpx.Response(409, json=conflict), ok([update])])
    respx_mock.post(path__regex=r"/getMe$").mock(return_value=ok(ME))
    respx_mock.post(path__regex=r"/(deleteWebhook|setMyCommands)$").mock(return_value=ok(result=True))
    respx_mock.post(path__regex=r"/getUpdates$").mock(side_effect=lambda _: next(polls, ok([])))
    sent = respx_mock.post(path__regex=r"/sendMessage$").mock(return_value=ok(update["message"]))
    async with running(ELSEWHERE) as (_, logs):
        await until(lambda: sent.called, 10)
    assert troubles(logs) == [CONFLICT, "over, commands are answered again"]


def ok(result: Any) -> httpx.Response:  # noqa: ANN401 - any JSON
    return httpx.Response(200, json={"ok": True, "result": result})


async def test_stopping_a_running_bot_is_quick_even_when_telegram_is_gone(telegram: BotApi) -> None:
    bot = Bot(TOKEN, telegram.url, view)
    await bot.start()
    await until(lambda: telegram.calls("getUpdates"))
    telegram.stop()
    started = time.monotonic()
    await bot.stop()
    assert time.monotonic() - started < 2


async def test_a_bot_that_was_never_started_can_be_stopped() -> None:
    await Bot(TOKEN, "http://127.0.0.1:1", view).stop()


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
        assert time.monotonic() - started < 2
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
    assert TOKEN not in repr(Bot(TOKEN, "http://127.0.0.1:1", view))
