"""The register as a CSV table: one line a document, columns as docs/json.md names them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from monitor.board.export import known_json
from monitor.model import Country, Dossier, KnownDocument, Pledge

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
)
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""How a cell begins that a spreadsheet would run."""


def register_csv(
    countries: Iterable[Country], dossiers: Mapping[str, Dossier], pledges: Mapping[str, Pledge]
) -> bytes:
    """Write every document that was ever seen; UTF-8 with the mark by which Excel knows it."""
    written = io.StringIO(newline="")
    table = csv.writer(written)
    table.writerow(COLUMNS)
    for country in countries:
        if country.code in dossiers:
            table.writerows(_lines(country, dossiers[country.code], pledges.get(country.code)))
    return written.getvalue().encode("utf-8-sig", "replace")


def _lines(country: Country, dossier: Dossier, pledge: Pledge | None) -> Iterator[list[str]]:
    about = {"name": country.name, "region": country.region, "pledge": pledge.state.value if pledge else None}
    for known in dossier.documents:
        cells = known_json(country.code, known) | about | {"evidence": _evidence(known)}
        yield [_safe(cells[column]) for column in COLUMNS]


def _evidence(known: KnownDocument) -> str:
    return "; ".join(f"{each.of}: {each.words} ({each.where})" for each in known.document.evidence)


def _safe(value: object) -> str:
    """Write a cell as text: strangers' words must not become a formula."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
