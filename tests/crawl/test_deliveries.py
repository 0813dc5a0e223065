"""What is owed while Telegram and the network fail in every way: told once, or a person is asked; who takes nothing is left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from monitor.model import Commit, Delivery, DeliveryState, Message, Subscription, World
from monitor.telegram.sender import TelegramSender
from tests.botapi import BotApi, Callback, Person, Sent
from tests.botapi.faults import is_taken
from tests.botapi.happenings import pressed
from tests.crawl.house import House, living
from tests.crawl.test_faults import FAULTS, Crowd
from tests.telegram.line import TOKEN

WAITING, SENT, UNCERTAIN = DeliveryState.WAITING, DeliveryState.SENT, DeliveryState.UNCERTAIN
REFUSED = {"blocked", "not found"}
UNKNOWN = {"gateway timeout", "cut before", "cut after", "cut inside", "silence"}
NEWS = Message("<b>Mexico</b> published")


def owed(crowd: Crowd) -> Commit:
    """Owe everybody one alert, and Bob another."""
    now = datetime.now(UTC)
    people = {**crowd.people, "bob": crowd.bob}
    return Commit(
        subscriptions=tuple(Subscription(person.id) for person in people.values()),
        deliveries=tuple(
            Delivery(f"{now:%Y%m%dT%H%M%S%f}-{at:06}", person.id, NEWS, now, now, about=(0,))
            for at, person in enumerate(people.values())
        ),
    )


async def rounds(house: House) -> None:
    """Deliver until a round has nothing more to try: one that only meets failures ends early."""
    for _ in FAULTS:
        await house.monitor.deliver()


async def time_passes(house: House) -> None:
    """Let everything that waits be due."""

    def due(world: World) -> Commit:
        now = datetime.now(UTC)
        waiting = (each for each in world.deliveries if each.state is WAITING)
        return Commit(deliveries=tuple(replace(each, due=now) for each in waiting))

    await house.monitor.store.acommit(due)


def states(house: House, crowd: Crowd) -> dict[str, DeliveryState]:
    by_chat = {each.chat: each.state for each in house.world.deliveries if each.about}
    return {name: by_chat[person.id] for name, person in crowd.people.items()}


def question(olga: Person, delivery: Delivery) -> Sent:
    """Find what the operator was asked about a delivery."""
    [found] = [each for each in olga.sent() if f"again:{delivery.id}" in str(each.keyboard)]
    return found


async def presses_all_again(house: House, olga: Person) -> None:
    """Let an operator press what was settled long ago, in a message that shows it no more: nothing follows."""
    before, under = house.world, olga.sent()[-1].record
    owed = [each.id for each in before.deliveries if each.about]
    old = [{"callback_data": f"{verb}:{name}"} for verb in ("again", "came", "owed") for name in owed]
    queries = [Callback(olga.state, pressed(olga.state, olga.id, under, button)) for button in old]
    await house.settles()
    assert {query.toast for query in queries} == {"That message is settled."}
    assert house.world == before


async def test_what_is_owed_is_told_once_whatever_fails(tmp_path: Path, telegram: BotApi) -> None:
    crowd, olga = Crowd(telegram), telegram.person("Olga")
    for person in (*crowd.people.values(), crowd.bob, olga):
        person.starts()
    sender = TelegramSender(TOKEN, telegram.url, read_timeout=1.5)
    await sender.start()
    async with living(tmp_path, telegram, owed(crowd), (olga.id,)) as house:
        greeted = len(crowd.bob.sent())
        house.monitor.sender = sender
        crowd.fails("sendMessage")
        await rounds(house)
        assert {name for name, state in states(house, crowd).items() if state is UNCERTAIN} == UNKNOWN
        assert [text for text in crowd.bob.reads() if "Mexico" in text] == ["Mexico published"]
        away = {crowd.people[name].id for name in REFUSED}
        assert {chat.id for chat in house.world.chats.values() if chat.away} == away
        await time_passes(house)
        await rounds(house)
        assert {name for name, state in states(house, crowd).items() if state is SENT} == set(
            FAULTS
        ) - UNKNOWN
        assert not any(chat.away for chat in house.world.chats.values())
        for delivery in [each for each in house.world.deliveries if each.state is UNCERTAIN]:
            [name] = [name for name, person in crowd.people.items() if person.id == delivery.chat]
            asked = question(olga, delivery)
            olga.presses("It arrived" if is_taken(FAULTS[name]) else "Send again", asked)
        await house.settles()
        await rounds(house)
        assert set(states(house, crowd).values()) == {SENT}
        await presses_all_again(house, olga)
        told = {name: len(person.sent()) - greeted for name, person in crowd.people.items()}
        assert told == dict.fromkeys(FAULTS, 1)
    await sender.close()
    # What is given up or uncertain is a line of the log by itself.
    expected = {"delivering stopped", "delivery"}
    assert [line for line in house.troubles if line["event"] not in expected] == []


async def test_who_takes_no_messages_may_still_ask_and_is_told_what_waited_when_they_are_back(
    tmp_path: Path, telegram: BotApi
) -> None:
    crowd = Crowd(telegram)
    ann = crowd.people["blocked"]
    ann.starts()
    async with living(tmp_path, telegram, owed(crowd)) as house:
        ann.blocks_bot()
        await house.settles()
        await house.monitor.deliver()
        assert house.world.chats[ann.id].away
        assert not any("Mexico" in text for text in ann.reads())
        ann.unblocks_bot()
        ann.says("/status Fiji")
        await house.settles()
        assert not house.world.chats[ann.id].away
        await rounds(house)
        assert sum("Mexico" in text for text in ann.reads()) == 1
