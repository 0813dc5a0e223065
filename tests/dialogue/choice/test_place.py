"""A choice is made where it is said, and for a channel by whoever may, from a private chat."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.alert.press import data
from monitor.dialogue.ask import Ask, Channel
from monitor.dialogue.choice import channel_meant, known_as
from monitor.model import Chat, ChatKind, Scope, Subscription, World
from tests.dialogue.choice.room import GROUP, NEWS, Room

MEXICO = Scope(countries=frozenset({"MEX"}))


@pytest.mark.parametrize(
    ("text", "is_press", "expected"),
    [
        ("/subscribe @news", False, "@news"),
        ("/subscribe@bot @news Mexico", False, "@news"),
        ("/Unsubscribe @news", False, "@news"),
        ("/subscriptions -1001234567890", False, -1001234567890),
        ("/settings @news zone UTC", False, "@news"),
        ("/language @news fr", False, "@news"),
        ("/forget @news", False, "@news"),
        ("/subscribe Mexico", False, None),
        ("/subscribe", False, None),
        ("/status @news", False, None),
        ("/subscribe @news, Mexico", False, None),
        ("set:@-1001234567890:all", True, -1001234567890),
        ("set:@news:all", True, None),
        ("set:7:all", True, None),
        ("set", True, None),
        ("mute:@-1001234567890", True, None),
    ],
)
def test_a_private_ask_names_the_channel_it_is_about(text: str, is_press: bool, expected: object) -> None:
    ask = Ask(text, 5, is_press=is_press)
    assert channel_meant(ask) == expected
    assert channel_meant(replace(ask, kind=ChatKind.GROUP)) is None


def test_a_channel_is_subscribed_from_a_private_chat_and_its_buttons_stay_about_it() -> None:
    room = Room()
    text = room.says("/subscribe @news Mexico", channel=NEWS, language="fr-CA")
    assert text.startswith("News & <b> ")
    [told] = room.world.subscriptions
    assert told == Subscription(NEWS.id, scope=MEXICO, withdrawals=False)
    assert room.world.chats == {NEWS.id: Chat(NEWS.id, ChatKind.CHANNEL, title="News & <b>", spoken="fr")}
    room.says("/subscriptions @news", channel=NEWS)
    assert room.last.message
    assert all(button.data.startswith(f"set:@{NEWS.id}:") for button in room.last.message.buttons)
    room.presses("Pause", channel=NEWS)
    assert room.here(chat=NEWS.id).is_paused
    room.says("/unsubscribe @news", channel=NEWS)
    assert room.world.subscriptions == ()
    assert "is not subscribed" in room.says("/subscriptions @news", channel=NEWS)


@pytest.mark.parametrize(
    ("channel", "words"),
    [
        (None, "I cannot see @news. Make me one of its administrators"),
        (replace(NEWS, is_theirs=False), "Only an administrator of News & <b> may choose"),
        (replace(NEWS, may_post=False), "I may not post in News & <b>. Make me"),
    ],
)
@pytest.mark.parametrize(
    "command", ["subscribe", "unsubscribe", "subscriptions", "settings", "language", "forget"]
)
def test_a_channel_is_refused_with_what_to_do(command: str, channel: Channel | None, words: str) -> None:
    room = Room()
    assert room.says(f"/{command} @news", channel=channel).startswith(words)
    assert room.last.commit is None


@pytest.mark.parametrize(
    "channel", [None, replace(NEWS, id=-1009), replace(NEWS, is_theirs=False), replace(NEWS, may_post=False)]
)
def test_a_channels_button_is_refused_without_rights(channel: Channel | None) -> None:
    room = Room()
    room.says("/subscribe @news", channel=NEWS)
    room.presses(data("set", f"@{NEWS.id}", "pause"), channel=channel)
    assert room.last.commit is None
    assert room.last.toast
    assert room.last.message is None


def test_a_channel_is_not_subscribed_from_a_group() -> None:
    room = Room.told(**GROUP)
    assert "private chat" in room.says("/subscribe @news", channel=NEWS)
    assert (
        room.presses(data("set", f"@{NEWS.id}", "all"), channel=NEWS) == "That button is not valid any more."
    )
    assert room.world == World()


def test_a_channel_that_the_configuration_names_keeps_that_name() -> None:
    room = Room.told(Subscription("@News", is_configured=True))
    room.says("/subscribe @news Mexico", channel=NEWS)
    assert room.world.subscriptions == (Subscription("@News", scope=MEXICO),)
    assert known_as(room.world, NEWS.id, "NEWS") == "@News"
    assert known_as(room.world, NEWS.id, "other") == NEWS.id
    assert known_as(room.world, NEWS.id, "") == NEWS.id


@pytest.mark.parametrize("token", ["", "x", "-1", "1" * 20, "²", "7.5"])
def test_a_forged_place_changes_nothing(token: str) -> None:
    room = Room.told(Subscription(5))
    assert room.presses(f"set:{token}:pause") == "That button is not valid any more."
    assert room.last.commit is None
