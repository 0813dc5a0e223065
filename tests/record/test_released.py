"""Stores that released versions of the program wrote (stores/write.py ran them) are understood, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from monitor.board.export import change_json, register, status_json
from monitor.config import load_config
from monitor.model import DeliveryState, World
from monitor.record.schema import MIGRATIONS
from monitor.record.store import Store

STORES = Path(__file__).with_name("stores")
CONFIG = load_config({})
RELEASED = {int(path.stem.removeprefix("store_v")): path for path in STORES.glob("store_v*[0-9].json")}
ALERTED, REMOVED, SLOW, OPERATORS, PERSON = -1001, -1002, -1003, 55, 77
NEW_WORDS = {"proof", "file", "file_before", "revision"}


def opened(path: Path) -> tuple[World, int | None]:
    store = Store.open(path)
    try:
        return store.load(), store.upgraded_from
    finally:
        store.close()


@pytest.fixture(params=sorted(RELEASED))
def version(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture
def store(tmp_path: Path, version: int) -> Path:
    path = tmp_path / "monitor.json"
    path.write_bytes(RELEASED[version].read_bytes())
    return path


@pytest.fixture
def world(store: Path) -> World:
    return opened(store)[0]


@pytest.fixture
def then(version: int) -> Any:  # noqa: ANN401 - JSON
    """What that version itself said is in its store."""
    return json.loads(RELEASED[version].with_suffix(".seen.json").read_bytes())


def as_then(old: Any, new: Any) -> Any:  # noqa: ANN401 - JSON
    """Take from what is said today what was said then: names that came later are no loss."""
    if isinstance(old, Mapping):
        return {name: as_then(value, new[name]) for name, value in old.items()}
    if isinstance(old, list):
        assert len(old) == len(new)
        return [as_then(*pair) for pair in zip(old, new, strict=True)]
    return new


def plain(value: object) -> Any:  # noqa: ANN401 - JSON
    return json.loads(json.dumps(value, default=str))


def test_there_is_a_store_of_every_version() -> None:
    assert sorted(RELEASED) == list(range(1, len(MIGRATIONS) + 2))


def test_it_is_copied_before_it_is_upgraded_and_upgraded_once(store: Path, version: int) -> None:
    content, is_older = store.read_bytes(), version <= len(MIGRATIONS)
    assert opened(store)[1] == (version if is_older else None)
    copy = store.with_name(f"monitor.json.v{version}.bak")
    assert copy.exists() is is_older
    assert not is_older or copy.read_bytes() == content
    assert opened(store)[1] is None


def test_a_reader_understands_it_and_writes_nothing(store: Path, world: World, version: int) -> None:
    store.write_bytes(RELEASED[version].read_bytes())
    before = sorted(store.parent.iterdir())
    reader = Store.open(store, is_reader=True)
    assert reader.load() == world
    assert store.read_bytes() == RELEASED[version].read_bytes()
    assert sorted(store.parent.iterdir()) == before


def test_every_document_change_and_status_is_what_that_version_said(world: World, then: Any) -> None:  # noqa: ANN401 - JSON
    known = world.dossiers
    today = {
        "documents": register(
            (known[each.code] for each in CONFIG.countries if each.code in known), world.files
        ),
        "changes": [change_json(each, known[each.code]) for each in world.changes],
        "status": [
            status_json(each, known[each.code], CONFIG.pledges[each.code], CONFIG.rules.cycles, world.files)
            for each in CONFIG.countries
            if each.code in known
        ],
    }
    for what, said in then.items():
        assert as_then(said, plain(list(today[what]))) == said


def test_every_message_is_owed_or_settled_as_before(world: World, version: int) -> None:
    there = json.loads(RELEASED[version].read_bytes())
    told = {
        key: (one["chat"], one.get("state", "waiting"), one.get("attempts", 0), _html(one, there))
        for key, one in there["deliveries"].items()
    }
    assert {one.id: (one.chat, one.state, one.attempts, one.message.html) for one in world.deliveries} == told
    states = {(one.chat, one.state) for one in world.deliveries}
    assert states >= {
        (ALERTED, DeliveryState.SENT),
        (ALERTED, DeliveryState.WAITING),
        (REMOVED, DeliveryState.WAITING),
        (SLOW, DeliveryState.UNCERTAIN),
        (OPERATORS, DeliveryState.SENT),
    }


def _html(delivery: Mapping[str, Any], tables: Mapping[str, Any]) -> object:
    message = delivery["message"]
    return (tables["messages"][message] if isinstance(message, str) else message)["html"]


def test_every_chat_and_its_choice_is_as_before(world: World, version: int) -> None:
    chosen = {each.chat: each for each in world.subscriptions}
    assert set(chosen) >= {ALERTED, REMOVED, SLOW, OPERATORS}
    assert chosen[OPERATORS].is_operator
    assert "blocked" in world.chats[REMOVED].away
    if version > 1:
        assert chosen[PERSON].scope.countries == {"MEX", "NER"}
        assert not chosen[PERSON].is_configured


def test_what_is_held_waits_still(world: World) -> None:
    held = world.dossiers["FIN"].held
    assert held
    assert not held.is_rejected
