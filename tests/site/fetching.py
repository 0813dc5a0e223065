"""What the tests of fetching share."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from io import BytesIO

from monitor.errors import FetchError
from monitor.model import NotModified, Page, Validators
from monitor.site.exchange import FileAnswer, Sink
from monitor.site.fetch import Fetcher, FetchSettings
from tests.webserver import WebServer

SETTINGS = FetchSettings(
    allowed_hosts=("127.0.0.1",),
    allow_http=True,
    contact="",
    spacing=0.0,
    concurrency=4,
    timeout=5.0,
    retries=3,
    max_page_bytes=200_000,
    respect_robots=False,
)
NOTHING_KNOWN = Validators()
# Seconds by which a timer of the event loop may fire early.
TIMER = 0.001


def fetcher(**changes: object) -> Fetcher:
    """Make one that does not pause for long between tries."""
    return Fetcher(replace(SETTINGS, **changes), "1.2.3", backoff=0.01)  # type: ignore[arg-type] # tests name fields


async def page(url: str, known: Validators = NOTHING_KNOWN, **changes: object) -> Page:
    async with fetcher(**changes) as one:
        got = await one.fetch(url, known)
    assert isinstance(got, Page)
    return got


async def failure(url: str, known: Validators = NOTHING_KNOWN, **changes: object) -> FetchError:
    async with fetcher(**changes) as one:
        return await failing(one, url, known)


async def failing(one: Fetcher, url: str, known: Validators = NOTHING_KNOWN) -> FetchError:
    try:
        got = await one.fetch(url, known)
    except FetchError as error:
        return error
    raise AssertionError(f"{url} gave {got}")


async def all_of(one: Fetcher, urls: list[str]) -> list[Page | NotModified]:
    return await asyncio.gather(*(one.fetch(url, NOTHING_KNOWN) for url in urls))


def are_spaced(site: WebServer, begun: float, spacing: float) -> bool:
    """Tell whether no request came before its time, counted from the first; a busy machine makes them only later."""
    return all(seen.started - begun >= number * spacing - TIMER for number, seen in enumerate(site.seen))


async def file(
    url: str, sink: Sink | None = None, known: Validators = NOTHING_KNOWN, **changes: object
) -> FileAnswer:
    async with fetcher(**changes) as one:
        got = await file_of(one, url, sink, known)
    assert isinstance(got, FileAnswer)
    return got


async def file_failure(url: str, **changes: object) -> FetchError:
    async with fetcher(**changes) as one:
        try:
            got = await file_of(one, url)
        except FetchError as error:
            return error
    raise AssertionError(f"{url} gave {got}")


async def file_of(
    one: Fetcher, url: str, sink: Sink | None = None, known: Validators = NOTHING_KNOWN
) -> FileAnswer | NotModified:
    """Ask with the limits that the fetcher has for pages."""
    limit, seconds = one._settings.max_page_bytes, one._settings.timeout
    return await one.fetch_file(url, known, sink or BytesIO(), limit=limit, timeout=seconds)
