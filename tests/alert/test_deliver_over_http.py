from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.alert.deliver import DeliveryReport, deliver
from monitor.alert.pace import Pace
from monitor.model import Commit, Delivery, DeliveryState, Message, Subscription
from monitor.record.store import Store
from monitor.telegram.sender import TelegramSender
from tests.botapi import BotApi, Close, Silence, blocked, flooded, migrated

WAITING, SENT = DeliveryState.WAITING, DeliveryState.SENT
UNCERTAIN, GIVEN_UP = DeliveryState.UNCERTAIN, DeliveryState.GIVEN_UP


# The same with the real store, the real sender and HTTP.


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as api:
        yield api


@pytest.fixture
async def line(telegram: BotApi) -> object:
    sender = TelegramSender(telegram.token, telegram.url, read_timeout=1.5)
    await sender.start()
    yield sender
    await sender.close()


def now() -> datetime:
    return datetime.now(UTC)


def owed_store(path: Path, *deliveries: tuple[str, int]) -> Store:
    store = Store.open(path / "store.json")
    at = now()
    owed = tuple(Delivery(name, chat, Message(name), at, at) for name, chat in deliveries)
    operators = (Subscription(9, is_operator=True), Subscription(1), Subscription(-5))
    store.commit(Commit(deliveries=owed, subscriptions=operators))
    return store


async def told(store: Store, sender: TelegramSender) -> DeliveryReport:
    return await deliver(
        store=store,
        sender=sender,
        pace=Pace(),
        clock=now,
        uncertain_notice=lambda _, delivery: Message(f"perhaps {delivery.id}"),
        given_up_notice=lambda _, delivery: Message(f"never {delivery.id}"),
    )


async def test_over_http_every_fault_ends_where_it_should(
    tmp_path: Path, telegram: BotApi, line: TelegramSender
) -> None:
    store = owed_store(tmp_path, ("a", 1), ("b", 2), ("c", 3), ("d", 4), ("e", -5), ("f", 6))
    telegram.fails_with(1, blocked())
    telegram.fails_with(2, flooded(60))
    telegram.fails_with(3, Silence())
    telegram.fails_with(-5, migrated(-1005))
    telegram.fails_with(6, Close())
    report = await told(store, line)
    assert report == DeliveryReport(sent=4, postponed=2, uncertain=2, waiting=2)
    world = store.load()
    assert {one.id: one.state for one in world.deliveries if one.id in "abcdef"} == {
        "a": WAITING, "b": WAITING, "c": UNCERTAIN, "d": SENT, "e": SENT, "f": UNCERTAIN,
    }  # fmt: skip
    assert {chat.id: chat.away for chat in world.chats.values()} == {
        1: "Forbidden: bot was blocked by the user"
    }
    assert telegram.texts(9) == ["perhaps c", "perhaps f"]
    store.close()


async def test_over_http_a_stop_in_the_middle_of_a_send_leaves_it_waiting(
    tmp_path: Path, telegram: BotApi, line: TelegramSender
) -> None:
    store = owed_store(tmp_path, ("a", 1), ("b", 1))
    telegram.fails_with(1, Silence())
    patient = TelegramSender(telegram.token, telegram.url, read_timeout=60)
    await patient.start()
    task = asyncio.create_task(told(store, patient))
    await asyncio.to_thread(telegram.wait_for_messages, 1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await patient.close()
    store.close()
    again = Store.open(tmp_path / "store.json")
    assert {one.state for one in again.load().deliveries} == {WAITING}
    assert (await told(again, line)).sent == 2
    assert telegram.texts(1) == ["a", "a", "b"]
    again.close()


async def test_over_http_what_could_not_connect_goes_out_when_telegram_is_back(
    tmp_path: Path, telegram: BotApi, line: TelegramSender
) -> None:
    store = owed_store(tmp_path, ("a", 1))
    telegram.stop()
    assert await told(store, line) == DeliveryReport(postponed=1, waiting=1)
    telegram.start()
    (waiting,) = store.load().deliveries
    store.commit(Commit(deliveries=(replace(waiting, due=now()),)))
    assert await told(store, line) == DeliveryReport(sent=1)
    assert telegram.texts(1) == ["a"]
    store.close()
