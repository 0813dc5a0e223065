"""A store is read without the garbage collector walking it over and over: that made a large one four times slower."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from monitor.errors import StoreError
from monitor.record import codec, rescue
from monitor.record.parts import world_of
from monitor.record.uncollected import uncollected


@pytest.fixture(params=[True, False])
def is_on(request: pytest.FixtureRequest) -> Iterator[bool]:
    was_on = gc.isenabled()
    switch(is_on=request.param)
    yield request.param
    switch(is_on=was_on)


def switch(*, is_on: bool) -> None:
    (gc.enable if is_on else gc.disable)()


def test_nothing_is_collected_meanwhile_and_afterwards_all_is_as_before(*, is_on: bool) -> None:
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled() is is_on


def test_bytes_become_tables_uncollected(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def loads(_: bytes) -> object:
        seen.append(gc.isenabled())
        return {"meta": {}}

    monkeypatch.setattr("orjson.loads", loads)
    assert rescue.parsed(b"") == {"meta": {}}
    assert seen == [False]


def test_tables_become_a_world_uncollected(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []

    def value(*_: object) -> dict[str, object]:
        seen.append(gc.isenabled())
        return {}

    monkeypatch.setattr(codec.Codec, "value", value)
    world_of({})
    assert seen
    assert not any(seen)


def test_a_damaged_file_leaves_the_collector_as_it_was(*, is_on: bool) -> None:
    with pytest.raises(ValueError, match="not a set of tables"):
        rescue.parsed(b"[]")
    assert gc.isenabled() is is_on


def test_a_damaged_record_leaves_the_collector_as_it_was(*, is_on: bool) -> None:
    with pytest.raises(StoreError, match="table meta, record incidents"):
        world_of({"meta": {"incidents": {"archive": "yesterday"}}})
    assert gc.isenabled() is is_on
