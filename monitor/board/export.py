"""The register as plain JSON values: the names that docs/json.md promises."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, Final

from monitor.board.status import Cell, Row, is_held, matrix
from monitor.evidence.proof import proof_in, proof_of
from monitor.model import (
    Change,
    Country,
    Document,
    DocumentFile,
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
Files = Mapping[str, DocumentFile]
NO_FILES: Final[Files] = MappingProxyType({})
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
        "file": None,
    }


def _evidence(evidence: Evidence) -> Json:
    return {"of": evidence.of, "where": str(evidence.where), "words": evidence.words}


def known_json(code: str, known: KnownDocument, file: DocumentFile | None = None) -> Json:
    """Write a known document with its history, and how its file stands as far as that is believed."""
    return document_json(code, known.document) | {
        "first_seen": instant(known.first_seen),
        "not_seen_at": instant(known.not_seen_at),
        "missing_since": instant(known.missing_since),
        "proof": proof_of(code, known),
        "file": file_json(file.stands) if file else None,
    }


def change_json(change: Change, dossier: Dossier | None = None) -> Json:
    """Write a change and the two looks between which it happened; ``dossier``: the country's, which names the proof."""
    return {
        "country": change.code,
        "kind": change.kind.value,
        "seen_at": instant(change.seen_at),
        "not_before": instant(change.not_before),
        "former_url": change.former_url or None,
        "is_language_version": change.is_language_version,
        "proof": proof_in(dossier, change.document.url) if dossier else None,
        "document": document_json(change.code, change.document),
        "file": file_json(change.file),
        "file_before": file_json(change.file_before),
    }


def file_json(look: FileLook | None) -> Json | None:
    """Write what one look at a document's file found; null where nobody looked."""
    if look is None:
        return None
    found = {name: getattr(look, name) for name in _OF_A_FILE}
    known = {name: None if value == "" else value for name, value in found.items()}
    return {"at": instant(look.at), "state": look.state.value, **known}


def visit_json(visit: Visit, dossier: Dossier | None = None) -> Json:
    """Write how one look at one country went; ``documents`` is the number of review documents on the page."""
    return {
        "code": visit.code,
        "outcome": visit.outcome.value,
        "documents": visit.documents,
        "changes": [change_json(change, dossier) for change in visit.changes],
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
    country: Country,
    dossier: Dossier | None,
    pledge: Pledge,
    cycles: tuple[ReviewCycle, ...],
    files: Files = NO_FILES,
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
        "cycles": [_row(country.code, row, files) for row in matrix(dossier, cycles).rows],
    }


def _row(code: str, row: Row, files: Files) -> Json:
    cells = {kind.value: _cell(code, cell, files) for kind, cell in row.cells.items()}
    return {"cycle": row.cycle.id if row.cycle else None, "kinds": cells}


def _cell(code: str, cell: Cell, files: Files) -> Json:
    return {
        "state": cell.mark.value,
        "why": cell.why.value if cell.why else None,
        "documents": [known_json(code, known, files.get(known.document.url)) for known in cell.documents],
    }


def register(dossiers: Iterable[Dossier], files: Files = NO_FILES) -> Iterator[Json]:
    """Write every known document of every country; ``files`` by address."""
    for dossier in dossiers:
        for known in dossier.documents:
            yield known_json(dossier.code, known, files.get(known.document.url))
