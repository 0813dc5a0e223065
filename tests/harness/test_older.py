"""A store taken back to an older version is what that version wrote, and comes back whole."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import orjson
import pytest

from monitor.model import World
from monitor.record.store import Store
from tests.harness.older import OLDER, Table, age, aged
from tests.record.values import filled


def world_of(path: Path) -> World:
    store = Store.open(path)
    try:
        return store.load()
    finally:
        store.close()


@pytest.mark.parametrize("version", OLDER)
def test_an_aged_store_is_upgraded_and_loses_only_what_it_did_not_know(tmp_path: Path, version: int) -> None:
    path = tmp_path / "store.json"
    filled(path)
    before = world_of(path)
    age(path, OLDER[0])
    age(path, version)
    tables = orjson.loads(path.read_bytes())
    assert tables["meta"]["schema"] == {"version": version}
    assert ("messages" in tables) is (version > 1)
    assert not {"files", "looks", "checksum"} & set(tables)
    after = world_of(path)
    assert after.dossiers == before.dossiers
    assert after.changes == tuple(replace(one, file=None, file_before=None) for one in before.changes)
    assert {(one.id, one.chat, one.message.html, one.state) for one in after.deliveries} == {
        (one.id, one.chat, one.message.html, one.state) for one in before.deliveries
    }
    assert len(after.subscriptions) == len(before.subscriptions)


def test_version_1_knew_no_buttons_that_are_pressed() -> None:
    buttons = [
        {"label": "Open", "url": "https://example.org/", "data": ""},
        {"label": "Yes", "url": "", "data": "y"},
    ]
    tables: dict[str, Table] = {
        "messages": {"m": {"html": "x", "buttons": buttons}},
        "deliveries": {"d": {"chat": 1, "message": "m"}},
    }
    (delivery,) = aged(tables, 1)["deliveries"].values()
    assert [button["label"] for button in delivery["message"]["buttons"]] == ["Open"]
