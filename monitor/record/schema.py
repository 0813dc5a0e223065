"""Which version of the file's shape this program writes, and how older files become it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from monitor import __version__
from monitor.errors import StoreError
from monitor.record.codec import message_key, place_key
from monitor.record.rescue import Tables

Migration = Callable[[Tables], Tables]


def _with_chats(tables: Tables) -> Tables:
    """Version 2: a message stands once, subscriptions are found by their place, and a chat has its own record."""
    owed, chosen = tables.get("deliveries", {}), _in_order(tables.get("subscriptions", {}))
    return {
        **tables,
        "messages": {message_key(_message(one)): _message(one) for one in owed.values()},
        "deliveries": {name: _lean(one) for name, one in owed.items()},
        "subscriptions": {
            place_key(one["chat"], one["thread"], one["is_operator"]): _as_configured(one) for one in chosen
        },
        "chats": {
            str(one["chat"]): {"id": one["chat"], "away": one["paused"]} for one in chosen if one["paused"]
        },
    }


def _in_order(table: Mapping[str, Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return [table[number] for number in sorted(table, key=int)]


def _message(delivery: Mapping[str, Any]) -> dict[str, Any]:
    message = delivery["message"]
    buttons = [{**button, "data": "", "is_beside": False} for button in message["buttons"]]
    return {**message, "buttons": buttons}


def _lean(delivery: Mapping[str, Any]) -> dict[str, object]:
    own = {name: value for name, value in delivery.items() if name != "id"}
    return {**own, "message": message_key(_message(delivery))}


def _as_configured(subscription: Mapping[str, Any]) -> dict[str, object]:
    # Until now no chat could choose for itself: all of them came from the configuration.
    kept = {name: value for name, value in subscription.items() if name != "paused"}
    return {**kept, "is_configured": True}


def _with_files(tables: Tables) -> Tables:
    """Version 3: documents' files and the looks at pages have tables, which an older program would not keep up."""
    return {**tables, "files": {}, "looks": {}}


MIGRATIONS: tuple[Migration, ...] = (_with_chats, _with_files)
"""``MIGRATIONS[n - 1]`` turns version n into n + 1; each is a pure function and stays here for ever."""


def version_of(tables: Tables) -> int:
    """Read the version of a file's tables; StoreError when they are not a monitor's."""
    version = tables.get("meta", {}).get("schema", {}).get("version")
    if type(version) is not int or version < 1:
        raise StoreError("it has no schema version, so it is not a store of this program")
    return version


def stamped(tables: Tables, version: int) -> Tables:
    """Give the tables with their version written down, and which program brought them to it."""
    schema = {"version": version, "program": __version__}
    return {**tables, "meta": {**tables.get("meta", {}), "schema": schema}}


def newer(tables: Tables, newest: int) -> str:
    """Say that the tables are newer than this program, and what to install; nothing where they are not."""
    version = version_of(tables)
    if version <= newest:
        return ""
    program = tables["meta"]["schema"].get("program")
    writer = f"uncac-monitor {program}" if isinstance(program, str) else "a newer version of this program"
    return (
        f"it was written by {writer} (schema {version}; this is uncac-monitor {__version__}, which knows {newest}): "
        "install that version again"
    )


def upgraded(tables: Tables, migrations: Sequence[Migration] = MIGRATIONS) -> Tables:
    """Bring the tables to the newest version; StoreError when they are newer than this program."""
    version, newest = version_of(tables), len(migrations) + 1
    if trouble := newer(tables, newest):
        raise StoreError(trouble)
    for migrate in migrations[version - 1 :]:
        tables = migrate(tables)
    return stamped(tables, newest)
