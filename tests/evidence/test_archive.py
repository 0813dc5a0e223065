from __future__ import annotations

import errno
import gzip
import os
import stat
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import IO

import pytest

from monitor.evidence.archive import Archive, Entry, disposable
from monitor.evidence.needs import NOTHING_NEEDED, Needs

PAGE = b"<html><body>a page</body></html>"
PLENTY = 10_000_000


def name(content: bytes) -> str:
    return sha256(content).hexdigest()


def kept(archive: Archive, *pages: bytes) -> None:
    for page in pages:
        archive.keep_page(name(page), page)


def noise(number: int) -> bytes:
    """Give bytes that no packing makes smaller."""
    return b"".join(name(b"%d %d" % (number, part)).encode() for part in range(100))


def keep_file(archive: Archive, content: bytes, suffix: str = "pdf") -> None:
    with archive.room() as temporary:
        temporary.write(content)
        archive.keep_file(temporary, name(content), suffix)


def half_written(temporary: IO[bytes]) -> None:
    temporary.write(noise(1))
    temporary.flush()
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive", PLENTY)


def test_a_page_comes_back_as_it_was_served(archive: Archive) -> None:
    kept(archive, PAGE)
    assert archive.page(name(PAGE)) == PAGE
    assert archive.trouble == ""


def test_a_page_that_is_kept_already_is_not_written_again(archive: Archive) -> None:
    kept(archive, PAGE)
    [entry] = archive.entries()
    os.utime(entry.path, (1, 1))
    kept(archive, PAGE)
    assert [each.written for each in archive.entries()] == [1]


def test_nobody_else_may_read_it(archive: Archive) -> None:
    kept(archive, PAGE)
    keep_file(archive, b"%PDF-1.4")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (archive.folder, *archive.folder.rglob("*"))}
    assert modes == {0o700, 0o600}


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"not gzip",
        gzip.compress(b"another page", mtime=0),
        gzip.compress(PAGE, mtime=0)[:-9],
        gzip.compress(PAGE, mtime=0)[:10] + b"\xff" * 40,
    ],
)
def test_a_page_that_is_not_what_it_was_is_not_there(archive: Archive, damage: bytes) -> None:
    kept(archive, PAGE)
    [entry] = archive.entries()
    entry.path.write_bytes(damage)
    assert archive.page(name(PAGE)) is None
    kept(archive, PAGE)
    assert archive.page(name(PAGE)) == PAGE


def test_a_file_is_found_by_what_it_holds(archive: Archive) -> None:
    keep_file(archive, b"%PDF-1.4 x")
    found = archive.file(name(b"%PDF-1.4 x"))
    assert found is not None
    assert (found.suffix, found.read_bytes()) == (".pdf", b"%PDF-1.4 x")
    assert archive.holds(name(b"%PDF-1.4 x"))


def test_a_file_that_is_not_what_it_was_is_not_there_and_may_be_kept_anew(archive: Archive) -> None:
    keep_file(archive, b"%PDF-1.4 x")
    found = archive.file(name(b"%PDF-1.4 x"))
    assert found is not None
    found.write_bytes(b"%PDF-1.4 y")
    assert archive.file(name(b"%PDF-1.4 x")) is None
    keep_file(archive, b"%PDF-1.4 x")
    assert archive.file(name(b"%PDF-1.4 x")) == found


def test_what_was_not_kept_leaves_nothing(archive: Archive) -> None:
    with archive.room() as temporary:
        temporary.write(b"half")
    assert [path for path in archive.folder.rglob("*") if path.is_file()] == []


def test_what_a_killed_process_left_is_removed(archive: Archive) -> None:
    kept(archive, PAGE)
    [entry] = archive.entries()
    leftovers = (archive.folder / "files", entry.path.parent)
    for folder in leftovers:
        (folder / ".tmp-left").write_bytes(b"half")
    entry.path.with_name(f"{entry.path.name}.tmp-123").write_bytes(b"half")
    archive.clean()
    assert [path for path in archive.folder.rglob("*") if path.is_file()] == [entry.path]


def test_what_proves_nothing_makes_room_the_oldest_first(tmp_path: Path) -> None:
    old, needed, new = (noise(number) for number in range(3))
    archive = Archive(tmp_path / "archive", PLENTY, lambda: Needs(frozenset({name(needed)}), frozenset()))
    kept(archive, old, needed)
    for entry in archive.entries():
        os.utime(entry.path, (10 if entry.hash == name(old) else 5,) * 2)
    archive.limit = archive.size() + 10
    kept(archive, new)
    assert {entry.hash for entry in archive.entries()} == {name(needed), name(new)}
    assert archive.trouble == ""
    assert archive.size() == sum(entry.size for entry in archive.entries())


def test_what_proves_an_alert_stays_and_what_has_no_room_is_told(tmp_path: Path) -> None:
    old, new = noise(1), noise(2)
    archive = Archive(tmp_path / "archive", PLENTY, lambda: Needs(frozenset({name(old)}), frozenset()))
    kept(archive, old)
    archive.limit = archive.size() + 10
    kept(archive, new)
    assert {entry.hash for entry in archive.entries()} == {name(old)}
    assert "max_megabytes" in archive.trouble
    archive.limit = PLENTY
    kept(archive, new)
    assert archive.trouble == ""


def test_pages_go_before_files() -> None:
    def entry(kind: str, written: float) -> Entry:
        return Entry(kind, f"{kind}{written}", Path(), 1, written)  # type: ignore[arg-type] # a test's kind

    entries = [entry("files", 1), entry("pages", 9), entry("pages", 2)]
    assert [each.hash for each in disposable(entries, NOTHING_NEEDED, before=10)] == [
        "pages2",
        "pages9",
        "files1",
    ]


def test_a_place_that_cannot_be_written_is_told_and_nothing_raises(tmp_path: Path) -> None:
    (tmp_path / "archive").write_text("a file where the folder should be")
    archive = Archive(tmp_path / "archive", PLENTY)
    kept(archive, PAGE)
    assert archive.trouble
    assert archive.page(name(PAGE)) is None


def test_what_came_within_the_hour_makes_no_room(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", PLENTY)
    kept(archive, noise(1))
    archive.limit = archive.size() + 10
    kept(archive, noise(2))
    assert {entry.hash for entry in archive.entries()} == {name(noise(1))}
    assert "max_megabytes" in archive.trouble


def test_a_small_page_that_fits_does_not_end_the_trouble_with_a_large_document(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", 20_000)
    keep_file(archive, noise(1) * 4)
    assert "max_megabytes" in archive.trouble
    kept(archive, PAGE)
    assert "max_megabytes" in archive.trouble
    archive.limit = PLENTY
    kept(archive, PAGE + b"2")
    assert archive.trouble == ""


def test_a_disk_that_is_full_while_a_document_comes_is_told(archive: Archive) -> None:
    with pytest.raises(OSError, match="No space"), archive.room():
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert "No space left" in archive.trouble
    assert [path for path in archive.folder.rglob("*") if path.is_file()] == []
    kept(archive, PAGE)
    assert archive.trouble == ""


def test_a_small_page_does_not_end_the_trouble_while_the_disk_lacks_room_for_what_was_missed(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(OSError, match="No space"), archive.room() as temporary:
        half_written(temporary)
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=900_000))
    kept(archive, PAGE)
    assert "No space left" in archive.trouble
    monkeypatch.undo()
    kept(archive, PAGE + b"2")
    assert archive.trouble == ""


def test_a_full_archive_makes_more_room_than_one_page_takes(tmp_path: Path) -> None:
    archive = Archive(tmp_path / "archive", PLENTY)
    kept(archive, *(noise(number) for number in range(40)))
    for entry in archive.entries():
        os.utime(entry.path, (1, 1))
    archive.limit = archive.size() + 10
    kept(archive, noise(41))
    assert 36 <= len(list(archive.entries())) <= 38


def test_a_fault_beside_the_disk_is_no_trouble_of_the_archive(archive: Archive) -> None:
    with pytest.raises(ConnectionError), archive.room():
        raise ConnectionResetError(errno.ECONNRESET, "gone")
    assert archive.trouble == ""


def test_what_cannot_be_cleaned_keeps_nothing_from_starting(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    with archive.room():
        pass
    (archive.folder / "files" / ".tmp-left").write_bytes(b"half")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(Path, "unlink", refuse)
    archive.clean()
