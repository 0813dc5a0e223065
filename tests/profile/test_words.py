"""Words are compared as people compare them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.profile.words import Phrases, fold, shorten, squeeze, visible


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Self-Assessment", "self assessment"),
        ("  SELF_ASSESSMENT:  (2019) ", "self assessment 2019"),
        ("self\u2011assessment", "self assessment"),
        ("self\u2010assessment", "self assessment"),
        ("self\u00a0assessment", "self assessment"),
        ("self-assess\u00adment", "self assessment"),
        ("self-\u200bassessment", "self assessment"),
        ("\u200fself-assessment\u202c", "self assessment"),
        ("Auto-évaluation", "auto evaluation"),
        ("AUTO-E\u0301VALUATION", "auto evaluation"),
        ("l’autoévaluation", "l autoevaluation"),
        ("Autoavaliação", "autoavaliacao"),
        ("Самооценка", "самооценка"),
        ("التَّقْيِيمُ الذَّاتِيّ", "التقييم الذاتي"),
        ("التقـــييم الذاتي", "التقييم الذاتي"),
        ("أإآ", "ااا"),
        ("ﬁnal", "final"),
        ("Ｆｕｌｌ", "full"),
        ("Cycle Ⅱ", "cycle ii"),
        ("𝐅inal", "final"),
        ("Straße", "strasse"),
        ("", ""),
        ("—:·", ""),
    ],
)
def test_case_accents_and_punctuation_do_not_count(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(max_size=40))
@settings(max_examples=200, deadline=None)
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8", categories=["Lu", "Ll"]), max_size=20))
@settings(max_examples=100, deadline=None)
def test_upper_and_lower_case_are_the_same(text: str) -> None:
    assert fold(text.upper().lower()) == fold(text.upper())


def test_a_long_text_is_folded_like_a_short_one() -> None:
    assert fold("É " * 1_000) == " ".join(["e"] * 1_000)


KINDS = Phrases(
    [
        ("report", "report"),
        ("country report", "country"),
        ("full country report", "full"),
        ("cycle i", "1"),
        ("cycle ii", "2"),
        ("chapter ii", "2"),
        ("chapter iii", "1"),
        ("summaries", "many"),
        ("执行摘要", "zh"),
        ("ملخص", "ar"),
        ("report", "a second meaning"),
        ("---", "no word at all"),
    ]
)


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("the full country report", ["full"]),
        ("country report", ["country"]),
        ("country reports", ["country"]),
        ("a report on a country report", ["report", "country"]),
        ("report, report", ["report"]),
        ("reported", []),
        ("unreport", []),
        ("reportss", []),
        ("cycle is", []),
        ("cycle i", ["1"]),
        ("cycle ii", ["2"]),
        ("cycle iii", []),
        ("chapter iii", ["1"]),
        ("chapter ii", ["2"]),
        ("chapters ii", []),
        ("墨西哥执行摘要第二", ["zh"]),
        ("الملخص التنفيذي", ["ar"]),
        ("", []),
    ],
)
def test_phrases_are_found_whole_and_the_longest_wins(text: str, meanings: list[str]) -> None:
    assert KINDS.meanings(fold(text)) == meanings


def test_a_hit_says_where_it_stands() -> None:
    (hit,) = KINDS.find("a country report")
    assert (hit.start, hit.end, hit.meaning) == (2, 16, "country")


def test_without_phrases_nothing_is_found() -> None:
    assert Phrases[str]([]).find("anything") == ()


def test_phrases_of_joined_scripts_alone_are_found() -> None:
    assert Phrases([("执行摘要", "zh")]).meanings("执行摘要") == ["zh"]


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("  a \n\t b\u00a0c ", "a b c"),
        ("as\u00adsess\u200bment", "assessment"),
        ("\u202eabc", "abc"),
        ("\u200b", ""),
    ],
)
def test_white_space_collapses_and_what_nobody_sees_is_dropped(text: str, squeezed: str) -> None:
    assert squeeze(text) == squeezed


def test_visible_text_stays_as_it_is() -> None:
    assert visible("Señal — 摘要") == "Señal — 摘要"


@pytest.mark.parametrize(("text", "short"), [("abcde", "abcde"), ("abcdef", "abcd…"), ("abc def", "abc…")])
def test_what_is_too_long_is_cut_with_an_ellipsis(text: str, short: str) -> None:
    assert shorten(text, 5) == short
