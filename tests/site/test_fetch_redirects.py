from __future__ import annotations

import pytest

from monitor.errors import Blocked, FetchError
from monitor.model import NotModified, Validators
from tests.site.fetching import failure, fetcher, page
from tests.webserver import Reply, WebServer

GOOD = Reply(body="<p>good")


def to(address: str, status: int = 302) -> Reply:
    return Reply(status, body="moved", headers={"Location": address})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_a_redirect_is_followed_and_the_page_bears_the_address_that_answered(status: int) -> None:
    async with WebServer() as site:
        url = site.on("/old", to("new?x=1", status))
        new = site.on("/new?x=1", GOOD)
        got = await page(url)
        assert site.connections == 1
    assert (got.url, got.html) == (new, "<p>good")


async def test_a_relative_redirect_starts_from_the_address_that_named_it() -> None:
    async with WebServer() as site:
        url = site.on("/a", to("/deep/b"))
        site.on("/deep/b", to("c"))
        site.on("/deep/c", GOOD)
        assert (await page(url)).url == site.url("/deep/c")


async def test_a_redirect_to_a_host_that_is_not_allowed_is_blocked_unasked() -> None:
    async with WebServer() as site:
        error = await failure(site.on("/", to(site.url("/x", "localhost"))))
        assert site.paths() == ["/"]
    assert isinstance(error, Blocked)
    assert "allowed_hosts" in str(error)


async def test_a_redirect_to_another_allowed_host_is_followed() -> None:
    async with WebServer() as site:
        site.on("/x", GOOD)
        url = site.on("/", to(site.url("/x", "localhost")))
        got = await page(url, allowed_hosts=("127.0.0.1", "localhost"))
    assert got.url == site.url("/x", "localhost")


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/", "https://me:secret@127.0.0.1/"])
async def test_a_redirect_to_another_kind_of_address_is_blocked(address: str) -> None:
    async with WebServer() as site:
        error = await failure(site.on("/", to(address)))
        assert site.paths() == ["/"]
    assert isinstance(error, Blocked)
    assert "secret" not in str(error)


async def test_redirects_in_a_circle_are_named() -> None:
    async with WebServer() as site:
        first = site.on("/1", to("/2"))
        second = site.on("/2", to("/1"))
        error = await failure(first)
        assert site.paths() == ["/1", "/2"]
    assert isinstance(error, Blocked)
    assert f"{first} → {second} → {first}" in str(error)


async def test_five_redirects_are_followed_and_a_sixth_is_not() -> None:
    async with WebServer() as site:
        for number in range(6):
            site.on(f"/{number}", to(f"/{number + 1}"))
        site.on("/6", GOOD)
        assert (await page(site.url("/1"))).html == "<p>good"
        assert "more than 5" in str(await failure(site.url("/0")))


@pytest.mark.parametrize("reply", [Reply(302), to("", 301)])
async def test_a_redirect_to_nowhere_is_blocked(reply: Reply) -> None:
    async with WebServer() as site:
        error = await failure(site.on("/", reply))
    assert isinstance(error, Blocked)
    assert "not a page" in str(error)


@pytest.mark.parametrize("address", ["http://[::1", "http://127.0.0.1:99999/", "http://"])
async def test_a_redirect_to_no_address_is_an_error(address: str) -> None:
    async with WebServer() as site:
        assert isinstance(await failure(site.on("/", to(address)), retries=0), FetchError)


async def test_a_long_body_of_a_redirect_is_not_read() -> None:
    async with WebServer() as site:
        long = Reply(302, body=b"x" * 5_000_000, headers={"Location": "/new"})
        site.on("/new", GOOD)
        await page(site.on("/", long))
        assert site.connections == 2


async def test_after_a_redirect_a_date_alone_asks_nothing_and_an_etag_does() -> None:
    async with WebServer() as site, fetcher() as one:
        url = site.on("/", to("/new"))
        new = site.on("/new", Reply(304))
        assert await one.fetch(url, Validators('"v1"', "yesterday")) == NotModified(new)
        assert "if-modified-since" not in site.seen[1].headers
        with pytest.raises(Blocked, match="not modified"):
            await one.fetch(url, Validators("", "yesterday"))
