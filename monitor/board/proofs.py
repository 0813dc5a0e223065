"""Evidence as plain JSON values: the names that docs/json.md promises."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from monitor.alert.markup import plain
from monitor.alert.tell import BUG
from monitor.board.export import Json, change_json, file_json, instant, known_json
from monitor.evidence.chain import Chain, Happened, Told, replaced
from monitor.model import DocumentFile, Looks


def chain_json(found: Chain) -> Json:
    """Write the whole chain of one document; never to whom anything was told."""
    return {
        "proof": found.proof,
        "document": known_json(found.code, found.known, found.file),
        "looks": {
            "without": _looks(found.without),
            "shown": _looks(found.shown),
            "later": [_looks(each) for each in found.later],
        },
        "file": _file(found.file),
        "changes": [_happened(found, each) for each in found.happened],
        "told": [_told(each) for each in found.told],
    }


def _happened(found: Chain, each: Happened) -> Json:
    proof = None if replaced(found, each.change) else found.proof
    around = {"before": _looks(each.before), "after": _looks(each.after)}
    return change_json(each.change) | {"proof": proof, "looks": around}


def _looks(looks: Looks | None) -> Json | None:
    if looks is None:
        return None
    written = {
        name: instant(value) if isinstance(value, datetime) else value
        for name, value in asdict(looks).items()
    }
    # What a bug says may name what is on this machine: it goes to the operators, not to whom evidence is given.
    error = BUG if looks.error.startswith(BUG) else looks.error
    return written | {"body_hash": looks.body_hash or None, "error": error or None}


def _file(file: DocumentFile | None) -> Json | None:
    if file is None:
        return None
    return {
        "url": file.url,
        "checked": instant(file.checked),
        "looks": [file_json(look) for look in file.looks],
        "doubted": file_json(file.doubted),
    }


def _told(told: Told) -> Json:
    return {
        "text": plain(told.html),
        "owed": instant(told.owed),
        "counts": {state.value: number for state, number in told.counts.items()},
        "first": instant(told.first),
        "last": instant(told.last),
    }
