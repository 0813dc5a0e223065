"""Which version of the file's shape this program writes, and how older files become it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from monitor.errors import StoreError
from monitor.record.rescue import Tables

Migration = Callable[[Tables], Tables]

MIGRATIONS: tuple[Migration, ...] = ()
"""``MIGRATIONS[n - 1]`` turns version n into n + 1; each is a pure function and stays here for ever."""


def version_of(tables: Tables) -> int:
    """Read the version of a file's tables; StoreError when they are not a monitor's."""
    version = tables.get("meta", {}).get("schema", {}).get("version")
    if type(version) is not int or version < 1:
        raise StoreError("it has no schema version, so it is not a store of this program")
    return version


def stamped(tables: Tables, version: int) -> Tables:
    """Give the tables with their version written down."""
    return {**tables, "meta": {**tables.get("meta", {}), "schema": {"version": version}}}


def upgraded(tables: Tables, migrations: Sequence[Migration] = MIGRATIONS) -> Tables:
    """Bring the tables to the newest version; StoreError when they are newer than this program."""
    version, newest = version_of(tables), len(migrations) + 1
    if version > newest:
        raise StoreError(
            f"it was written by a newer version of this program (schema {version}, this one knows {newest}): "
            "install that version again"
        )
    for migrate in migrations[version - 1 :]:
        tables = migrate(tables)
    return stamped(tables, newest)
