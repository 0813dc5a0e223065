"""/subscribe, /unsubscribe and /subscriptions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.model import Chat, DocumentKind, Scope, Subscription, When
from tests.dialogue.choice.room import CHAT, GROUP, Room

TOLD = Subscription(CHAT, withdrawals=False)


def scope(*codes: str) -> Scope:
    return Scope(countries=frozenset(codes))


def test_subscribe_alone_tells_the_news_of_all_countries_and_shows_the_menu() -> None:
    room = Room()
    assert room.says("/subscribe") == (
        "This chat is told at once of self-assessments and country reports of all 192 States parties, in English."
    )
    assert room.here() == TOLD
    assert room.labels[:4] == ["Countries", "Documents", "Review cycles", "When"]


def test_words_narrow_all_countries_then_add() -> None:
    room = Room()
    room.says("/subscribe Mexico, Brazil, weekly")
    assert room.here() == replace(TOLD, scope=scope("MEX", "BRA"), when=When.WEEKLY)
    room.says("/subscribe summaries, Ghana")
    assert room.here().scope == scope("MEX", "BRA", "GHA")
    assert DocumentKind.EXECUTIVE_SUMMARY in room.here().kinds
    assert room.labels == ["Change"]


def test_a_similar_name_changes_nothing_and_is_offered_as_a_button() -> None:
    room = Room()
    text = room.says("/subscribe Nigerr, Brazil")
    assert text.startswith("I do not know “Nigerr”. Nothing was changed.\nDid you mean one of these?")
    assert room.last.commit is None
    assert set(room.labels) >= {"🇳🇪 Niger", "🇳🇬 Nigeria"}
    room.presses("🇳🇪 Niger")
    assert room.here().scope == scope("NER")


@pytest.mark.parametrize(
    ("text", "label", "chosen"),
    [
        ("region Asia", "South Asia (8)", Scope(regions=frozenset({"South Asia"}))),
        ("Korea", "🇰🇷 Republic of Korea", scope("KOR")),
    ],
)
def test_a_region_or_country_that_is_half_named_is_offered(text: str, label: str, chosen: Scope) -> None:
    room = Room()
    room.says(f"/subscribe {text}")
    room.presses(label)
    assert room.here().scope == chosen


def test_what_resembles_nothing_gets_advice_and_no_more_than_five_buttons() -> None:
    room = Room()
    assert "/subscribe Mexico, region Europe" in room.says("/subscribe <b>xqzxqz</b>")
    assert room.labels == []
    room.says("/subscribe guinea x, congo x, korea x, mexic, brazi")
    assert len(room.labels) == 5


def test_unsubscribe_with_words_takes_out_what_they_name() -> None:
    room = Room.told(replace(TOLD, scope=scope("MEX", "BRA"), held=(1, 2)))
    room.says("/unsubscribe Mexico")
    assert room.here() == replace(TOLD, scope=scope("BRA"), held=(1, 2))
    assert "/unsubscribe Mexico, region" in room.says("/unsubscribe Brazill")
    room.presses("🇧🇷 Brazil")
    assert room.here().held == (1, 2), "it asks first: what is held would be lost"
    assert "cannot be brought back" in room.says("/unsubscribe Brazil")


def test_a_suggestion_to_leave_out_is_left_out() -> None:
    room = Room.told(TOLD)
    room.says("/unsubscribe Mexcio")
    room.presses("🇲🇽 Mexico")
    assert room.here().muted == {"MEX"}
    assert room.presses("set:0:drop:XXX") == "That button is not valid any more."


@pytest.mark.parametrize("text", ["daily", "Mexico, silent", "pause"])
def test_when_and_how_cannot_be_left_out(text: str) -> None:
    room = Room.told(TOLD)
    assert "Nothing was changed" in room.says(f"/unsubscribe {text}")
    assert room.last.commit is None


def test_unsubscribing_who_is_not_subscribed_offers_to_subscribe() -> None:
    room = Room()
    for text in ("/unsubscribe", "/unsubscribe Mexico", "/subscriptions"):
        assert room.says(text) == "This chat is not subscribed: it is told nothing."
        assert room.labels == ["Subscribe"]
        assert room.last.commit is None
    room.presses("Subscribe")
    assert room.here() == TOLD


def test_subscribe_ends_a_pause_with_or_without_words() -> None:
    for text in ("/subscribe", "/subscribe Mexico"):
        room = Room.told(replace(TOLD, is_paused=True, held=(4,)))
        room.says(text)
        assert (room.here().is_paused, room.here().held) == (False, (4,))
    room.says("/subscribe pause")
    assert room.here().is_paused


def test_subscriptions_has_a_row_of_buttons_for_each_topic() -> None:
    topics = (TOLD, replace(TOLD, thread=7, is_paused=True), replace(TOLD, thread=9))
    room = Room.told(*topics, chat=Chat(CHAT, language="en"), **GROUP)
    room.says("/subscriptions")
    assert room.labels == [
        *("1. Change", "1. Pause", "1. Unsubscribe"),
        *("2. Change", "2. Resume", "2. Unsubscribe"),
        *("3. Change", "3. Pause", "3. Unsubscribe"),
    ]
    assert room.last.message
    assert [button.is_beside for button in room.last.message.buttons] == [False, True, True] * 3
    room.presses("2. Resume")
    assert not room.here(7).is_paused
    room.says("/subscriptions")
    room.presses("3. Unsubscribe")
    assert [each.thread for each in room.world.subscriptions] == [None, 7]


def test_a_chat_with_very_many_topics_is_still_shown() -> None:
    room = Room.told(*(replace(TOLD, thread=at) for at in range(1, 60)), **GROUP)
    room.says("/subscriptions")
    assert len(room.labels) == 30


def test_anyone_in_a_group_may_ask_and_only_administrators_choose() -> None:
    room = Room.told(TOLD, may_choose=False, **GROUP)
    assert room.says("/subscriptions").startswith("This chat is told")
    for text in ("/subscribe", "/unsubscribe", "/settings", "/language", "/forget"):
        assert "administrator" in room.says(text)
        assert room.last.commit is None
    for pressed in ("set:0:end", "mute:MEX", "unmute:MEX"):
        assert "administrator" in room.presses(pressed)
        assert room.last.commit is None
