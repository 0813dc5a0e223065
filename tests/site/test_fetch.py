from __future__ import annotations

import asyncio
import gzip
from hashlib import sha256

import pytest
from structlog.testing import capture_logs

from monitor.errors import Blocked, FetchError
from monitor.model import NotModified, Validators
from tests.site.fetching import NOTHING_KNOWN, failure, fetcher, page
from tests.webserver import Reply, WebServer, endless, hang_up, head

KNOWN = Validators('"v1"', "Tue, 03 Nov 2026 10:00:00 GMT")


async def test_a_page_comes_with_its_address_text_hash_and_validators() -> None:
    body = "<h1>Perú</h1>".encode()
    headers = {"ETag": '"v1"', "Last-Modified": KNOWN.last_modified}
    async with WebServer() as site:
        url = site.on("/PER.html", Reply(body=body, headers=headers))
        got = await page(f"{url}#top")
    assert got.url == url
    assert got.html == "<h1>Perú</h1>"
    assert got.body_hash == sha256(body).hexdigest()
    assert got.validators == KNOWN


async def test_an_empty_page_is_handed_on_to_be_judged() -> None:
    async with WebServer() as site:
        assert (await page(site.on("/", Reply()))).html == ""


async def test_a_packed_page_has_the_text_and_hash_of_the_plain_one() -> None:
    packed = Reply(body=gzip.compress(b"<p>same"), headers={"Content-Encoding": "gzip"})
    async with WebServer() as site:
        one = await page(site.on("/1", packed))
        other = await page(site.on("/2", Reply(body=b"<p>same")))
        assert site.seen[0].headers["accept-encoding"] == "gzip"
    assert (one.html, one.body_hash) == (other.html, other.body_hash)


@pytest.mark.parametrize(
    ("contact", "agent", "sender"),
    [
        ("", "uncac-monitor/1.2.3", None),
        ("me@ngo.test", "uncac-monitor/1.2.3 (+me@ngo.test)", "me@ngo.test"),
        ("https://ngo.test/@us", "uncac-monitor/1.2.3 (+https://ngo.test/@us)", None),
    ],
)
async def test_every_request_says_who_asks(contact: str, agent: str, sender: str | None) -> None:
    async with WebServer() as site:
        await page(site.on("/", Reply()), contact=contact, respect_robots=True)
        assert site.paths() == ["/robots.txt", "/"]
        for seen in site.seen:
            assert seen.headers["user-agent"] == agent
            assert seen.headers.get("from") == sender


async def test_a_contact_beyond_ascii_does_not_stop_the_fetching() -> None:
    async with WebServer() as site:
        await page(site.on("/", Reply()), contact="josé@ngo.test")
        assert site.seen[0].headers["from"].encode("latin-1").decode() == "josé@ngo.test"


async def test_validators_are_sent_and_a_304_is_not_modified() -> None:
    async with WebServer() as site:
        url = site.on("/", Reply(304))
        async with fetcher() as one:
            assert await one.fetch(url, KNOWN) == NotModified(url)
        assert site.seen[0].headers["if-none-match"] == KNOWN.etag
        assert site.seen[0].headers["if-modified-since"] == KNOWN.last_modified


async def test_without_validators_nothing_conditional_is_sent_and_a_304_is_blocked() -> None:
    async with WebServer() as site:
        error = await failure(site.on("/", Reply(304)))
        assert not {"if-none-match", "if-modified-since"} & site.seen[0].headers.keys()
    assert isinstance(error, Blocked)
    assert "not modified" in str(error)


async def test_a_304_leaves_the_connection_usable() -> None:
    async with WebServer() as site:
        url = site.on("/", Reply(304))
        async with fetcher() as one:
            for _ in range(3):
                await one.fetch(url, KNOWN)
        assert site.connections == 1


async def test_pages_in_a_row_share_one_connection() -> None:
    async with WebServer() as site:
        url = site.on("/", Reply(body="x" * 100_000))
        async with fetcher() as one:
            for _ in range(3):
                await one.fetch(url, NOTHING_KNOWN)
        assert site.connections == 1


async def test_cookies_are_not_kept() -> None:
    async with WebServer() as site:
        url = site.on("/", Reply(headers={"Set-Cookie": "visit=1; Path=/"}))
        async with fetcher() as one:
            for _ in range(2):
                await one.fetch(url, NOTHING_KNOWN)
        assert "cookie" not in site.seen[1].headers


@pytest.mark.parametrize("encoding", ["", "gzip"])
async def test_a_page_beyond_the_limit_is_blocked_and_one_at_the_limit_is_not(encoding: str) -> None:
    # Noise does not pack, so that the limit is met in the middle of what is sent.
    noise = b"".join(sha256(bytes([high, low])).digest() for high in range(40) for low in range(256))
    sent = {size: gzip.compress(noise[:size]) if encoding else noise[:size] for size in (200_000, 200_001)}
    headers = {"Content-Encoding": encoding} if encoding else {}
    async with WebServer() as site:
        await page(site.on("/1", Reply(body=sent[200_000], headers=headers)))
        error = await failure(site.on("/2", Reply(body=sent[200_001], headers=headers)))
        assert site.paths() == ["/1", "/2"]
    assert isinstance(error, Blocked)
    assert "200,000 bytes" in str(error)
    assert "max_page_bytes" in str(error)


async def test_a_page_without_end_is_left_at_the_limit() -> None:
    async with WebServer() as site:
        error = await failure(site.on("/", endless("text/html")))
    assert "max_page_bytes" in str(error)


async def test_a_gzip_bomb_is_blocked_after_one_try() -> None:
    bomb = Reply(body=gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"})
    async with WebServer() as site:
        assert "max_page_bytes" in str(await failure(site.on("/", bomb)))
        assert len(site.seen) == 1


async def test_a_pdf_in_place_of_the_page_is_blocked_without_reading_it() -> None:
    async def pdf_that_hangs(_seen: object, writer: asyncio.StreamWriter) -> None:
        writer.write(head(200, {"Content-Type": "application/pdf", "Content-Length": "100"}))
        await asyncio.sleep(3600)

    async with WebServer() as site:
        error = await failure(site.on("/", pdf_that_hangs), timeout=2.0)
    assert isinstance(error, Blocked)
    assert "application/pdf, not a web page" in str(error)


@pytest.mark.parametrize("status", [401, 403, 404, 410, 418, 451, 202])
async def test_an_answer_that_will_stay_the_same_is_asked_for_once(status: int) -> None:
    async with WebServer() as site:
        assert str(status) in str(await failure(site.on("/", Reply(status))))
        assert len(site.seen) == 1


@pytest.mark.parametrize("url", ["", "MEX.html", "http://", "http://[::1", "http://127.0.0.1:99999/"])
async def test_what_is_no_address_is_said_to_be_none(url: str) -> None:
    assert type(await failure(url)) is FetchError


async def test_an_address_on_another_host_is_not_even_asked() -> None:
    async with WebServer() as site:
        error = await failure(site.url("/"), allowed_hosts=("www.unodc.org",))
        assert not site.seen
    assert "allowed_hosts (www.unodc.org)" in str(error)


async def test_http_is_refused_unless_configured() -> None:
    async with WebServer() as site:
        assert "allow_http" in str(await failure(site.url("/"), allow_http=False))
        assert not site.seen


async def test_a_proxy_of_the_environment_is_used_but_never_for_this_machine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with WebServer() as proxy, WebServer() as site:
        monkeypatch.setenv("http_proxy", proxy.url(""))
        monkeypatch.delenv("no_proxy", raising=False)
        monkeypatch.delenv("NO_PROXY", raising=False)
        proxy.on("http://site.test/MEX.html", Reply(body="<p>through"))
        assert (await page("http://site.test/MEX.html", allowed_hosts=("site.test",))).html == "<p>through"
        await page(site.on("/", Reply()))
        assert len(proxy.seen) == 1


@pytest.mark.parametrize("is_private", [False, True])
async def test_each_request_can_be_followed_in_the_log_but_not_to_where_it_is_private(
    *, is_private: bool
) -> None:
    async with WebServer() as site:
        site.on("/page", Reply(503), Reply(body="<p>good"))
        with capture_logs() as logs:
            await page(site.url("/page"), is_private=is_private)
    found = [(line["event"], line["url"], line["status"], line["bytes"]) for line in logs]
    wanted = [("request", site.url("/page"), 503, 0), ("request", site.url("/page"), 200, 7)]
    assert found == ([] if is_private else wanted)
    assert {line["log_level"] for line in logs} <= {"debug"}
    assert all(isinstance(line["ms"], int) for line in logs)


async def test_a_try_that_came_to_nothing_is_in_the_log_too() -> None:
    async with WebServer() as site:
        site.on("/page", hang_up, Reply(body="<p>good"))
        with capture_logs() as logs:
            await page(site.url("/page"))
    assert [line["event"] for line in logs] == ["no answer", "request"]
    assert "127.0.0.1" in logs[0]["why"]
