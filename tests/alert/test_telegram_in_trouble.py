"""Hours in which Telegram or the way to it fails, over HTTP: looking goes on, and afterwards everybody was told everything once."""

from __future__ import annotations

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from monitor.alert import notices
from monitor.alert.deliver import DeliveryReport, Sender, deliver
from monitor.alert.pace import Pace
from monitor.model import Commit, Delivery, DeliveryState, Subscription
from monitor.record.apply import after
from monitor.telegram.sender import TelegramSender
from tests.botapi import BotApi, Close, Drip, Refusal, Silence, flooded, server_error
from tests.botapi.faults import Fault
from tests.fakes import OPERATOR, Watch

pytestmark = pytest.mark.slow

CHATS = tuple(range(1, 13))
PAGE = b"<html><title>Sign in to the hotel's network</title></html>"
PUBLISHING = ("MEX", "FIN", "CHE", "NER")
HOST = "telegram.test"


@dataclass
class Trouble:
    """A watch whose chats are told over HTTP, by a clock that only it moves."""

    telegram: BotApi
    sender: Sender
    watch: Watch = field(default_factory=lambda: Watch(PUBLISHING))
    pace: Pace = field(default_factory=Pace)

    async def begins(self) -> None:
        await self.watch.has_baseline()
        world = self.watch.store.world
        chats = (*map(Subscription, CHATS), Subscription(OPERATOR, is_operator=True))
        gone = tuple(each for each in world.subscriptions if not each.is_operator)
        self.watch.store.world = after(world, Commit(subscriptions=chats, unsubscribed=gone))

    async def tells(self) -> DeliveryReport:
        clock = self.watch.clock
        return await deliver(
            store=self.watch.store,
            sender=self.sender,
            pace=self.pace,
            clock=clock,
            sleep=self.naps,
            uncertain_notice=notices.uncertain,
            given_up_notice=notices.given_up,
        )

    async def naps(self, seconds: float) -> None:
        """Let a true moment pass as well: what is waited for comes over HTTP, however often the clock is moved on."""
        await asyncio.sleep(0.003)
        await self.watch.clock.sleep(seconds)

    async def an_hour_passes(self) -> None:
        """Every ten minutes a look and a round, every five a round; four countries publish meanwhile."""
        for number in range(6):
            if number < len(PUBLISHING):
                self.watch.site.publishes(PUBLISHING[number])
            await self.watch.sweeps(after_hours=1 / 12)
            await self.tells()
            self.watch.clock.advance(300)
            await self.tells()

    async def is_over(self) -> None:
        self.telegram.state._faults.clear()
        for _ in range(30):
            self.watch.clock.advance(3600)
            if not (await self.tells()).waiting:
                return
        raise AssertionError("something still waits")

    def alerts(self) -> Counter[tuple[int, str]]:
        """Count what chats were told, by chat and country."""
        names = {"MEX": "Mexico", "FIN": "Finland", "CHE": "Switzerland", "NER": "Niger"}
        return Counter(
            (each["chat"], code)
            for each in self.telegram.messages
            for code in PUBLISHING
            if each["chat"] in CHATS and names[code] in each["text"].split("\n")[0]
        )

    @property
    def states(self) -> Counter[DeliveryState]:
        return Counter(each.state for each in self.watch.store.world.deliveries if each.about)


EVERYTHING_ONCE = Counter({(chat, code): 1 for chat in CHATS for code in PUBLISHING})


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi() as api:
        yield api


@pytest.fixture
async def trouble(telegram: BotApi) -> AsyncIterator[Trouble]:
    sender = TelegramSender(telegram.token, telegram.url, connect_timeout=0.5, read_timeout=2)  # both twice
    await sender.start()
    found = Trouble(telegram, sender)
    await found.begins()
    yield found
    await sender.close()


LOST_LINES: dict[str, Fault] = {
    "status 503": server_error(503),
    **{f"a page with {status}": Refusal(status, "", body=PAGE) for status in (200, 401, 403)},
    "an empty refusal": Refusal(403, "", body=b""),
}
"""One of each sort; that other statuses mean the same to the sender is tested in ``tests/telegram``."""


@pytest.mark.parametrize("name", LOST_LINES)
async def test_an_hour_of_a_lost_line_costs_nobody_anything(trouble: Trouble, name: str) -> None:
    for chat in (*CHATS, OPERATOR):
        trouble.telegram.fails_with(chat, LOST_LINES[name], times=1000)
    await trouble.an_hour_passes()
    assert trouble.telegram.count() == 0
    assert len(trouble.watch.store.world.changes) == len(PUBLISHING)
    await trouble.is_over()
    assert trouble.alerts() == EVERYTHING_ONCE
    assert set(trouble.states) == {DeliveryState.SENT}
    assert not any(chat.away for chat in trouble.watch.store.world.chats.values())


async def test_a_server_that_is_gone_for_an_hour_costs_nobody_anything(trouble: Trouble) -> None:
    trouble.telegram.stop()
    await trouble.an_hour_passes()
    trouble.telegram.start()
    await trouble.is_over()
    assert trouble.alerts() == EVERYTHING_ONCE


async def test_a_name_that_cannot_be_found_for_an_hour_costs_nobody_anything(
    telegram: BotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    true, asked = socket.getaddrinfo, [True]

    def found(host: str | bytes | None, *args: Any, **more: Any) -> Any:  # noqa: ANN401 - socket's own signature
        name = host.decode() if isinstance(host, bytes) else host
        if name != HOST:
            return true(host, *args, **more)
        if asked[0]:
            raise socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
        return true("127.0.0.1", *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", found)
    sender = TelegramSender(telegram.token, telegram.url.replace("127.0.0.1", HOST))
    await sender.start()
    trouble = Trouble(telegram, sender)
    await trouble.begins()
    await trouble.an_hour_passes()
    assert telegram.count() == 0
    asked[0] = False
    await trouble.is_over()
    await sender.close()
    assert trouble.alerts() == EVERYTHING_ONCE


async def test_a_chat_that_has_to_wait_half_a_day_waits_alone_and_is_told_in_order_then(
    trouble: Trouble,
) -> None:
    began = trouble.watch.clock.now

    def since() -> float:
        return (trouble.watch.clock.now - began).total_seconds()

    trouble.telegram.fails_with(5, flooded(43_000))
    await trouble.an_hour_passes()
    told = trouble.alerts()
    assert {chat for chat, _ in told} == set(CHATS) - {5}
    assert set(told.values()) == {1}
    assert len(told) == (len(CHATS) - 1) * len(PUBLISHING)
    while since() < 39_000:
        trouble.watch.clock.advance(3000)
        await trouble.tells()
    assert trouble.telegram.texts(5) == []
    # The pause was asked for within the first hour; by how much the clock has gone on, the rounds decide.
    trouble.watch.clock.advance(3600 + 43_000 - since())
    await trouble.tells()
    assert trouble.alerts() == EVERYTHING_ONCE
    named = [text.split("\n")[0] for text in trouble.telegram.texts(5)]
    assert len(set(named)) == len(PUBLISHING) == len(named)


class Revoking:
    """A sender in whose midst the token is taken back."""

    def __init__(self, sender: Sender, telegram: BotApi, at: int) -> None:
        self.sender, self.telegram, self.left = sender, telegram, at

    async def send(self, delivery: Delivery) -> None:
        self.left -= 1
        if self.left == 0:
            self.telegram.revokes_token()
        await self.sender.send(delivery)


@pytest.mark.parametrize("at", [1, 2, 7, 13, 30])
async def test_a_token_that_is_refused_in_the_middle_stops_all_until_it_is_taken_again(
    trouble: Trouble, at: int
) -> None:
    trouble.sender = Revoking(trouble.sender, trouble.telegram, at)
    await trouble.an_hour_passes()
    # Those that were on their way when it happened may have been taken or not; none is tried without end.
    assert trouble.telegram.count() < at + 8
    refused = await trouble.tells()
    assert refused.waiting
    trouble.telegram.restores_token()
    await trouble.is_over()
    assert trouble.alerts() == EVERYTHING_ONCE


ARRIVED = {"silence", "a drip", "cut inside"}
UNSURE: dict[str, Callable[[], Fault]] = {
    "silence": Silence,
    "a drip": Drip,
    "cut inside": lambda: Close(is_taken=True, is_mid_answer=True),
    "an empty answer": lambda: Refusal(200, "", body=b""),
    "half an answer": lambda: Refusal(200, "", body=b'{"ok": true, "resu'),
    "a gateway's timeout": lambda: server_error(504),
}


@pytest.mark.parametrize("name", UNSURE)
async def test_what_may_have_arrived_is_told_once_or_asked_about_and_never_told_twice(
    trouble: Trouble, name: str
) -> None:
    for chat in (3, 7):
        trouble.telegram.fails_with(chat, UNSURE[name]())
    await trouble.an_hour_passes()
    await trouble.is_over()
    told = trouble.alerts()
    assert set(told.values()) == {1}
    assert len(EVERYTHING_ONCE - told) == (0 if name in ARRIVED else 2)
    assert trouble.states[DeliveryState.UNCERTAIN] == 2
    asked = [each for each in trouble.telegram.messages if each["chat"] == OPERATOR and "again:" in str(each)]
    assert len(asked) == 2
