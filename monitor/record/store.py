"""The store: all that is known, kept in one file that is always whole."""

from __future__ import annotations

import asyncio
import shlex
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self, TypeVar, cast

from tinydb import TinyDB
from tinydb.table import Table

from monitor.disk import write_whole
from monitor.errors import StoreError
from monitor.model import Commit, World
from monitor.record import codec, schema
from monitor.record.apply import after
from monitor.record.parts import DELIVERIES, PARTS, Records, world_of
from monitor.record.rescue import offer
from monitor.record.storage import AtomicStorage, Wrote

Answer = TypeVar("Answer")
Decide = Callable[[World], Commit]
"""Says, of the newest world, what changes in it."""


def copy_before(path: Path, version: int) -> Path:
    """Name the copy of a store that is taken before it is upgraded from ``version``."""
    return path.with_name(f"{path.name}.v{version}.bak")


class KeyedTable(Table):
    """A TinyDB table whose records are found by a name, such as a country's code."""

    document_id_class = str  # type: ignore[assignment] # TinyDB works with any class that str() inverts

    def records(self) -> Mapping[str, codec.Record]:
        """Give all records as they stand; not to be changed."""
        return cast("Mapping[str, codec.Record]", self._read_table())

    def become(self, names: Iterable[str], changed: Records) -> None:
        """Hold the records of ``names``, in that order: the changed ones, and the others as they are."""

        def update(table: dict[Any, Any]) -> None:
            fresh = {name: changed[name] if name in changed else table[name] for name in names}
            table.clear()
            table.update(fresh)

        # One pass: to remove and then insert would copy ten thousand records four times at every write.
        self._update_table(update)


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
        self.upgraded_from: int | None = None
        """The schema version that the file had until it was opened, where that was an older one."""

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        is_reader: bool = False,
        command: str = "uncac-monitor",
        now: datetime | None = None,
        migrations: Sequence[schema.Migration] = schema.MIGRATIONS,
        wrote: Wrote = lambda _: None,
    ) -> Self:
        """Open the file at ``path``; StoreError when in use, damaged, too new or not writable."""
        storage = AtomicStorage(
            path, command=command, is_reader=is_reader, now=now or datetime.now(UTC), wrote=wrote
        )
        try:
            store = cls(storage, migrations)
            store._begin()
        except BaseException:
            storage.close()
            raise
        return store

    @property
    def is_reader(self) -> bool:
        """Whether it only reads."""
        return self._storage.is_reader

    def _begin(self) -> None:
        if not self._storage.is_reader:
            self._upgrade()
        self.load()

    def _upgrade(self) -> None:
        tables = self._storage.read()
        if tables is None:
            self._storage.write(schema.stamped({}, len(self._migrations) + 1))
            return
        self._refuse_newer(tables)
        fresh = self._understood(tables)
        version = schema.version_of(tables)
        if version < schema.version_of(fresh):
            write_whole(copy_before(self._storage.path, version), self._storage.whole)
            self._storage.write(fresh)
            self.upgraded_from = version

    def _refuse_newer(self, tables: dict[str, Records]) -> None:
        newest, path = len(self._migrations) + 1, self._storage.path
        trouble = self._checked(lambda: schema.newer(tables, newest))
        if not trouble:
            return
        copy = copy_before(path, newest)
        way = shlex.join(["uncac-monitor", "restore", "--yes", str(copy)])
        back = (
            f" Or go back to what it was before that version upgraded it: {way} . What was published since then is "
            "found again, and may be told again."
        )
        raise StoreError(
            f"{path} cannot be used: {trouble}. Nothing was changed in it.{back if copy.is_file() else ''}"
        )

    def _understood(self, tables: dict[str, Records]) -> dict[str, Records]:
        return self._checked(lambda: schema.upgraded(tables, self._migrations))

    def _checked(self, ask: Callable[[], Answer]) -> Answer:
        try:
            return ask()
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
        self._refuse_newer(tables)
        try:
            return world_of(self._understood(tables))
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
        for part in PARTS:
            if (found := part.changes(before, world)) is not None:
                self._table(part.kind).become(*found)
        self._write_deliveries(before, world)
        if before.duty != world.duty:
            self._meta("duty", codec.DUTY.record(world.duty))
        if before.incidents != world.incidents:
            self._meta("incidents", codec.INCIDENTS.record(dict(world.incidents)))

    def _write_deliveries(self, before: World, world: World) -> None:
        found = DELIVERIES.changes(before, world)
        if found is None:
            return
        deliveries, changed = found
        owed, told = self._table(codec.DELIVERIES), self._table(codec.MESSAGES)
        owed.become(deliveries, changed)
        messages = {record["message"]: deliveries[key].message for key, record in changed.items()}
        used = {record["message"] for record in owed.records().values()}
        known = told.records()
        if used != known.keys():
            fresh = {key: codec.MESSAGES.record(messages[key]) for key in used - known.keys()}
            told.become(sorted(used), fresh)

    def _meta(self, name: str, record: codec.Record) -> None:
        table = self._named("meta")
        table.become([*table.records(), name], {name: record})

    def _table(self, kind: codec.Codec[Any]) -> KeyedTable:
        return self._named(kind.table)

    def _named(self, name: str) -> KeyedTable:
        return cast("KeyedTable", self._database.table(name, cache_size=0))

    def rewrite(self) -> None:
        """Write once more what is known, to find out whether the disk takes it; StoreError when not."""
        with self._turn:
            self._storage.rewrite()

    async def arewrite(self) -> None:
        """Do that off the event loop."""
        await self._off_loop(self.rewrite)

    async def acommit(self, commit: Commit | Decide) -> None:
        """Commit off the event loop; a cancelled caller leaves only when the write is through."""
        await self._off_loop(lambda: self.commit(commit))

    async def _off_loop(self, write: Callable[[], None]) -> None:
        writing = asyncio.ensure_future(asyncio.to_thread(write))
        try:
            await asyncio.shield(writing)
        except asyncio.CancelledError:
            await asyncio.wait([writing])
            raise

    def close(self) -> None:
        """Wait for a write under way, then let go of the file."""
        with self._turn:
            self._database.close()
