"""Every command there is, in every kind of chat, over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor.dialogue import choice, operators, questions
from monitor.dialogue.answers import ROUTER
from monitor.language.speech import speak
from tests.botapi import BotApi, Sent
from tests.botapi.reading import Reader
from tests.crawl.house import House, living
from tests.crawl.town import Town
from tests.crawl.words import english_in

LANGUAGES = ("en", "fr", "es")
LANGUAGE = "es"
"""In which all is said here: no command means another thing in another language."""
SAMPLES = {
    "start": ("", "MEX", "nobody"),
    "help": ("",),
    "about": ("",),
    "status": ("", "Mexico", "ALB", "Nigr", "QQQQ"),
    "countries": ("", "Europe", "QQQQ"),
    "missing": ("", "all", "country report cycle 1 Europe", "QQQQ"),
    "compare": ("", "Mexico Brazil", "Mexico, Finland and Chad", "Mexico Nigr", "QQQQ"),
    "recent": ("", "3"),
    "year": ("", "2026", "2026-01-01 2026-06-30", "QQQQ"),
    "pledge": ("", "MEX"),
    "evidence": ("", "Mexico", "ALB-00000000", "QQQQ"),
    "export": ("",),
    "map": ("", "1 country report", "QQQQ"),
    "subscriptions": ("",),
    "subscribe": ("", "Mexico, Brazil", "QQQQ", "Nigr"),
    "settings": ("", "hour 7", "zone Vienn", "QQQQ"),
    "language": ("", "xx"),
    "forget": ("",),
    "unsubscribe": ("Mexico", "QQQQ", "", ""),
    "health": ("",),
    "chats": ("",),
    "sweep": ("", "Mexico", "Nigr"),
    "pause": ("",),
    "resume": ("", ""),
    "test": ("",),
}
"""What is typed behind each command."""
DUTIES = frozenset(operators.TABLE.commands) - set(questions.TABLE.commands)
CHOICES = frozenset(choice.TABLE.commands)
CORRECTIONS = ("add MEX 2023-11-30", "add MEX never", "add QQQQ", "add", "remove MEX")
"""Of operators only, behind /pledge."""


def test_every_command_there_is_has_a_sample() -> None:
    assert set(SAMPLES) == {name for table in ROUTER.tables for name in table.commands}


def commands() -> Iterator[tuple[str, str]]:
    for name, samples in SAMPLES.items():
        yield from ((name, f"/{name} {words}".rstrip()) for words in samples)


class Walk:
    """Says everything everywhere, and keeps what was answered in the kinds of chat."""

    def __init__(self, house: House, town: Town) -> None:
        self.house, self.town, ann = house, town, town.ann
        self.says: dict[str, Callable[[str], object]] = {
            "private": ann.says,
            "administrator": lambda text: ann.says(text, town.group),
            "member": lambda text: town.bob.says(text, town.crowd),
            "topic": lambda text: ann.says(text, town.topic),
            "channel": town.channel.posts,
            "operators": lambda text: town.olga.says(text, town.desk),
        }
        self.places: dict[str, Reader] = {
            "private": ann,
            "administrator": town.group,
            "member": town.crowd,
            "topic": town.forum,
            "channel": town.channel,
            "operators": town.desk,
        }

    async def says_everywhere(self, text: str, *only: str) -> dict[str, list[Sent]]:
        if text == "/test":
            await self.house.monitor.deliver()  # what the sweep had to say is not the answer
        before = {name: len(place.sent()) for name, place in self.places.items()}
        for name in only or self.says:
            self.says[name](text)
        await self.house.settles()
        if text == "/test":
            await self.house.monitor.deliver()
        return {name: place.sent()[before[name] :] for name, place in self.places.items()}

    def checks(self, text: str, answers: dict[str, list[Sent]]) -> None:
        """All answers stand where they were asked for and in the language of the town."""
        for name, sent in answers.items():
            for each in sent:
                words = "\n".join([each.text, *(label for row in each.labels for label in row)])
                assert english_in(self.town.code, words) == set(), (name, text)
                assert each.text, (name, text)
                assert each.thread == (self.town.topic.thread if name == "topic" else None), text
        assert self.house.troubles == [], text


@pytest.fixture
def town(telegram: BotApi) -> Town:
    return Town(telegram, LANGUAGE)


async def test_every_command_is_answered_or_met_with_silence_as_the_chat_and_the_person_deserve(
    tmp_path: Path, telegram: BotApi, town: Town
) -> None:
    say = speak(town.code)
    unknown = say("I do not know that command. You can ask:")
    refusal = say("Only an administrator of this chat may change what it is told.")
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        walk = Walk(house, town)
        for name, text in commands():
            answers = await walk.says_everywhere(text)
            walk.checks(text, answers)
            counts = {kind: len(sent) for kind, sent in answers.items()}
            is_begun = name == "sweep" and "Nigr" not in text
            assert counts.pop("operators") == (2 if is_begun else 1), (text, answers)
            assert counts.pop("private") == 1, text
            assert all(
                each[0].file_name.endswith(".csv") is (name == "export") for each in answers.values() if each
            )
            if name in DUTIES:
                assert set(counts.values()) == {0}, (text, answers)
                assert answers["private"][0].text.startswith(unknown)
                continue
            assert set(counts.values()) == {1}, (text, answers)
            assert not answers["private"][0].text.startswith(unknown)
            for kind in set(answers) - {"operators"}:
                is_refused = kind == "member" and name in CHOICES
                assert (answers[kind][0].text == refusal) is is_refused, (text, kind)
        for words in CORRECTIONS:
            answers = await walk.says_everywhere(f"/pledge {words}", "operators")
            walk.checks(words, answers)
            assert len(answers["operators"]) == 1
    assert house.refusals == []
    assert house.world.pledges["MEX"].source.startswith("said by an operator")


async def test_what_is_not_a_command_of_ours_is_helped_with_in_private_and_met_with_silence_elsewhere(
    tmp_path: Path, telegram: BotApi, town: Town
) -> None:
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        walk = Walk(house, town)
        for text in ("good morning", "/frobnicate", "/", "//status", "/status@another_bot Mexico"):
            answers = await walk.says_everywhere(text)
            walk.checks(text, answers)
            is_for_another = "@" in text
            assert len(answers.pop("private")) == (0 if is_for_another else 1), text
            assert not any(answers.values()), text
        answers = await walk.says_everywhere("/STATUS@Monitor_Test_Bot  Mexico")
        assert {name: len(sent) for name, sent in answers.items()} == dict.fromkeys(answers, 1)
