"""The register as a CSV table: one line a document, columns as docs/json.md names them."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Final

from monitor.board.export import NO_FILES, Files, instant, known_json
from monitor.model import Country, DocumentKind, Dossier, FileLook, KnownDocument, Pledge

COLUMNS: Final = (
    "country",
    "name",
    "region",
    "pledge",
    "kind",
    "cycle",
    "language",
    "title",
    "url",
    "symbol",
    "first_seen",
    "not_seen_at",
    "missing_since",
    "evidence",
    "proof",
    "state",
    "last_there",
    "former_urls",
    "file_state",
    "file_bytes",
    "file_pages",
    "file_sha256",
)
_FORMULA: Final = re.compile(
    r"""
    \A (?= [\t\r\n] | \s*[=+\-@＝＋－＠] )        # how a cell begins that a spreadsheet would run,
    | (?<=[;\t\r\n]) (?= [\s"']*[=+\-@＝＋－＠] ) # and a piece of one, where its commas part nothing (French, Spanish)
    """,
    re.VERBOSE,
)


class State(StrEnum):
    """How a document that was ever seen stands now."""

    LISTED = "listed"
    MISSING = "missing"
    """Gone, but not long enough to say so."""
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"
    """Another stands in its place, or better rules read the page otherwise: nobody withdrew it."""


def state(known: KnownDocument) -> State:
    """Say how a document stands, as the board's marks do."""
    if known.missing_since is None:
        return State.LISTED
    if known.is_absence_explained:
        return State.SUPERSEDED
    is_review = known.document.kind is not DocumentKind.OTHER
    return State.WITHDRAWN if known.is_missing_long and is_review else State.MISSING


def register_csv(
    countries: Iterable[Country],
    dossiers: Mapping[str, Dossier],
    pledges: Mapping[str, Pledge],
    files: Files = NO_FILES,
) -> bytes:
    """Write every document that was ever seen."""
    known = ((country, dossiers[country.code]) for country in countries if country.code in dossiers)
    return table(
        COLUMNS,
        (line for country, dossier in known for line in _lines(country, dossier, pledges, files)),
    )


def table(columns: Iterable[str], lines: Iterable[Iterable[object]]) -> bytes:
    """Write a table as CSV, harmless to spreadsheets; UTF-8 with the mark by which Excel knows it."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(columns)
    writer.writerows(map(_safe, line) for line in lines)
    return written.getvalue().encode("utf-8-sig", "replace")


def _lines(
    country: Country, dossier: Dossier, pledges: Mapping[str, Pledge], files: Files
) -> Iterator[list[object]]:
    pledge = pledges.get(country.code)
    about = {"name": country.name, "region": country.region, "pledge": pledge.state.value if pledge else None}
    for known in dossier.documents:
        file = files.get(known.document.url)
        cells = (
            known_json(country.code, known) | about | _history(known) | _file(file.stands if file else None)
        )
        yield [cells[column] for column in COLUMNS]


def _history(known: KnownDocument) -> dict[str, object]:
    return {
        "evidence": "; ".join(f"{each.of}: {each.words} ({each.where})" for each in known.document.evidence),
        "state": state(known).value,
        "last_there": instant(known.last_there),
        "former_urls": " ".join(known.former_urls),
    }


def _file(look: FileLook | None) -> dict[str, object]:
    return {
        "file_state": look.state.value if look else None,
        "file_bytes": look.size if look else None,
        "file_pages": look.pages if look else None,
        "file_sha256": look.sha256 if look else None,
    }


def _safe(value: object) -> str:
    """Write a cell as text: strangers' words must not become a formula."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else _FORMULA.sub("'", str(value))
