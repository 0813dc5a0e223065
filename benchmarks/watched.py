"""The service with a watch in its event loop: how late what is ready to run is run. Writes (moment, seconds) pairs at its end."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import orjson

from monitor.cli.common import load
from monitor.service import run_service

EVERY = 0.005
"""Seconds between two looks at the loop."""


async def watch(seen: list[tuple[float, float]]) -> None:
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + EVERY
        await asyncio.sleep(EVERY)
        seen.append((due, loop.time() - due))


async def run(seen: list[tuple[float, float]]) -> None:
    watching = asyncio.create_task(watch(seen))
    try:
        await run_service(load(has_logs=True))
    finally:
        watching.cancel()


def main() -> None:
    seen: list[tuple[float, float]] = []
    asyncio.run(run(seen))
    Path(sys.argv[1]).write_bytes(orjson.dumps(seen))


if __name__ == "__main__":
    main()
