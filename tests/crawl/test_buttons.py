"""Every button that the bot shows, pressed over HTTP, and every button that it leads to."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from monitor.alert import texts
from monitor.dialogue.answers import ROUTER
from monitor.language.speech import speak
from tests.botapi import BotApi, Sent
from tests.botapi.editing import NOT_MODIFIED
from tests.crawl.crawler import Crawler, Step
from tests.crawl.house import House, living
from tests.crawl.test_commands import LANGUAGES
from tests.crawl.town import Town
from tests.crawl.words import english_in

pytestmark = pytest.mark.slow

PEOPLE_SAY = (
    *(
        "/start",
        "/status",
        "/status Nigr",
        "/map",
        "/countries",
        "/missing",
        "/recent 5",
        "/pledge",
        "/subscribe",
    ),
    *("/subscribe Mexik, Europ", "/unsubscribe Mexik", "/subscriptions", "/settings", "/settings zone Vienn"),
    *(
        "/language",
        "/unsubscribe Mexico",
        "/forget",
        "/subscribe @news",
        "/unsubscribe @news",
        "/settings @news",
    ),
)
GROUPS_SAY = ("/start", "/subscribe", "/subscriptions", "/forget")
OPERATORS_SAY = ("/health", "/sweep Nigr", "/start")
ENDS = frozenset({"hold", "doc", "again", "came", "sweep", "signed"})
"""Verbs whose answer may be the end of the talk, as a card is that no list was turned into, and these of a choice:"""
ENDS_OF_CHOICE = frozenset({"done", "erase"})
LANGUAGE = "fr"
"""No button leads elsewhere in another language; that every sentence is translated is tested in ``tests/language``."""
ON = re.compile(r"set:[^:]*:(menu|start|undo|resume)")
"""What leads on from a menu of a choice: to tick something is no way out."""


async def test_every_button_there_is_is_answered_once_and_leads_on(tmp_path: Path, telegram: BotApi) -> None:
    town = Town(telegram, LANGUAGE)
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        operators = Crawler(town.olga, town.desk)
        for text in OPERATORS_SAY:
            town.olga.says(text, town.desk)
        await house.monitor.deliver()
        await crawls(house, town, operators)
        people = Crawler(town.ann, town.ann), Crawler(town.ann, town.group), Crawler(town.ann, town.topic)
        for text in PEOPLE_SAY:
            town.ann.says(text)
        for text in GROUPS_SAY:
            for place in (town.group, town.topic):
                town.ann.says(text, place)
        await house.monitor.deliver()
        await crawls(house, town, *people)
    pressed = set().union(*(each.verbs for each in (operators, *people)))
    assert pressed == {name for table in ROUTER.tables for name in table.presses}
    assert {refusal for refusal in house.refusals if NOT_MODIFIED not in refusal[1]} == set()
    assert house.troubles == []
    assert house.ended == []


async def crawls(house: House, town: Town, *crawlers: Crawler) -> None:
    """Press all there is, each in their chat at the same time."""
    await house.settles()
    for each in crawlers:
        reads(town, each.looks(0))
    while True:
        steps = [(each, step) for each in crawlers if (step := each.presses_next())]
        if not steps:
            return
        await house.settles()
        for crawler, step in steps:
            assert len(step.query.answers) == 1, step.data
            reads(town, crawler.looks(step.mark), step.toast)
            assert not step.is_edited or leads_on(step), (step.data, step.message)
            assert step.toast not in dead(town), step.data


def reads(town: Town, messages: list[Sent], toast: str = "") -> None:
    """Nothing that is read is English in another language; a language that was just chosen is another one."""
    for each in messages:
        text = "\n".join([each.text, toast, *(label for row in each.labels for label in row)])
        assert english_in(town.code, text) == set(), each


def leads_on(step: Step) -> bool:
    """Tell whether the message that was edited still has a button that goes on or back, or may end here."""
    is_end = step.verb in ENDS or bool(ENDS_OF_CHOICE & set(step.data.split(":")))
    is_lone_card = step.verb == "card" and step.data.count(":") == 1
    said = [button.get("callback_data", "") for row in step.message.keyboard for button in row]
    return is_end or is_lone_card or any(ON.match(data) if step.verb == "set" else data for data in said)


def dead(town: Town) -> set[str]:
    """Give what is said of a button that nobody should have been shown."""
    say = speak(town.code)
    return {say("That button is not valid any more."), say("That country is not in the list any more.")}


async def test_whoever_chooses_a_language_is_spoken_to_in_it_from_then_on(
    tmp_path: Path, telegram: BotApi
) -> None:
    town = Town(telegram)
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        town.ann.says("/language")
        await house.settles()
        menu = town.ann.last()
        for code in (*LANGUAGES[1:], *LANGUAGES):
            town.ann.presses(speak(code).language(code), menu)
            town.ann.says("/pledge")
            await house.settles()
            legend = texts.legend(speak(code))
            assert menu.labels[-1] == [speak(code)("« Back")]
            assert legend in town.ann.last().text
            assert english_in(code, f"{menu.text}\n{town.ann.last().text}") == set()
