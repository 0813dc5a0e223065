"""Every message in every language: all is translated and filled, and Telegram takes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from gettext import NullTranslations

import babel.messages.catalog as babel
import pytest

from monitor.alert.markup import plain, units
from monitor.dialogue.menu import description, menu, short_description
from monitor.language import speech
from monitor.language.catalogs import catalog
from monitor.language.speech import speak
from monitor.language.zones import COMMON, city
from monitor.model import Message
from tests.alert.as_telegram import assert_is_web, parsed
from tests.dialogue.talk import LANGUAGES, SHIPPED, heard
from tests.language.boards import boards
from tests.language.cases import HOSTILE
from tests.language.catalogs import PLACEHOLDER, extracted, key_of, read
from tests.language.walk import everything

pytestmark = pytest.mark.slow

EDGES = "monitor/telegram/"
"""What these say they say by themselves; tests/telegram hears it."""
SENTENCE = 12
"""From so many letters on a text is long enough that it does not occur by chance, or is the same in two languages."""


@dataclass
class Listener(NullTranslations):
    """A catalog that notes what is looked up in it."""

    speaks: NullTranslations
    heard: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        super().__init__()

    def gettext(self, message: str) -> str:
        self.heard.add(message)
        return self.speaks.gettext(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.heard.add(msgid1)
        return self.speaks.ngettext(msgid1, msgid2, n)


class Shouting(NullTranslations):
    """A language whose sentences have capital letters only: what is small does not come from a catalog."""

    def gettext(self, message: str) -> str:
        return re.sub(
            r"\{[^}]*\}|[^{]+", lambda part: part[0] if part[0][0] == "{" else part[0].upper(), message
        )

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


@cache
def template() -> dict[str, babel.Message]:
    """Give every sentence there is, by its singular."""
    return {key_of(message): message for message in extracted() if message.id}


@cache
def walked(code: str) -> tuple[tuple[Message, ...], frozenset[str]]:
    """All messages of a language, and the sentences that were said in them."""
    listener = Listener(catalog(code))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(speech, "catalog", lambda _: listener)
        return tuple(everything(speak(code))), frozenset(listener.heard)


@cache
def shown(code: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """All words of the board in a language, and the sentences that were said in them."""
    listener = Listener(catalog(code))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(speech, "catalog", lambda _: listener)
        return tuple(boards(speak(code))), frozenset(listener.heard)


@cache
def said(code: str) -> str:
    """Give every different text of a language's messages, each on lines of its own: many are said a hundred times."""
    return "\n".join(dict.fromkeys(text for message in walked(code)[0] for text in texts(message)))


@cache
def english_left_in(code: str) -> frozenset[str]:
    """Give what English sentences consist of, where a language does not say the same."""
    parts = {part.strip() for text in template() for part in PLACEHOLDER.split(text)}
    of_its_own = " ".join(str(message.string) for message in read(code) if message.id)
    return frozenset(part for part in parts if len(part) >= SENTENCE and part not in of_its_own)


@cache
def placeholders() -> frozenset[str]:
    return frozenset(f"{{{name}" for text in template() for name in PLACEHOLDER.findall(text))


def texts(message: Message) -> Iterator[str]:
    yield plain(message.html)
    yield from (button.label for button in message.buttons)


def test_every_sentence_there_is_is_said_in_the_walk() -> None:
    edges = {
        text
        for text, message in template().items()
        if all(where.startswith(EDGES) for where, _ in message.locations)
    }
    unsaid = set(template()) - walked("en")[1] - shown("en")[1] - edges
    assert unsaid == set(), "tests/language/walk.py or boards.py has to see them"


@pytest.mark.parametrize("code", LANGUAGES)
def test_telegram_takes_every_message(code: str) -> None:
    for message in walked(code)[0]:
        assert parsed(message.html).strip()
        assert units(message.html) <= 4096
        for button in message.buttons:
            assert button.label.strip()
            assert len(button.label) <= 64
            assert len(button.data.encode()) <= 64
            if not button.data:
                assert_is_web(button.url)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_placeholder_is_filled(code: str) -> None:
    filled = said(code).replace(HOSTILE, "")
    assert [name for name in placeholders() if name in filled] == []


@pytest.mark.parametrize("code", ["fr", "es"])
def test_no_english_sentence_is_left_in_another_language(code: str) -> None:
    ours = _ours(said(code))
    assert {part for part in english_left_in(code) if part in ours} == set()


@pytest.mark.parametrize("code", ["fr", "es"])
def test_the_board_leaves_no_placeholder_and_no_english_sentence(code: str) -> None:
    board = "\n".join(dict.fromkeys(shown(code)[0]))
    assert {part for part in english_left_in(code) if part in board} == set()
    left = {name for name in placeholders() if name in board}
    assert left <= {"{shown"}, "only the script fills {shown}"


@pytest.mark.parametrize("code", ["fr", "es"])
def test_no_country_has_its_english_name_in_another_language(code: str) -> None:
    own = " ".join(country.names[code] for country in SHIPPED.countries)
    english = {country.name for country in SHIPPED.countries if country.name not in own}
    there = {name for name in english if name in said(code)}
    found = {name for name in there if re.search(rf"\b{re.escape(name)}\b", said(code))}
    assert found <= {"Mexico", "India"}, "time zones: the city, and the beginning of Indiana"


def test_no_word_comes_from_anywhere_but_the_catalogs() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(speech, "catalog", lambda _: Shouting())
        shouted = {text for message in everything(speak("fr")) for text in texts(message)}
    small = set(re.findall(r"[^\W\d_]*[a-zß-ÿ][^\W\d_]*", _ours("\n".join(shouted))))
    assert small <= DATA


DATA = {
    # Joined and dated by babel; languages and cities are named by it.
    *(
        "et",
        "and",
        "y",
        "nov",
        "oct",
        "janv",
        "déc",
        "janv",
        "mars",
        "déc",
        "mardi",
        "anglais",
        "français",
        "Français",
        "Anglais",
        "Espagnol",
        "English",
        "español",
    ),
    *("Español", "espagnol", "Espagnol", "Vincennes", "Vienna", "Vienne", "na", "Europe"),
    # Data of the samples, and what people type.
    *(
        "xx",
        "zone",
        "Self",
        "assessment",
        "Second",
        "cycle",
        "heading",
        "mex",
        "qqq",
        "news",
        "Vienn",
        "terminal",
    ),
    *("www", "unodc", "profiles", "config", "classification", "toml"),
}


def _ours(text: str) -> str:
    """Take out what is no sentence: names of countries, time zones and cities, commands, addresses, codes.

    To be given all lines at once: six hundred names are sought in it.
    """
    for name in _names():
        text = text.replace(name, "")
    codes = r"[A-Z]{3}-[0-9a-f]{8}|sha256 [0-9a-f]*|Last-Modified: "
    return re.sub(rf"/\w+|https?:\S+|{codes}|\w+/\w+|uncac-monitor[^\n]*", " ", text)


@cache
def _names() -> list[str]:
    """Give names of countries and cities, the longest first."""
    cities = {city(speak(code), zone) for code in LANGUAGES for zones in COMMON.values() for zone in zones}
    names = {name for country in SHIPPED.countries for name in country.names.values()} | cities
    return sorted(names, key=len, reverse=True)


@pytest.mark.parametrize("code", LANGUAGES)
def test_telegrams_own_places_are_not_too_small_for_a_language(code: str) -> None:
    say = speak(code)
    assert len(description(say)) <= 512
    assert len(short_description(say)) <= 120
    for audience in ("private", "group", "administrators", "operators"):
        assert all(3 <= len(words) <= 256 for _, words in menu(say, audience))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_examples_of_a_language_are_understood(code: str) -> None:
    say = speak(code)
    unknown = say("I do not know {words}. Nothing was changed.", words="").split()[:2]
    examples = (
        ("/subscribe", "Mexico, Brazil"),
        ("/subscribe", "Mexico, region Europe, pledge, summaries"),
        ("/settings", "zone Vienna, hour 7, quiet 22-7"),
        ("/settings", "quiet 19-9"),
        ("/settings", "zone Asia/Thimphu"),
    )
    for command, example in ((command, say.word(words)) for command, words in examples):
        assert heard(f"{command} {example}", language=code).split()[:2] != unknown, example
