"""/settings and /language, by words and by menu."""

from __future__ import annotations

import pytest

from monitor.dialogue.ask import Ask
from monitor.dialogue.choice.settings import language_named
from monitor.model import Chat, Quiet, Subscription
from tests.dialogue.choice.room import CHAT, GROUP, NEWS, Room


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("zone Europe/Vienna", {"time_zone": "Europe/Vienna"}),
        ("time zone vienna", {"time_zone": "Europe/Vienna"}),
        ("fuseau horaire Asia/Kathmandu", {"time_zone": "Asia/Kathmandu"}),
        ("zona horaria São Paulo", {"time_zone": "America/Sao_Paulo"}),
        ("hour 7", {"digest_hour": 7}),
        ("heure 07:00", {"digest_hour": 7}),
        ("hora 7h", {"digest_hour": 7}),
        ("quiet 22-7", {"quiet": Quiet(22, 7)}),
        ("heures calmes 22h – 7h", {"quiet": Quiet(22, 7)}),
        ("quiet hours off", {"quiet": None}),
        ("language français", {"language": "fr"}),
        ("zone UTC, hour 6, quiet 0-6", {"time_zone": "UTC", "digest_hour": 6, "quiet": Quiet(0, 6)}),
    ],
)
def test_words_change_settings(words: str, expected: dict[str, object]) -> None:
    room = Room.told(chat=Chat(CHAT, quiet=Quiet(1, 2), time_zone="Africa/Lagos"))
    room.says(f"/settings {words}")
    assert {name: getattr(room.chat, name) for name in expected} == expected


@pytest.mark.parametrize(
    "words",
    ["zone", "zone Mars", "hour 24", "hour", "hour -1", "quiet", "quiet 7", "quiet 7-7", "language de", "hour 7, nonsense", "7"],
)  # fmt: skip
def test_words_that_are_not_understood_change_nothing(words: str) -> None:
    room = Room.told(chat=Chat(CHAT, digest_hour=9))
    assert "Nothing was changed" in room.says(f"/settings {words}")
    assert room.last.commit is None


def test_a_similar_zone_is_offered_and_never_taken() -> None:
    room = Room()
    room.says("/settings zone Vienn")
    assert "Europe/Vienna" in room.labels
    assert room.labels[-1] == "All time zones"
    room.presses("Europe/Vienna")
    assert room.chat.time_zone == "Europe/Vienna"


def test_settings_are_shown_with_a_menu_and_a_word_about_topics() -> None:
    room = Room.told(Subscription(CHAT, 7), **GROUP)
    assert "Topic" not in room.says("/settings")
    assert room.labels == [
        "Language: English",
        "Digest at 08:00 (UTC)",
        "Quiet hours: none",
        "Time zone: UTC",
        "What is told",
        "Done",
    ]
    assert "in another topic" in room.says("/settings", thread=7)
    room.says("/settings quiet 22-7")
    assert "Quiet hours: 22:00–07:00" in room.labels


@pytest.mark.parametrize("area", ["Europe", "Africa", "Pacific"])
def test_zones_are_chosen_by_area(area: str) -> None:
    room = Room()
    room.presses("set:0:menu:zone")
    room.presses(area)
    assert len(room.labels) > 5
    room.presses(room.labels[0])
    assert room.chat.time_zone.startswith(area)


def test_an_area_that_does_not_exist_shows_all_areas() -> None:
    room = Room()
    room.presses("set:0:menu:zone:Mars")
    assert "Europe" in room.labels


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("fr", "fr"),
        ("es-MX", "es"),
        ("French", "fr"),
        ("français", "fr"),
        ("francés", "fr"),
        ("Anglais", "en"),
        ("ESPAÑOL", "es"),
        ("German", ""),
        ("", ""),
    ],
)
def test_a_language_is_named_by_code_or_in_any_language(text: str, code: str) -> None:
    assert language_named(text) == code


def test_a_language_is_chosen_by_words_and_spoken_at_once() -> None:
    room = Room()
    room.says("/language français")
    assert room.chat.language == "fr"
    assert "✓ Français" in room.labels
    room.says("/language Klingon <b>")
    assert room.last.commit is None
    room.says("/language")
    assert room.last.commit is None


def test_a_channels_language_is_not_the_persons() -> None:
    room = Room(ask=Ask("", CHAT, language="en"))
    room.says("/subscribe @news", channel=NEWS)
    assert room.says("/language @news fr", channel=NEWS).endswith("in French.")
    assert room.world.chats[NEWS.id].language == "fr"
    assert room.presses(f"set:@{NEWS.id}:language:es", channel=NEWS).endswith("in Spanish.")
    assert room.world.chats[NEWS.id].language == "es"
    assert CHAT not in room.world.chats


def test_who_chose_no_language_is_answered_in_their_own() -> None:
    room = Room()
    room.says("/settings zone Europe/Vienna", language="fr")
    assert any("Vienne" in label for label in room.labels)
