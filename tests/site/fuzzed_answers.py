"""Breaks whole HTTP answers at random and asks for them, as pages and as files: ``python -m tests.site.fuzzed_answers 20000``."""

from __future__ import annotations

import asyncio
import gzip
import random
import sys
from collections import Counter
from time import monotonic

from monitor.errors import FetchError
from monitor.site.fetch import Fetcher
from tests.site.faults import headed, raw
from tests.site.fetching import NOTHING_KNOWN, fetcher, file_of
from tests.webserver import Reply, WebServer

ALLOWANCE = 0.3
"""Seconds; an answer without its end keeps the connection busy for so long."""
AT_ONCE = 8
MOST_SAID = 1000
"""Characters of an error."""
PAGE = b"<!DOCTYPE html><h1>Mexico</h1><p><a href='/a.pdf'>Self-assessment</a>" * 20
ZIPPED = gzip.compress(PAGE)
WHOLE = (
    headed("Content-Type: text/html", f"Content-Length: {len(PAGE)}", 'ETag: "1"', body=PAGE),
    headed("Transfer-Encoding: chunked", body=b"5\r\n<p>ab\r\n3;x=y\r\ncde\r\n0\r\nX: y\r\n\r\n"),
    headed("Content-Encoding: gzip", f"Content-Length: {len(ZIPPED)}", body=ZIPPED),
    headed("Connection: close", "Content-Type: application/pdf", body=b"%PDF-1.7 " + bytes(200)),
    b"HTTP/1.1 302 Found\r\nLocation: /good\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 429 Slow\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 103 Hints\r\nLink: </x>\r\n\r\n" + headed("Content-Length: 3", body=b"abc"),
    b"HTTP/1.1 304 Not Modified\r\nETag: 1\r\n\r\n",
)  # fmt: skip
PIECES = (
    b"\r\n",
    b"\n",
    b"\0",
    b":",
    b"\xff\xfe",
    b"0" * 30,
    b"-1",
    b"http://[",
    b"xn--",
    b"\x1f\x8b",
    b"HTTP/1.1 200 OK\r\n\r\n",
)


def broken(chance: random.Random) -> bytes:
    """Give a whole answer with one to three faults."""
    answer = bytearray(chance.choice(WHOLE))
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(answer) + 1) if chance.random() < 0.5 else chance.randrange(120)
        match chance.randrange(6):
            case 0:
                del answer[start : start + chance.randint(1, 40)]
            case 1:
                answer[start:start] = chance.choice(PIECES)
            case 2:
                answer[start : start + 1] = bytes([chance.randrange(256)])
            case 3:
                answer[start:start] = answer[chance.randrange(len(answer) + 1) :][:50]
            case 4:
                answer[start : start + 8] = chance.choice(PIECES)
            case _:
                del answer[max(start, 20) :]
    return bytes(answer)


async def tried(one: Fetcher, url: str) -> Counter[str]:
    """Ask for a page and a file, and count what came; anything but an answer or FetchError is raised."""
    came: Counter[str] = Counter()
    for request in (one.fetch(url, NOTHING_KNOWN), file_of(one, url)):
        try:
            came[type(await request).__name__] += 1
        except FetchError as error:
            came[type(error).__name__ if len(str(error)) < MOST_SAID else "too many words"] += 1
    return came


async def fuzz(count: int, seed: int) -> tuple[Counter[str], float]:
    """Try so many broken answers; give what came and the seconds that the slowest took."""
    chance, came, slowest = random.Random(seed), Counter[str](), 0.0  # noqa: S311 - to be repeated, not secret
    async with WebServer() as site, fetcher(timeout=ALLOWANCE, retries=0, concurrency=AT_ONCE) as one:
        site.on("/good", Reply(body=PAGE))

        async def one_of(number: int) -> None:
            nonlocal slowest
            url = site.on(f"/{number}", raw(broken(chance), is_closed=chance.random() < 0.98))
            begun = monotonic()
            came.update(await tried(one, url))
            slowest = max(slowest, monotonic() - begun)

        for start in range(0, count, AT_ONCE):
            await asyncio.gather(*map(one_of, range(start, min(start + AT_ONCE, count))))
        assert getattr(await one.fetch(site.url("/good"), NOTHING_KNOWN), "body", b"") == PAGE
    return came, slowest


if __name__ == "__main__":
    print(asyncio.run(fuzz(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)))  # noqa: T201
