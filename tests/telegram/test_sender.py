from __future__ import annotations

import asyncio
import io
import logging
import socket
import traceback

import pytest

from monitor.model import Message
from monitor.redact import HIDDEN, Redactor
from monitor.telegram.sender import TelegramSender
from tests.botapi import BotApi, Close, Refusal, Silence, blocked, flooded, server_error
from tests.telegram.line import MESSAGE, TOKEN, marks, owed, refusal


async def test_a_message_arrives_as_written_with_its_button_and_no_preview(
    sender: TelegramSender, telegram: BotApi
) -> None:
    await sender.send(owed())
    (message,) = telegram.messages
    assert message["text"] == "Mexico <published>"
    assert message["html"] == MESSAGE.html
    assert message["buttons"] == [["Open", "https://example.org/a?b=1&c=2"]]
    assert (message["thread"], message["is_silent"], message["has_preview"]) == (None, False, False)


async def test_a_channel_is_reached_by_its_name(sender: TelegramSender, telegram: BotApi) -> None:
    await sender.send(owed("@channel"))
    assert telegram.texts("@channel") == ["Mexico <published>"]


async def test_starting_asks_telegram_nothing() -> None:
    sender = TelegramSender(TOKEN, "http://127.0.0.1:1")
    await sender.start()
    await sender.close()
    await sender.close()


async def test_before_start_a_message_waits() -> None:
    error = await refusal(TelegramSender(TOKEN, "http://127.0.0.1:1"))
    assert marks(error) == set()


async def test_the_longest_message_arrives(sender: TelegramSender, telegram: BotApi) -> None:
    await sender.send(owed(message=Message("<b>" + "&lt;" * 4096 + "</b>")))
    assert telegram.texts(1) == ["<" * 4096]


async def test_when_nobody_listens_the_message_is_tried_again(
    sender: TelegramSender, telegram: BotApi
) -> None:
    telegram.stop()
    assert marks(await refusal(sender)) == set()
    telegram.start()
    await sender.send(owed())
    assert len(telegram.messages) == 1


async def test_a_connection_that_is_never_accepted_is_tried_again() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)  # noqa: FBT003 - the socket's own signature
            filler.connect_ex(full.getsockname())
        sender = TelegramSender(TOKEN, f"http://127.0.0.1:{full.getsockname()[1]}", connect_timeout=0.2)
        await sender.start()
        assert marks(await refusal(sender)) == set()
        await sender.close()
        for filler in fillers:
            filler.close()


async def test_taken_and_never_answered_is_uncertain(sender: TelegramSender, telegram: BotApi) -> None:
    telegram.fails_with(1, Silence())
    assert marks(await refusal(sender)) == {"is_uncertain"}
    assert len(telegram.messages) == 1


@pytest.mark.parametrize(
    "fault", [Close(), Close(is_taken=True), Close(is_taken=True, is_mid_answer=True)], ids=repr
)
async def test_a_connection_closed_instead_of_an_answer_is_uncertain(
    sender: TelegramSender, telegram: BotApi, fault: Close
) -> None:
    telegram.fails_with(1, fault)
    assert marks(await refusal(sender)) == {"is_uncertain"}


async def test_a_connection_closed_before_reading_is_uncertain(
    sender: TelegramSender, telegram: BotApi
) -> None:
    telegram.hangs_up()
    assert marks(await refusal(sender)) == {"is_uncertain"}


async def test_a_cancelled_send_is_cancelled(sender: TelegramSender, telegram: BotApi) -> None:
    telegram.fails_with(1, Silence())
    task = asyncio.create_task(sender.send(owed()))
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


FAULTS = [
    Silence(),
    Close(),
    blocked(),
    flooded(3),
    server_error(),
    Refusal(401, "Unauthorized"),
    Refusal(404, "Not Found"),
    Refusal(400, f"Bad Request: strange https://api/bot{TOKEN}/sendMessage"),
    Refusal(200, "", body=b"no json"),
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: type(fault).__name__)
async def test_the_token_is_in_no_log_traceback_cause_or_repr(
    telegram: BotApi, fault: Refusal, caplog: pytest.LogCaptureFixture
) -> None:
    for chatty in ("httpx", "httpcore", "telegram"):
        caplog.set_level(logging.DEBUG, chatty)  # a test of the logs may have quietened it
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redactor([TOKEN]))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        sender = TelegramSender(TOKEN, telegram.url, read_timeout=1.5)
        await sender.start()
        telegram.fails_with(1, fault)
        error = await refusal(sender)
        logging.getLogger("monitor").error("not delivered by %r", sender, exc_info=error)
        await sender.close()
    finally:
        root.removeHandler(handler)
        root.setLevel(level)
    assert error.__cause__ is None
    assert error.__context__ is None
    assert HIDDEN in stream.getvalue()  # httpx did log the address
    shown = stream.getvalue() + "".join(traceback.format_exception(error)) + repr(error) + repr(sender)
    assert TOKEN.split(":")[1].lower() not in shown.lower()
