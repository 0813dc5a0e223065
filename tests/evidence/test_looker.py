from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.demo.papers import paper
from monitor.evidence.archive import Archive, NoArchive
from monitor.evidence.files import after_look
from monitor.evidence.inspect import PdfInspector
from monitor.evidence.looker import FileLooker
from monitor.model import DocumentFile, FileLook, FileState
from tests.site.fetching import fetcher
from tests.webserver import Reply, WebServer

NOW = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)
PDF = paper("Self-assessment of Mexico", "es", 12)
AS_PDF = {"Content-Type": "application/pdf", "ETag": '"1"', "Last-Modified": "Tue, 24 Nov 2026 10:00:00 GMT"}


@pytest.fixture
async def site() -> AsyncIterator[WebServer]:
    async with WebServer() as running:
        yield running


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive(tmp_path / "archive", 10_000_000)


async def look(
    url: str,
    archive: Archive | NoArchive,
    known: DocumentFile | None = None,
    *,
    limit: int = 200_000,
    timeout: float = 5.0,  # noqa: ASYNC109 - the setting's name
) -> FileLook:
    async with fetcher(retries=0) as asking:
        looker = FileLooker(asking, archive, PdfInspector().look_into, lambda: NOW, limit, timeout)
        return await looker.look(url, known)


async def test_a_pdf_is_kept_and_says_what_it_is(site: WebServer, archive: Archive) -> None:
    url = site.on("/a.pdf", Reply(200, PDF, AS_PDF))
    found = await look(url, archive)
    assert (found.state, found.status, found.size, found.address) == (FileState.THERE, 200, len(PDF), url)
    assert (found.pages, found.title, found.language, found.error) == (
        12,
        "Self-assessment of Mexico",
        "es",
        "",
    )
    assert (found.etag, found.last_modified) == ('"1"', "Tue, 24 Nov 2026 10:00:00 GMT")
    kept = archive.file(found.sha256)
    assert kept is not None
    assert kept.read_bytes() == PDF


async def test_a_file_that_has_not_changed_is_asked_for_with_what_the_server_gave(
    site: WebServer, archive: Archive
) -> None:
    url = site.on("/a.pdf", Reply(200, PDF, AS_PDF), Reply(304))
    first = await look(url, archive)
    again = await look(url, archive, after_look(None, url, first))
    assert site.seen[-1].headers["if-none-match"] == '"1"'
    assert again == replace(first, status=304)


async def test_a_file_that_is_not_kept_any_more_comes_again_whole(site: WebServer, archive: Archive) -> None:
    url = site.on("/a.pdf", Reply(200, PDF, AS_PDF))
    first = await look(url, archive)
    kept = archive.file(first.sha256)
    assert kept is not None
    kept.unlink()
    assert await look(url, archive, after_look(None, url, first)) == first
    assert "if-none-match" not in site.seen[-1].headers
    assert kept.exists()


async def test_a_server_that_says_not_modified_unasked_says_nothing(
    site: WebServer, archive: Archive
) -> None:
    found = await look(site.on("/a.pdf", Reply(304)), archive)
    assert (found.state, found.sha256) == (FileState.UNREACHED, "")


@pytest.mark.parametrize(
    ("reply", "state"),
    [
        (Reply(404), FileState.GONE),
        (Reply(410), FileState.GONE),
        (Reply(403), FileState.UNREACHED),
        (Reply(429), FileState.UNREACHED),
        (Reply(500), FileState.UNREACHED),
        (Reply(503), FileState.UNREACHED),
        (Reply(200, "<html>Please sign in</html>"), FileState.NO_DOCUMENT),
        (Reply(200, "<!DOCTYPE html>", {"Content-Type": "application/pdf"}), FileState.NO_DOCUMENT),
        (Reply(200, b"", {"Content-Type": "application/pdf"}), FileState.NO_DOCUMENT),
        (Reply(302, b"", {"Location": "https://elsewhere.example/a.pdf"}), FileState.UNREACHED),
        (Reply(200, b"%PDF-" + b"x" * 300_000, AS_PDF), FileState.UNREACHED),
    ],
)
async def test_whatever_the_server_says_is_a_look(
    site: WebServer, archive: Archive, reply: Reply, state: FileState
) -> None:
    found = await look(site.on("/a.pdf", reply), archive)
    assert found.state is state
    assert found.error
    assert list(archive.entries()) == []


async def test_a_damaged_pdf_stands_there_all_the_same(site: WebServer, archive: Archive) -> None:
    found = await look(site.on("/a.pdf", Reply(200, PDF[:300], AS_PDF)), archive)
    assert (found.state, found.pages) == (FileState.THERE, None)
    assert found.error
    assert archive.holds(found.sha256)


async def test_without_an_archive_a_file_is_looked_at_and_forgotten(site: WebServer) -> None:
    url = site.on("/a.pdf", Reply(200, PDF, AS_PDF), Reply(304))
    found = await look(url, NoArchive())
    assert (found.state, found.pages) == (FileState.THERE, 12)
    assert (await look(url, NoArchive(), after_look(None, url, found))).status == 304


async def test_where_there_is_no_room_to_look_that_is_all_that_is_said(
    site: WebServer, tmp_path: Path
) -> None:
    (tmp_path / "archive").write_text("a file where the folder should be")
    found = await look(site.on("/a.pdf", Reply(200, PDF, AS_PDF)), Archive(tmp_path / "archive", 10_000_000))
    assert found.state is FileState.UNREACHED
    assert "no room" in found.error
    assert site.seen == []
