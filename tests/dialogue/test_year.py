from dataclasses import replace

import pytest

from tests.alert.as_telegram import accepted
from tests.board.test_year import busy
from tests.dialogue.talk import LANGUAGES, heard, offers, read, says, view

HOW = "Name a year, or two days: /year 2026, or /year 2026-01-01 2026-06-30"


def test_without_words_it_is_the_time_since_the_last_anti_corruption_day() -> None:
    text = heard("/year", busy())
    assert text.startswith(
        "Stock-take of the UNCAC reviews: 9 Dec 2025 to 24 Nov 2026\nPublished: 1 in 1 country\n"
    )
    assert "\n\nPublished\n• Mexico: self-assessment (cycle 2): English · Spanish (appeared between " in text


@pytest.mark.parametrize(
    ("words", "title"),
    [
        ("2025", "9 Dec 2024 to 8 Dec 2025"),
        # The year is not over: up to what is known now.
        ("2026", "9 Dec 2025 to 24 Nov 2026"),
        ("2026-11-01", "1 Nov 2026 to 24 Nov 2026"),
        ("2026-03-01 2026-06-30", "1 Mar 2026 to 30 Jun 2026"),
        ("2026-03-01   2026-03-01", "1 Mar 2026 to 1 Mar 2026"),
    ],
)
def test_a_year_or_days_are_understood(words: str, title: str) -> None:
    assert heard(f"/year {words}", busy()).startswith(f"Stock-take of the UNCAC reviews: {title}\n")


def test_the_last_day_named_belongs_to_the_time() -> None:
    assert "\nPublished: 1 in 1 country\n" in heard("/year 2026-11-24 2026-11-24", busy())
    assert "\nPublished: nothing\n" in heard("/year 2026-11-23 2026-11-23", busy())


@pytest.mark.parametrize(
    "words",
    [
        "last",
        "0000",
        "0001",
        "9999-12-31 9999-12-31",
        "2028",
        "2026-11-25",
        "2026-11-25 2026-11-30",
        "2026-13-01",
        "2026-06-30 2026-01-01",
        "2026-01-01 2026-06-30 2026-07-01",
        "2026-01-01 x",
        "٢٠٢٦",
        "-2026",
        "20266",
    ],
)
def test_what_is_no_time_is_answered_with_how_to_ask(words: str) -> None:
    assert heard(f"/year {words}", busy()) == HOW


def test_the_page_with_the_whole_of_it_is_offered_where_the_board_has_an_address() -> None:
    there = replace(busy(), address="https://board.example.org")
    for language in LANGUAGES:
        (url,) = offers(says("/year", there, language)).values()
        assert url == f"https://board.example.org/{language}/year.html"
    assert offers(says("/year", busy())) == {}


def test_a_year_full_of_news_is_still_one_message() -> None:
    full = busy()
    changes = tuple(
        replace(
            each, document=replace(each.document, title="<b>" * 40, url=f"https://x.example/{number}.pdf")
        )
        for each in full.world.changes
        for number in range(40)
    )
    for language in LANGUAGES:
        message = says("/year", replace(full, world=replace(full.world, changes=changes)), language).message
        assert message
        assert accepted(message).endswith("…")


def test_of_a_world_nobody_has_looked_at_nothing_is_claimed() -> None:
    assert "\nNo page was read in this time, so nothing is known of it.\n" in read(says("/year", view()))
