from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor import __version__
from monitor.errors import NotWritten, StoreError
from monitor.model import Chat, Commit, DeliveryState, Dossier, Message, Subscription
from monitor.record.rescue import Tables
from monitor.record.schema import MIGRATIONS, newer
from monitor.record.storage import AtomicStorage
from monitor.record.store import Store
from tests.record.files import edit, on_disk
from tests.record.values import (
    CHANGE,
    GROUP,
    LATER,
    MESSAGE,
    MEXICO,
    NOW,
    OWED,
    filled,
    reopened,
    writes,
)


def renamed(tables: Tables) -> Tables:
    return {("dossiers" if name == "countries" else name): table for name, table in tables.items()}


def emptied(tables: Tables) -> Tables:
    return {**tables, "deliveries": {}}


NEWEST = len(MIGRATIONS) + 1
V1 = Path(__file__).with_name("store_v1.json")


def old_file(path: Path) -> bytes:
    tables = on_disk(filled(path))
    tables["countries"] = tables.pop("dossiers")
    return edit(path, tables)


def test_an_older_file_is_copied_and_then_migrated_step_by_step(path: Path) -> None:
    content = old_file(path)
    store = Store.open(path, migrations=(*MIGRATIONS, renamed, emptied))
    assert store.load().dossiers["MEX"] == MEXICO
    assert store.load().deliveries == ()
    store.close()
    assert path.with_name(f"store.json.v{NEWEST}.bak").read_bytes() == content
    assert on_disk(path)["meta"]["schema"] == {"version": NEWEST + 2, "program": __version__}


def test_a_reader_migrates_in_memory_only(path: Path) -> None:
    content = old_file(path)
    reader = Store.open(path, is_reader=True, migrations=(*MIGRATIONS, renamed))
    assert reader.load().dossiers["MEX"] == MEXICO
    assert path.read_bytes() == content
    assert not path.with_name(f"store.json.v{NEWEST}.bak").exists()


def test_a_file_of_this_version_is_not_written_at_start(path: Path) -> None:
    before = writes(filled(path))
    reopened(path)
    assert writes(path) == before


def test_a_newer_file_is_refused_and_left_alone(path: Path) -> None:
    Store.open(path, migrations=(*MIGRATIONS, emptied)).close()
    content = path.read_bytes()
    for is_reader in (True, False):
        with pytest.raises(StoreError, match="install that version again") as caught:
            Store.open(path, is_reader=is_reader)
        assert "restore" not in str(caught.value)
        assert f"written by uncac-monitor {__version__} (schema {NEWEST + 1};" in str(caught.value)
    assert path.read_bytes() == content


def test_a_downgrade_is_refused_with_the_copy_that_was_taken_before_the_upgrade(path: Path) -> None:
    filled(path)
    content = path.read_bytes()
    Store.open(path, migrations=(*MIGRATIONS, emptied)).close()
    copy = path.with_name(f"store.json.v{NEWEST}.bak")
    for is_reader in (True, False):
        with pytest.raises(StoreError, match=f"uncac-monitor restore --yes {copy} ") as caught:
            Store.open(path, is_reader=is_reader)
        assert "\n" not in str(caught.value)
    assert copy.read_bytes() == content


@pytest.mark.parametrize("program", [None, 7])
def test_a_newer_file_that_does_not_name_its_program_is_refused_all_the_same(program: object) -> None:
    tables: Tables = {"meta": {"schema": {"version": 99, "program": program}}}
    assert newer(tables, 3).startswith("it was written by a newer version of this program (schema 99;")
    assert newer(tables, 99) == ""


def test_the_copy_is_whole_before_anything_is_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = first_version(path).read_bytes()

    def fail(_: AtomicStorage) -> None:
        raise NotWritten("no room")

    monkeypatch.setattr(AtomicStorage, "_flush", fail)
    with pytest.raises(NotWritten):
        Store.open(path)
    assert path.with_name("store.json.v1.bak").read_bytes() == content == path.read_bytes()


def test_json_of_another_program_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b'{"users": {"1": {"name": "x"}}}')
    with pytest.raises(StoreError, match="not a store of this program"):
        Store.open(path)
    assert path.read_bytes() == b'{"users": {"1": {"name": "x"}}}'


def first_version(path: Path) -> Path:
    """Put there what the program wrote before chats could choose."""
    path.parent.mkdir()
    path.write_bytes(V1.read_bytes())
    return path


def test_of_the_first_version_every_delivery_keeps_its_words_and_its_state(path: Path) -> None:
    world = reopened(first_version(path))
    assert [one.state for one in world.deliveries] == [
        DeliveryState.WAITING, DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.GIVEN_UP,
    ]  # fmt: skip
    assert world.deliveries[0] == OWED
    assert [one.message for one in world.deliveries[1:]] == [
        MESSAGE,
        Message("<b>perhaps</b>"),
        Message("never"),
    ]
    assert world.deliveries[1].settled == LATER
    assert world.deliveries[2].error == "Timed out"


def test_of_the_first_version_every_choice_stands_in_its_place_and_came_from_the_configuration(
    path: Path,
) -> None:
    world = reopened(first_version(path))
    assert [(one.chat, one.thread, one.is_operator) for one in world.subscriptions] == [
        (-100, 7, False), ("@channel", None, False), (-100, None, False), (777, None, True),
        *((number, None, False) for number in range(1, 9)), ("terminal", None, False),
    ]  # fmt: skip
    assert world.subscriptions[0] == replace(GROUP, is_configured=True)
    assert world.subscriptions[1] == Subscription("@channel", is_configured=True)
    assert all(one.is_configured for one in world.subscriptions)


def test_of_the_first_version_a_pause_becomes_the_chats_absence(path: Path) -> None:
    world = reopened(first_version(path))
    assert world.chats == {-100: Chat(-100, away="Forbidden: bot was kicked from the group chat")}


def test_of_the_first_version_all_else_is_as_it_was(path: Path) -> None:
    world = reopened(first_version(path))
    assert (world.dossiers, world.changes, world.incidents) == (
        {"FJI": Dossier("FJI")}, (CHANGE,), {"coverage": NOW},
    )  # fmt: skip
    assert path.with_name("store.json.v1.bak").exists()


def test_an_upgraded_file_is_written_in_the_newest_shape_by_the_next_commit(path: Path) -> None:
    store = Store.open(first_version(path))
    store.commit(Commit(deliveries=(OWED.sent(LATER),)))
    store.close()
    tables = on_disk(path)
    assert len(tables["messages"]) == 3
    assert all(len(one["message"]) == 16 for one in tables["deliveries"].values())
    assert "[-100,7,false]" in tables["subscriptions"]
    assert reopened(path).deliveries[0] == OWED.sent(LATER)
