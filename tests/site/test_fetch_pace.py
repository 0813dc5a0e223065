from __future__ import annotations

import asyncio
from dataclasses import replace
from time import monotonic

import pytest

from monitor.errors import Blocked, FetchError
from monitor.site.fetch import Fetcher
from monitor.site.robots import FRESH, RETRY
from tests.site.fetching import (
    NOTHING_KNOWN,
    SETTINGS,
    TIMER,
    all_of,
    are_spaced,
    failing,
    failure,
    fetcher,
    page,
)
from tests.webserver import Reply, WebServer, hang_up

GOOD = Reply(body="<p>good")
FORBIDDING = Reply(body="User-agent: *\nDisallow: /profiles/", headers={"Content-Type": "text/plain"})


async def test_slow_pages_overlap_and_their_starts_are_spaced() -> None:
    async with WebServer() as site:
        urls = [site.on(f"/{number}", Reply(body="x" * 26_000, latency=0.3)) for number in range(12)]
        begun = monotonic()
        async with fetcher(spacing=0.1) as one:
            await all_of(one, urls)
        assert are_spaced(site, begun, 0.1)
        assert 2 <= site.open_peak <= 4


async def test_no_more_than_the_allowed_number_is_open_including_the_body() -> None:
    async def slow_body(_seen: object, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\n")
        await asyncio.sleep(0.05)
        writer.write(b"ab")

    async with WebServer() as site:
        urls = [site.on(f"/{number}", slow_body) for number in range(9)]
        async with fetcher(concurrency=3) as one:
            await all_of(one, urls)
        assert site.open_peak == 3


async def test_robots_txt_redirects_and_tries_are_spaced_like_pages() -> None:
    async with WebServer() as site:
        url = site.on("/", Reply(302, headers={"Location": "/new"}))
        site.on("/new", hang_up, Reply(503), GOOD)
        begun = monotonic()
        await page(url, spacing=0.1, respect_robots=True)
        assert site.paths() == ["/robots.txt", "/", "/new", "/new", "/new"]
        assert are_spaced(site, begun, 0.1)


async def test_a_retry_after_holds_back_every_other_page_of_the_host() -> None:
    async with WebServer() as site:
        urls = [site.on(f"/{number}", GOOD) for number in range(3)]
        urls[:0] = [site.on("/busy", Reply(503, headers={"Retry-After": "1"}), GOOD)]
        answered = monotonic()
        async with fetcher(spacing=0.5) as one:
            await all_of(one, urls)
        assert all(seen.started - answered >= 1.0 - TIMER for seen in site.seen[1:])


async def test_a_page_that_robots_txt_forbids_is_not_asked_for() -> None:
    async with WebServer() as site:
        site.on("/robots.txt", FORBIDDING)
        error = await failure(site.url("/profiles/MEX.html"), respect_robots=True)
        assert site.paths() == ["/robots.txt"]
    assert isinstance(error, Blocked)
    assert "respect_robots" in str(error)


async def test_robots_txt_is_not_even_read_where_it_is_switched_off() -> None:
    async with WebServer() as site:
        site.on("/robots.txt", FORBIDDING)
        await page(site.on("/profiles/MEX.html", GOOD), respect_robots=False)
        assert site.paths() == ["/profiles/MEX.html"]


async def test_a_redirect_is_checked_against_robots_txt_too() -> None:
    async with WebServer() as site:
        site.on("/robots.txt", FORBIDDING)
        url = site.on("/old", Reply(302, headers={"Location": "/profiles/MEX.html"}))
        assert isinstance(await failure(url, respect_robots=True), Blocked)
        assert site.paths() == ["/robots.txt", "/old"]


async def test_robots_txt_is_followed_through_redirects() -> None:
    async with WebServer() as site:
        site.on("/robots.txt", Reply(301, headers={"Location": "/rules.txt"}))
        site.on("/rules.txt", FORBIDDING)
        assert isinstance(await failure(site.url("/profiles/MEX.html"), respect_robots=True), Blocked)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(404),
        Reply(403),
        Reply(301, headers={"Location": "/robots.txt"}),
        Reply(301, headers={"Location": "https://login.test/"}),
    ],
)
async def test_a_robots_txt_that_the_site_does_not_have_forbids_nothing(reply: Reply) -> None:
    async with WebServer() as site:
        site.on("/robots.txt", reply)
        await page(site.on("/", GOOD), respect_robots=True)


async def test_a_robots_txt_that_fails_stops_the_fetching_and_is_asked_again_later() -> None:
    now = 0.0
    async with WebServer() as site:
        url = site.on("/", GOOD)
        settings = replace(SETTINGS, respect_robots=True)
        async with Fetcher(settings, "1", backoff=0.01, clock=lambda: now) as one:
            site.on("/robots.txt", Reply(500))
            error = await failing(one, url)
            assert type(error) is FetchError
            assert "/robots.txt answers 500" in str(error)
            await failing(one, url)
            assert site.paths() == ["/robots.txt"] * 4
            site.on("/robots.txt", GOOD)
            now = RETRY
            await one.fetch(url, NOTHING_KNOWN)
            site.on("/robots.txt", hang_up)
            now = RETRY + FRESH
            await one.fetch(url, NOTHING_KNOWN)
            assert len(site.seen) == 4 + 2 + 5


async def test_a_crawl_delay_raises_the_spacing() -> None:
    delay = Reply(body="User-agent: *\nCrawl-delay: 0.2", headers={"Content-Type": "text/plain"})
    async with WebServer() as site:
        site.on("/robots.txt", delay)
        urls = [site.on(f"/{number}", GOOD) for number in range(3)]
        async with fetcher(respect_robots=True) as one:
            begun = monotonic()
            await all_of(one, urls)
        assert site.paths()[0] == "/robots.txt"
        del site.seen[0]
        assert are_spaced(site, begun, 0.2)


async def test_a_huge_robots_txt_is_read_to_its_limit_and_obeyed() -> None:
    huge = Reply(body="User-agent: *\nDisallow: /profiles/\n" + "# talk\n" * 200_000)
    async with WebServer() as site:
        site.on("/robots.txt", huge)
        assert isinstance(await failure(site.url("/profiles/MEX.html"), respect_robots=True), Blocked)
