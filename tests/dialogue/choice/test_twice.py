"""A press that Telegram brings twice, as after a kill before the offset was told, is one press."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.alert.press import parts
from monitor.dialogue.choice.press import MENUS, VERBS
from monitor.model import Chat, ChatKind, DocumentKind, Quiet, Scope, Subscription, When
from tests.dialogue.choice.room import CHAT, NEWS, Room

PLAIN = Subscription(CHAT)
CHOICES = (
    PLAIN,
    replace(
        PLAIN, withdrawals=False, is_silent=True, is_paused=True, cycles=frozenset({"1"}), when=When.WEEKLY
    ),
    replace(PLAIN, cycles=frozenset({"2"}), kinds=frozenset(DocumentKind), muted=frozenset({"BRA"})),
    replace(PLAIN, kinds=frozenset({DocumentKind.COUNTRY_REPORT})),
    replace(PLAIN, scope=Scope(is_pledge=True, regions=frozenset({"Europe"}), countries=frozenset({"MEX"}))),
)
CHATS = (Chat(CHAT), Chat(CHAT, language="es", digest_hour=20, quiet=Quiet(22, 7), time_zone="Europe/Vienna"))


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("menu", sorted(MENUS))
def test_every_button_of_every_menu_pressed_twice_is_pressed_once(choice: Subscription, menu: str) -> None:
    for chat in CHATS:
        room = Room.told(choice, chat=chat)
        room.presses(f"set:0:menu:{menu}")
        assert room.last.message
        for button in room.last.message.buttons:
            once, twice = (Room.told(choice, chat=chat) for _ in range(2))
            once.presses(button.data)
            twice.presses(button.data)
            twice.presses(button.data)
            assert once.world == twice.world, button.data


def test_a_button_that_is_older_than_the_choice_makes_it_what_its_label_says() -> None:
    room = Room.told(replace(PLAIN, withdrawals=False))
    room.presses("set:0:menu:kinds")
    room.presses("Withdrawals")
    assert room.here().withdrawals
    assert room.presses("set:0:withdrawals::on")
    assert room.here().withdrawals
    room.presses("set:0:withdrawals")  # as menus said it before they said which way
    assert not room.here().withdrawals


@pytest.mark.parametrize("wanted", ["maybe", "ON", "1", "on off", "é"])
def test_a_forged_way_is_no_way(wanted: str) -> None:
    room = Room.told(PLAIN)
    assert room.presses(f"set:0:sound::{wanted}") == "That button is not valid any more."
    assert room.last.commit is None


def test_buttons_about_channels_have_room_for_what_they_say() -> None:
    choice = replace(CHOICES[-1], chat=NEWS.id)
    room = Room.told(choice, kind=ChatKind.PRIVATE)
    for menu in MENUS:
        room.presses(f"set:@{NEWS.id}:menu:{menu}", channel=NEWS)
        assert room.last.message
        said = {parts(button.data)[1][1] for button in room.last.message.buttons}
        assert said <= VERBS
