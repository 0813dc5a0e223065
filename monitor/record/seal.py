"""The checksum at the end of the store file: what a disk or a hand changed in it is not taken for knowledge."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any, Final

TABLE: Final = "checksum"
"""The last table of the file; its one record is of all bytes before it."""
SEALED_SINCE: Final = 3
"""Schema versions before this one have no checksum."""
_BEFORE: Final = b',"checksum":{"sha256":{"of":"'
_AFTER: Final = b'"}}}\n'


def sealed(tables: bytes) -> bytes:
    """Put the checksum into the JSON of some tables (at least one); the whole stays one JSON document."""
    body = tables.rstrip().removesuffix(b"}")
    return b"".join((body, _BEFORE, _of(body), _AFTER))


def broken(content: bytes, tables: Mapping[str, Any]) -> str:
    """Say what is wrong with the checksum of a file's bytes, ``tables`` once read; nothing where it fits."""
    body, mark, rest = content.rpartition(_BEFORE)
    if mark and rest == _of(body) + _AFTER:
        return ""
    if mark or TABLE in tables:
        return "its checksum does not fit: it was changed by something else than this program"
    return "its checksum is missing" if _version(tables) >= SEALED_SINCE else ""


def _of(body: bytes) -> bytes:
    return hashlib.sha256(body).hexdigest().encode()


def _version(tables: Mapping[str, Any]) -> int:
    version = tables.get("meta", {}).get("schema", {}).get("version")
    return version if type(version) is int else 0
