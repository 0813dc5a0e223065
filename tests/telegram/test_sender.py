from __future__ import annotations

import asyncio
import io
import logging
import socket
import traceback
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest

from monitor.errors import DeliveryError
from monitor.model import Button, Delivery, Message
from monitor.redact import HIDDEN, Redactor
from monitor.telegram.sender import TelegramSender
from tests.botapi import BotApi, Close, Refusal, Silence, blocked, flooded, migrated, server_error

NOW = datetime(2026, 11, 24, tzinfo=UTC)
TOKEN = "987654321:" + "AAtest-secret_of-this-test-only-xyz012"
MESSAGE = Message("<b>Mexico</b> &lt;published&gt;", (Button("Open", "https://example.org/a?b=1&c=2"),))


def owed(chat: int | str = 1, message: Message = MESSAGE, thread: int | None = None) -> Delivery:
    return Delivery("1", chat, message, NOW, NOW, thread)


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi(chats=(1, -100, "@channel"), token=TOKEN) as api:
        yield api


@pytest.fixture
async def sender(telegram: BotApi) -> AsyncIterator[TelegramSender]:
    sender = TelegramSender(TOKEN, telegram.url + "/", connect_timeout=2, read_timeout=0.4)
    await sender.start()
    yield sender
    await sender.close()


async def refusal(sender: TelegramSender, delivery: Delivery | None = None) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        await sender.send(delivery or owed())
    return caught.value


def marks(error: DeliveryError) -> set[str]:
    return {name for name, value in vars(error).items() if value}


async def test_a_message_arrives_as_written_with_its_button_and_no_preview(
    sender: TelegramSender, telegram: BotApi
) -> None:
    await sender.send(owed())
    (message,) = telegram.messages
    assert message["text"] == "Mexico <published>"
    assert message["html"] == MESSAGE.html
    assert message["buttons"] == [["Open", "https://example.org/a?b=1&c=2"]]
    assert (message["thread"], message["is_silent"], message["has_preview"]) == (None, False, False)


async def test_a_silent_message_for_a_topic_says_so(sender: TelegramSender, telegram: BotApi) -> None:
    await sender.send(owed(-100, Message("hush", is_silent=True), thread=7))
    (message,) = telegram.messages
    assert (message["chat"], message["thread"], message["is_silent"]) == (-100, 7, True)
    assert message["buttons"] == []


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


async def test_a_429_says_how_many_seconds_to_wait(sender: TelegramSender, telegram: BotApi) -> None:
    telegram.fails_with(1, flooded(37))
    error = await refusal(sender)
    assert marks(error) == {"retry_after"}
    assert error.retry_after == 37.0
    await sender.send(owed())


async def test_a_429_without_a_time_is_tried_again(sender: TelegramSender, telegram: BotApi) -> None:
    telegram.fails_with(1, Refusal(429, "Too Many Requests"))
    assert marks(await refusal(sender)) == set()


async def test_a_group_that_became_a_supergroup_gives_its_new_id(
    sender: TelegramSender, telegram: BotApi
) -> None:
    telegram.fails_with(1, migrated(-1001234567890))
    error = await refusal(sender)
    assert marks(error) == {"migrated_to"}
    assert error.migrated_to == -1001234567890


CHAT_REFUSALS = [
    blocked(),
    Refusal(403, "Forbidden: bot was kicked from the supergroup chat"),
    Refusal(403, "Forbidden: user is deactivated"),
    Refusal(400, "Bad Request: chat not found"),
    Refusal(400, "Bad Request: not enough rights to send text messages to the chat"),
    Refusal(400, "Bad Request: have no rights to send a message"),
    Refusal(400, "Bad Request: need administrator rights in the channel chat"),
    Refusal(400, "Bad Request: CHAT_WRITE_FORBIDDEN"),
    Refusal(400, "Bad Request: CHAT_ADMIN_REQUIRED"),
    Refusal(400, "Bad Request: CHAT_RESTRICTED"),
    Refusal(400, "Bad Request: CHAT_SEND_PLAIN_FORBIDDEN"),
    Refusal(400, "Bad Request: CHANNEL_PRIVATE"),
    Refusal(400, "Bad Request: PEER_ID_INVALID"),
    Refusal(400, "Bad Request: USER_IS_BLOCKED"),
    Refusal(400, "Bad Request: user not found"),
    Refusal(400, "Bad Request: INPUT_USER_DEACTIVATED"),
    Refusal(400, "Bad Request: USER_DEACTIVATED_BAN"),
    Refusal(400, "Bad Request: bot is not a member of the channel chat"),
    Refusal(400, "Bad Request: group is deactivated"),
]


@pytest.mark.parametrize("fault", CHAT_REFUSALS, ids=lambda fault: fault.description)
async def test_a_chat_that_takes_nothing_is_permanent(
    sender: TelegramSender, telegram: BotApi, fault: Refusal
) -> None:
    telegram.fails_with(1, fault)
    assert marks(await refusal(sender)) == {"is_permanent"}


async def test_a_chat_telegram_does_not_know_is_permanent(sender: TelegramSender) -> None:
    assert marks(await refusal(sender, owed(404))) == {"is_permanent"}


@pytest.mark.parametrize(
    "html", ["<b>open", "<nonsense>x</nonsense>", "a < b", "x" * 4097, "😀" * 2049, "<b></b>"]
)
async def test_a_message_no_chat_would_take_is_the_messages_fault(sender: TelegramSender, html: str) -> None:
    assert marks(await refusal(sender, owed(message=Message(html)))) == {"is_message_fault"}


async def test_a_button_with_a_bad_address_is_the_messages_fault(sender: TelegramSender) -> None:
    assert marks(await refusal(sender, owed(message=Message("x", (Button("a", "nowhere"),))))) == {
        "is_message_fault"
    }


async def test_the_longest_message_arrives(sender: TelegramSender, telegram: BotApi) -> None:
    await sender.send(owed(message=Message("<b>" + "&lt;" * 4096 + "</b>")))
    assert telegram.texts(1) == ["<" * 4096]


@pytest.mark.parametrize(
    "sentence", ["message thread not found", "TOPIC_CLOSED", "TOPIC_DELETED", "TOPIC_ID_INVALID"]
)
async def test_without_its_topic_a_message_goes_to_the_chat_itself(
    sender: TelegramSender, telegram: BotApi, sentence: str
) -> None:
    telegram.fails_with(-100, Refusal(400, f"Bad Request: {sentence}"))
    await sender.send(owed(-100, thread=7))
    assert [message["thread"] for message in telegram.messages] == [None]
    assert [call.get("message_thread_id") for call in telegram.calls("sendMessage")] == ["7", None]


async def test_the_second_try_without_topic_may_fail_like_any_other(
    sender: TelegramSender, telegram: BotApi
) -> None:
    telegram.fails_with(-100, Refusal(400, "Bad Request: message thread not found"))
    telegram.fails_with(-100, flooded(5))
    assert marks(await refusal(sender, owed(-100, thread=7))) == {"retry_after"}


async def test_a_topic_refusal_without_a_topic_is_not_repeated_for_ever(
    sender: TelegramSender, telegram: BotApi
) -> None:
    telegram.fails_with(1, Refusal(400, "Bad Request: message thread not found"), times=9)
    assert marks(await refusal(sender)) == {"is_message_fault"}
    assert len(telegram.calls("sendMessage")) == 1


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_is_tried_again(sender: TelegramSender, telegram: BotApi, status: int) -> None:
    telegram.fails_with(1, server_error(status))
    assert marks(await refusal(sender)) == set()
    assert telegram.messages == []


async def test_after_a_gateways_timeout_the_message_may_have_arrived(
    sender: TelegramSender, telegram: BotApi
) -> None:
    telegram.fails_with(1, server_error(504))
    assert marks(await refusal(sender)) == {"is_uncertain"}


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


async def test_an_answer_that_is_no_json_is_uncertain(sender: TelegramSender, telegram: BotApi) -> None:
    telegram.fails_with(1, Refusal(200, "", body=b"<html>login to the hotel's network</html>"))
    assert marks(await refusal(sender)) == {"is_uncertain"}


@pytest.mark.parametrize("status", [401, 404])
async def test_an_unknown_token_is_nobodys_but_the_operators_fault(
    sender: TelegramSender, telegram: BotApi, status: int
) -> None:
    telegram.fails_with(1, Refusal(status, "Unauthorized"))
    error = await refusal(sender)
    assert marks(error) == {"is_bot_fault", "retry_after"}
    assert "@BotFather" in str(error)


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
async def test_the_token_is_in_no_log_traceback_cause_or_repr(telegram: BotApi, fault: Refusal) -> None:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(Redactor([TOKEN]))
    root, level = logging.getLogger(), logging.getLogger().level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        sender = TelegramSender(TOKEN, telegram.url, read_timeout=0.3)
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
    assert TOKEN not in shown
    assert TOKEN.split(":")[1] not in shown
