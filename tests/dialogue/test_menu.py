import re

import pytest

from monitor.dialogue.menu import description, menu, short_description
from monitor.language.speech import speak
from tests.dialogue.talk import LANGUAGES

AUDIENCES = ("private", "group", "administrators", "operators")
CHOICES = {"subscribe", "subscriptions", "unsubscribe", "settings", "language", "forget"}
DUTIES = {"sweep", "health", "pause", "resume", "chats", "test"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("audience", AUDIENCES)
def test_telegram_takes_every_menu(audience: str, language: str) -> None:
    commands = menu(speak(language), audience)
    assert 0 < len(commands) <= 100
    assert len({name for name, _ in commands}) == len(commands)
    for name, line in commands:
        assert re.fullmatch(r"[a-z0-9_]{1,32}", name)
        assert 1 <= len(line) <= 256


@pytest.mark.parametrize("language", LANGUAGES)
def test_telegram_takes_the_descriptions(language: str) -> None:
    assert 0 < len(description(speak(language))) <= 512
    assert 0 < len(short_description(speak(language))) <= 120


@pytest.mark.parametrize(
    ("audience", "choices", "duties"),
    [
        ("private", CHOICES, set()),
        ("group", set(), set()),
        ("administrators", CHOICES, set()),
        ("operators", CHOICES, DUTIES),
    ],
)
def test_each_audience_is_offered_what_it_may_do(audience: str, choices: set[str], duties: set[str]) -> None:
    offered = {name for name, _ in menu(speak("en"), audience)}
    assert offered & CHOICES == choices
    assert offered & DUTIES == duties
    assert {"status", "missing", "help"} <= offered
