"""Unsubscribing ends what is told, at once where it can be taken back."""

from __future__ import annotations

from dataclasses import replace

from monitor.model import Chat, Scope, Subscription
from tests.config.helpers import COUNTRIES
from tests.dialogue.choice.room import CHAT, Room

TOLD = Subscription(CHAT, withdrawals=False, scope=Scope(countries=frozenset({"MEX"})), is_silent=True)


def test_unsubscribe_ends_at_once_and_undo_brings_everything_back() -> None:
    room = Room.told(TOLD, chat=Chat(CHAT, language="en"))
    assert room.says("/unsubscribe").startswith("Unsubscribed")
    assert room.world.subscriptions == ()
    assert room.chat.language == "en", "settings stay until /forget"
    room.presses("Undo")
    assert room.here() == TOLD


def test_undo_does_not_overwrite_what_was_chosen_meanwhile() -> None:
    room = Room.told(TOLD)
    room.says("/unsubscribe all")
    undo = room.last.message.buttons[0].data if room.last.message else ""
    room.says("/subscribe Brazil, pause")
    room.presses(undo)
    assert room.here().scope == Scope(countries=frozenset({"BRA"}))
    assert not room.here().is_paused


def test_what_could_not_be_brought_back_is_asked_about_first() -> None:
    many = replace(TOLD, scope=Scope(countries=frozenset(each.code for each in COUNTRIES[:40])))
    for told in (many, replace(TOLD, held=(1, 2))):
        room = Room.told(told)
        assert room.says("/unsubscribe").endswith("cannot be brought back.")
        assert room.here() == told
        assert room.labels == ["Unsubscribe", "Pause", "Keep it"]
        room.presses("Keep it")
        assert room.here() == told
        room.presses("set:0:leave")
        assert room.world.subscriptions == ()
        assert room.labels == ["Subscribe"]


def test_a_chat_that_the_configuration_names_is_paused_and_told_so() -> None:
    for room in (
        Room.told(replace(TOLD, is_configured=True)),
        Room.told(TOLD),
        Room.told(replace(TOLD, is_configured=True)),
    ):
        room.sees = {"configured": frozenset({CHAT})}
        assert room.says("/unsubscribe").startswith(
            "This chat is named in the configuration, so it is paused"
        )
        assert room.here() == replace(TOLD, is_paused=True)
        room.presses("Resume")
        assert room.here() == TOLD
        room.presses("set:0:leave")
        assert room.here().is_paused
    held = Room.told(replace(TOLD, is_configured=True, held=(1,)))
    assert "it is paused" in held.says("/unsubscribe")
    assert (held.here().is_paused, held.here().held) == (True, (1,))
    room = Room()
    room.sees = {"configured": frozenset({CHAT})}
    assert room.presses("set:0:leave").startswith("This chat is not subscribed")


def test_pressing_unsubscribe_twice_is_no_mistake() -> None:
    room = Room.told(TOLD)
    room.presses("set:0:end")
    assert room.presses("set:0:end") == "This chat is not subscribed: it is told nothing."
    assert room.presses("set:0:leave").startswith("Unsubscribed")
