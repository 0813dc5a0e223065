"""Serve simulated profile pages of a fixed size, fast, in a process of its own: its CPU is nobody's figure.

Prints one JSON line when ready ({"url", "codes"}), one for each line on standard input (what was asked since the
last one), and ends with its input.
"""

from __future__ import annotations

import argparse
import asyncio
import hashlib
import json
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from itertools import cycle

from monitor.config import load_config
from monitor.demo.documents import first_documents
from monitor.demo.render import LAYOUTS, render
from monitor.model import Country


@dataclass(slots=True)
class Log:
    """What was asked since the last report."""

    statuses: dict[str, int] = field(default_factory=dict)
    starts: list[float] = field(default_factory=list)
    open_now: int = 0
    open_peak: int = 0

    def report(self) -> dict[str, object]:
        gaps = [after - before for before, after in zip(self.starts, self.starts[1:], strict=False)]
        told = {
            "statuses": self.statuses,
            "requests": len(self.starts),
            "open_peak": self.open_peak,
            "smallest_gap": round(min(gaps), 3) if gaps else None,
        }
        self.statuses, self.starts, self.open_peak = {}, [], self.open_now
        return told


@dataclass(frozen=True, slots=True)
class Site:
    pages: dict[str, bytes]
    latency: float
    with_validators: frozenset[str]
    every: int
    """After so many looks a page has other bytes; 0: never."""
    log: Log
    looks: Counter[str] = field(default_factory=Counter)

    def answer(self, path: str, asked_tag: str) -> bytes:
        if path not in self.pages:
            return self._write("404 Not Found", b"", "")
        body = self.pages[path] + self._age(path)
        is_tagged = path in self.with_validators
        tag = f'"{hashlib.md5(body, usedforsecurity=False).hexdigest()}"' if is_tagged else ""
        if tag and asked_tag == tag:
            return self._write("304 Not Modified", b"", tag)
        return self._write("200 OK", body, tag)

    def _age(self, path: str) -> bytes:
        self.looks[path] += 1
        return f"<!-- {self.looks[path] // self.every} -->".encode() if self.every else b""

    def _write(self, status: str, body: bytes, tag: str) -> bytes:
        self.log.statuses[status[:3]] = self.log.statuses.get(status[:3], 0) + 1
        tag_line = f"ETag: {tag}\r\n" if tag else ""
        head = f"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\n{tag_line}Content-Length: {len(body)}\r\n\r\n"
        return head.encode() + body

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                path = head.split(" ", 2)[1]
                self.log.starts.append(time.monotonic())
                self.log.open_now += 1
                self.log.open_peak = max(self.log.open_peak, self.log.open_now)
                if self.latency and path in self.pages:
                    await asyncio.sleep(self.latency)
                writer.write(self.answer(path, header(head, "if-none-match")))
                self.log.open_now -= 1
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()


def header(head: str, name: str) -> str:
    found = (line for line in head.split("\r\n") if line.lower().startswith(f"{name}:"))
    return next(found, ":").split(":", 1)[1].strip()


def padded(html: str, size: int) -> bytes:
    """Fill a page up with navigation links, as the real site's pages are."""
    filler, number = "", 0
    while len(html.encode()) + len(filler) < size:
        filler += f'<li class="nav-item"><a href="//www.unodc.org/unodc/en/topic-{number}/index.html?ref=menuside">Topic {number}</a></li>\n'
        number += 1
    return html.replace("</nav>", f"<ul>{filler}</ul></nav>", 1).encode()


def pages_of(countries: tuple[Country, ...], size: int) -> dict[str, bytes]:
    documents = first_documents(countries)
    return {
        f"/{country.profile_code}.html": padded(render(country, documents[country.code], layout), size)
        for country, layout in zip(countries, cycle(LAYOUTS), strict=False)
    }


async def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--pages", type=int, default=190)
    options.add_argument("--size", type=int, default=26_000, help="bytes a page")
    options.add_argument("--latency", type=float, default=0.0, help="seconds before a page is answered")
    options.add_argument("--validators", action="store_true", help="offer an ETag, answer 304")
    options.add_argument("--half-validators", action="store_true", help="the same for every second page")
    options.add_argument("--every", type=int, default=0, help="other bytes after so many looks at a page")
    chosen = options.parse_args()
    countries = load_config({}).countries[: chosen.pages]
    pages = pages_of(countries, chosen.size)
    tagged = list(pages) if chosen.validators else list(pages)[::2] if chosen.half_validators else []
    site = Site(pages, chosen.latency, frozenset(tagged), chosen.every, Log())
    server = await asyncio.start_server(site.serve, "127.0.0.1", 0, backlog=256)
    port = server.sockets[0].getsockname()[1]
    codes = {country.code: country.profile_code for country in countries}
    say({"url": f"http://127.0.0.1:{port}/{{code}}.html", "codes": codes})
    while await asyncio.to_thread(sys.stdin.readline):
        say(site.log.report())


def say(value: object) -> None:
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    asyncio.run(main())
