"""Fetch the pages over bare sockets, ten at once, take their links with selectolax, write them with orjson: the floor."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator
from hashlib import sha256
from urllib.parse import urlsplit

import orjson
from selectolax.lexbor import LexborHTMLParser

AT_ONCE = 10


async def main(urls: list[str]) -> None:
    waiting = iter(urls)
    found = await asyncio.gather(*(links_of(waiting) for _ in range(AT_ONCE)))
    sys.stdout.buffer.write(orjson.dumps({url: page for some in found for url, page in some.items()}))


async def links_of(waiting: Iterator[str]) -> dict[str, object]:
    """Take one address after the other over one connection."""
    found: dict[str, object] = {}
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None
    for url in waiting:
        place = urlsplit(url)
        if reader is None or writer is None:
            reader, writer = await asyncio.open_connection(place.hostname, place.port)
        writer.write(f"GET {place.path} HTTP/1.1\r\nHost: {place.netloc}\r\n\r\n".encode())
        found[url] = read(await body_of(reader))
    if writer is not None:
        writer.close()
    return found


async def body_of(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readuntil(b"\r\n\r\n")
    length = head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0]
    return await reader.readexactly(int(length))


def read(body: bytes) -> dict[str, object]:
    links = LexborHTMLParser(body).css("a")
    named = [[link.attributes.get("href"), link.text(strip=True)] for link in links]
    return {"sha256": sha256(body).hexdigest(), "links": named}


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
