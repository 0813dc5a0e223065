"""The store: all that is known, kept in one file that is always whole."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar

import orjson
from tinydb import TinyDB
from tinydb.table import Document, Table

from monitor.errors import StoreError
from monitor.model import Commit, World
from monitor.record import codec, schema
from monitor.record.apply import after
from monitor.record.files import write_whole
from monitor.record.rescue import offer
from monitor.record.storage import AtomicStorage

Value = TypeVar("Value")
Records = dict[str, codec.Record]
Decide = Callable[[World], Commit]
"""Says, of the newest world, what changes in it."""


class KeyedTable(Table):
    """A TinyDB table whose records are found by a name, such as a country's code."""

    document_id_class = str  # type: ignore[assignment] # TinyDB works with any class that str() inverts


class Database(TinyDB):
    """TinyDB with named records."""

    table_class = KeyedTable


class Store:
    """One process writes, any number read; what is committed is in the file before ``commit`` returns."""

    def __init__(self, storage: AtomicStorage, migrations: Sequence[schema.Migration]) -> None:
        self._storage = storage
        self._migrations = migrations
        self._database = Database(storage=lambda: storage)
        self._world: World | None = None
        self._turn = threading.Lock()

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        is_reader: bool = False,
        command: str = "uncac-monitor",
        now: datetime | None = None,
        migrations: Sequence[schema.Migration] = schema.MIGRATIONS,
    ) -> Self:
        """Open the file at ``path``; StoreError when in use, damaged, too new or not writable."""
        storage = AtomicStorage(path, command=command, is_reader=is_reader, now=now or datetime.now(UTC))
        try:
            store = cls(storage, migrations)
            store._begin()
        except BaseException:
            storage.close()
            raise
        return store

    def _begin(self) -> None:
        if not self._storage.is_reader:
            self._upgrade()
        self.load()

    def _upgrade(self) -> None:
        tables = self._storage.read()
        if tables is None:
            self._storage.write(schema.stamped({}, len(self._migrations) + 1))
            return
        fresh = self._understood(tables)
        version = schema.version_of(tables)
        if version < schema.version_of(fresh):
            old = self._storage.path
            write_whole(old.with_name(f"{old.name}.v{version}.bak"), orjson.dumps(tables))
            self._storage.write(fresh)

    def _understood(self, tables: dict[str, Records]) -> dict[str, Records]:
        try:
            return schema.upgraded(tables, self._migrations)
        except StoreError as error:
            raise StoreError(f"{self._storage.path} cannot be used: {error}.") from None

    def load(self) -> World:
        """Give all that is known; cheap in the writing process, a reader sees the last whole write."""
        world = self._world
        if world is not None and not self._storage.is_reader:
            return world
        with self._turn:
            return self._current()

    def _current(self) -> World:
        if self._world is None or self._storage.is_reader:
            self._world = self._decoded()
        return self._world

    def _decoded(self) -> World:
        tables = self._storage.read()
        if tables is None:
            return World()
        try:
            return _world(self._understood(tables))
        except StoreError as error:
            raise StoreError(f"{error}\nNothing was changed in it. {offer(self._storage.path)}") from None

    def commit(self, commit: Commit | Decide) -> None:
        """Write the whole commit in one step, or raise StoreError and nothing happened.

        A function is given the newest world and nobody else's commit comes in between: nothing it saw is out of date.
        """
        with self._turn:
            before = self._current()
            world = after(before, commit(before) if callable(commit) else commit)
            try:
                with self._storage.transaction():
                    self._write(before, world)
            except BaseException:
                self._world = None
                raise
            self._world = world

    def _write(self, before: World, world: World) -> None:
        self._sync(codec.DOSSIERS, before.dossiers, world.dossiers)
        self._sync(codec.CHANGES, _numbered(before.changes), _numbered(world.changes))
        self._sync(codec.SUBSCRIPTIONS, _numbered(before.subscriptions), _numbered(world.subscriptions))
        self._sync(codec.DELIVERIES, _by_id(before.deliveries), _by_id(world.deliveries))
        self._sync(codec.CHATS, _by_name(before.chats), _by_name(world.chats))
        self._sync(codec.PLEDGES, before.pledges, world.pledges)
        self._sync(codec.PROPOSALS, _numbered(before.proposals), _numbered(world.proposals))
        if before.duty != world.duty:
            self._replace("meta", ["duty"], {"duty": codec.DUTY.record(world.duty)})
        if before.incidents != world.incidents:
            self._replace("meta", ["incidents"], {"incidents": codec.INCIDENTS.record(dict(world.incidents))})

    def _sync(
        self, kind: codec.Codec[Value], before: Mapping[str, Value], world: Mapping[str, Value]
    ) -> None:
        gone = [key for key in before if key not in world]
        changed = {key: kind.record(value) for key, value in world.items() if _is_new(before.get(key), value)}
        if gone or changed:
            self._replace(kind.table, [*gone, *changed], changed)

    def _replace(self, name: str, keys: Iterable[str], records: Records) -> None:
        table = self._database.table(name, cache_size=0)
        table.remove(doc_ids=keys)  # type: ignore[arg-type] # TinyDB's annotations know numbers only
        table.insert_multiple(Document(record, key) for key, record in records.items())  # type: ignore[arg-type] # the same

    async def acommit(self, commit: Commit | Decide) -> None:
        """Commit off the event loop; a cancelled caller leaves only when the write is through."""
        writing = asyncio.ensure_future(asyncio.to_thread(self.commit, commit))
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            await asyncio.wait([writing])
            raise

    def close(self) -> None:
        """Wait for a write under way, then let go of the file."""
        with self._turn:
            self._database.close()


def _is_new(old: object, value: object) -> bool:
    # Identity first: comparing every field of every record would cost more than the write.
    return old is not value and old != value


def _by_name(values: Mapping[Any, Value]) -> dict[str, Value]:
    return {str(name): value for name, value in values.items()}


def _by_id(values: Iterable[Any]) -> dict[str, Any]:
    return {value.id: value for value in values}


def _numbered(values: Sequence[Value]) -> dict[str, Value]:
    return {str(number): value for number, value in enumerate(values, 1)}


def _world(tables: dict[str, Records]) -> World:
    meta = tables.get("meta", {})
    return World(
        dossiers=_values(codec.DOSSIERS, tables),
        changes=_in_order(codec.CHANGES, tables),
        subscriptions=_in_order(codec.SUBSCRIPTIONS, tables),
        deliveries=tuple(value for _, value in sorted(_values(codec.DELIVERIES, tables).items())),
        incidents=codec.INCIDENTS.value("incidents", meta.get("incidents", {})),
        chats={chat.id: chat for chat in _values(codec.CHATS, tables).values()},
        pledges=_values(codec.PLEDGES, tables),
        proposals=_in_order(codec.PROPOSALS, tables),
        duty=codec.DUTY.value("duty", meta.get("duty", {})),
    )


def _values(kind: codec.Codec[Value], tables: dict[str, Records]) -> dict[str, Value]:
    return {key: kind.value(key, record) for key, record in tables.get(kind.table, {}).items()}


def _in_order(kind: codec.Codec[Value], tables: dict[str, Records]) -> tuple[Value, ...]:
    values = _values(kind, tables)
    return tuple(values[key] for key in sorted(values, key=int))
