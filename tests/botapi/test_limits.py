from __future__ import annotations

import pytest
from telegram import Bot
from telegram.error import RetryAfter

from tests.botapi import BotApi
from tests.botapi.faults import Refused
from tests.botapi.limits import Limits


def taken(limits: Limits, chat: int, now: float, *, is_group: bool = False) -> int:
    """Give 0 where the message is taken, else the seconds to wait."""
    try:
        limits.admit(chat, now, is_group=is_group)
    except Refused as refused:
        return refused.refusal.parameters["retry_after"]
    return 0


def test_thirty_chats_in_a_second_are_taken_and_no_more_until_the_first_is_a_second_old() -> None:
    limits = Limits()
    assert [taken(limits, chat, 100 + chat / 100) for chat in range(30)] == [0] * 30
    assert taken(limits, 99, 100.5) == 1
    assert taken(limits, 99, 100.99) == 1
    assert taken(limits, 99, 101.0) == 0
    assert taken(limits, 98, 101.0) == 1
    assert taken(limits, 98, 101.01) == 0


def test_a_chat_takes_three_at_once_and_then_one_a_second() -> None:
    limits = Limits()
    assert [taken(limits, 1, 100.0) for _ in range(4)] == [0, 0, 0, 1]
    assert taken(limits, 2, 100.0) == 0
    assert [taken(limits, 1, 101.0) for _ in range(2)] == [0, 1]
    assert [taken(limits, 1, 110.0) for _ in range(4)] == [0, 0, 0, 1]


def test_a_group_takes_twenty_in_any_minute_and_says_how_long_to_wait() -> None:
    limits = Limits()
    assert [taken(limits, -1, 100.0 + 2 * at, is_group=True) for at in range(20)] == [0] * 20
    assert taken(limits, -1, 140.0, is_group=True) == 20
    assert taken(limits, -2, 140.0, is_group=True) == 0
    assert taken(limits, -1, 160.0, is_group=True) == 0
    assert taken(limits, -1, 161.0, is_group=True) == 1


def test_a_private_chat_knows_no_limit_of_a_minute() -> None:
    limits = Limits()
    assert [taken(limits, 1, 100.0 + at) for at in range(40)] == [0] * 40


def test_quiet_chats_are_forgotten_and_busy_ones_are_not() -> None:
    limits = Limits()
    for at in range(500):
        limits.admit(-at - 1, 100.0 + at, is_group=True)
    for _ in range(3):
        limits.admit(-999, 690.0, is_group=True)
    assert set(limits._full_until) <= {-999, *range(-500, -430)}
    assert len(limits._groups) < 70
    assert taken(limits, -999, 690.0, is_group=True) == 1


async def test_over_http_too_fast_is_429_with_the_time_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.botapi.limits.IN_GROUP", 1)
    with BotApi(has_limits=True) as api:
        async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
            await bot.send_message(-5, "x")
            with pytest.raises(RetryAfter, match="Retry in 0:01:00"):
                await bot.send_message(-5, "y")
            await bot.send_message(-6, "z")


async def test_without_limits_nothing_is_too_fast() -> None:
    with BotApi() as api:
        async with Bot(api.token, base_url=f"{api.url}/bot") as bot:
            for _ in range(31):
                await bot.send_message(-5, "x")
        assert api.count(-5) == 31
