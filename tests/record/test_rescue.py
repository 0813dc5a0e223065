from __future__ import annotations

import os
import time
from pathlib import Path

import orjson
import pytest

from monitor.errors import StoreError
from monitor.record.storage import COPY_EVERY, AtomicStorage
from tests.record.files import AFTER, BEFORE, NOW, filled, on_disk

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
    assert f"uncac-monitor restore {path}.bak ." in str(caught.value)


def test_after_damage_no_later_start_begins_with_an_empty_store(path: Path) -> None:
    AtomicStorage(filled(path)).close()
    path.write_bytes(b"{")
    for expected in ("is damaged", "is gone, but there was one", "is gone, but there was one"):
        with pytest.raises(StoreError, match=expected) as caught:
            AtomicStorage(path, now=NOW)
        assert "uncac-monitor restore " in str(caught.value)
        assert not path.exists()


def test_a_damaged_copy_is_not_offered(path: Path) -> None:
    filled(path).write_bytes(b"{")
    path.with_name("store.json.bak").write_bytes(b"{")
    with pytest.raises(StoreError, match="no good copy") as caught:
        AtomicStorage(path)
    assert "store.json.bak" not in str(caught.value)


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
    with pytest.raises(StoreError, match=f"It is kept as {path}\\."):
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
    assert storage.read() == BEFORE
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
    for tables in ({"things": {"1": {"a": 0}}}, AFTER):
        storage.write(tables)
        assert on_disk(copy) == BEFORE
    yesterday = time.time() - COPY_EVERY - 5
    os.utime(copy, (yesterday, yesterday))
    storage.write({"things": {"1": {"a": 3}}})
    assert on_disk(copy) == AFTER
    storage.close()


def test_a_store_that_is_gone_while_its_copy_is_there_is_not_begun_afresh(path: Path) -> None:
    AtomicStorage(filled(path)).close()
    path.unlink()
    for is_reader in (True, False):
        with pytest.raises(StoreError, match="is gone, but there was one"):
            AtomicStorage(path, is_reader=is_reader)
    assert not path.exists()
