"""The harness sees what is wrong with evidence, and nothing where nothing is."""

from __future__ import annotations

import gzip
import hashlib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.model import (
    Change,
    ChangeKind,
    Document,
    DocumentFile,
    DocumentKind,
    FileLook,
    FileState,
    LookHistory,
    Looks,
    World,
)
from monitor.record import copies
from tests.harness.evidence import damaged, unproved, unreadable_copies

NOW = datetime(2026, 11, 24, tzinfo=UTC)
PAGE, FILE = b"<h1>page</h1>", b"%PDF"
PAGE_HASH, FILE_HASH = hashlib.sha256(PAGE).hexdigest(), hashlib.sha256(FILE).hexdigest()
DOCUMENT = Document("https://example.org/a.pdf", "Report", DocumentKind.COUNTRY_REPORT)
LOOK = FileLook(NOW, FileState.THERE, sha256=FILE_HASH)
NEWS = Change("MEX", ChangeKind.PUBLISHED, DOCUMENT, NOW, None, file=LOOK)
PROVED = World(
    changes=(NEWS,),
    looks={"MEX": LookHistory("MEX", (Looks(NOW, NOW, 1, 200, PAGE_HASH),))},
    files={DOCUMENT.url: DocumentFile(DOCUMENT.url, (LOOK,), NOW)},
)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    put(tmp_path, "pages", PAGE_HASH, "html.gz", gzip.compress(PAGE))
    put(tmp_path, "files", FILE_HASH, "pdf", FILE)
    return tmp_path


def put(archive: Path, kind: str, name: str, suffix: str, content: bytes) -> None:
    folder = archive / kind / name[:2]
    folder.mkdir(parents=True)
    (folder / f"{name}.{suffix}").write_bytes(content)


def test_what_is_whole_is_right(archive: Path) -> None:
    assert list(damaged(archive)) == []
    assert list(unproved(PROVED, archive, 0)) == []


@pytest.mark.parametrize(
    ("kind", "content"),
    [("pages", b"no gzip"), ("pages", gzip.compress(b"other", mtime=0)), ("files", b"%PD")],
)
def test_what_is_not_what_its_name_says_is_damaged(archive: Path, kind: str, content: bytes) -> None:
    (path,) = (archive / kind).glob("??/*")
    path.write_bytes(content)
    assert len(list(damaged(archive))) == 1


@pytest.mark.parametrize(
    ("world", "why"),
    [
        (World(changes=(NEWS,), files=PROVED.files), "no look at"),
        (World(changes=(NEWS,), files=PROVED.files, looks={"MEX": LookHistory("MEX", (Looks(NOW - timedelta(1), NOW - timedelta(1), 1),))}), "no look at"),
        (World(changes=(NEWS,), files=PROVED.files, looks={"MEX": LookHistory("MEX", (Looks(NOW, NOW, 1, 200, "0" * 64),))}), "the page is not kept"),
        (World(changes=(NEWS,), looks=PROVED.looks), "the file is not known"),
    ],
)  # fmt: skip
def test_news_that_nothing_proves_is_named(archive: Path, world: World, why: str) -> None:
    (told,) = unproved(world, archive, 0)
    assert why in told
    assert list(unproved(world, archive, 1)) == []


def test_a_file_that_was_there_and_is_not_kept_is_named(archive: Path) -> None:
    (path,) = (archive / "files").glob("??/*")
    path.unlink()
    assert [told.partition(": ")[2] for told in unproved(PROVED, archive, 0)] == ["the file is not kept"]


def test_a_dated_copy_that_cannot_be_restored_is_named(tmp_path: Path) -> None:
    store = tmp_path / "store.json"
    store.write_bytes(b"half a sto")
    copies.keep_copy(store, NOW, 3)
    assert len(list(unreadable_copies(store))) == 1
