"""The board as a folder: whole files, nobody else's touched, nothing touched that has not changed."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from time import time

import pytest

from monitor import exporting
from monitor.errors import NotWritten, StoreError
from monitor.exporting import LIST, Exported, export
from monitor.web.files import TEXT, WebFile
from tests.web.world import NOW, empty

PLAIN = {"en/index.html": b"home", "en/countries/MEX.html": b"Mexico", "feed.atom": b"news"}


def makers(files: Mapping[str, bytes], age: timedelta = timedelta()) -> dict[str, Callable[[], WebFile]]:
    return {name: lambda body=body: WebFile(body, TEXT, NOW - age) for name, body in files.items()}  # type: ignore[misc] # a default each


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Exported]:
    """Export a board of these files."""

    def write(
        folder: Path, files: Mapping[str, bytes] = PLAIN, age: timedelta = timedelta(), **settings: object
    ) -> Exported:
        monkeypatch.setattr(exporting, "plan", lambda *_: makers(files, age))
        return export(empty(), folder, **settings)  # type: ignore[arg-type] # as export has them

    return write


Put = Callable[..., Exported]


def found(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != LIST
    }


def dates(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def test_every_file_of_the_plan_is_written(tmp_path: Path, put: Put) -> None:
    folder, heard = tmp_path / "new" / "board", list[str]()
    assert put(folder, seen=heard.append) == Exported(written=3, unchanged=0, removed=0)
    assert found(folder) == PLAIN
    assert heard == list(PLAIN)
    assert json.loads((folder / LIST).read_text())["files"] == sorted(PLAIN)


def test_files_can_be_read_by_a_web_server_of_another_user(tmp_path: Path, put: Put) -> None:
    put(tmp_path)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()} == {0o644}


def test_what_has_not_changed_is_not_touched(tmp_path: Path, put: Put) -> None:
    put(tmp_path)
    before = dates(tmp_path)
    assert put(tmp_path, age=-timedelta(days=1)) == Exported(written=0, unchanged=3, removed=0)
    assert dates(tmp_path) == before


def test_a_file_has_the_date_of_what_it_says(tmp_path: Path, put: Put) -> None:
    put(tmp_path, age=timedelta(days=400))
    assert (tmp_path / "feed.atom").stat().st_mtime == (NOW - timedelta(days=400)).timestamp()


@pytest.mark.parametrize("older", [timedelta(), timedelta(days=1)])
def test_what_changed_never_keeps_its_date_or_gets_an_older_one(
    tmp_path: Path, put: Put, older: timedelta
) -> None:
    put(tmp_path, {"a.txt": b"yes"}, age=timedelta(days=500))
    began = time()
    put(tmp_path, {"a.txt": b"no!"}, age=timedelta(days=500) + older)
    assert (tmp_path / "a.txt").stat().st_mtime >= int(began)


def test_a_file_that_is_no_longer_part_of_the_board_goes_and_so_does_its_empty_folder(
    tmp_path: Path, put: Put
) -> None:
    put(tmp_path)
    assert put(tmp_path, {"feed.atom": b"news"}) == Exported(written=0, unchanged=1, removed=2)
    assert found(tmp_path) == {"feed.atom": b"news"}
    assert not (tmp_path / "en").exists()


def test_what_was_removed_by_hand_is_no_trouble(tmp_path: Path, put: Put) -> None:
    put(tmp_path)
    (tmp_path / "feed.atom").unlink()
    (tmp_path / "en/index.html").unlink()
    assert put(tmp_path, {"en/index.html": b"home"}) == Exported(written=1, unchanged=0, removed=1)


def test_an_operators_own_files_beside_it_stay(tmp_path: Path, put: Put) -> None:
    put(tmp_path)
    (tmp_path / "en/countries/notes.txt").write_text("mine")
    (tmp_path / "CNAME").write_text("board.example")
    put(tmp_path, {"feed.atom": b"news"})
    assert found(tmp_path) == {
        "feed.atom": b"news",
        "en/countries/notes.txt": b"mine",
        "CNAME": b"board.example",
    }


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, put: Put) -> None:
    (tmp_path / "thesis.doc").write_text("years of work")
    with pytest.raises(StoreError, match=r"thesis\.doc.*nothing was written"):
        put(tmp_path)
    assert found(tmp_path) == {"thesis.doc": b"years of work"}
    assert not (tmp_path / LIST).exists()


def test_hidden_files_make_no_folder_a_full_one(tmp_path: Path, put: Put) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".nojekyll").touch()
    assert put(tmp_path).written == 3


def test_a_file_that_is_in_the_way_is_not_replaced(tmp_path: Path, put: Put) -> None:
    put(tmp_path, {"a.txt": b"a"})
    (tmp_path / "feed.atom").write_text("mine")
    with pytest.raises(StoreError, match=r"feed\.atom is in the way"):
        put(tmp_path)
    assert found(tmp_path) == {"a.txt": b"a", "feed.atom": b"mine"}


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"files": 3}', "\xff"])
def test_a_damaged_list_stops_it(tmp_path: Path, put: Put, content: str) -> None:
    (tmp_path / LIST).write_text(content, "latin-1")
    with pytest.raises(StoreError, match="damaged"):
        put(tmp_path)
    assert found(tmp_path) == {}


@pytest.mark.parametrize("name", ["../thesis.doc", "{absolute}", "en/../../thesis.doc", ""])
def test_a_list_cannot_make_it_remove_what_lies_elsewhere(tmp_path: Path, put: Put, name: str) -> None:
    other, folder = tmp_path / "thesis.doc", tmp_path / "board"
    other.write_text("years of work")
    folder.mkdir()
    (folder / LIST).write_text(json.dumps({"files": [name.format(absolute=other)]}))
    assert put(folder) == Exported(written=3, unchanged=0, removed=0)
    assert other.exists()


def test_a_run_that_was_cut_short_goes_on_with_the_next(tmp_path: Path, put: Put) -> None:
    def stop(name: str) -> None:
        if name == "en/countries/MEX.html":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        put(tmp_path, seen=stop)
    assert "feed.atom" not in found(tmp_path)
    assert put(tmp_path) == Exported(written=1, unchanged=2, removed=0)
    assert found(tmp_path) == PLAIN


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_said(tmp_path: Path, put: Put) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(NotWritten, match="Permission denied"):
            put(tmp_path)
    finally:
        tmp_path.chmod(0o700)


def test_a_full_disk_is_said_and_what_is_there_stays_whole(
    tmp_path: Path, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(NotWritten, match="No space left on device"):
        put(tmp_path, {"en/index.html": b"other"})
    assert found(tmp_path) == PLAIN


@pytest.mark.parametrize("name", ["board", "board/en"])
def test_a_file_where_a_folder_should_be_is_said(tmp_path: Path, put: Put, name: str) -> None:
    folder = tmp_path / "board"
    if name != "board":
        put(folder, {"feed.atom": b"news"})
    (tmp_path / name).write_text("mine")
    with pytest.raises(StoreError, match="board"):
        put(folder)
    assert (tmp_path / name).read_text() == "mine"


def test_the_real_board_is_the_same_twice(tmp_path: Path) -> None:
    view = empty()
    few = replace(view, countries=view.countries[:3])
    first = export(few, tmp_path)
    again = export(few, tmp_path)
    assert first.written > 20
    assert again == Exported(written=0, unchanged=first.written, removed=0)
