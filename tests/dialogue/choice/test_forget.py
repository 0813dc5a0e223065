"""/forget erases everything that is kept of a chat, after a question."""

from __future__ import annotations

from dataclasses import replace

from monitor.model import Chat, Subscription, World
from tests.dialogue.choice.room import CHAT, GROUP, NEWS, Room

TOLD = Subscription(CHAT)


def test_everything_is_erased_after_a_question() -> None:
    room = Room.told(TOLD, replace(TOLD, thread=7), chat=Chat(CHAT, language="en"), **GROUP)
    assert "cannot be undone" in room.says("/forget")
    assert room.last.commit is None
    room.presses("Keep it")
    assert len(room.world.subscriptions) == 2
    room.says("/forget")
    assert room.presses("Erase everything").startswith("Erased: nothing is kept")
    assert room.last.is_edit
    assert room.world == World()


def test_a_channel_is_erased_from_the_private_chat() -> None:
    room = Room.told(TOLD)
    room.says("/subscribe @news", channel=NEWS)
    room.says("/forget @news", channel=NEWS)
    room.presses("Erase everything", channel=NEWS)
    assert room.world.subscriptions == (TOLD,)
    assert set(room.world.chats) == set()


def test_a_chat_that_would_come_back_is_not_erased() -> None:
    by_name = Room.told(TOLD)
    by_name.sees = {"configured": frozenset({CHAT})}
    as_it_stands = Room.told(replace(TOLD, is_configured=True))
    operators = Room.told(TOLD, is_operator=True)
    for room in (by_name, as_it_stands, operators):
        assert "named in the configuration" in room.says("/forget")
        room.presses("set:0:erase")
        assert room.world.subscriptions
    operators.says("/subscribe @news", channel=NEWS)
    assert "cannot be undone" in operators.says("/forget @news", channel=NEWS)
