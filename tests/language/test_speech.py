"""One language, spoken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.language.catalogs import languages, spoken
from monitor.language.speech import speak
from tests.alert.samples import MEXICO, NIGER

MOMENT = datetime(2026, 8, 3, 8, 5, tzinfo=UTC)


def test_english_french_and_spanish_are_spoken() -> None:
    assert languages() == ("en", "es", "fr")


@pytest.mark.parametrize(
    ("code", "language"),
    [("fr", "fr"), ("fr-CA", "fr"), ("ES_mx", "es"), ("en-GB", "en"), ("de", ""), ("", ""), (None, "")],
)
def test_a_code_stands_for_the_language_that_is_spoken(code: str | None, language: str) -> None:
    assert spoken(code) == language
    assert speak(code).code == (language or "en")


@pytest.mark.parametrize(
    ("code", "day", "weekday", "number"),
    [
        ("en", "3 Aug 2026", "Monday", "12,000"),
        ("fr", "3 août 2026", "lundi", "12\u202f000"),
        ("es", "3 ago 2026", "lunes", "12.000"),
    ],
)
def test_dates_and_numbers_are_written_as_the_language_does(
    code: str, day: str, weekday: str, number: str
) -> None:
    say = speak(code)
    assert (say.day(MOMENT), say.weekday(MOMENT), say.number(12_000)) == (day, weekday, number)
    assert say.moment(MOMENT) == f"{day} 08:05 UTC"


@pytest.mark.parametrize(
    ("code", "listing", "choice"),
    [("en", "a, b and c", "a, b or c"), ("fr", "a, b et c", "a, b ou c"), ("es", "a, b y c", "a, b o c")],
)
def test_words_are_joined_as_a_sentence_of_the_language_does(code: str, listing: str, choice: str) -> None:
    assert (speak(code).listing("abc"), speak(code).choice("abc")) == (listing, choice)
    assert speak(code).listing([]) == ""


def test_a_country_has_the_uns_name_in_the_language_and_english_where_there_is_none() -> None:
    assert speak("es").country(MEXICO) == "🇲🇽 México"
    assert speak("fr").name(NIGER) == "Niger"


def test_languages_are_named_and_an_unknown_code_stands_for_itself() -> None:
    assert (speak("en").language("zh"), speak("fr").language("zh")) == ("Chinese", "Chinois")
    assert [speak("en").language(code) for code in ("", None, "x-y z", "qq")] == ["", "", "X-y z", "Qq"]


def test_a_sentence_takes_its_values_and_the_form_that_fits_the_number() -> None:
    say = speak("en")
    assert say("Last read {when}", when="today") == "Last read today"
    assert [say.many("{number} country", "{number} countries", n) for n in (1, 2000)] == [
        "1 country",
        "2,000 countries",
    ]
