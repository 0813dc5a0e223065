"""The columns of the open data's tables: what each is called, holds and means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from monitor.board.sheet import State
from monitor.board.status import Mark, Why
from monitor.language.catalogs import languages
from monitor.model import DocumentKind, FileState, PledgeState
from monitor.web.meanings import CHANGES, told

CODE: Final = "[A-Z]{2,3}"
PROOF: Final = "[A-Z]{2,3}-[0-9a-f]{8}"
WEB: Final = r"https?://\S+"
DATE: Final = r"\d{4}(-\d{2}(-\d{2})?)?"
_TIME: Final = "datetime"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: in the words of a Frictionless table schema."""

    name: str
    means: str
    type: str = "string"
    words: tuple[StrEnum, ...] = ()
    """All that may stand there."""
    pattern: str = ""
    is_required: bool = False


def documents() -> tuple[Field, ...]:
    """Describe documents.csv."""
    return (
        Field("country", _COUNTRY, pattern=CODE, is_required=True),
        Field("name", "The country's name in English, as the United Nations write it.", is_required=True),
        Field("region", _REGION),
        _pledge("pledge"),
        _worded("kind", "What the document is.", tuple(DocumentKind), is_required=True),
        *_sort(),
        Field("title", "What the page calls the document: the words of the link."),
        Field("url", "Its address; (country, url) is the document's identity.", pattern=WEB, is_required=True),
        Field("symbol", "The United Nations' document symbol, where one is stated."),
        Field("first_seen", "The first look at the page that showed it.", _TIME, is_required=True),
        Field("not_seen_at", "The last look before that: it appeared between the two. Empty: it stood there at our first look.", _TIME),
        Field("missing_since", "The first look at which it was gone. Empty: it is listed.", _TIME),
        Field("evidence", "Which words of the page, from where, decided its kind, cycle, language and symbol."),
        Field("proof", "The name under which its evidence is found.", pattern=PROOF, is_required=True),
        _worded("state", "How it stands now.", tuple(State), is_required=True),
        Field("last_there", "The last look that showed it before missing_since: it went between the two.", _TIME),
        Field("former_urls", "Where it stood before, the oldest first, parted by spaces."),
        _worded("file_state", "What stands at its address, as far as somebody looked.", tuple(FileState)),
        Field("file_bytes", "The size of the file in bytes.", "integer"),
        Field("file_pages", "How many pages it has.", "integer"),
        Field("file_sha256", "The sha256 of the file's bytes, hexadecimal.", pattern="[0-9a-f]{64}"),
    )  # fmt: skip


def publications() -> tuple[Field, ...]:
    """Describe publications.csv."""
    return (
        Field("number", "The change's place in the history, which is only ever added to; changes of files, which are not told here, leave gaps.", "integer", is_required=True),
        _worded("change", "What happened.", CHANGES, is_required=True),
        Field("country", _COUNTRY, pattern=CODE, is_required=True),
        Field("name", "The country's name in English, as the United Nations write it.", is_required=True),
        Field("region", _REGION),
        _worded("kind", "What the document is, as it was understood then.", tuple(DocumentKind), is_required=True),
        *_sort(),
        Field("title", "What the page called the document."),
        Field("url", "The document's address.", pattern=WEB, is_required=True),
        Field("former_url", "The address before, where it moved or took another's place.", pattern=WEB),
        Field("symbol", "The United Nations' document symbol, where one is stated."),
        Field("not_before", "The last look at which it had not happened yet. Empty: not known.", _TIME),
        Field("seen_at", "The look at which it had happened: it happened between the two.", _TIME, is_required=True),
        Field("is_language_version", "true: the publication was known already, and this is another language of it.", "boolean", is_required=True),
        Field("proof", "The name under which the document's evidence is found.", pattern=PROOF, is_required=True),
    )  # fmt: skip


def countries(cells: Iterable[tuple[str, str]]) -> tuple[Field, ...]:
    """Describe countries.csv; ``cells``: the beginnings of the names of each cycle's and kind's columns, and what they are of."""
    return (
        Field("country", _COUNTRY, pattern=CODE, is_required=True),
        Field("name", "Its name in English, as the United Nations write it.", is_required=True),
        *(Field(f"name_{code}", f"Its name in {code}.") for code in languages()[1:]),
        Field("region", _REGION),
        _pledge("pledge"),
        Field("pledge_signed", "When it signed, as far as that is known: a year, month or day.", pattern=DATE),
        Field("pledge_source", "Where that is written."),
        Field("profile", "The page that is looked at.", is_required=True),
        Field("first_read", "The first look at the page that could be read. Empty: there was none, so nothing is known.", _TIME),
        Field("last_read", "The last look at the page that could be read: what is said here was so then.", _TIME),
        Field("failing_since", "Since when the page cannot be read. Empty: it can be.", _TIME),
        Field("held_since", "Since when a look waits to be confirmed, because it differs too much. Empty: none does.", _TIME),
        *(field for prefix, what in cells for field in _cell(prefix, what)),
    )  # fmt: skip


def _cell(prefix: str, what: str) -> Iterator[Field]:
    yield _worded(prefix, f"Whether the page lists the {what}.", tuple(Mark), is_required=True, sort="mark")
    yield _worded(f"{prefix}_why", "Why that is unknown.", tuple(Why), sort="why")
    yield Field(f"{prefix}_languages", "The languages in which it is (or was) there, parted by spaces; und: not stated.", pattern=r"\S+( \S+)*")  # fmt: skip
    yield Field(f"{prefix}_not_before", _NOT_BEFORE, _TIME)
    yield Field(f"{prefix}_seen_at", _SEEN_AT, _TIME)


def _sort() -> tuple[Field, Field]:
    return (
        Field("cycle", "The review cycle's number. Empty: not stated."),
        Field("language", "The document's language (ISO 639-1). Empty: not stated."),
    )


def _pledge(name: str) -> Field:
    return _worded(name, "Whether the Transparency Pledge was signed.", tuple(PledgeState), sort="pledge")


def _worded(
    name: str, means: str, words: tuple[StrEnum, ...], *, is_required: bool = False, sort: str = ""
) -> Field:
    return Field(name, f"{means} {told(sort or name, words)}", words=words, is_required=is_required)


_COUNTRY: Final = "The country's code: ISO 3166-1 alpha-3, EU for the European Union."
_REGION: Final = "The region we place it in: six regions of our own choice."
_NOT_BEFORE: Final = (
    "published: the last look at which it was not there yet (empty: it stood there at our first look). "
    "withdrawn: the last look at which it was still there."
)
_SEEN_AT: Final = (
    "published: the first look at which it was there. withdrawn: the first look at which it was gone."
)
