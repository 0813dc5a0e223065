"""Typed words are understood exactly or not at all."""

from __future__ import annotations

import time

import pytest

from monitor.alert import texts
from monitor.board.regions import regions
from monitor.dialogue.choice.hear import hear
from monitor.dialogue.choice.sentence import KINDS
from monitor.dialogue.choice.vocabulary import Wish
from monitor.language.speech import speak
from monitor.model import DocumentKind, When
from monitor.names import spellings
from tests.alert.samples import CYCLES
from tests.config.helpers import COUNTRIES

ALL = tuple(COUNTRIES)
K = DocumentKind


def wish(text: str) -> Wish:
    heard = hear(text, ALL, CYCLES)
    assert heard.unknown == ()
    return heard.wish


def countries(*codes: str) -> Wish:
    return Wish(countries=frozenset(codes))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mexico, Brazil", countries("MEX", "BRA")),
        ("méxico;brésil\nGHANA", countries("MEX", "BRA", "GHA")),
        ("Mexico and Brazil", countries("MEX", "BRA")),
        ("Mexique et Brésil", countries("MEX", "BRA")),
        ("México y Brasil, e Italia", countries("MEX", "BRA", "ITA")),
        ("Bosnia and Herzegovina and Trinidad & Tobago and Cuba", countries("BIH", "TTO", "CUB")),
        ("Bahamas, The, Mexico", countries("BHS", "MEX")),
        ("mex,, MEX", countries("MEX")),
        ("cyp, rus", countries("CYP", "RUS")),
        ("ita, lie", countries("ITA", "LIE")),
        ("Niger", countries("NER")),
        ("pledge", Wish(is_pledge=True)),
        ("Signataires", Wish(is_pledge=True)),
        ("region Europe", Wish(regions=frozenset({"Europe"}))),
        ("région europe", Wish(regions=frozenset({"Europe"}))),
        ("Europe", Wish(regions=frozenset({"Europe"}))),
        ("Middle East and North Africa", None),
        ("East Asia, Central Asia & Pacific", Wish(regions=frozenset({"East Asia, Central Asia & Pacific"}))),
        ("summaries", Wish(kinds=frozenset({K.EXECUTIVE_SUMMARY}))),
        ("résumés analytiques, suivi", Wish(kinds=frozenset({K.EXECUTIVE_SUMMARY, K.FOLLOW_UP}))),
        ("informes, autoevaluaciones", Wish(kinds=frozenset({K.COUNTRY_REPORT, K.SELF_ASSESSMENT}))),
        ("withdrawals", Wish(withdrawals=True)),
        ("files", Wish(files=True)),
        ("Mexico, with files", Wish(countries=frozenset({"MEX"}), files=True)),
        ("Mexico files", Wish(countries=frozenset({"MEX"}), files=True)),
        ("without files", Wish(files=False)),
        ("liens morts", Wish(files=True)),
        ("sans fichiers", Wish(files=False)),
        ("enlaces rotos", Wish(files=True)),
        ("sin archivos", Wish(files=False)),
        ("all", Wish(is_all=True)),
        ("tous les pays", Wish(is_all=True)),
        ("daily", Wish(when=When.DAILY)),
        ("chaque semaine", Wish(when=When.WEEKLY)),
        ("al momento", Wish(when=When.AT_ONCE)),
        ("cycle 2", Wish(cycles=frozenset({"2"}))),
        ("cycles 1 and 2", Wish(cycles=frozenset({"1", "2"}))),
        ("ciclo 1, 2", Wish(cycles=frozenset({"1", "2"}))),
        ("all cycles", Wish(is_all_cycles=True)),
        ("sans son", Wish(is_silent=True)),
        ("con sonido", Wish(is_silent=False)),
        ("pause", Wish(is_paused=True)),
        ("weekly Mexico", Wish(when=When.WEEKLY, countries=frozenset({"MEX"}))),
        ("Mexico summaries daily", None),
        ("", Wish()),
        (" , ;and", Wish()),
    ],
)
def test_words_in_three_languages_ask_for_what_they_name(text: str, expected: Wish | None) -> None:
    if text.startswith("Middle"):
        expected = Wish(regions=frozenset({"Middle East & North Africa"}))
    if text.startswith("Mexico summaries"):
        expected = Wish(countries=frozenset({"MEX"}), kinds=frozenset({K.EXECUTIVE_SUMMARY}), when=When.DAILY)
    assert wish(text) == expected


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Mexcio, Brazil", ("Mexcio",)),
        ("Korea", ("Korea",)),
        ("Mexico Brazil", ("Mexico Brazil",)),
        ("Georgia USA", ("Georgia USA",)),
        ("Mexico and Brasilia", ("Mexico and Brasilia",)),
        ("region Africa, daily", ("region Africa",)),
        ("cycle 3", ("cycle 3",)),
        ("resume", ("resume",)),
        ("résumé", ("résumé",)),
        ("daily Nigerr", ("Nigerr",)),
        ("?!", ("?!",)),
        ("x1, x2, x3, x4, x5, x6", ("x1", "x2", "x3", "x4", "x5")),
    ],
)
def test_what_is_merely_similar_is_not_understood(text: str, unknown: tuple[str, ...]) -> None:
    assert hear(text, ALL, CYCLES).unknown == unknown


def test_every_country_can_be_named_by_every_name_it_has() -> None:
    for country in COUNTRIES[::9]:
        for spelling in spellings(country):
            assert wish(spelling) == countries(country.code), spelling
    assert wish(", ".join(country.code for country in ALL)).countries == {each.code for each in ALL}


@pytest.mark.parametrize("text", ["a and " * 700, "daily " * 700, ", ".join(f"x{at}" for at in range(900))])
def test_a_hostile_text_is_read_in_no_time(text: str) -> None:
    started = time.process_time()
    hear(text, ALL, CYCLES)
    assert time.process_time() - started < 3


@pytest.mark.parametrize("code", ["en", "fr", "es"])
def test_the_words_that_menus_show_are_understood(code: str) -> None:
    say = speak(code)
    assert wish(say("At once")).when is When.AT_ONCE
    assert wish(say("withdrawals")).withdrawals
    assert wish(texts.afterwards(say)).files
    assert wish(say("All review cycles")).is_all_cycles
    for kind in KINDS:
        assert wish(texts.kinds(say, kind)).kinds == {kind}
    for cycle in CYCLES:
        assert wish(texts.cycle(say, cycle.id)).cycles == {cycle.id}
    for region in regions(ALL):
        assert wish(say.word(region)).regions == {region}
