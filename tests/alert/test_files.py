from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.alert import files
from monitor.alert.news import gather
from monitor.language.speech import speak
from monitor.model import Change, ChangeKind, FileLook, FileState
from tests.alert.samples import ENGLISH, NOW, K, change, document, published

THERE = FileLook(
    NOW,
    FileState.THERE,
    200,
    size=1_312_000,
    content_type="application/pdf",
    sha256="a" * 64,
    pages=48,
    language="en",
)
GONE = FileLook(NOW, FileState.GONE, 404)


def lines(*changes: Change) -> list[str]:
    return list(files.lines(ENGLISH, gather(changes)))


def about(look: FileLook, **of: object) -> Change:
    return replace(published(document(**of)), file=look)  # type: ignore[arg-type] # passed on by name


@pytest.mark.parametrize(
    ("look", "line"),
    [
        (THERE, "File: PDF of 48 pages, 1.3 MB"),
        (replace(THERE, pages=1, size=48_200), "File: PDF of 1 page, 48.2 kB"),
        (
            replace(THERE, language="es"),
            "File: PDF of 48 pages, 1.3 MB, its text is in Spanish, the page says English",
        ),
        (
            replace(THERE, pages=None, language="", error="damaged"),
            "File: PDF, 1.3 MB, it could not be read to its end",
        ),
        (replace(THERE, pages=None, language="", content_type="application/msword"), "File: 1.3 MB"),
        (replace(THERE, size=None), "File: PDF of 48 pages"),
        (GONE, "File: the link does not open yet (404); it is looked at again"),
        (
            FileLook(NOW, FileState.NO_DOCUMENT, 200),
            "File: the link leads to a web page, not to a document; it is looked at again",
        ),
        (FileLook(NOW, FileState.UNREACHED, 503), "File: it could not be looked at"),
    ],
)
def test_what_stands_at_the_address_is_said(look: FileLook, line: str) -> None:
    assert lines(about(look)) == [line]


def test_where_nobody_looked_nothing_is_said() -> None:
    assert lines(published(document())) == []


def test_languages_whose_files_differ_are_told_apart() -> None:
    assert lines(about(THERE), about(GONE, language="es")) == [
        (
            "File: English: PDF of 48 pages, 1.3 MB; "
            "Spanish: the link does not open yet (404); it is looked at again"
        )
    ]


def test_several_pieces_of_news_are_named() -> None:
    assert lines(about(THERE), about(GONE, kind=K.COUNTRY_REPORT)) == [
        "Self-assessment (cycle 2): PDF of 48 pages, 1.3 MB",
        "Country report (cycle 2): the link does not open yet (404); it is looked at again",
    ]


@pytest.mark.parametrize(
    ("look", "expected"),
    [
        (THERE, ["File: it can still be opened, although the page no longer lists it"]),
        (GONE, ["File: it is gone, too"]),
        (FileLook(NOW, FileState.UNREACHED), []),
    ],
)
def test_of_what_is_listed_no_longer_it_is_said_whether_it_can_be_had(
    look: FileLook, expected: list[str]
) -> None:
    assert lines(replace(change(ChangeKind.WITHDRAWN, document()), file=look)) == expected


def test_sizes_are_written_as_the_language_does() -> None:
    assert [files.size(speak(code), 1_312_000)[:3] for code in ("en", "fr", "es")] == ["1.3", "1,3", "1,3"]


def test_where_the_page_says_no_language_the_text_does() -> None:
    assert lines(about(THERE, language=None)) == ["File: PDF of 48 pages, 1.3 MB, in English"]
