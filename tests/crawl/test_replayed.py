"""Updates again after a restart, hundreds at once, of kinds that nobody knows and of a megabyte: over HTTP."""

from __future__ import annotations

import random
import time
from pathlib import Path

from monitor.alert.press import short
from monitor.model import Commit
from tests.botapi import BotApi, Callback
from tests.botapi.fields import Json
from tests.botapi.happenings import pressed
from tests.crawl.house import House, living
from tests.crawl.test_hostile import PERSON, happens, is_fine, message
from tests.crawl.town import Town

SWITCHES = (
    "sound::off", "withdrawals::on", "kind:follow-up:on", "kind:country-report:off", "cycle:1:on", "pledge::on",
    f"region:{short('Europe')}:on", "country:MEX:on", "country:BRA:on", "files::on", "when:DAILY", "hour:7", "pause",
    "quiet:22-7", "language:fr", "zone:Europe/Vienna", "mute:FJI", "cycle", "resume", "add:FIN", "drop:MEX",
)  # fmt: skip
SAID = (
    "/subscribe Mexico, Brazil",
    "/settings hour 9",
    "/unsubscribe Mexico",
    "/language es",
    "/subscribe weekly",
)
KINDS = (
    "edited_message", "channel_post", "edited_channel_post", "business_connection", "business_message",
    "edited_business_message", "deleted_business_messages", "message_reaction", "message_reaction_count",
    "inline_query", "chosen_inline_result", "callback_query", "shipping_query", "pre_checkout_query",
    "purchased_paid_media", "poll", "poll_answer", "my_chat_member", "chat_member", "chat_join_request", "chat_boost",
    "removed_chat_boost", "managed_bot", "nobody_knows",
)  # fmt: skip


def remembers(telegram: BotApi) -> list[Json]:
    """Keep every update that is put before the bot from now on."""
    kept: list[Json] = []
    push = telegram.state.inbox.push

    def pushed(update: Json) -> int:
        number = push(update)
        kept.append({"update_id": number, **update})
        return number

    telegram.state.inbox.push = pushed  # type: ignore[method-assign] # the tests' own Telegram
    return kept


async def again(house: House, telegram: BotApi, updates: list[Json]) -> None:
    happens(telegram, *updates)
    await house.settles()


async def test_what_was_pressed_and_said_before_a_restart_changes_nothing_when_it_comes_again(
    tmp_path: Path, telegram: BotApi
) -> None:
    town = Town(telegram)
    kept = remembers(telegram)
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        town.ann.says("/start")
        await house.settles()
        under = town.ann.last()
        for text in SAID:
            town.ann.says(text)
        for switch in SWITCHES:
            pressed(town.ann.state, town.ann.id, under.record, {"callback_data": f"set:0:{switch}"})
        await house.settles()
        before = house.world
    assert len(kept) == 1 + len(SAID) + len(SWITCHES)
    for number in range(3):
        # Telegram brings again what was not confirmed: what came last, all of it, or the last one twice.
        lost = kept[-(number * 7 + 1) :]
        async with living(tmp_path, telegram, Commit(), town.operators) as house:
            await again(house, telegram, lost)
            world = house.world
            assert (world.subscriptions, world.chats) == (before.subscriptions, before.chats)
            await again(house, telegram, random.Random(number).sample(lost, len(lost)))  # noqa: S311 - to be had again
            assert house.world.subscriptions == before.subscriptions
            assert house.troubles == []


async def test_hundreds_of_commands_at_once_of_one_person_keep_nobody_waiting(
    tmp_path: Path, telegram: BotApi
) -> None:
    town = Town(telegram)
    async with living(tmp_path, telegram, town.commit(), town.operators, a_minute=20) as house:
        before = telegram.count()
        for number in range(400):
            town.bob.says(
                f"/status {'Mexico' * (number % 90)}", (town.bob, town.crowd, town.group)[number % 3]
            )
        began = time.monotonic()
        town.ann.says("/status Fiji")
        await town.ann.awaits("🇫🇯")
        spent = time.monotonic() - began
        await house.settles()
        assert spent < 30
        assert telegram.count() - before < 25
        await is_fine(house, town.ann)


async def test_updates_of_kinds_that_nobody_knows_and_of_a_megabyte_are_met_with_silence(
    tmp_path: Path, telegram: BotApi
) -> None:
    town = Town(telegram)
    mega = "😀<b>" * 70_000
    small: list[object] = [{}, [], None, "x", 7, {"chat": {"id": "x"}}]
    large = [{"id": mega}, {"message": {"text": mega}}]
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        town.ann.says("/start")
        await house.settles()
        before, under, first = house.world, town.ann.last(), telegram.state.inbox._next
        odd = [{kind: shape} for kind in KINDS for shape in small]
        odd += [{kind: large[at % len(large)]} for at, kind in enumerate(KINDS)]
        odd += [
            {
                "message": {
                    **message(town.ann, mega, **{"from": PERSON}),
                    "chat": {"id": 1, "type": "megagroup"},
                }
            },
            {"message": message(town.group, mega, **{"from": PERSON})},
            {
                "message": message(
                    town.ann, "", **{"from": {**PERSON, "first_name": mega, "language_code": mega}}
                )
            },
        ]
        telegram.state.inbox._next += len(odd)
        happens(telegram, *({"update_id": first + at, **update} for at, update in enumerate(odd)))
        query = Callback(
            town.ann.state, pressed(town.ann.state, town.ann.id, under.record, {"callback_data": mega})
        )
        await house.settles()
        assert len(query.answers) == 1
        assert (house.world.subscriptions, house.world.chats) == (before.subscriptions, before.chats)
        assert {line.get("trouble") for line in house.troubles} <= {"an update cannot be read"}
        del house.logs[:]
        await is_fine(house, town.ann)
