"""The bot's name typed in any chat, in two languages: cards are offered, at once, whatever is typed."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from monitor.language.speech import speak
from tests.botapi import BotApi
from tests.crawl.house import living
from tests.crawl.test_commands import LANGUAGES
from tests.crawl.town import Town
from tests.crawl.words import english_in

NAMED = {"fr": "Pays-Bas", "es": "Países Bajos"}
TYPED = {
    "": "The world in numbers",
    "NLD": "NLD",
    "niger": "NER",
    "méxico": "MEX",
    "Alemania": "DEU",
    "  mexique  ": "MEX",
}
"""What is typed, and which country is offered first."""
NOTHING = ("QQQQQQ", "x" * 256, "😀" * 128, "<b>&", "\u202e", "9" * 256, "/status Mexico QQQ")


@pytest.mark.parametrize("code", LANGUAGES[1:])
async def test_what_is_typed_behind_the_bots_name_offers_cards_in_the_persons_language(
    tmp_path: Path, telegram: BotApi, code: str
) -> None:
    town, say = Town(telegram, code), speak(code)
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        names = {each.code: say.country(each) for each in house.monitor.config.countries}
        for typed, first in {**TYPED, NAMED[code]: "NLD"}.items():
            query = town.ann.asks_inline(typed, kind="group")
            await query.answered()
            assert query.titles[0] == names.get(first, say(first)), typed
            assert len(query.results) <= 10
            for card in query.results:
                keyboard = card.get("reply_markup", {}).get("inline_keyboard", [])
                buttons = [button for row in keyboard for button in row]
                assert not any("callback_data" in button for button in buttons), "no chat to answer it in"
                shown = "\n".join([card["title"], card.get("description", ""), card["text"]])
                assert english_in(code, "\n".join([shown, *(button["text"] for button in buttons)])) == set()
        similar = town.ann.asks_inline("nigr")
        await similar.answered()
        assert {names["NER"], names["NGA"]} <= set(similar.titles)
        for typed in NOTHING:
            query = town.ann.asks_inline(typed)
            await query.answered()
            assert len(query.results) <= 10
        await house.settles()
        assert all(len(each["answers"]) == 1 for each in telegram.state.queries.values())
    assert house.refusals == []
    assert house.troubles == []


async def test_fifty_queries_in_a_second_are_all_answered_once_and_very_many_more_with_nothing(
    tmp_path: Path, telegram: BotApi
) -> None:
    town = Town(telegram)
    async with living(tmp_path, telegram, town.commit(), town.operators, a_minute=20) as house:
        began = time.monotonic()
        queries = [town.ann.asks_inline("mexico"[: 1 + number % 6]) for number in range(50)]
        town.bob.says("/status Fiji")
        await town.bob.awaits("Fiji")
        await house.settles()
        assert time.monotonic() - began < 20
        assert [len(query.answers) for query in queries] == [1] * 50
        assert {0 < len(query.results) <= 10 for query in queries} == {True}
        more = [town.ann.asks_inline("mexico") for _ in range(60)]
        await house.settles()
        assert [len(query.answers) for query in more] == [1] * 60
        assert [bool(query.results) for query in more].count(True) == 50
        theirs = town.bob.asks_inline("mexico")
        await theirs.answered()
        assert theirs.results
    assert house.troubles == []
