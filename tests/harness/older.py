"""The store as an older version of the program would have left it, so that the next start has to upgrade it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from monitor.record.schema import upgraded

Record = Mapping[str, Any]
Table = dict[str, dict[str, Any]]
OLDER = (1, 2)
"""Versions that the store is taken back to."""
_NEW_IN_3 = ("files", "looks", "checksum")


def age(store: Path, version: int) -> None:
    """Rewrite a store as schema ``version`` had it; what that did not know is lost."""
    # It may be an old one already: killed before the last upgrade was written.
    tables = aged(upgraded(orjson.loads(store.read_bytes())), version)
    store.write_bytes(orjson.dumps(tables))


def aged(tables: Mapping[str, Table], version: int) -> dict[str, Table]:
    """Give the tables of the newest version as an older one had them."""
    old = {name: table for name, table in tables.items() if name not in _NEW_IN_3}
    for name, fields in (("changes", {"file", "file_before"}), ("subscriptions", {"files"})):
        if name in old:
            old[name] = {key: _without(record, fields) for key, record in old[name].items()}
    old["meta"] = {**old.get("meta", {}), "schema": {"version": version}}
    return _first(old) if version == 1 else old


def _without(record: Record, fields: set[str]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name not in fields}


def _with_links(message: Record) -> dict[str, Any]:
    """Version 1 knew buttons that lead somewhere, and no others."""
    return {**message, "buttons": [button for button in message["buttons"] if button["url"]]}


def _first(tables: Mapping[str, Table]) -> dict[str, Table]:
    """Version 1: each delivery held its message, subscriptions stood by number, chats had no record."""
    messages = {key: _with_links(message) for key, message in tables.get("messages", {}).items()}
    owed = {
        key: {**record, "id": key, "message": messages[record["message"]]}
        for key, record in tables.get("deliveries", {}).items()
    }
    chosen = enumerate(tables.get("subscriptions", {}).values(), 1)
    kept = {name: table for name, table in tables.items() if name not in {"messages", "chats"}}
    numbered = {str(number): {**one, "paused": False} for number, one in chosen}
    return {**kept, "deliveries": owed, "subscriptions": numbered}
