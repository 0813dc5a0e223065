from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from tinydb import TinyDB
from tinydb.table import Table

from monitor.errors import StoreError
from monitor.record.storage import COPY_EVERY, AtomicStorage

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
BEFORE = {"things": {"1": {"a": 1}}}
AFTER = {"things": {"1": {"a": 2}}}
ROOT = Path(__file__).parents[2]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "store.json"


def filled(path: Path) -> Path:
    storage = AtomicStorage(path)
    storage.write(BEFORE)
    storage.close()
    return path


def on_disk(path: Path) -> object:
    return orjson.loads(path.read_bytes())


def temporaries(path: Path) -> list[str]:
    return [entry.name for entry in path.parent.iterdir() if ".tmp-" in entry.name]


def child(code: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", code, *map(str, arguments)]
    return subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


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


DAMAGES = {
    "empty": b"",
    "truncated": orjson.dumps(BEFORE)[:-4],
    "no JSON": b"\x00" * 40,
    "a list": b"[1, 2]",
    "no tables": b"{}",
    "a table that is a list": b'{"things": []}',
    "a record that is a number": b'{"things": {"1": 7}}',
}


@pytest.mark.parametrize("content", DAMAGES.values(), ids=DAMAGES.keys())
def test_a_damaged_file_is_set_aside_and_the_good_copy_offered(path: Path, content: bytes) -> None:
    AtomicStorage(filled(path)).close()  # the second opening keeps the copy
    path.write_bytes(content)
    with pytest.raises(StoreError) as caught:
        AtomicStorage(path, now=NOW)
    aside = path.with_name("store.json.damaged-20261124T093000Z")
    assert aside.read_bytes() == content
    assert str(aside) in str(caught.value)
    assert f"mv {path}.bak {path}" in str(caught.value)


def test_after_damage_no_later_start_begins_with_an_empty_store(path: Path) -> None:
    AtomicStorage(filled(path)).close()
    path.write_bytes(b"{")
    for expected in ("is damaged", "is gone, but there was one", "is gone, but there was one"):
        with pytest.raises(StoreError, match=expected) as caught:
            AtomicStorage(path, now=NOW)
        assert "mv " in str(caught.value)
        assert not path.exists()


def test_the_offered_command_brings_the_good_copy_back(path: Path, tmp_path: Path) -> None:
    path = tmp_path / "a folder" / "store.json"
    AtomicStorage(filled(path)).close()
    path.write_bytes(b"{")
    with pytest.raises(StoreError) as caught:
        AtomicStorage(path)
    command = re.search(r"go back to it: (mv .*?json'?)\. ", str(caught.value))
    assert command
    subprocess.run(["sh", "-c", command[1]], check=True)
    storage = AtomicStorage(path)
    assert storage.read() == BEFORE
    storage.close()


def test_a_damaged_copy_is_not_offered(path: Path) -> None:
    filled(path).write_bytes(b"{")
    path.with_name("store.json.bak").write_bytes(b"{")
    with pytest.raises(StoreError, match="no good copy") as caught:
        AtomicStorage(path)
    assert "mv " not in str(caught.value)


def test_a_file_set_aside_is_never_replaced_by_another(path: Path) -> None:
    for content in (b"first", b"second"):
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        with pytest.raises(StoreError):
            AtomicStorage(path, now=NOW)
    assert path.with_name("store.json.damaged-20261124T093000Z").read_bytes() == b"first"
    assert path.read_bytes() == b"second"


def test_a_reader_leaves_a_damaged_file_where_it_is(path: Path) -> None:
    filled(path).write_bytes(b"{")
    with pytest.raises(StoreError, match="damaged"):
        AtomicStorage(path, is_reader=True)
    assert path.read_bytes() == b"{"


def test_a_reader_says_when_the_file_is_damaged_later(path: Path) -> None:
    reader = AtomicStorage(filled(path), is_reader=True)
    path.write_bytes(b"{")
    with pytest.raises(StoreError, match="damaged"):
        reader.read()
    assert path.read_bytes() == b"{"


def test_the_lock_is_let_go_when_opening_fails(path: Path) -> None:
    filled(path).write_bytes(b"{")
    with pytest.raises(StoreError, match="damaged"):
        AtomicStorage(path)
    with pytest.raises(StoreError, match="gone"):
        AtomicStorage(path)


def test_a_file_changed_by_another_hand_is_not_overwritten(path: Path) -> None:
    storage = AtomicStorage(filled(path))
    path.write_bytes(b"somebody's work")
    with pytest.raises(StoreError, match="changed by somebody else"):
        storage.write(AFTER)
    with pytest.raises(StoreError, match="damaged"):
        storage.read()
    assert path.read_bytes() == b"somebody's work"
    storage.close()


def test_a_file_deleted_by_another_hand_is_written_again(path: Path) -> None:
    storage = AtomicStorage(filled(path))
    path.unlink()
    storage.write(AFTER)
    assert on_disk(path) == AFTER
    storage.close()


def test_the_good_copy_is_renewed_once_a_day(path: Path) -> None:
    storage = AtomicStorage(filled(path))
    copy = path.with_name("store.json.bak")
    storage.write(AFTER)
    assert on_disk(copy) == BEFORE
    yesterday = time.time() - COPY_EVERY - 5
    os.utime(copy, (yesterday, yesterday))
    storage.write({"things": {"1": {"a": 3}}})
    assert on_disk(copy) == AFTER
    storage.close()


def test_what_a_killed_process_left_is_cleaned_at_start(path: Path) -> None:
    filled(path)
    for name in ("store.json.tmp-7", "store.json.bak.tmp-7"):
        path.with_name(name).write_bytes(b"half")
    path.with_name("other.json.tmp-7").write_bytes(b"not ours")
    AtomicStorage(path).close()
    assert temporaries(path) == ["other.json.tmp-7"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], check=False, capture_output=True
    )
    if mounted.returncode != 0:
        pytest.skip("mounting a small disk needs more rights than this test has")
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_leaves_the_file_whole_and_no_leftover(small_disk: Path) -> None:
    path = filled(small_disk / "store.json")
    storage = AtomicStorage(path)
    with pytest.raises(StoreError, match="No space left"):
        storage.write({"things": {"1": {"x": "y" * 400_000}}})
    assert on_disk(path) == BEFORE
    assert storage.read() == BEFORE
    assert temporaries(path) == []
    storage.write(AFTER)
    assert on_disk(path) == AFTER
    storage.close()


def test_a_store_on_a_full_disk_says_so_at_start(small_disk: Path) -> None:
    path = filled(small_disk / "store.json")
    with (small_disk / "ballast").open("wb") as ballast, pytest.raises(OSError, match="No space"):
        ballast.write(b"x" * 400_000)
    with pytest.raises(StoreError, match="No space left"):
        AtomicStorage(path)
    assert on_disk(path) == BEFORE


def test_a_file_size_limit_leaves_the_file_whole_for_any_user(path: Path) -> None:
    code = (
        "import sys,pathlib,signal,resource\n"
        "from monitor.errors import StoreError\nfrom monitor.record.storage import AtomicStorage\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit({resource.RLIMIT_FSIZE}, (50_000, 50_000))\n"
        "s=AtomicStorage(pathlib.Path(sys.argv[1]))\n"
        "try: s.write({'t':{'1':{'x':'y'*90_000}}})\n"
        "except StoreError as e: print(e); print(s.read())"
    )
    with child(code, filled(path)) as writer:
        out, err = writer.communicate()
    assert "File too large" in out, err
    assert str(BEFORE) in out
    assert on_disk(path) == BEFORE
    assert temporaries(path) == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(path: Path) -> None:
    path.parent.mkdir(mode=0o500)
    with pytest.raises(StoreError, match="cannot be written"):
        AtomicStorage(path)


def test_a_store_whose_folder_is_a_file_is_an_error_for_the_operator(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        AtomicStorage(tmp_path / "file" / "store.json")


def test_a_store_that_is_a_folder_is_an_error_for_the_operator(tmp_path: Path) -> None:
    (tmp_path / "store.json").mkdir()
    with pytest.raises(StoreError, match="cannot be read"):
        AtomicStorage(tmp_path / "store.json")


def test_a_read_only_disk_is_an_error_and_readers_still_work(small_disk: Path) -> None:
    path = filled(small_disk / "store.json")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(StoreError, match="Read-only file system"):
        AtomicStorage(path)
    assert AtomicStorage(path, is_reader=True).read() == BEFORE


def test_the_file_is_for_its_owner_only(path: Path) -> None:
    assert filled(path).stat().st_mode & 0o077 == 0
