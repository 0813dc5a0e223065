"""Cycle and language: the link's own words, its address, the words beside it, the words over it; else unknown."""

from __future__ import annotations

import pytest

from monitor.model import Where
from monitor.profile.tell import Told, is_only_language, tell_cycle, tell_language
from monitor.profile.words import fold
from tests.profile.reading import FILE, links, rules

FOLDER = "https://www.unodc.org/documents"
FIRST = f"{FOLDER}/CAC-COSP-IRG-I-4-1-Add.73/2315284F.pdf"


def cycle(html: str) -> Told:
    return tell_cycle(links(html)[-1], rules())


def language(html: str) -> Told:
    return tell_language(links(html)[-1], rules())


def a(label: str = "PDF", url: str = FILE) -> str:
    return f'<a href="{url}">{label}</a>'


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("First review cycle", "1"),
        ("Cycle I", "1"),
        ("Cycle Ⅰ", "1"),
        ("2010-2015", "1"),
        ("2010–2015", "1"),
        ("Chapters III and IV", "1"),
        ("Chapters III &amp; IV", "1"),
        ("Chapter III: criminalization", "1"),
        ("articles 15–42", "1"),
        ("Premier cycle d'examen", "1"),
        ("Primer ciclo", "1"),
        ("الدورة الاستعراضية الأولى", "1"),
        ("第一审议周期", "1"),
        ("Second cycle", "2"),
        ("CYCLE II", "2"),
        ("Review cycle 2016-2021", "2"),
        ("Chapters II (prevention) and V (asset recovery)", "2"),
        ("Articles 5-14 and 51-59", "2"),
        ("Deuxième cycle", "2"),
        ("Segundo ciclo", "2"),
        ("Второй обзорный цикл", "2"),
        ("第二周期", "2"),
        ("Second phase, first cycle", None),
        ("Cycle III", None),
        ("First and second review cycles", None),
        ("Cycles 1 and 2", None),
        ("The cycle is over", None),
        ("Cycle 10", None),
        ("2019", None),
        ("Chapter VI", None),
        ("Chapter II and chapter III", None),
    ],
)
def test_words_give_the_cycle_away_or_it_is_unknown(words: str, number: str | None) -> None:
    assert cycle(f"<h2>{words}</h2>{a()}").value == number


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("CAC-COSP-IRG-I-4-1-Add.73/x.pdf", "1"),
        ("CACCOSPIRGI41/x.pdf", "1"),
        ("CAC-COSP-IRG-II-3-1-Add.9/x.pdf", "2"),
        ("CACCOSPIRGII41/x.pdf", "2"),
        ("ExecutiveSummaries/V1601967e.pdf", "1"),
        ("ExecutiveSummaries2/V1808730e.pdf", "2"),
        ("Mongolia_Cycle_II_Country_Report_EN.pdf", "2"),
        ("Mongolia_Cycle_I.pdf", "1"),
        ("Mongolia-cycle2.pdf", "2"),
        ("Mongolia%20Cycle%202.pdf", "2"),
        ("Second_Cycle_Report.pdf", "2"),
        ("First%20Cycle.pdf", "1"),
        ("Cycle_III.pdf", None),
        ("Cycle_12.pdf", None),
        ("Cycle_Information.pdf", None),
        ("CAC-COSP-IRG-III-1.pdf", None),
        ("CAC-COSP-IRG-2025-CRP.3.pdf", None),
    ],
)
def test_an_address_gives_the_cycle_away_or_it_is_unknown(name: str, number: str | None) -> None:
    assert cycle(a("PDF", f"{FOLDER}/{name}")).value == number


@pytest.mark.parametrize(
    ("html", "number", "where"),
    [
        (f"<h2>First cycle</h2>{a('Second cycle', FIRST)}", "2", Where.LABEL),
        (f"<h2>Second cycle</h2><p>Second cycle: {a('PDF', FIRST)}</p>", "1", Where.ADDRESS),
        (f"<h2>First cycle</h2><p>Second cycle: {a()}</p>", "2", Where.BEFORE),
        (f"<h2>First cycle</h2><h3>Second cycle</h3>{a()}", "2", Where.HEADING),
        (f"<h2>First cycle</h2><h3>Report, cycles I to II: cycle I, cycle II</h3>{a()}", "1", Where.HEADING),
        (f"<h2>First cycle</h2><h3>Second phase</h3>{a()}", None, Where.HEADING),
        (a("First cycle of the second phase", FIRST), None, Where.LABEL),
    ],
)
def test_the_cycle_is_told_in_a_fixed_order_of_trust(html: str, number: str | None, where: Where) -> None:
    told = cycle(html)
    assert told.value == number
    assert [each.where for each in told.evidence] == [where]


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("English", "en"),
        ("Français", "fr"),
        ("ESPAÑOL", "es"),
        ("Русский", "ru"),
        ("العربية", "ar"),
        ("中文", "zh"),
        ("Report (EN)", "en"),
        ("[FR]", "fr"),
        ("E", "en"),
        (" S ", "es"),
        ("Report in en", None),
        ("Report (XX)", None),
        ("English and French", None),
        ("(EN/FR)", None),
        ("Report A", None),
        ("Mexico", None),
    ],
)
def test_the_label_names_one_language_or_none(label: str, code: str | None) -> None:
    assert language(a(label)).value == code


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("V1601967e.pdf", "en"),
        ("V1601967F.pdf", "fr"),
        ("V1601967_S.pdf", "es"),
        ("V1601967Ae.pdf", "en"),
        ("V1705952-1e.pdf", "en"),
        ("V1505960eCorr1Corr2.pdf", "en"),
        ("2301653R.pdf", "ru"),
        ("Report_EN.pdf", "en"),
        ("Report-Arabic.pdf", "ar"),
        ("Report_C.pdf", "zh"),
        ("Report_xx.pdf", None),
        ("Reporte.pdf", None),
        ("2301653x.pdf", None),
    ],
)
def test_the_address_gives_the_language_away_or_it_is_unknown(name: str, code: str | None) -> None:
    assert language(a("PDF", f"{FOLDER}/{name}")).value == code


@pytest.mark.parametrize(
    ("html", "code", "where"),
    [
        (a("Español", FIRST), "es", Where.LABEL),
        (f'<a href="{FIRST}" hreflang="es">Français</a>', "fr", Where.LABEL),
        (f'<a href="{FIRST}" hreflang="es-MX">PDF</a>', "es", Where.LANG),
        (f'<a href="{FIRST}" lang="xx">PDF</a>', "fr", Where.ADDRESS),
        (f"<p>Spanish: {a('PDF', FIRST)}</p>", "fr", Where.ADDRESS),
        (f"<p>Spanish: {a()}</p>", "es", Where.BEFORE),
        (f"<p>{a()} (Spanish)</p>", "es", Where.AFTER),
        (
            f"<table><tr><th></th><th>Spanish</th></tr><tr><th>R</th><td>{a()}</td></tr></table>",
            "es",
            Where.COLUMN,
        ),
        (f"<table><tr><th>R</th><td>ES</td><td>{a()}</td></tr></table>", "es", Where.CELL),
        (f"<h3>Spanish version</h3>{a()}", "es", Where.HEADING),
    ],
)
def test_the_language_is_told_in_a_fixed_order_of_trust(html: str, code: str, where: Where) -> None:
    told = language(html)
    assert told.value == code
    assert [each.where for each in told.evidence] == [where]


@pytest.mark.parametrize(
    "html",
    [
        f'<html lang="ar"><body>{a()}</body></html>',
        f"<h1>المملكة العربية السعودية</h1>{a()}",
        f"<h2>Spanish authorities and their reports</h2>{a()}",
        f"<h2>A.</h2>{a()}",
        f"<table><tr><th>C</th><td>{a()}</td></tr></table>",
        a(),
    ],
)
def test_the_pages_own_language_says_nothing_of_the_document(html: str) -> None:
    assert language(html) == Told()


@pytest.mark.parametrize(
    ("text", "only"),
    [
        ("English", True),
        ("Download (PDF, 3 MB) English version", True),
        ("EN", True),
        ("", True),
        ("中文", True),
        ("Self-assessment in English", False),
        ("Mexico", False),
    ],
)
def test_a_label_of_languages_and_formats_says_nothing_else(text: str, only: bool) -> None:
    assert is_only_language(fold(text), rules()) is only
