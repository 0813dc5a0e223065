"""What buttons say they do is what the store holds afterwards, said in one language and another."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from monitor.alert.markup import tidy
from monitor.language.speech import speak
from monitor.model import Subscription
from tests.botapi import BotApi
from tests.crawl.house import House, living
from tests.crawl.town import Town
from tests.fakes import SHIPPED


def told(house: House, chat: int) -> Subscription | None:
    return next((each for each in house.world.subscriptions if each.chat == chat), None)


async def test_a_choice_is_paused_ended_taken_back_and_erased_by_buttons(
    tmp_path: Path, telegram: BotApi
) -> None:
    town, say = Town(telegram, "es"), speak("es")
    group, ann = town.group, town.ann

    async def presses(label: str) -> Subscription | None:
        ann.presses(tidy(label), where=group)
        await house.settles()
        return told(house, group.id)

    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        ann.says("/subscribe", group)
        await house.settles()
        first = told(house, group.id)
        assert first is not None
        assert await presses(say("Pause")) == replace(first, is_paused=True)
        assert await presses(say("Resume")) == first
        assert await presses(say("Sound: on")) == replace(first, is_silent=True)
        assert await presses(say("Sound: off")) == first
        assert await presses(say("Unsubscribe")) is None
        assert await presses(say("Undo")) == first
        ann.says("/forget", group)
        await house.settles()
        assert await presses(say("Keep it")) == first
        ann.says("/forget", group)
        await house.settles()
        assert await presses(say("Erase everything")) is None
        assert group.id not in house.world.chats
        assert str(group.id) not in (tmp_path / "monitor.json").read_text()
        assert house.troubles == []


async def test_an_overview_leads_to_every_list_and_every_list_back_however_little_is_known(
    tmp_path: Path, telegram: BotApi
) -> None:
    town = Town(telegram)
    few = replace(town.commit(), dossiers=(), changes=(), deliveries=())
    async with living(tmp_path, telegram, few) as house:
        town.ann.says("/start")
        await house.settles()
        menu = town.ann.last()
        for label in ("The world in numbers", "The last publications", "The world in numbers", "The Pledge"):
            town.ann.presses(label, menu)
            await house.settles()
            assert menu.labels, label


async def test_readers_of_a_channel_are_led_to_a_private_chat_and_choose_nothing_for_it(
    tmp_path: Path, telegram: BotApi
) -> None:
    town, say = Town(telegram, "fr"), speak("fr")
    name = say.name(next(each for each in SHIPPED.countries if each.code == "FIN"))
    async with living(tmp_path, telegram, town.commit(), town.operators) as house:
        town.olga.says("/health", town.desk)
        await house.settles()
        held = say("Held: {country}", country=f"🇫🇮 {name}")
        town.olga.presses(tidy(held), where=town.desk)
        await house.settles()
        town.olga.presses(say("Approve"), where=town.desk)
        await house.settles()
        await house.monitor.deliver()
        alert, before = town.channel.last(), house.world
        assert alert.text.startswith(f"🇫🇮 {name}")
        status = town.bob.presses(say("Status"), alert)
        muted = town.bob.presses(tidy(say("Mute {country}", country=name)), alert)
        await house.settles()
        calls = telegram.calls("answerCallbackQuery")
        assert [call["url"] for call in calls if "url" in call] == ["https://t.me/monitor_test_bot?start=FIN"]
        assert len(status.answers) == 1
        assert muted.toast == say("Only an administrator of this chat may change what it is told.")
        assert house.world == before
        assert town.channel.last().id == alert.id
        assert house.troubles == []
