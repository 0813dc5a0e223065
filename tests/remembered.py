"""Each page is read once: sweeps look at the same pages again and again, and how a page is read is tested elsewhere."""

from __future__ import annotations

from copy import copy

import pytest

from monitor.errors import MonitorError
from monitor.model import Country, Page, Snapshot
from monitor.profile.read import Reader

_KEPT: dict[tuple[object, ...], Snapshot | MonitorError] = {}
_read = Reader.read


def reads_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Remember what the reader made of a page, for a country and with its rules; also that it refused it."""
    monkeypatch.setattr(Reader, "read", _remembered)


def _remembered(reader: Reader, page: Page, of: Country) -> Snapshot:
    key = (page.url, page.html, page.body_hash, page.validators, of.code, reader.rules.fingerprint)
    if key not in _KEPT:
        _KEPT[key] = _tried(reader, page, of)
    kept = _KEPT[key]
    if isinstance(kept, MonitorError):
        raise copy(kept)
    return kept


def _tried(reader: Reader, page: Page, of: Country) -> Snapshot | MonitorError:
    try:
        return _read(reader, page, of)
    except MonitorError as error:
        return error.with_traceback(None)
