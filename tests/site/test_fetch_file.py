from __future__ import annotations

import asyncio
import gzip
import os
import tracemalloc
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from time import monotonic

import pytest

from monitor.errors import Blocked, FetchError
from monitor.model import NotModified, Validators
from monitor.site.exchange import FileAnswer
from tests.site.fetching import are_spaced, fetcher, file, file_failure, file_of
from tests.webserver import Behaviour, Reply, WebServer, hang_up, head, promise_more, reset_midway

PDF = b"%PDF-1.7 " + os.urandom(100_000)
KNOWN = Validators('"v1"', "Tue, 03 Nov 2026 10:00:00 GMT")
SERVED = Reply(body=PDF, headers={"Content-Type": "application/pdf", "ETag": '"v1"', "Last-Modified": "then"})


async def test_a_file_goes_into_the_sink_and_its_answer_is_told() -> None:
    sink = BytesIO()
    async with WebServer() as site:
        url = site.on("/a.pdf", SERVED)
        got = await file(url, sink)
    assert sink.getvalue() == PDF
    digest = sha256(PDF).hexdigest()
    assert got == FileAnswer(url, 200, len(PDF), "application/pdf", '"v1"', "then", digest)


async def test_a_packed_file_has_the_bytes_and_hash_of_the_plain_one() -> None:
    sink = BytesIO()
    packed = Reply(body=gzip.compress(PDF), headers={"Content-Encoding": "gzip"})
    async with WebServer() as site:
        got = await file(site.on("/a.pdf", packed), sink)
    assert (sink.getvalue(), got.size, got.sha256) == (PDF, len(PDF), sha256(PDF).hexdigest())


async def test_the_address_that_answered_is_told_after_redirects() -> None:
    async with WebServer() as site:
        url = site.on("/old.pdf", Reply(301, headers={"Location": "/new.pdf"}))
        new = site.on("/new.pdf", SERVED)
        assert (await file(url)).address == new


async def test_a_web_page_in_place_of_a_file_is_handed_on_to_be_judged() -> None:
    async with WebServer() as site:
        got = await file(site.on("/a.pdf", Reply(body="<p>maintenance")))
    assert (got.status, got.content_type) == (200, "text/html; charset=utf-8")


async def test_a_file_that_is_what_it_was_is_not_modified() -> None:
    async with WebServer() as site, fetcher() as one:
        url = site.on("/a.pdf", Reply(304))
        assert await file_of(one, url, known=KNOWN) == NotModified(url)
        assert site.seen[0].headers["if-none-match"] == KNOWN.etag
        assert site.seen[0].headers["if-modified-since"] == KNOWN.last_modified


@pytest.mark.parametrize("fault", [hang_up, head, promise_more, reset_midway, Reply(503)])
async def test_a_second_try_starts_the_sink_anew(fault: Behaviour) -> None:
    sink = BytesIO(b"left by somebody else" * 10_000)
    async with WebServer() as site:
        got = await file(site.on("/a.pdf", fault, SERVED), sink)
    assert sink.getvalue() == PDF
    assert (got.size, got.sha256) == (len(PDF), sha256(PDF).hexdigest())


@pytest.mark.parametrize("status", [403, 404, 410, 429, 500, 503, 202])
async def test_an_error_bears_the_status_that_answered(status: int) -> None:
    async with WebServer() as site:
        error = await file_failure(site.on("/a.pdf", Reply(status)), retries=0)
    assert error.status == status


async def test_an_error_without_an_answer_bears_no_status() -> None:
    async with WebServer() as site:
        assert (await file_failure(site.on("/a.pdf", hang_up), retries=0)).status is None


@pytest.mark.parametrize("has_length", [True, False])
@pytest.mark.parametrize("encoding", ["", "gzip"])
async def test_a_file_beyond_the_limit_is_an_error_that_names_the_setting(
    has_length: bool, encoding: str
) -> None:
    body = gzip.compress(PDF) if encoding else PDF
    length = {"Content-Length": str(len(body))} if has_length else {"Connection": "close"}
    packing = {"Content-Encoding": encoding} if encoding else {}

    async def serve(_seen: object, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"Content-Type": "application/pdf", **length, **packing}) + body)
        if not has_length:
            writer.close()

    async with WebServer() as site:
        url = site.on("/a.pdf", serve)
        await file(url, max_page_bytes=len(PDF))
        error = await file_failure(url, max_page_bytes=len(PDF) - 1)
        assert len(site.seen) == 2
    assert type(error) is FetchError
    assert error.status == 200
    assert "99,999" not in str(error)
    assert f"{len(PDF) - 1:,} bytes; raise max_file_bytes" in str(error)


async def test_a_file_that_says_itself_that_it_is_too_large_is_not_read() -> None:
    sink = BytesIO()
    huge = Reply(headers={"Content-Type": "application/pdf", "Content-Length": str(10**15)})
    async with WebServer() as site:
        error = await file_failure(site.on("/a.pdf", huge))
        assert len(site.seen) == 1
    assert "max_file_bytes" in str(error)
    assert sink.getvalue() == b""


async def test_a_large_file_is_never_whole_in_memory(tmp_path: Path) -> None:
    piece = os.urandom(50_000)

    async def serve(_seen: object, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"Content-Type": "application/pdf", "Content-Length": "20000000"}))
        for _ in range(400):
            writer.write(piece)
            await writer.drain()

    async with WebServer() as site:
        url = site.on("/a.pdf", serve)
        with (tmp_path / "file").open("w+b", buffering=0) as sink:
            tracemalloc.start()
            try:
                got = await file(url, sink, max_page_bytes=30_000_000)
                peak = tracemalloc.get_traced_memory()[1]
            finally:
                tracemalloc.stop()
    assert got.sha256 == sha256(piece * 400).hexdigest()
    assert (tmp_path / "file").stat().st_size == got.size == 20_000_000
    assert peak < 5_000_000


async def test_the_sinks_own_trouble_comes_through_as_it_is() -> None:
    class Full(BytesIO):
        def write(self, _data: object) -> int:
            raise OSError(28, "No space left on device")

    async with WebServer() as site:
        url = site.on("/a.pdf", SERVED)
        with pytest.raises(OSError, match="No space left"):
            await file(url, Full())
        assert len(site.seen) == 1
        await file(url)


async def test_robots_txt_is_obeyed_for_files_too() -> None:
    forbidding = Reply(body="User-agent: *\nDisallow: /documents/", headers={"Content-Type": "text/plain"})
    async with WebServer() as site:
        site.on("/robots.txt", forbidding)
        error = await file_failure(site.on("/documents/a.pdf", SERVED), respect_robots=True)
        assert site.paths() == ["/robots.txt"]
    assert isinstance(error, Blocked)
    assert error.status is None


async def test_files_and_pages_wait_at_one_gate() -> None:
    begun = monotonic()
    async with WebServer() as site, fetcher(spacing=0.2) as one:
        await file_of(one, site.on("/1", SERVED))
        await one.fetch(site.on("/2", Reply()), Validators())
        await file_of(one, site.url("/1"))
        assert len(site.seen) == 3
        assert are_spaced(site, begun, 0.2)


async def test_a_redirect_that_leads_astray_bears_the_redirects_status() -> None:
    async with WebServer() as site:
        error = await file_failure(site.on("/a.pdf", Reply(308, headers={"Location": "https://evil.test/"})))
    assert isinstance(error, Blocked)
    assert error.status == 308
    assert "allowed_hosts" in str(error)


async def test_of_a_type_without_end_only_its_beginning_is_kept() -> None:
    async with WebServer() as site:
        got = await file(site.on("/a.pdf", Reply(headers={"Content-Type": "application/pdf" + "x" * 50_000})))
    assert got.content_type.startswith("application/pdfxxx")
    assert len(got.content_type) == 200
