from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from telegram import Bot, BotCommand
from telegram.error import BadRequest, InvalidToken, NetworkError
from telegram.request import HTTPXRequest

from tests.botapi import BotApi, flooded
from tests.botapi.text import Refused, plain

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def new_times(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi(chats=(1, -100)) as api:
        yield api


def bot_for(api: BotApi, token: str = "") -> Bot:
    request = HTTPXRequest(read_timeout=3)
    return Bot(token or api.token, base_url=f"{api.url}/bot", request=request, get_updates_request=request)


@pytest.fixture
async def bot(telegram: BotApi) -> AsyncIterator[Bot]:
    bot = bot_for(telegram)
    await bot.initialize()
    yield bot
    await bot.shutdown()


async def test_the_bot_knows_itself_and_sets_its_commands(bot: Bot, telegram: BotApi) -> None:
    assert bot.username == "monitor_test_bot"
    assert await bot.set_my_commands([BotCommand("status", "where a country stands")])
    assert await bot.delete_webhook()
    assert json.loads(telegram.calls("setMyCommands")[0]["commands"])[0]["command"] == "status"


async def test_another_token_is_unknown(telegram: BotApi) -> None:
    bot = bot_for(telegram, "1:other")
    with pytest.raises(InvalidToken):
        await bot.get_me()
    await bot.request.shutdown()


async def test_what_a_person_says_is_polled_until_confirmed(bot: Bot, telegram: BotApi) -> None:
    first = telegram.push_update("/status Mexico", 1)
    telegram.push_update("hello", -100, person=5, thread=7)
    for _ in range(2):
        status, hello = await bot.get_updates()
        assert status.message is not None
        assert status.message.text == "/status Mexico"
        assert status.message.entities[0].length == 7
        assert hello.message is not None
        assert hello.message.message_thread_id == 7
        assert hello.message.chat.type == "supergroup"
    (left,) = await bot.get_updates(offset=first + 1)
    assert left.update_id == first + 1
    assert await bot.get_updates(offset=first + 2) == ()


async def test_a_poll_waits_for_somebody_to_speak(bot: Bot) -> None:
    began = time.monotonic()
    assert await bot.get_updates(timeout=1) == ()
    assert time.monotonic() - began > 0.9


async def test_a_stopped_server_refuses_connections_and_returns_on_the_same_port(
    bot: Bot, telegram: BotApi
) -> None:
    address = telegram.url
    telegram.stop()
    with pytest.raises(NetworkError):
        await bot.send_message(1, "x")
    telegram.start()
    assert telegram.url == address
    await bot.send_message(1, "x")
    assert telegram.texts(1) == ["x"]


async def test_a_fault_is_for_its_chat_and_as_often_as_asked(bot: Bot, telegram: BotApi) -> None:
    telegram.fails_with(1, flooded(3), times=2)
    await bot.send_message(-100, "x")
    for _ in range(2):
        with pytest.raises(Exception, match="Flood control"):
            await bot.send_message(1, "x")
    await bot.send_message(1, "x")
    assert [message["chat"] for message in telegram.messages] == [-100, 1]


async def test_an_unknown_method_is_not_found(bot: Bot) -> None:
    with pytest.raises(InvalidToken, match="Not Found"):
        await bot.log_out()


async def test_an_unknown_chat_is_not_found(bot: Bot) -> None:
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(2, "x")


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<b>a</b> &amp; <i>b</i>", "a & b"),
        ('<a href="https://example.org/?a=1&amp;b=2">x</a>', "x"),
        ("<pre><code>x</code></pre>", "x"),
        ("AT&T &nbsp; &#39;", "AT&T &nbsp; '"),
        ("x" * 4096, "x" * 4096),
    ],
)
def test_html_is_read_as_telegram_reads_it(html: str, shown: str) -> None:
    assert plain(html, "HTML").text == shown


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("<b>a", "Can't find end tag"),
        ("a</b>", "Unexpected end tag"),
        ("<b><i>a</b></i>", "Unexpected end tag"),
        ("<p>a</p>", "Unsupported start tag"),
        ("1 < 2", "Unsupported start tag"),
        ("<b> </b>", "message text is empty"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2049, "message is too long"),
    ],
)
def test_html_that_telegram_refuses_is_refused(html: str, sentence: str) -> None:
    with pytest.raises(Refused, match=sentence):
        plain(html, "HTML")


def test_without_parse_mode_the_text_is_taken_as_it_is() -> None:
    assert plain("1 < 2 <b>", "").text == "1 < 2 <b>"


@pytest.fixture
def program(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    options = ["--log", str(tmp_path / "log"), "--token", "1:x", "--limits", "--keeps", "9"]
    command = [sys.executable, "-m", "tests.botapi", *options]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        yield program
        program.kill()


async def test_by_itself_it_logs_what_it_accepted_and_stops_on_a_signal(
    program: subprocess.Popen[str], tmp_path: Path
) -> None:
    assert program.stdout is not None
    base, request = f"{program.stdout.readline().strip()}/bot", HTTPXRequest()
    bot = Bot("1:x", base_url=base, request=request, get_updates_request=request)
    await bot.send_message(1, "first")
    await bot.send_message(-2, "zwei – ü")
    await request.shutdown()
    lines = [json.loads(line) for line in (tmp_path / "log").read_text().splitlines()]
    program.terminate()
    assert program.wait(5) == 0
    assert [(line["chat"], line["text"], line["message_id"]) for line in lines] == [
        (1, "first", 1),
        (-2, "zwei – ü", 2),
    ]


def test_it_listens_on_loopback_only(telegram: BotApi) -> None:
    assert telegram.url.startswith("http://127.0.0.1:")
