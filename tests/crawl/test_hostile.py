"""What strangers, other bots and a bad line can do to a bot in a chat: it answers what is meant for it, once, and nobody else pays."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from monitor.language.speech import speak
from monitor.model import Commit
from tests.botapi import BotApi, Close, Group, Person
from tests.botapi.fields import Json
from tests.crawl.house import House, living
from tests.crawl.town import STRANGE, Town

TITLES = (STRANGE, "\u202e\u200f\u200b", "A" * 255, "😀" * 128, "\u202e<b>\u200f&amp;", "{0} {name} %(x)s %s")
ARGUMENTS = (
    *("😀" * 2040, "<b>&amp;" * 500, "\u202e\u200b\u2066x", "\u0300" * 3000, "x\n" * 1500, "9" * 4000),
    *("{number} {0} %s", "👨‍👩‍👧‍👦" * 300, "\ufeff\u00a0", "@" * 60, "-100" + "1" * 30, ",;" * 1000),
)
COMMANDS = (
    "status",
    "countries",
    "missing",
    "recent",
    "pledge",
    "start",
    "subscribe",
    "unsubscribe",
    "settings",
    "language",
)
PERSON = {"id": 7, "is_bot": False, "first_name": STRANGE}


def happens(telegram: BotApi, *updates: Json) -> None:
    """Put updates before the bot as they are, whatever it asked for: numbered as they say, in that order."""
    state = telegram.state
    with state.changed:
        state.inbox._updates.extend(updates)
        state.changed.notify_all()


def message(chat: Group | Person, text: str, **more: object) -> Json:
    place = chat.place
    where = {"id": place.id, "type": place.type, "title": place.title}
    return {"message_id": 90_000, "date": int(time.time()), "chat": where, "text": text, **more}


async def is_fine(house: House, ann: Person) -> None:
    """Nothing was logged that matters, and the next question is answered."""
    ann.says("/status Fiji")
    await house.settles()
    assert "🇫🇯" in ann.last().text
    assert house.troubles == []
    assert house.refusals == []


async def test_groups_may_be_called_what_they_like(tmp_path: Path, telegram: BotApi) -> None:
    ann, olga = telegram.person("Ann"), telegram.person("Olga")
    olga.starts()
    async with living(tmp_path, telegram, Commit(), (olga.id,)) as house:
        groups = [telegram.group(title, admins=[ann]).adds_bot(by=ann) for title in TITLES]
        for group in groups:
            ann.says("/subscribe", group)
            ann.says("/settings", group)
        channel = telegram.channel("news", admins=[ann])
        channel.place.title = STRANGE
        ann.starts()
        await house.settles()
        channel.adds_bot(by=ann)
        await house.settles()
        assert "I may post in" in ann.last().text
        ann.says("/subscribe @news")
        await house.settles()
        olga.says("/chats")
        await house.settles()
        assert {len(group.sent()) for group in groups} == {3}
        assert f"{len(TITLES) + 1} chats are told" in olga.last().text
        await is_fine(house, ann)


async def test_whatever_is_typed_behind_a_command_is_answered_within_a_message(
    tmp_path: Path, telegram: BotApi
) -> None:
    town = Town(telegram, "fr")
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        before = len(town.ann.sent()), len(town.desk.sent())
        for command in COMMANDS:
            for words in ARGUMENTS:
                town.ann.says(f"/{command} {words}"[:4096])
        for command in ("sweep", "pledge add", "pledge remove"):
            for words in ARGUMENTS:
                if words.strip("\ufeff\u00a0"):
                    town.olga.says(f"/{command} {words}"[:4096], town.desk)
        await house.settles()
        assert len(town.ann.sent()) - before[0] == len(COMMANDS) * len(ARGUMENTS)
        assert len(town.desk.sent()) - before[1] == 3 * (len(ARGUMENTS) - 1)
        assert house.world.pledges == {}
        await is_fine(house, town.ann)


async def test_updates_that_come_twice_late_or_in_another_order_are_answered_once(
    tmp_path: Path, telegram: BotApi
) -> None:
    ann = telegram.person("Ann")
    ann.starts()
    async with living(tmp_path, telegram, Commit()) as house:
        before, next_id = len(ann.sent()), telegram.state.inbox._next
        asked = [
            {"update_id": next_id + at, "message": message(ann, f"/recent {at + 1}", **{"from": PERSON})}
            for at in range(6)
        ]
        telegram.state.inbox._next += len(asked)
        happens(telegram, *(asked[at] for at in (5, 0, 0, 3, 1, 1, 4, 2, 5)))
        await house.settles()
        assert len(ann.sent()) - before == len(asked)
        happens(telegram, *reversed(asked))
        await house.settles()
        assert len(ann.sent()) - before == len(asked)
        await is_fine(house, ann)


@pytest.mark.parametrize("fault", [Close(is_taken=True), Close(is_taken=True, is_mid_answer=True)])
async def test_updates_that_are_lost_on_the_way_come_again_and_are_answered_once(
    tmp_path: Path, telegram: BotApi, fault: Close
) -> None:
    ann = telegram.person("Ann")
    ann.starts()
    async with living(tmp_path, telegram, Commit()) as house:
        before = len(ann.sent())
        telegram.fails_with(None, fault, times=2, method="getUpdates")
        ann.says("/status Mexico")
        ann.says("/status Fiji")
        await house.settles()
        assert len(ann.sent()) - before == 2
    assert len(house.troubles) <= 1  # that Telegram could not be reached


async def test_what_is_not_said_to_us_is_met_with_silence(tmp_path: Path, telegram: BotApi) -> None:
    town = Town(telegram)
    machine = {"id": 8, "is_bot": True, "first_name": "Bot", "username": "other_bot"}
    group, who = town.group, {"from": PERSON}
    silent: list[Json] = [
        {"message": message(group, "/status Mexico", via_bot=machine, **who)},
        {"message": message(group, "/status Mexico", **{"from": machine})},
        {"message": message(group, "/status@another_bot Mexico", **who)},
        {"message": message(town.ann, "/status@another_bot Mexico", **who)},
        {"edited_message": message(group, "/status Mexico", edit_date=int(time.time()), **who)},
        {"edited_channel_post": message(group, "/status Mexico", edit_date=int(time.time()))},
        {"message": {**message(group, "", **who), "text": None, "caption": "/status Mexico"}},
        {"message": {**message(group, "/status Mexico", **who), "date": int(time.time()) - 7200}},
        {"poll": {"id": "1"}},
        {"message": {"nothing": "of a message"}},
        {"callback_query": {"id": "1"}},
        {"my_chat_member": {"chat": {"id": 1}}},
        {},
    ]
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        before = telegram.count()
        first = telegram.state.inbox._next
        telegram.state.inbox._next += len(silent) + 1
        happens(telegram, *({"update_id": first + at, **update} for at, update in enumerate(silent)))
        await house.settles()
        assert telegram.count() == before
        nobody = message(group, "/status Mexico")
        happens(telegram, {"update_id": first + len(silent), "message": nobody})
        await house.settles()
        assert telegram.count() == before + 1
        assert {line["trouble"] for line in house.troubles} == {"an update cannot be read"}
        del house.logs[:]
        await is_fine(house, town.ann)


async def test_somebody_who_never_stops_is_told_so_once_and_others_do_not_notice(
    tmp_path: Path, telegram: BotApi
) -> None:
    town = Town(telegram, "fr")
    async with living(tmp_path, telegram, town.commit(), town.operators, a_minute=20) as house:
        del telegram.state.messages[:]
        for number in range(100):
            town.bob.says(f"/recent {number % 30}", (town.bob, town.crowd, town.group)[number % 3])
        town.ann.says("/status Fiji", town.crowd)
        for _ in range(30):
            town.olga.says("/health", town.desk)
        await house.settles()
        enough = speak("fr")("That was a lot at once. Please wait a minute.")
        texts = [each["text"] for each in telegram.messages if each["chat"] != town.desk.id]
        assert texts.count(enough) == 1
        assert sum("🇫🇯" in text for text in texts) == 1
        assert len(texts) == 19 + 1 + 1  # one of Bob's twenty turns was /start
        assert len(town.desk.sent()) >= 30
    assert house.troubles == []
