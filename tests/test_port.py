"""When a place to serve at is tried again."""

from __future__ import annotations

import asyncio

import pytest

from monitor.port import Port
from tests.test_showing import taken


class Door:
    """A port with a clock of its own, and what was told of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, listen: str = "127.0.0.1:0") -> None:
        self.now = 1000.0
        self.heard: list[str] = []
        host, _, port = listen.rpartition(":")
        monkeypatch.setattr("monitor.port.monotonic", lambda: self.now)
        self.port = Port("nothing", self, (host, int(port)), self.went, retry=60)

    def at_once(self, _: object) -> None:
        """Nothing is there."""

    async def __call__(self, scope: object, receive: object, send: object, /) -> None:
        """Answer nothing."""

    async def went(self, problem: str) -> None:
        self.heard.append(problem)


async def test_a_place_that_is_taken_is_tried_again_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    with taken() as (listen, _):
        door = Door(monkeypatch, listen)
        for now in (1000, 1001, 1059.9, 1060, 1061):
            door.now = now
            await door.port.keep()
        assert len(door.heard) == 2
        assert door.heard[0].startswith(f"{listen}: ")
        assert door.port.was_tried.is_set()
        await door.port.close()


async def test_a_server_that_ended_is_brought_back_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    door = Door(monkeypatch)
    await door.port.keep()
    served = door.port._served
    assert served is not None
    door.now = 2000
    served._server.should_exit = True
    async with asyncio.timeout(30):
        while not served.has_ended:  # noqa: ASYNC110 - what is awaited has no event
            await asyncio.sleep(0.02)
    await door.port.keep()
    assert door.port.address == ""
    door.now = 2060
    await door.port.keep()
    assert door.port.address
    assert door.heard == ["", ""]
    await door.port.close()


async def test_an_address_with_colons_is_told_as_it_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    async def refuse(*_: object) -> None:
        raise OSError(99, "not here")

    monkeypatch.setattr("monitor.listening.bind", refuse)
    door = Door(monkeypatch, "::1:80")
    await door.port.keep()
    assert door.heard == ["[::1]:80: not here"]
