"""Whatever a robots.txt is, pages and files are fetched where it allows them, and nothing where nobody can say."""

from __future__ import annotations

import asyncio
import tracemalloc
from time import monotonic

import pytest

from monitor.errors import Blocked, FetchError
from monitor.site.fetch import Fetcher
from monitor.site.robots import MOST_BYTES
from tests.site.faults import FAULTS, SHORT, SLOW_FAULTS, forever, headed
from tests.site.fetching import NOTHING_KNOWN, fetcher, file_of
from tests.webserver import Behaviour, Reply, WebServer, endless

GOOD = Reply(body="<p>good")
MOST_SECONDS = 10.0
FORBIDS_ALL = "User-agent: *\nDisallow: /\n"
LONG = "# nothing to see here\n" * 250_000
"""5.5 MB."""
RULE = f"Disallow: /{'x' * 90}\n"
RULES_WITHOUT_END = forever(headed("Connection: close", body=FORBIDS_ALL.encode()), RULE.encode() * 600)
UNREADABLE = "without which nothing may be fetched"


async def asked(one: Fetcher, site: WebServer) -> list[FetchError]:
    """Ask for a page and a file; give the errors."""
    errors = []
    page, file = site.on("/MEX.html", GOOD), site.on("/documents/a.pdf", GOOD)
    for request in (one.fetch(page, NOTHING_KNOWN), file_of(one, file)):
        try:
            await request
        except FetchError as error:
            errors.append(error)
    return errors


def text(body: str | bytes, **headers: str) -> Reply:
    return Reply(body=body, headers={"Content-Type": "text/plain", **headers})


@pytest.mark.parametrize(
    "robots",
    [
        text(FORBIDS_ALL),
        text("\ufeff" + FORBIDS_ALL),
        text(FORBIDS_ALL.replace("\n", "\r")),
        text(FORBIDS_ALL.upper()),
        text("user-agent:uncac-monitor\ndisallow:/*"),
        text("User-agent: *\nDisallow: /MEX\nDisallow: /documents/"),
        text(FORBIDS_ALL + LONG),
        text(b"\xff\xfe\0\x80 binary\n" + FORBIDS_ALL.encode()),
        Reply(body=FORBIDS_ALL),
        RULES_WITHOUT_END,
    ],
)
async def test_what_it_forbids_is_not_asked_for_however_it_is_written(robots: Behaviour) -> None:
    async with WebServer() as site, fetcher(respect_robots=True) as one:
        site.on("/robots.txt", robots)
        errors = await asked(one, site)
        assert site.paths() == ["/robots.txt"]
    assert len(errors) == 2
    for error in errors:
        assert isinstance(error, Blocked)
        assert "forbids" in str(error)
        assert error.status is None


@pytest.mark.parametrize(
    "robots",
    [
        *(Reply(status, body=FORBIDS_ALL) for status in (400, 401, 403, 404, 410, 451)),
        Reply(302, headers={"Location": "https://evil.test/robots.txt"}),
        Reply(302, headers={"Location": "http://169.254.169.254/robots.txt"}),
        Reply(302, headers={"Location": "/robots.txt"}),
        Reply(204),
        text(""),
        text(LONG),
        # What stands beyond half a megabyte is not read (RFC 9309).
        text("# \n" * (MOST_BYTES // 3 + 1) + FORBIDS_ALL),
        text("User-agent: somebody-else\nDisallow: /\n"),
        text("Disallow: /\n" * 3),
        text(bytes(range(256)) * 40),
        text(FORBIDS_ALL.encode("utf-16")),
        Reply(body="<!DOCTYPE html><title>Maintenance</title><p>User-agent: *<br>Disallow: /" * 50),
        endless("text/plain"),
    ],
)
async def test_one_that_the_site_does_not_have_or_that_says_nothing_of_us_forbids_nothing(
    robots: Behaviour,
) -> None:
    async with WebServer() as site, fetcher(respect_robots=True) as one:
        site.on("/robots.txt", robots)
        assert await asked(one, site) == []
        assert site.paths()[-2:] == ["/MEX.html", "/documents/a.pdf"]


@pytest.mark.parametrize("robots", [Reply(429), *(Reply(status) for status in (500, 502, 503, 504, 520))])
async def test_one_that_the_site_cannot_give_now_stops_the_fetching(robots: Reply) -> None:
    async with WebServer() as site, fetcher(respect_robots=True, retries=1) as one:
        site.on("/robots.txt", robots)
        errors = await asked(one, site)
        assert set(site.paths()) == {"/robots.txt"}
    assert len(errors) == 2
    assert all(UNREADABLE in str(error) and error.status is None for error in errors)


async def _meets(name: str) -> None:
    seconds = SHORT if name in SLOW_FAULTS else MOST_SECONDS
    async with (
        WebServer() as site,
        fetcher(timeout=seconds, concurrency=1, retries=1, respect_robots=True) as one,
    ):
        site.on("/robots.txt", FAULTS[name].behave)
        begun = monotonic()
        errors = await asked(one, site)
        assert monotonic() - begun < MOST_SECONDS
        assert len(errors) in {0, 2}
        assert all(UNREADABLE in str(error) for error in errors)
        assert ("/MEX.html" in site.paths()) == (not errors)


FAST = [name for name in FAULTS if name not in SLOW_FAULTS]


@pytest.mark.parametrize(
    "names", [list(SLOW_FAULTS), *(FAST[start::5] for start in range(5))], ids=["slow", *"12345"]
)
async def test_whatever_fault_it_has_the_fetching_ends_in_time(names: list[str]) -> None:
    await asyncio.gather(*map(_meets, names))


async def test_one_without_end_takes_little_memory() -> None:
    async with WebServer() as site, fetcher(respect_robots=True) as one:
        site.on("/robots.txt", RULES_WITHOUT_END)
        tracemalloc.start()
        try:
            await asked(one, site)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert peak < 15_000_000
