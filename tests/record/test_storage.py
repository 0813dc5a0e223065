from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest
from tinydb import TinyDB
from tinydb.table import Table

from monitor.errors import StoreError
from monitor.record.storage import AtomicStorage
from tests.record.files import AFTER, BEFORE, NOW, child, filled, on_disk, temporaries


def test_what_was_written_is_read_by_the_next_process(path: Path) -> None:
    filled(path)
    storage = AtomicStorage(path)
    assert storage.read() == BEFORE
    assert not storage.is_empty
    storage.close()


def test_a_new_store_is_empty_and_makes_its_folder(path: Path) -> None:
    storage = AtomicStorage(path)
    assert storage.is_empty
    storage.close()


def test_tinydb_works_on_it(path: Path) -> None:
    with TinyDB(path, storage=AtomicStorage) as database:
        database.insert({"a": 1})
        assert database.all() == [{"a": 1}]
    assert on_disk(path) == {"_default": {"1": {"a": 1}}}


def test_a_transaction_is_one_write_at_its_end(path: Path) -> None:
    with TinyDB(filled(path), storage=AtomicStorage) as database:
        storage = database.storage
        assert isinstance(storage, AtomicStorage)
        with storage.transaction():
            database.insert({"a": 1})
            database.insert({"a": 2})
            assert on_disk(path) == BEFORE
        assert on_disk(path) == {**BEFORE, "_default": {"1": {"a": 1}, "2": {"a": 2}}}


def test_a_transaction_without_changes_writes_nothing(path: Path) -> None:
    storage = AtomicStorage(filled(path))
    inode = path.stat().st_ino
    with storage.transaction():
        storage.read()
    assert path.stat().st_ino == inode
    storage.close()


def spoil(storage: AtomicStorage, table: Table) -> None:
    with storage.transaction():
        table.update({"a": 99})
        raise KeyError


def test_an_exception_in_a_transaction_undoes_it_in_memory_and_on_disk(path: Path) -> None:
    with TinyDB(filled(path), storage=AtomicStorage) as database:
        storage, table = database.storage, database.table("things")
        assert isinstance(storage, AtomicStorage)
        with pytest.raises(KeyError):
            spoil(storage, table)
        assert table.all() == [{"a": 1}]
        table.insert({"b": 1})
        assert on_disk(path) == {"things": {"1": {"a": 1}, "2": {"b": 1}}}


def test_a_second_writer_is_told_who_holds_the_store_and_what_to_do(path: Path) -> None:
    first = AtomicStorage(path, command="uncac-monitor run", now=NOW)
    with pytest.raises(StoreError) as caught:
        AtomicStorage(path)
    text = str(caught.value)
    assert f"pid {os.getpid()}, `uncac-monitor run`, since 2026-11-24T09:30:00+00:00" in text
    assert "stop that one first" in text
    first.close()
    AtomicStorage(path).close()


def test_the_lock_of_a_killed_process_is_free_again(path: Path) -> None:
    code = (
        "import sys,time,pathlib; from monitor.record.storage import AtomicStorage;"
        "s=AtomicStorage(pathlib.Path(sys.argv[1])); print('held',flush=True); time.sleep(60)"
    )
    with child(code, path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(StoreError, match=f"pid {holder.pid}"):
            AtomicStorage(path)
        holder.send_signal(signal.SIGKILL)
    AtomicStorage(path).close()


def test_closing_twice_is_harmless(path: Path) -> None:
    storage = AtomicStorage(path)
    storage.close()
    storage.close()


def test_a_reader_works_beside_a_writer_and_sees_each_write(path: Path) -> None:
    writer = AtomicStorage(filled(path))
    reader = AtomicStorage(path, is_reader=True)
    assert reader.read() == BEFORE
    writer.write(AFTER)
    assert reader.read() == AFTER
    with pytest.raises(StoreError, match="reading only"):
        reader.write(BEFORE)
    writer.close()
    reader.close()


def test_a_reader_of_nothing_leaves_nothing_behind(path: Path) -> None:
    reader = AtomicStorage(path, is_reader=True)
    assert reader.is_empty
    reader.close()
    assert not path.parent.exists()


def test_readers_never_see_half_a_write(path: Path) -> None:
    code = (
        "import sys,pathlib; from monitor.record.storage import AtomicStorage;"
        "s=AtomicStorage(pathlib.Path(sys.argv[1])); print('on',flush=True)\n"
        "for n in range(150): s.write({'t':{str(i):{'n':n,'x':'y'*500} for i in range(200)}})"
    )
    with child(code, filled(path)) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "on\n"
        while writer.poll() is None:
            tables = AtomicStorage(path, is_reader=True).read()
            assert tables is not None
            assert len({record.get("n") for record in tables.get("t", {}).values()}) <= 1
        assert writer.returncode == 0


def test_a_store_whose_writer_is_killed_stays_readable(path: Path) -> None:
    code = (
        "import sys,pathlib,itertools; from monitor.record.storage import AtomicStorage;"
        "s=AtomicStorage(pathlib.Path(sys.argv[1])); print('on',flush=True)\n"
        "for n in itertools.count(): s.write({'t':{str(i):{'n':n,'x':'y'*900} for i in range(300)}})"
    )
    filled(path)
    for delay in (0.003, 0.011, 0.023, 0.037, 0.05):
        with child(code, path) as writer:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "on\n"
            time.sleep(delay)
            writer.kill()
        storage = AtomicStorage(path)
        assert storage.read()
        assert temporaries(path) == []
        storage.close()


def test_what_a_killed_process_left_is_cleaned_at_start(path: Path) -> None:
    filled(path)
    for name in ("store.json.tmp-7", "store.json.bak.tmp-7"):
        path.with_name(name).write_bytes(b"half")
    path.with_name("other.json.tmp-7").write_bytes(b"not ours")
    AtomicStorage(path).close()
    assert temporaries(path) == ["other.json.tmp-7"]


def test_a_holder_with_a_short_name_is_not_mixed_with_the_one_before(path: Path) -> None:
    lock = path.with_name("store.json.lock")
    path.parent.mkdir()
    lock.write_text("pid 1, `a very long command line of a process that was killed`, since long ago")
    holder = AtomicStorage(path, command="run", now=NOW)
    assert lock.read_text() == f"pid {os.getpid()}, `run`, since 2026-11-24T09:30:00+00:00"
    holder.close()
