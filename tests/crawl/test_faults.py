"""Telegram and the network fail in every way while people are answered: others are answered all the same, and nothing is told twice."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from monitor.model import Commit
from tests.botapi import (
    BotApi,
    Callback,
    Close,
    InlineQuery,
    Person,
    Refusal,
    Silence,
    blocked,
    flooded,
    server_error,
)
from tests.botapi.faults import Fault
from tests.crawl.house import House, living, unhurried

FAULTS: dict[str, Fault] = {
    "blocked": blocked(),
    "flooded": flooded(1),
    "flooded for long": flooded(600),
    "not found": Refusal(400, "Bad Request: chat not found"),
    "bad gateway": server_error(),
    "gateway timeout": server_error(504),
    "no JSON": Refusal(200, "", body=b"<html>hello</html>"),
    "cut before": Close(),
    "cut after": Close(is_taken=True),
    "cut inside": Close(is_taken=True, is_mid_answer=True),
    "silence": Silence(),
}
ARRIVES = {"flooded", "cut after", "cut inside", "silence"}
"""Where what was said first is in the chat all the same, once."""
CALM = {"blocked"}
"""What is no trouble: nobody has to do anything about a person who left."""


class Crowd:
    """One person for each fault, and Bob, who has none."""

    def __init__(self, telegram: BotApi) -> None:
        self.telegram = telegram
        self.people = {name: telegram.person(name) for name in FAULTS}
        self.bob = telegram.person("Bob")

    def each(self, does: Callable[[Person], object]) -> dict[str, object]:
        return {name: does(person) for name, person in self.people.items()}

    def fails(self, method: str) -> None:
        for name, person in self.people.items():
            self.telegram.fails_with(person.id, FAULTS[name], method=method)

    async def has_begun(self, house: House, text: str) -> dict[str, int]:
        """Let everybody be answered once, and say how many messages each has then."""
        self.each(lambda person: person.says(text))
        await house.settles()
        return self.counts()

    def counts(self) -> dict[str, int]:
        return {name: len(person.sent()) for name, person in self.people.items()}

    async def is_answered_meanwhile(self, house: House) -> None:
        """Bob is answered while others wait, and in the end everybody is, again."""
        self.bob.says("/status Mexico")
        await self.bob.awaits("Mexico")
        await house.settles()
        for person in self.people.values():
            person.says("/status Fiji")
        await house.settles()
        unanswered = [name for name, each in self.people.items() if "Fiji" not in each.last().text]
        assert unanswered == []

    def troubles(self, house: House) -> int:
        """Count what was logged as trouble; never a bug."""
        assert [line for line in house.troubles if line["event"] != "bot"] == []
        return len(house.troubles)


@pytest.fixture
def crowd(telegram: BotApi) -> Crowd:
    return Crowd(telegram)


async def test_an_answer_that_fails_is_not_said_twice(tmp_path: Path, telegram: BotApi, crowd: Crowd) -> None:
    async with living(tmp_path, telegram, Commit()) as house:
        unhurried(house)
        crowd.fails("sendMessage")
        crowd.each(lambda person: person.says("/status Mexico"))
        await crowd.is_answered_meanwhile(house)
        said = {name: sum("Mexico" in text for text in each.reads()) for name, each in crowd.people.items()}
    assert said == {name: int(name in ARRIVES) for name in FAULTS}
    assert crowd.troubles(house) == len(FAULTS) - len(CALM | {"flooded"})


async def test_a_file_that_fails_is_not_sent_twice(tmp_path: Path, telegram: BotApi, crowd: Crowd) -> None:
    async with living(tmp_path, telegram, Commit()) as house:
        unhurried(house)
        crowd.fails("sendDocument")
        crowd.each(lambda person: person.says("/export"))
        await crowd.is_answered_meanwhile(house)
        files = {
            name: sum(bool(sent.file_name) for sent in each.sent()) for name, each in crowd.people.items()
        }
    assert files == {name: int(name in ARRIVES) for name in FAULTS}
    crowd.troubles(house)


async def test_a_page_that_cannot_be_turned_is_not_shown_twice(
    tmp_path: Path, telegram: BotApi, crowd: Crowd
) -> None:
    async with living(tmp_path, telegram, Commit()) as house:
        unhurried(house)
        await crowd.has_begun(house, "/countries")
        crowd.fails("editMessageText")
        lists = {name: person.last() for name, person in crowd.people.items()}
        presses = {name: person.presses("▶") for name, person in crowd.people.items()}
        await crowd.is_answered_meanwhile(house)
        shown = {name: len(each.sent()) - 1 for name, each in crowd.people.items()}
    assert all(len(press.answers) == 1 for press in presses.values())
    assert {name: len(each.edits) for name, each in lists.items()} == {
        name: int(name in ARRIVES) for name in FAULTS
    }
    assert shown == {name: 1 + (name == "not found") for name in FAULTS}
    crowd.troubles(house)


async def test_a_press_that_cannot_be_answered_turns_the_page_all_the_same(
    tmp_path: Path, telegram: BotApi, crowd: Crowd
) -> None:
    async with living(tmp_path, telegram, Commit()) as house:
        unhurried(house)
        await crowd.has_begun(house, "/countries")
        crowd.fails("answerCallbackQuery")
        lists = {name: person.last() for name, person in crowd.people.items()}
        presses: dict[str, Callback] = {name: each.presses("▶") for name, each in crowd.people.items()}
        await crowd.is_answered_meanwhile(house)
    assert all(len(press.answers) <= 1 for press in presses.values())
    assert {name: len(each.edits) for name, each in lists.items()} == dict.fromkeys(FAULTS, 1)
    crowd.troubles(house)


async def test_a_query_that_cannot_be_answered_is_no_obstacle_to_the_next(
    tmp_path: Path, telegram: BotApi, crowd: Crowd
) -> None:
    async with living(tmp_path, telegram, Commit()) as house:
        unhurried(house)
        crowd.fails("answerInlineQuery")
        crowd.each(lambda person: person.asks_inline("mex"))
        await house.has_heard()
        queries: list[InlineQuery] = [person.asks_inline("mexico") for person in crowd.people.values()]
        await asyncio.gather(*(query.answered() for query in queries))
        await crowd.is_answered_meanwhile(house)
    assert {query.titles[0] for query in queries} == {"🇲🇽 Mexico"}
    crowd.troubles(house)


async def test_where_telegram_does_not_say_who_administers_nothing_is_changed_and_others_go_on(
    tmp_path: Path, telegram: BotApi, crowd: Crowd
) -> None:
    groups = {name: telegram.group(name, admins=[person]).adds_bot() for name, person in crowd.people.items()}
    async with living(tmp_path, telegram, Commit()) as house:
        unhurried(house)
        for name, group in groups.items():
            telegram.fails_with(group.id, FAULTS[name], method="getChatAdministrators")
            crowd.people[name].says("/subscribe", group)
        await crowd.is_answered_meanwhile(house)
        assert not house.world.subscriptions
        refused = {name: group.last().text for name, group in groups.items()}
        assert set(refused.values()) == {"Only an administrator of this chat may change what it is told."}
        for name, group in groups.items():
            crowd.people[name].says("/subscribe", group)
        await house.settles()
    assert {each.chat for each in house.world.subscriptions} == {group.id for group in groups.values()}
    assert crowd.troubles(house) == 0


async def test_a_group_that_moved_meanwhile_is_answered_and_remembered_where_it_is_now(
    tmp_path: Path, telegram: BotApi
) -> None:
    ann = telegram.person("Ann")
    groups = [telegram.group(f"Group {number}", admins=[ann]).adds_bot() for number in range(3)]
    async with living(tmp_path, telegram, Commit()) as house:
        for group in groups:
            ann.says("/subscribe", group)
        await house.settles()
        menu = groups[1].last()
        ann.says("/status Mexico", groups[0])
        pressed = ann.presses("Done", menu)
        ann.says("/export", groups[2])
        new = [group.upgrades(is_announced=False) for group in groups]
        await house.settles()
        assert len(pressed.answers) == 1
        assert [len(group.sent()) for group in new] == [1, 1, 1]
    assert {each.chat for each in house.world.subscriptions} == {group.id for group in new}
    assert house.troubles == []
