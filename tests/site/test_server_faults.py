"""Whatever a server does, asking it ends in time, in plain words, and the next thing asked for comes."""

from __future__ import annotations

import asyncio
import tracemalloc
from collections.abc import Awaitable, Callable
from io import BytesIO
from time import monotonic

import pytest

from monitor.errors import FetchError
from monitor.site.fetch import Fetcher
from tests.site.faults import ENDLESS_FAULTS, FAULTS, PACKING_FAULTS, SHORT, SLOW_FAULTS, Fault, headed, raw
from tests.site.fetching import NOTHING_KNOWN, fetcher, file_of, page
from tests.webserver import Reply, WebServer

GOOD = Reply(body="<p>good")
MOST_SECONDS = 10.0
"""Far more than the allowance: it bounds what a hang is, on a machine however busy."""
MOST_MEMORY = 6_000_000
Get = Callable[[Fetcher, str], Awaitable[object]]


async def _page(one: Fetcher, url: str) -> object:
    return await one.fetch(url, NOTHING_KNOWN)


async def _meets(fault: Fault, get: Get, seconds: float) -> None:
    async with WebServer() as site, fetcher(timeout=seconds, concurrency=1, retries=1) as one:
        url = site.on("/fault", fault.behave)
        begun = monotonic()
        with pytest.raises(FetchError) as caught:
            await get(one, url)
        assert monotonic() - begun < MOST_SECONDS
        assert fault.said in str(caught.value)
        assert len(str(caught.value)) < 500
        # On a busy machine a short allowance may be over before the connection stands.
        asked = len(site.paths())
        assert asked == fault.times or (seconds == SHORT and asked == 0)
        good = site.on("/good", GOOD)
        await one.fetch_file(good, NOTHING_KNOWN, BytesIO(), limit=100, timeout=MOST_SECONDS)


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_ends_in_time_in_plain_words_and_leaves_room_for_the_next(name: str) -> None:
    seconds = SHORT if name in SLOW_FAULTS else MOST_SECONDS
    await asyncio.gather(*(_meets(FAULTS[name], get, seconds) for get in (_page, file_of)))


@pytest.mark.parametrize("get", [_page, file_of])
@pytest.mark.parametrize("name", [*PACKING_FAULTS, *ENDLESS_FAULTS])
async def test_what_is_packed_or_without_end_takes_little_memory(name: str, get: Get) -> None:
    async with WebServer() as site, fetcher(timeout=5.0, retries=0) as one:
        url = site.on("/fault", FAULTS[name].behave)
        tracemalloc.start()
        try:
            with pytest.raises(FetchError):
                await get(one, url)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    # Client and server together, the page's 200,000 bytes and the server's packed bomb included.
    assert peak < MOST_MEMORY


@pytest.mark.parametrize("get", [_page, file_of])
async def test_more_than_was_announced_is_left_and_never_taken_for_the_next_answer(get: Get) -> None:
    more = headed("Content-Type: text/html", "Content-Length: 4", body=b"<p>good</html> and more")
    async with WebServer() as site, fetcher(concurrency=1) as one:
        site.on("/more", raw(more))
        await get(one, site.url("/more"))
        await get(one, site.on("/good", GOOD))
        got = await one.fetch(site.url("/good"), NOTHING_KNOWN)
    assert getattr(got, "html", "") == "<p>good"


@pytest.mark.parametrize(
    ("lines", "html"),
    [
        ((), "<p>é"),
        (("Content-Type: ",), "<p>é"),
        (("Content-Type: text/html; charset=klingon",), "<p>é"),
        (("Content-Type: text/html; charset=",), "<p>é"),
        (("Content-Type: text/html; charset=" + "x" * 50_000,), "<p>é"),
        (("Content-Type: text/html; charset=\"utf-8'; charset=koi8-r",), "<p>é"),
        (("Content-Type: text/html", "Content-Type: text/html; charset=koi8-r"), "<p>ц╘"),
        (("Content-Type: text/html; charset=idna",), "<p>é"),
        (("Content-Type: text/\xff; charset=\xff",), "<p>é"),
        (("Set-Cookie: " + "x" * 50_000, "ETag: " + "y" * 30_000), "<p>é"),
        (tuple(f"X-{number}: x" for number in range(3_000)), "<p>é"),
        (("Refresh: 0; url=https://evil.test/", "Link: <https://evil.test/>; rel=canonical"), "<p>é"),
    ],
)
async def test_headers_that_are_odd_but_harmless_do_not_keep_a_page_away(
    lines: tuple[str, ...], html: str
) -> None:
    body = "<p>é".encode()
    async with WebServer() as site:
        url = site.on(
            "/", raw(headed("Connection: close", f"Content-Length: {len(body)}", *lines, body=body))
        )
        assert (await page(url)).html == html
