"""What a proxy between here and Telegram answers says nothing of the chat, the message or the token."""

from __future__ import annotations

import asyncio
import json
import logging

import pytest
from telegram.error import TelegramError

from monitor.telegram.polling import Unbreakable
from monitor.telegram.request import TelegramRequest, strange_answer
from monitor.telegram.sender import TelegramSender
from tests.botapi import BotApi, Drip, Refusal
from tests.telegram.line import TOKEN, marks, owed, refusal

PAGE = b"<!DOCTYPE html><html><title>Sign in</title>chat not found, bot was blocked, topic closed</html>"
STATUSES = (
    200,
    201,
    301,
    302,
    307,
    400,
    401,
    403,
    404,
    405,
    407,
    409,
    413,
    429,
    451,
    500,
    502,
    503,
    511,
    520,
)


@pytest.mark.parametrize("status", STATUSES)
async def test_a_page_instead_of_an_answer_is_a_lost_line_and_nothing_else(
    sender: TelegramSender, telegram: BotApi, status: int
) -> None:
    telegram.fails_with(1, Refusal(status, "", body=PAGE))
    error = await refusal(sender)
    assert marks(error) == set()
    assert telegram.messages == []
    await sender.send(owed())


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 500])
@pytest.mark.parametrize("body", [b"", b"Forbidden", b"{}", b'{"message": "Forbidden"}', b"[]", b"\xff\xfe"])
async def test_a_refusal_that_is_not_in_telegrams_form_is_not_telegrams(
    sender: TelegramSender, telegram: BotApi, status: int, body: bytes
) -> None:
    telegram.fails_with(1, Refusal(status, "", body=body))
    assert marks(await refusal(sender)) == set()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b'{"ok": tr',
        b"null",
        b"[]",
        b'{"result": 7}',
        b'{"ok": "yes"}',
        b'{"ok": true}',
        b'{"ok": true, "result": 7}',
        b'{"ok": true, "result": {"message_id": 1}}',
        b"[" * 100_000,
        b"\x00",
    ],
)
async def test_an_answer_with_status_200_that_cannot_be_read_leaves_open_whether_it_arrived(
    sender: TelegramSender, telegram: BotApi, body: bytes
) -> None:
    telegram.fails_with(1, Refusal(200, "", body=body))
    assert marks(await refusal(sender)) == {"is_uncertain"}


async def test_a_refusal_that_somebody_sends_on_as_a_success_is_a_refusal(
    sender: TelegramSender, telegram: BotApi
) -> None:
    for body in (b'{"ok": false}', b' {"ok":false,"error_code":500,"description":"Internal Server Error"}'):
        telegram.fails_with(1, Refusal(200, "", body=body))
        assert marks(await refusal(sender)) == set()


@pytest.mark.parametrize("result", ["null", "7", '{"update_id": 1}', '"x"'])
def test_what_happened_is_a_list_or_it_is_not_telegram_that_says_it(result: str) -> None:
    with pytest.raises(TelegramError) as caught:
        Unbreakable.parse_json_payload(f'{{"ok": true, "result": {result}}}'.encode())
    assert strange_answer(caught.value)


def test_what_cannot_be_read_is_left_out_or_left_empty() -> None:
    odd: list[object] = [
        None,
        "x",
        7,
        [],
        {},
        {"update_id": "1"},
        {"update_id": 2, "message": {}},
        {"update_id": 3, "poll": 7},
    ]
    payload = json.dumps({"ok": True, "result": [*odd, {"update_id": 4}]}).encode()
    found = Unbreakable.parse_json_payload(payload)["result"]
    assert found == [{"update_id": 2}, {"update_id": 3}, {"update_id": 4}]
    refusal = {"ok": False, "error_code": 409, "description": "Conflict"}
    assert Unbreakable.parse_json_payload(json.dumps(refusal).encode()) == refusal


async def test_an_answer_that_drips_is_waited_for_no_longer_than_all_timeouts_twice(telegram: BotApi) -> None:
    sender = TelegramSender(TOKEN, telegram.url, connect_timeout=0.3, read_timeout=0.3)
    await sender.start()
    telegram.fails_with(1, Drip())
    async with asyncio.timeout(20):  # it is for ever else
        error = await refusal(sender)
    assert (marks(error), str(error)) == ({"is_uncertain"}, "the answer did not end in time")
    await sender.send(owed())
    await sender.close()


async def test_of_a_large_page_little_is_kept_and_nothing_logged(
    sender: TelegramSender, telegram: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    telegram.fails_with(1, Refusal(502, "", body=b"<html>" + b"x" * 1_000_000))
    with caplog.at_level(logging.WARNING):
        error = await refusal(sender)
    assert len(str(error)) <= 301
    assert len(caplog.text) < 1000


def test_the_cause_is_found_however_deep_and_never_where_telegram_answered() -> None:
    with pytest.raises(TelegramError) as caught:
        TelegramRequest.parse_json_payload(PAGE)
    found = strange_answer(caught.value)
    assert found is not None
    assert found.is_page
    assert str(found) == f"{len(PAGE)} bytes that are not an answer of Telegram"
    answer = {"ok": False, "error_code": 403, "description": "Forbidden"}
    assert TelegramRequest.parse_json_payload(json.dumps(answer).encode()) == answer
    assert strange_answer(TelegramError("x")) is None
