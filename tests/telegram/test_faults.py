from __future__ import annotations

import pytest

from monitor.model import Button, Message
from monitor.telegram.sender import TelegramSender
from tests.botapi import BotApi, Refusal, blocked, flooded, migrated, server_error
from tests.telegram.line import TOKEN, marks, owed, refusal


async def test_a_silent_message_for_a_topic_says_so(sender: TelegramSender, telegram: BotApi) -> None:
    await sender.send(owed(-100, Message("hush", is_silent=True), thread=7))
    (message,) = telegram.messages
    assert (message["chat"], message["thread"], message["is_silent"]) == (-100, 7, True)
    assert message["buttons"] == []


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


async def test_a_topic_that_is_gone_is_reported_before_its_message_goes_to_the_chat_itself(
    telegram: BotApi,
) -> None:
    lost: list[tuple[object, int, int]] = []

    async def topic_gone(chat: object, thread: int) -> None:
        lost.append((chat, thread, len(telegram.messages)))

    sender = TelegramSender(TOKEN, telegram.url, topic_gone=topic_gone)
    await sender.start()
    telegram.fails_with(-100, Refusal(400, "Bad Request: message thread not found"))
    await sender.send(owed(-100, thread=7))
    await sender.send(owed(-100, thread=8))
    await sender.close()
    assert lost == [(-100, 7, 0)]
    assert [message["thread"] for message in telegram.messages] == [None, 8]


async def test_where_the_general_topic_is_closed_too_the_chat_takes_nothing(
    sender: TelegramSender, telegram: BotApi
) -> None:
    telegram.fails_with(1, Refusal(400, "Bad Request: TOPIC_CLOSED"), times=9)
    assert marks(await refusal(sender)) == {"is_permanent"}
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


@pytest.mark.parametrize("status", [401, 404])
async def test_an_unknown_token_is_nobodys_but_the_operators_fault(
    sender: TelegramSender, telegram: BotApi, status: int
) -> None:
    telegram.fails_with(1, Refusal(status, "Unauthorized"))
    error = await refusal(sender)
    assert marks(error) == {"is_bot_fault", "retry_after"}
    assert "@BotFather" in str(error)
