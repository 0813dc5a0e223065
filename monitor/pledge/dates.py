"""Dates as people write them beside a name, in the languages we speak; ambiguous ones only as far as they are sure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from typing import Final

from babel.dates import get_month_names

from monitor.profile.words import fold

_LANGUAGES: Final = ("en", "fr", "es")
_FIRST_YEAR: Final = 2003
"""The Convention is of that year; the Pledge is younger."""
_CENTURY: Final = 100
_FIRST_MARK: Final = 0xE000
_ANY_MARK: Final = re.compile("[\ue000-\uf8ff]")
"""Letters of nobody's: Unicode keeps them for private use."""
_LONGEST: Final = 4_000
"""Characters of a line that are read."""
_ISO: Final = r"(?P<iso>\b\d{4}-\d\d?(?:-\d\d?)?\b)"
_NUMERIC: Final = r"(?P<numeric>\b\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d\d)\b)"
_ORDINAL: Final = r"(?:st|nd|rd|th|er|º|°|\.)?"


def marked(text: str, today: date) -> tuple[str, tuple[str, ...]]:
    """Put a mark, which is no letter, in the place of each date, and give the dates in their order.

    A date is YYYY-MM-DD, YYYY-MM, YYYY, or nothing where it is none of the past.
    """
    dates: list[str] = []

    def mark(match: re.Match[str]) -> str:
        dates.append(_written(match, today))
        return f" {chr(_FIRST_MARK + len(dates) - 1)} "

    return _pattern().sub(mark, _ANY_MARK.sub("", text[:_LONGEST])), tuple(dates)


def marks_in(text: str, dates: tuple[str, ...]) -> tuple[str, ...]:
    """Give the dates that are marked in a part of the text, each once."""
    found = (dates[ord(mark) - _FIRST_MARK] for mark in _ANY_MARK.findall(text))
    return tuple(dict.fromkeys(filter(None, found)))


def _written(match: re.Match[str], today: date) -> str:
    parts = next(iter(_parts(match)), ())
    year, month, day = (*parts, 0, 0, 0)[:3]
    if not _FIRST_YEAR <= year <= today.year:
        return ""
    try:
        moment = date(year, month or 1, day or 1)
    except ValueError:
        return str(year)
    if moment > today:
        return ""
    return f"{year}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")


def _parts(match: re.Match[str]) -> Iterator[tuple[int, ...]]:
    """Give year, month and day, as far as they are there and sure."""
    if match["iso"]:
        yield tuple(map(int, match["iso"].split("-")))
    elif match["numeric"]:
        yield _numeric(*map(int, re.split(r"[./-]", match["numeric"])))
    elif match["year"]:
        yield (int(match["year"]),)
    else:
        month = _months()[fold(match["month"] or match["month_first"])]
        year = match["of"] or match["of_first"]
        yield (int(year), month, int(match["day"] or match["day_second"] or 0))


def _numeric(first: int, second: int, year: int) -> tuple[int, ...]:
    """Read 16/12/2025 and 12/16/2025; of 05/06/2025 only the year is sure."""
    full = year + 2000 if year < _CENTURY else year
    months = 12
    if first == second or (first > months >= second):
        return (full, second, first)
    return (full, first, second) if second > months >= first else (full,)


@cache
def _months() -> Mapping[str, int]:
    """Give the numbers of months by their folded names, long and short, in every language."""
    names = {
        fold(name): number
        for language in _LANGUAGES
        for width in ("wide", "abbreviated")
        for context in ("format", "stand-alone")
        for number, name in get_month_names(width, context, language).items()
    }
    return names | {"sept": 9}


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(sorted({*_spellings()}, key=len, reverse=True))
    of = r"(?:de |del |of |du |,)?"
    return re.compile(
        rf"{_ISO}|{_NUMERIC}"
        rf"|(?:\b(?P<day>\d{{1,2}}){_ORDINAL}\s*{of}\s*)?\b(?P<month>{months})\b\.?\s*{of}\s*(?P<of>\d{{4}})\b"
        rf"|\b(?P<month_first>{months})\b\.?\s*(?P<day_second>\d{{1,2}}){_ORDINAL},?\s*(?P<of_first>\d{{4}})\b"
        r"|(?<![\w./-])(?P<year>20\d\d)(?![\w/-])",
        re.IGNORECASE,
    )


def _spellings() -> Iterator[str]:
    """Give every name of a month as it is written, with and without its accents."""
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for name in get_month_names(width, "format", language).values():
                plain = str(name).rstrip(".")
                yield re.escape(plain)
                yield re.escape(fold(plain))
    yield "sept"
