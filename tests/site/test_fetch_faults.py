from __future__ import annotations

import asyncio
import socket
import ssl
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from io import BytesIO
from pathlib import Path
from time import monotonic

import httpx
import pytest
import respx

from monitor.errors import Blocked, FetchError
from monitor.model import Validators
from monitor.site.body import Tally
from monitor.site.exchange import NoAnswer
from monitor.site.pace import REFUSALS
from monitor.site.wire import Wire, _in_plain_words, locate
from tests.site.fetching import NOTHING_KNOWN, all_of, failing, failure, fetcher, page
from tests.webserver import (
    Behaviour,
    Reply,
    WebServer,
    drip,
    hang_after_headers,
    hang_up,
    promise_more,
    reset_midway,
)

GOOD = Reply(body="<p>good")
BROKEN_GZIP = Reply(body=b"\x1f\x8b no", headers={"Content-Encoding": "gzip"})


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (hang_up, "broke off"),
        (promise_more, "broke off"),
        (reset_midway, "cut the connection"),
        (BROKEN_GZIP, "damaged"),
        (Reply(500), "500 Internal Server Error"),
        (Reply(502), "502 Bad Gateway"),
        (Reply(503), "503 Service Unavailable"),
        (Reply(504), "504 Gateway Timeout"),
    ],
)
async def test_a_passing_fault_is_tried_again_and_a_lasting_one_reported_after_three_more_tries(
    fault: Behaviour, said: str
) -> None:
    async with WebServer() as site:
        assert (await page(site.on("/1", fault, fault, fault, GOOD))).html == "<p>good"
        error = await failure(site.on("/2", fault))
        assert site.paths() == ["/1"] * 4 + ["/2"] * 4
    assert not isinstance(error, Blocked)
    assert said in str(error)


async def test_without_retries_a_fault_is_reported_at_once() -> None:
    async with WebServer() as site:
        error = await failure(site.on("/", hang_up), retries=0)
        assert len(site.seen) == 1
    assert "tried" not in str(error)


async def test_the_pauses_between_tries_grow() -> None:
    async with WebServer() as site:
        await failure(site.on("/", hang_up))
        first, second, third = site.gaps()
    assert first >= 0.0099
    assert second >= 0.0199
    assert third >= 0.0399
    assert third < 2


@pytest.mark.parametrize("fault", [drip(1000, 0.02), hang_after_headers, Reply(latency=3600)])
async def test_a_page_that_takes_too_long_fails_at_the_limit_however_it_drips(fault: Behaviour) -> None:
    async with WebServer() as site:
        begun = monotonic()
        error = await failure(site.on("/", fault), timeout=0.3)
        assert 0.3 <= monotonic() - begun < 3
        assert len(site.seen) == 1
    assert type(error) is FetchError
    assert "within 0.3 s" in str(error)
    assert "timeout" in str(error)


async def test_all_tries_of_a_page_share_its_time() -> None:
    async def slow_fault(_seen: object, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.15)
        writer.close()

    async with WebServer() as site:
        error = await failure(site.on("/", slow_fault), timeout=0.4)
        assert len(site.seen) < 4
    assert "within 0.4 s" in str(error)


async def test_waiting_for_its_turn_costs_a_page_none_of_its_time() -> None:
    async with WebServer() as site:
        urls = [site.on(f"/{number}", Reply(latency=0.5)) for number in range(6)]
        async with fetcher(timeout=2.5, concurrency=1) as one:
            assert len(await all_of(one, urls)) == 6


async def test_a_page_that_hangs_leaves_room_for_the_next() -> None:
    async with WebServer() as site, fetcher(timeout=1.0, concurrency=1) as one:
        await failing(one, site.on("/1", hang_after_headers))
        await one.fetch(site.on("/2", GOOD), NOTHING_KNOWN)


async def test_a_cancelled_fetch_leaves_room_for_the_next() -> None:
    async with WebServer() as site, fetcher(concurrency=1) as one:
        task = asyncio.create_task(one.fetch(site.on("/1", hang_after_headers), NOTHING_KNOWN))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await one.fetch(site.on("/2", GOOD), NOTHING_KNOWN)


async def test_a_refused_connection_is_said_in_plain_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        error = await failure(f"http://127.0.0.1:{taken.getsockname()[1]}/")
    assert str(error) == "127.0.0.1 refuses the connection; tried 4 times, the next sweep tries again"


async def test_a_host_whose_every_address_refuses_is_said_in_plain_words() -> None:
    # A name with two loopback addresses is not to be had everywhere, so the error is built as anyio builds it.
    refused = OSError("All connection attempts failed")
    refused.__cause__ = ExceptionGroup("", [OSError(101, "unreachable"), ConnectionRefusedError()])
    error = httpx.ConnectError("All connection attempts failed")
    error.__cause__ = refused
    assert str(_in_plain_words(error, "a.test")) == "a.test refuses the connection"


async def test_a_request_that_cannot_be_sent_is_an_error_like_any_other() -> None:
    async with WebServer() as site:
        error = await failure(site.on("/", GOOD), Validators("two\nlines"))
        assert not site.seen
    assert "the connection to 127.0.0.1 failed (Illegal header value" in str(error)


async def test_a_proxy_that_refuses_is_named_as_the_one_who_does(monkeypatch: pytest.MonkeyPatch) -> None:
    async with WebServer() as proxy:
        proxy.on("site.test:443", Reply(407))
        monkeypatch.setenv("https_proxy", proxy.url(""))
        error = await failure("https://site.test/", allowed_hosts=("site.test",))
    assert "the proxy does not let us through to site.test" in str(error)


async def test_a_connection_that_nobody_accepts_is_worth_another_try() -> None:
    with socket.socket() as full:
        full.bind(("127.0.0.1", 0))
        full.listen(0)
        address = full.getsockname()
        with socket.create_connection(address), socket.socket() as second:
            second.settimeout(0)
            second.connect_ex(address)
            wire = Wire({}, 0.3, 1, ("127.0.0.1",))
            with pytest.raises(NoAnswer, match=r"127\.0\.0\.1 does not take the connection"):
                async with asyncio.timeout(3):
                    await wire.get(locate(f"http://127.0.0.1:{address[1]}/"), {}, Tally(BytesIO(), 1), bool)
            await wire.aclose()


async def test_a_host_without_an_address_is_said_in_plain_words() -> None:
    label = "a" * 64  # longer than any name may be: it fails before anybody is asked
    error = await failure(f"http://{label}.test/", allowed_hosts=("*.test",))
    assert "cannot be found" in str(error)


async def test_an_operating_system_error_that_httpx_lets_through_is_an_error_like_any_other(
    respx_mock: respx.MockRouter,
) -> None:
    route = respx_mock.get("https://a.test/").mock(side_effect=OSError(113, "No route to host"))
    error = await failure("https://a.test/", allowed_hosts=("a.test",))
    assert "No route to host" in str(error)
    assert route.call_count == 4


@pytest.fixture
def tls() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(Path(__file__).parent / "certificates" / "selfsigned.pem")
    return context


async def test_a_certificate_that_nobody_vouches_for_is_refused_and_not_tried_again(
    tls: ssl.SSLContext,
) -> None:
    async with WebServer(tls) as site:
        error = await failure(site.on("/", GOOD))
        assert not site.seen
        assert site.connections <= 1
    assert "certificate of 127.0.0.1 is not valid (self-signed certificate)" in str(error)


async def test_a_server_that_speaks_no_tls_is_said_in_plain_words() -> None:
    async def answer_in_clear(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(answer_in_clear, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        error = await failure(f"https://127.0.0.1:{port}/")
    assert "no encrypted connection to 127.0.0.1" in str(error)


async def test_a_429_with_retry_after_is_waited_for_and_then_the_page_comes() -> None:
    async with WebServer() as site:
        url = site.on("/", Reply(429, headers={"Retry-After": "1"}), GOOD)
        assert (await page(url)).html == "<p>good"
        assert site.gaps()[0] >= 1.0


async def test_a_429_without_retry_after_is_tried_again_and_then_blocked() -> None:
    async with WebServer() as site:
        error = await failure(site.on("/", Reply(429)))
        assert len(site.seen) == 4
    assert isinstance(error, Blocked)
    assert error.retry_after is None


@pytest.mark.parametrize(("status", "kind"), [(429, Blocked), (503, FetchError)])
async def test_an_hour_is_not_waited_for_but_handed_on_and_no_other_page_of_the_host_is_asked(
    status: int, kind: type[FetchError]
) -> None:
    async with WebServer() as site, fetcher() as one:
        error = await failing(one, site.on("/1", Reply(status, headers={"Retry-After": "3600"})))
        other = await failing(one, site.on("/2", GOOD))
        assert site.paths() == ["/1"]
    assert type(error) is kind
    assert error.retry_after == 3600
    assert isinstance(other, Blocked)
    assert other.retry_after == pytest.approx(3600, abs=5)


async def test_an_hour_as_a_date_is_understood() -> None:
    date = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    async with WebServer() as site:
        error = await failure(site.on("/", Reply(429, headers={"Retry-After": date})))
    assert error.retry_after == pytest.approx(3600, abs=5)


async def test_a_host_that_refuses_everything_is_soon_left_alone() -> None:
    async with WebServer() as site:
        urls = [site.on(f"/{number}", Reply(429)) for number in range(40)]
        async with fetcher() as one:
            errors = await asyncio.gather(*(failing(one, url) for url in urls))
        assert REFUSALS <= len(site.seen) <= REFUSALS + 4
    assert all(isinstance(error, Blocked) for error in errors)


async def test_one_page_that_always_refuses_does_not_stop_the_others() -> None:
    async with WebServer() as site, fetcher() as one:
        for number in range(REFUSALS):
            await failing(one, site.on(f"/bad{number}", Reply(429)))
            await one.fetch(site.on(f"/good{number}", GOOD), NOTHING_KNOWN)
