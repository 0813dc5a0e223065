"""Presses that no button of ours says, that come too late, or from somebody who may not: answered once, and nothing happens."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from monitor.alert.press import LIMIT, short
from monitor.dialogue import choice, operators
from monitor.dialogue.answers import ROUTER
from monitor.language.speech import speak
from monitor.model import World
from monitor.record.review import look_name, origin
from tests.botapi import BotApi, Callback, Person, Sent
from tests.botapi.editing import NOT_MODIFIED
from tests.botapi.happenings import pressed
from tests.crawl.house import House, living
from tests.crawl.town import ASKED, HELD, Town

VERBS = sorted({name for table in ROUTER.tables for name in table.presses})
FORGED = (
    *("", ":", ":XXX:1:2:3", ":-1", f":{'9' * 50}", f":0:{'9' * 50}", f"{':' * 50}"),
    *(":é\x00", ":0:kind:novel", ":@-1001:all", ":QQQ:0:0:0:0:0:0:0:0"),
)
GONE = ("message to edit not found", "message can't be edited")
"""What Telegram says of a message that cannot be changed; another one then follows."""


def forged() -> Iterable[str]:
    """Give each verb with wrong arguments: missing, too many, of another country, huge, and 64 bytes of emoji."""
    for verb in (*VERBS, "nobody"):
        yield from (f"{verb}{arguments}" for arguments in FORGED)
        room = (LIMIT - len(verb) - 1) // len("😀".encode())
        yield f"{verb}:{'😀' * room}"


def true(world: World) -> Iterable[str]:
    """Give what operators' buttons and those of a choice say, and mean it."""
    held, known = world.dossiers[HELD[0]].held, world.dossiers[ASKED[0]].documents[0]
    assert held is not None
    look, document, owed = look_name(held), short(origin(known)), world.deliveries[0].id
    yield from ("sweep:MEX", f"again:{owed}", f"came:{owed}", f"owed:{owed}", "signed:yes:GHA:2019-12")
    yield from (f"hold:{verb}:{HELD[0]}:{look}" for verb in ("accept", "reject", "show"))
    yield from (
        f"doc:{ASKED[0]}:{document}{answer}" for answer in ("", ":other", ":known", ":country-report:2")
    )
    yield from ("mute:MEX", "unmute:MEX", "set:0:language:es", "set:0:menu:main", "set:0:start")
    yield from (f"set:0:{verb}" for verb in ("end", "leave", "erase", "pause", "sound", "all", "hour:7"))


def presses(person: Person, under: Sent, data: str) -> Callback:
    record = under.record
    return Callback(person.state, pressed(person.state, person.id, record, {"callback_data": data}))


async def check(house: House, queries: list[Callback], before: World) -> None:
    await house.settles()
    assert [len(query.answers) for query in queries] == [1] * len(queries)
    assert house.world == before
    assert house.troubles == []
    said = {words for method, words in house.refusals if method != "getChat"}
    assert [words for words in said if not any(known in words for known in (NOT_MODIFIED, *GONE))] == []


async def test_no_forged_press_is_a_fault_or_changes_anything(tmp_path: Path, telegram: BotApi) -> None:
    town = Town(telegram)
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        town.ann.says("/start")
        town.olga.says("/start", town.desk)
        await house.settles()
        before = house.world
        places = ((town.ann, town.ann), (town.olga, town.desk))
        # A verb's words by turns, the next verb's the other way round: that all is forged by all is tested in memory.
        each = len(FORGED) + 1
        turns = [(at // each + at % each) % len(places) for at in range(each * (len(VERBS) + 1))]
        said = [(*places[turn], data) for turn, data in zip(turns, forged(), strict=True)]
        queries = [presses(person, where.last(), data) for person, where, data in said]
        await check(house, queries, before)
        assert house.monitor.sweeping_since is None


async def test_members_press_in_vain_what_only_administrators_or_operators_may(
    tmp_path: Path, telegram: BotApi
) -> None:
    town = Town(telegram, "fr")
    say = speak("fr")
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        town.bob.says("/start", town.crowd)
        town.ann.says("/start")
        await house.settles()
        before, count = house.world, len(town.crowd.sent())
        under, mine = town.crowd.last(), town.ann.last()
        theirs = {data: presses(town.bob, under, data) for data in true(before)}
        hers = [presses(town.ann, mine, data) for data in true(before) if is_duty(data)]
        await check(house, [*theirs.values(), *hers], before)
    refusal = say("Only an administrator of this chat may change what it is told.")
    for data, query in theirs.items():
        assert query.answers[0]["text"] == ("" if is_duty(data) else refusal), data
    assert {query.answers[0]["text"] for query in hers} == {""}
    assert len(town.crowd.sent()) == count
    assert under.edits == mine.edits == []


def is_duty(data: str) -> bool:
    return data.partition(":")[0] in operators.TABLE.presses


def test_what_is_meant_is_said_for_every_verb_that_not_everybody_may_say() -> None:
    with_rights = {*operators.TABLE.presses, *choice.TABLE.presses}
    known = Town(BotApi(chats=())).commit()
    world = World({each.code: each for each in known.dossiers}, deliveries=known.deliveries)
    assert {data.partition(":")[0] for data in true(world)} == with_rights


async def test_what_is_pressed_under_a_message_that_is_gone_is_answered_by_a_new_one(
    tmp_path: Path, telegram: BotApi
) -> None:
    town = Town(telegram, "es")
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        town.ann.says("/start")
        await house.settles()
        menu, before = town.ann.last(), house.world
        labels = [label for row in menu.labels for label in row]
        telegram.state.delete(menu.record)
        marks = []
        for label in labels:
            count = len(town.ann.sent())
            await check(house, [town.ann.presses(label, menu)], before)
            marks.append(len(town.ann.sent()) - count)
        assert marks == [1] * len(labels)
        await check(house, [presses(town.ann, menu, data) for data in [*forged()][::7]], before)


async def test_a_press_that_is_too_old_to_be_answered_still_turns_the_page(
    tmp_path: Path, telegram: BotApi
) -> None:
    town = Town(telegram)
    async with living(tmp_path, telegram, town.commit()) as house:
        town.ann.says("/countries")
        await house.settles()
        listed = town.ann.last()
        query = town.ann.presses("▶", listed)
        query.expires()
        await house.settles()
        assert query.answers == []
        assert len(listed.edits) == 1
        assert house.troubles == []
