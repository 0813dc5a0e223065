from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.record import copies, rescue
from monitor.record.storage import AtomicStorage
from tests.record.files import BEFORE, NOW, filled

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_a_copy_bears_its_moment_and_holds_what_the_store_holds(path: Path) -> None:
    copy = copies.keep_copy(filled(path), NOW, 3)
    assert copy == path.parent / "store.json.copies" / "store-20261124T093000Z.json.gz"
    assert copies.content(copy) == path.read_bytes()
    assert rescue.parsed(copies.content(copy)) == BEFORE
    assert copies.stamp_of(copy) == NOW
    assert copy.stat().st_mode & 0o077 == 0


def test_the_oldest_copies_go_when_there_are_too_many(path: Path) -> None:
    filled(path)
    kept = [copies.keep_copy(path, NOW + number * HOUR, 3) for number in range(5)]
    assert copies.listed(path) == kept[2:]


def test_what_is_no_copy_is_neither_listed_nor_removed(path: Path) -> None:
    folder = copies.folder_of(filled(path))
    folder.mkdir()
    for name in ("notes.txt", "store-20269999T000000Z.json.gz", "store.json.gz"):
        (folder / name).write_text("mine")
    copies.keep_copy(path, NOW, 1)
    copies.keep_copy(path, NOW + HOUR, 1)
    assert len(copies.listed(path)) == 1
    assert len(list(folder.iterdir())) == 4


@pytest.mark.parametrize(
    ("taken", "is_due"),
    [
        ([], True),
        ([-HOUR], False),
        ([-DAY], True),
        ([-3 * DAY, -HOUR], False),
        ([DAY], True),
        ([DAY, -HOUR], False),
        ([DAY, -2 * DAY], True),
    ],
)
def test_a_copy_is_due_when_the_last_is_old_and_the_clock_of_a_copy_may_have_been_wrong(
    path: Path, taken: list[timedelta], *, is_due: bool
) -> None:
    filled(path)
    for since in taken:
        copies.keep_copy(path, NOW + since, 9)
    assert copies.is_due(path, DAY, NOW) is is_due


def test_of_nothing_no_copy_is_due(path: Path) -> None:
    assert not copies.is_due(path, DAY, NOW)


def test_a_copy_that_cannot_be_made_is_an_error_with_its_name(path: Path) -> None:
    copies.folder_of(filled(path)).write_text("a file where the folder should be")
    with pytest.raises(StoreError, match=r"20261124T093000Z\.json\.gz could not be written"):
        copies.keep_copy(path, NOW, 3)
    assert copies.listed(path) == []


def test_the_newest_good_copy_is_offered_of_all_there_are(path: Path) -> None:
    AtomicStorage(filled(path)).close()
    os.utime(rescue.copy_of(path), (0, 0))
    good = copies.keep_copy(path, NOW - 2 * HOUR, 9)
    for damaged, content in ((NOW - HOUR, b"cut"), (NOW, b"")):
        copies.keep_copy(path, damaged, 9).write_bytes(content)
    text = rescue.offer(path, NOW)
    assert f"uncac-monitor restore {good} ." in text
    assert "2 hours old (of 2026-11-24 07:30 UTC)" in text


def test_a_copy_whose_packing_is_broken_is_no_good_copy(path: Path) -> None:
    copy = copies.keep_copy(filled(path), NOW, 9)
    packed = copy.read_bytes()
    for broken in (
        packed[:-9],
        packed[:20] + b"\xff\xff\xff" + packed[23:],
        b"\x1f\x8b" + packed[2:12] + b"\xff" * 9,
    ):
        copy.write_bytes(broken)
        assert "There is no good copy" in rescue.offer(path, NOW)
