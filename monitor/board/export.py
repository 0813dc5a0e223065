"""The register as plain JSON values: the names that docs/json.md promises."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from monitor.board.status import Cell, Row, is_held, matrix
from monitor.evidence.proof import proof_of
from monitor.model import (
    Change,
    Country,
    Document,
    Dossier,
    Evidence,
    FileLook,
    KnownDocument,
    Pledge,
    Reading,
    ReviewCycle,
    Visit,
)  # fmt: skip

Json = dict[str, Any]
_OF_A_FILE = (
    "status",
    "address",
    "size",
    "content_type",
    "etag",
    "last_modified",
    "sha256",
    "pages",
    "title",
    "language",
    "error",
)


def instant(moment: datetime | None) -> str | None:
    """Write a moment as ISO 8601 in UTC, to the second."""
    return None if moment is None else moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def document_json(code: str, document: Document) -> Json:
    """Write what a document is; its history is null where it has none."""
    return {
        "country": code,
        "url": document.url,
        "title": document.title,
        "kind": document.kind.value,
        "cycle": document.cycle,
        "language": document.language,
        "symbol": document.symbol,
        "evidence": [_evidence(evidence) for evidence in document.evidence],
        "first_seen": None,
        "not_seen_at": None,
        "missing_since": None,
        "proof": None,
    }


def _evidence(evidence: Evidence) -> Json:
    return {"of": evidence.of, "where": str(evidence.where), "words": evidence.words}


def known_json(code: str, known: KnownDocument) -> Json:
    """Write a known document with its history."""
    return document_json(code, known.document) | {
        "first_seen": instant(known.first_seen),
        "not_seen_at": instant(known.not_seen_at),
        "missing_since": instant(known.missing_since),
        "proof": proof_of(code, known),
    }


def change_json(change: Change) -> Json:
    """Write a change and the two looks between which it happened."""
    return {
        "country": change.code,
        "kind": change.kind.value,
        "seen_at": instant(change.seen_at),
        "not_before": instant(change.not_before),
        "former_url": change.former_url or None,
        "is_language_version": change.is_language_version,
        "document": document_json(change.code, change.document),
        "file": file_json(change.file),
        "file_before": file_json(change.file_before),
    }


def file_json(look: FileLook | None) -> Json | None:
    """Write what one look at a document's file found; null where nobody looked."""
    if look is None:
        return None
    known = {name: getattr(look, name) or None for name in _OF_A_FILE}
    return {"at": instant(look.at), "state": look.state.value, **known}


def visit_json(visit: Visit) -> Json:
    """Write how one look at one country went; ``documents`` is the number of review documents on the page."""
    return {
        "code": visit.code,
        "outcome": visit.outcome.value,
        "documents": visit.documents,
        "changes": [change_json(change) for change in visit.changes],
        "error": visit.error or None,
    }


def reading_json(code: str, reading: Reading) -> Json:
    """Write one link of a page: its words, and the document it was taken for (null for plain navigation)."""
    return {
        "url": reading.link.url,
        "words": [{"where": words.where.value, "text": words.text} for words in reading.link.words],
        "reason": reading.reason,
        "document": document_json(code, reading.document) if reading.document else None,
    }


def status_json(
    country: Country, dossier: Dossier | None, pledge: Pledge, cycles: tuple[ReviewCycle, ...]
) -> Json:
    """Write a country's matrix: per cycle and kind published, not seen or unknown; its pledge; when last read."""
    known = dossier or Dossier(country.code)
    return {
        "country": country.code,
        "name": country.name,
        "pledge": {
            "state": pledge.state.value,
            "signed": pledge.signed or None,
            "source": pledge.source or None,
        },
        "last_read": instant(known.last_read),
        "failing_since": instant(known.failing.since) if known.failing else None,
        "error": known.failing.error if known.failing else None,
        "held": known.held.reason if known.held and is_held(known) else None,
        "cycles": [_row(country.code, row) for row in matrix(dossier, cycles).rows],
    }


def _row(code: str, row: Row) -> Json:
    cells = {kind.value: _cell(code, cell) for kind, cell in row.cells.items()}
    return {"cycle": row.cycle.id if row.cycle else None, "kinds": cells}


def _cell(code: str, cell: Cell) -> Json:
    return {
        "state": cell.mark.value,
        "why": cell.why.value if cell.why else None,
        "documents": [known_json(code, known) for known in cell.documents],
    }


def register(dossiers: Iterator[Dossier]) -> Iterator[Json]:
    """Write every known document of every country."""
    for dossier in dossiers:
        yield from (known_json(dossier.code, known) for known in dossier.documents)
