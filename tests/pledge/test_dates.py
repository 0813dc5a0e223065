from __future__ import annotations

import pytest

from monitor.pledge.dates import marked, marks_in
from tests.pledge.reading import TODAY


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("16 December 2025", "2025-12-16"),
        ("on 16th Dec. 2025", "2025-12-16"),
        ("December 16, 2025", "2025-12-16"),
        ("December 2025", "2025-12"),
        ("le 1er décembre 2021", "2021-12-01"),
        ("2 fevrier 2021", "2021-02-02"),
        ("3 de mayo de 2024", "2024-05-03"),
        ("sept. 2020", "2020-09"),
        ("2019-12", "2019-12"),
        ("2019-12-05", "2019-12-05"),
        ("16/12/2025", "2025-12-16"),
        ("12/16/2025", "2025-12-16"),
        ("05.05.2025", "2025-05-05"),
        ("16.12.25", "2025-12-16"),
        ("2023", "2023"),
    ],
)
def test_a_date_is_read_as_people_write_it(text: str, date: str) -> None:
    rest, dates = marked(f"Brazil ({text})", TODAY)
    assert marks_in(rest, dates) == (date,)
    assert "20" not in rest


@pytest.mark.parametrize(
    ("text", "date"),
    [("05/06/2025", "2025"), ("31.02.2024", "2024"), ("2019-13", "2019"), ("31 June 2020", "2020")],
)
def test_of_a_date_that_is_not_sure_only_the_year_is_taken(text: str, date: str) -> None:
    rest, dates = marked(text, TODAY)
    assert marks_in(rest, dates) == (date,)


@pytest.mark.parametrize(
    "text", ["December 2026", "25 November 2026", "2999-01-01", "2031", "31 October 2002", "1999-05-01"]
)
def test_a_date_of_the_future_or_before_there_was_a_convention_is_none(text: str) -> None:
    rest, dates = marked(text, TODAY)
    assert (marks_in(rest, dates), dates) == ((), ("",))


@pytest.mark.parametrize("text", ["44 States", "A/RES/2019/3", "Article 13", "maybe 12", "CAC/COSP/2019/L.1"])
def test_what_only_looks_like_a_date_is_left(text: str) -> None:
    assert marked(text, TODAY) == (text, ())


def test_several_dates_are_given_in_order_each_once() -> None:
    rest, dates = marked("2019, 5 May 2020 and 2019 \ue005", TODAY)
    assert marks_in(rest, dates) == ("2019", "2020-05-05")


def test_today_is_past_enough() -> None:
    assert marked("24 November 2026", TODAY)[1] == ("2026-11-24",)
