from __future__ import annotations

from pathlib import Path

import orjson
import pytest

from monitor.errors import StoreError
from monitor.record.rescue import Tables
from monitor.record.store import Store
from tests.record.values import (
    MEXICO,
    filled,
    reopened,
    writes,
)


def renamed(tables: Tables) -> Tables:
    return {("dossiers" if name == "countries" else name): table for name, table in tables.items()}


def emptied(tables: Tables) -> Tables:
    return {**tables, "deliveries": {}}


def old_file(path: Path) -> bytes:
    tables = orjson.loads(filled(path).read_bytes())
    tables["countries"] = tables.pop("dossiers")
    content = orjson.dumps(tables)
    path.write_bytes(content)
    return content


def test_an_older_file_is_copied_and_then_migrated_step_by_step(path: Path) -> None:
    content = old_file(path)
    store = Store.open(path, migrations=(renamed, emptied))
    assert store.load().dossiers["MEX"] == MEXICO
    assert store.load().deliveries == ()
    store.close()
    assert orjson.loads(path.with_name("store.json.v1.bak").read_bytes()) == orjson.loads(content)
    assert orjson.loads(path.read_bytes())["meta"]["schema"] == {"version": 3}


def test_a_reader_migrates_in_memory_only(path: Path) -> None:
    content = old_file(path)
    reader = Store.open(path, is_reader=True, migrations=(renamed,))
    assert reader.load().dossiers["MEX"] == MEXICO
    assert path.read_bytes() == content
    assert not path.with_name("store.json.v1.bak").exists()


def test_a_file_of_this_version_is_not_written_at_start(path: Path) -> None:
    before = writes(filled(path))
    reopened(path)
    assert writes(path) == before


def test_a_newer_file_is_refused_and_left_alone(path: Path) -> None:
    Store.open(path, migrations=(emptied,)).close()
    content = path.read_bytes()
    for is_reader in (True, False):
        with pytest.raises(StoreError, match="written by a newer version"):
            Store.open(path, is_reader=is_reader)
    assert path.read_bytes() == content


def test_json_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'{"users": {"1": {"name": "x"}}}')
    with pytest.raises(StoreError, match="not a store of this program"):
        Store.open(path)
    assert path.read_bytes() == b'{"users": {"1": {"name": "x"}}}'
