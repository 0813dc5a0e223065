"""Fetch the pages with httpx, ten at once, and only build their trees: what the libraries alone cost."""

from __future__ import annotations

import asyncio
import sys

import httpx
from bs4 import BeautifulSoup

AT_ONCE = 10


async def main(urls: list[str]) -> int:
    gate = asyncio.Semaphore(AT_ONCE)
    async with httpx.AsyncClient() as client:

        async def links(url: str) -> int:
            async with gate:
                page = await client.get(url)
            return len(BeautifulSoup(page.text, "lxml").find_all("a"))

        return sum(await asyncio.gather(*map(links, urls)))


if __name__ == "__main__":
    print(asyncio.run(main(sys.argv[1:])))
