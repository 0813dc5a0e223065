"""One language, spoken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.language.catalogs import languages, spoken
from monitor.language.speech import N_, speak
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


@pytest.mark.parametrize(
    ("code", "month", "share"),
    [("en", "Nov 2023", "50%"), ("fr", "nov. 2023", "50\xa0%"), ("es", "nov 2023", "50\xa0%")],
)
def test_months_and_shares_are_written_as_the_language_does(code: str, month: str, share: str) -> None:
    assert (speak(code).month(datetime(2023, 11, 30, tzinfo=UTC)), speak(code).share(0.5)) == (month, share)


def test_a_language_inside_a_sentence_is_small_where_the_language_writes_it_so() -> None:
    assert [speak(code).tongue("en") for code in ("en", "fr", "es")] == ["English", "anglais", "inglés"]
    assert [speak("en").tongue(code) for code in ("", None, "x-y z", "qq")] == [""] * 4


@pytest.mark.parametrize(
    ("items", "listing", "choice"),
    [
        (["autoevaluación", "informe"], "autoevaluación e informe", "autoevaluación o informe"),
        (["Iraq", "Irlanda", "Irán"], "Iraq, Irlanda e Irán", "Iraq, Irlanda o Irán"),
        (["🇨🇱 Chile", "🇮🇹 Italia"], "🇨🇱 Chile e 🇮🇹 Italia", "🇨🇱 Chile o 🇮🇹 Italia"),
        (["hojas", "hiedra"], "hojas y hiedra", "hojas o hiedra"),
        (["Yemen", "Omán"], "Yemen y Omán", "Yemen u Omán"),
        (["uno", "Honduras"], "uno y Honduras", "uno u Honduras"),
        (["III (a)", "IV (b)"], "III (a) y IV (b)", "III (a) o IV (b)"),
        (["Irán"], "Irán", "Irán"),
    ],
)
def test_spanish_joins_so_that_two_equal_sounds_do_not_meet(
    items: list[str], listing: str, choice: str
) -> None:
    assert (speak("es").listing(items), speak("es").choice(items)) == (listing, choice)


@pytest.mark.parametrize(
    ("text", "said"),
    [("prevention", "prévention"), ("{no place}", "{no place}"), ("a new region", "a new region"), ("", "")],
)
def test_words_that_are_data_are_translated_where_they_are_marked_and_never_filled(
    text: str, said: str
) -> None:
    assert speak("fr").word(text) == said
    assert N_(text) == text


def test_a_value_with_braces_stays_as_it_is() -> None:
    assert speak("en")("Last read {when}", when="{x}") == "Last read {x}"


def test_french_counts_none_as_one_does() -> None:
    counted = [speak("fr").many("{number} day", "{number} days", number) for number in (0, 1, 2, 12_000)]
    assert counted == ["0 jour", "1 jour", "2 jours", "12\u202f000 jours"]
