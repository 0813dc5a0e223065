from __future__ import annotations

from datetime import UTC, datetime
from time import process_time

import pytest

from monitor.language.catalogs import spoken
from monitor.web.accept import best_language, has_already, is_unchanged, takes_gzip

MODIFIED = datetime(2026, 11, 24, 13, 20, 5, 900_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("fr", "fr"),
        ("fr-CA", "fr"),
        ("FR_ca", "fr"),
        ("de, es;q=0.5", "es"),
        ("en;q=0.1, fr;q=0.9", "fr"),
        ("en;q=0.1,fr ; Q = 0.90", "fr"),
        ("es, fr", "es"),
        ("fr;q=0, es;q=0.1", "es"),
        ("fr;q=0", ""),
        ("es, fr;q=1.5", "es"),
        ("de," * 400 + "fr", ""),
        ("fr;q=x, es;q=0.2", "es"),
        ("fr;q=nan, es;q=0.2", "es"),
        ("fr;q=1.000, es", "fr"),
        ("de, *", ""),
        ("", ""),
        (",,;,=;q", ""),
        ("../../etc/passwd", ""),
    ],
)
def test_the_best_liked_language_that_is_spoken(header: str, language: str) -> None:
    assert best_language(header, spoken) == language


@pytest.mark.parametrize(
    ("header", "is_taken"),
    [
        ("gzip", True),
        ("gzip, deflate, br, zstd", True),
        ("deflate, GZip;q=0.5", True),
        ("x-gzip", True),
        ("*", True),
        ("*;q=0.1", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.0, *", False),
        ("*;q=0", False),
        ("gzip;q=0.2, identity;q=0.9", False),
        ("gzip, identity", True),
        ("gzip;q=abc", False),
    ],
)
def test_gzip_is_sent_to_those_who_take_it(header: str, is_taken: bool) -> None:
    assert takes_gzip(header) is is_taken


@pytest.mark.parametrize(
    ("header", "is_held"),
    [
        ('"abc"', True),
        ('W/"abc"', True),
        ('"x", "abc" , "y"', True),
        ('"x",W/"abc"', True),
        ("*", True),
        (" * ", True),
        ('"ab"', False),
        ('"abcd"', False),
        ("abc", False),
        ('w/"x"', False),
        ("", False),
        ('"x, abc', False),
        ('"*"', False),
    ],
)
def test_what_a_reader_has_already_is_found_in_its_list(header: str, is_held: bool) -> None:
    assert has_already(header, '"abc"') is is_held


@pytest.mark.parametrize(
    ("header", "is_so"),
    [
        ("Tue, 24 Nov 2026 13:20:05 GMT", True),
        ("Tue, 24 Nov 2026 13:20:04 GMT", False),
        ("Wed, 25 Nov 2026 00:00:00 GMT", True),
        ("Tue, 24 Nov 2026 14:20:05 +0100", True),
        ("Tuesday, 24-Nov-26 13:20:05 GMT", True),
        ("Tue Nov 24 13:20:05 2026", True),
        ("Tue Nov 24 13:20:04 2026", False),
        ("yesterday", False),
        ("", False),
        ("Tue, 99 Nov 2026 99:99:99 GMT", False),
        ("Tue, 24 Nov 99999999999 13:20:05 GMT", False),
        ("Tue, 24 Nov 2026 13:20:05 GMT" + " " * 60, False),
    ],
)
def test_a_date_is_compared_by_the_second(header: str, is_so: bool) -> None:
    assert is_unchanged(header, MODIFIED) is is_so


@pytest.mark.parametrize("part", ["fr;q=0.5,", ";", ",", '"', 'W/"', "; q=", ";  "])
def test_a_header_of_64_kilobytes_costs_next_to_nothing(part: str) -> None:
    header = part * (65_536 // len(part))
    began = process_time()
    best_language(header, spoken)
    takes_gzip(header)
    has_already(header, '"abc"')
    is_unchanged(header, MODIFIED)
    assert process_time() - began < 0.5
