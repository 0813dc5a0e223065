"""The button under an alert leaves a country out and becomes the one that brings it back."""

from __future__ import annotations

from dataclasses import replace

from monitor.model import Subscription
from tests.dialogue.choice.room import CHAT, GROUP, Room

TOLD = Subscription(CHAT, withdrawals=False, held=(3,))


def test_mute_and_unmute_swap_the_button_and_keep_what_is_held() -> None:
    room = Room.told(TOLD)
    assert room.presses("mute:MEX") == "Mexico is muted here. /recent still shows what appears."
    assert room.here() == replace(TOLD, muted=frozenset({"MEX"}))
    becomes = room.last.becomes
    assert becomes
    assert (becomes.label, becomes.data) == ("Unmute Mexico", "unmute:MEX")
    assert room.last.message is None
    assert room.presses(becomes.data) == "Mexico is told here again."
    assert room.here() == TOLD
    assert room.last.becomes
    assert room.last.becomes.data == "mute:MEX"


def test_muting_twice_writes_nothing() -> None:
    room = Room.told(TOLD)
    room.presses("mute:MEX")
    room.presses("mute:MEX")
    assert room.last.commit is None
    assert room.last.becomes


def test_each_topic_mutes_for_itself() -> None:
    room = Room.told(TOLD, replace(TOLD, thread=7), **GROUP)
    room.presses("mute:MEX", thread=7)
    assert (set(room.here(7).muted), set(room.here().muted)) == ({"MEX"}, set())


def test_an_alert_that_fell_back_to_the_general_topic_mutes_the_one_it_came_from() -> None:
    room = Room.told(replace(TOLD, thread=7), **GROUP)
    room.presses("mute:MEX")
    assert room.here(7).muted == {"MEX"}
    room = Room.told(replace(TOLD, thread=7), replace(TOLD, thread=8), **GROUP)
    assert room.presses("mute:MEX") == "Nothing is told here now."


def test_where_nothing_is_told_nothing_is_muted() -> None:
    room = Room()
    assert room.presses("mute:MEX") == "Nothing is told here now."
    for forged in ("mute:XXX", "mute:", "mute", "unmute"):
        assert room.presses(forged) == "That button is not valid any more."
    assert room.last.commit is None
