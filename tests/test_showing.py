"""The board beside the service: kept new, brought back, and never a reason for anything else to fail."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from urllib.request import urlopen

import pytest

from monitor.alert.troubles import BOARD
from monitor.assembly import utc_now
from monitor.errors import StoreError
from monitor.model import Commit, Duty
from monitor.showing import Shown, note, showing
from tests.fakes import SHIPPED, text
from tests.test_service import Running


class Heard:
    """What was told of faults."""

    def __init__(self) -> None:
        self.bugs: list[tuple[str, BaseException]] = []

    def __call__(self, job: str, error: BaseException) -> None:
        self.bugs.append((job, error))


@contextmanager
def world(folder: Path, listen: str = "127.0.0.1:0") -> Iterator[Running]:
    running = Running(folder)
    web = SHIPPED.web.model_copy(update={"listen": listen})
    running.monitor.config = replace(running.config, web=web)
    yield running
    running.store.close()


@contextmanager
def taken() -> Iterator[tuple[str, socket.socket]]:
    """A port that somebody else listens at."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield f"127.0.0.1:{other.getsockname()[1]}", other


async def until(is_so: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not is_so():  # noqa: ASYNC110 - what is awaited has no event
            await asyncio.sleep(0.02)


async def status(shown: Shown | None, path: str = "robots.txt") -> int:
    assert shown is not None

    def got() -> int:
        with urlopen(f"{shown.address}{path}", timeout=30) as answer:
            return int(answer.status)

    return await asyncio.to_thread(got)


def told(running: Running) -> list[str]:
    return [text(one.message) for one in running.store.load().deliveries]


async def test_the_board_is_there_while_the_service_runs_and_gone_afterwards(tmp_path: Path) -> None:
    with world(tmp_path) as running:
        async with showing(running.monitor, Heard()) as shown:
            assert shown is not None
            assert shown.address == ""
            await shown.was_tried.wait()
            assert shown.address.startswith("http://127.0.0.1:")
            assert await status(shown) == 200
            assert await status(shown, "en/") == 200
        with pytest.raises(OSError, match="refused"):
            await status(shown)
        assert told(running) == []


async def test_what_changes_is_shown_within_seconds(tmp_path: Path) -> None:
    with world(tmp_path) as running:
        async with showing(running.monitor, Heard()) as shown:
            assert shown is not None
            await shown.was_tried.wait()
            first = shown._shelf.edition
            running.store.commit(Commit(duty=Duty(swept=utc_now())))
            await until(lambda: shown._shelf.edition is not first)
            assert await status(shown) == 200


async def test_without_a_place_to_listen_at_there_is_no_board(tmp_path: Path) -> None:
    with world(tmp_path, "") as running:
        await note(running.monitor, "it was taken when there was one")
        async with showing(running.monitor, Heard()) as shown:
            assert shown is None
        assert BOARD not in running.store.load().incidents
        assert len(told(running)) == 2


async def test_a_port_that_is_taken_is_told_once_and_taken_when_it_is_free(tmp_path: Path) -> None:
    with taken() as (listen, other), world(tmp_path, listen) as running:
        async with showing(running.monitor, Heard(), retry=0.1) as shown:
            assert shown is not None
            await shown.was_tried.wait()
            await until(lambda: BOARD in running.store.load().incidents)
            assert shown.address == ""
            await asyncio.sleep(2.2)
            [alone] = told(running)
            assert "The board cannot be shown on the web" in alone
            assert listen in alone
            assert "in use" in alone
            other.close()
            await until(lambda: bool(shown.address))
            await until(lambda: not running.store.load().incidents)
            assert await status(shown) == 200
        assert "Over: the board was not shown on the web" in told(running)[1]


async def test_an_address_of_another_machine_is_told(tmp_path: Path) -> None:
    listen = "192.0.2.1:8080"
    with world(tmp_path, listen) as running:
        async with showing(running.monitor, Heard()) as shown:
            assert shown is not None
            await shown.was_tried.wait()
            await until(lambda: bool(told(running)))
        assert listen in told(running)[0]


async def test_the_service_goes_on_where_there_is_no_board(tmp_path: Path) -> None:
    with taken() as (listen, _), world(tmp_path, listen) as running:
        async with running.runs(), showing(running.monitor, running.service.on_bug):
            await running.until(running.has_read_all)
            await running.until(lambda: any("board cannot be shown" in each for each in running.chat.heard))


async def test_a_server_that_ends_is_brought_back(tmp_path: Path) -> None:
    with world(tmp_path) as running:
        async with showing(running.monitor, Heard(), retry=0) as shown:
            assert shown is not None
            await shown.was_tried.wait()
            ended = shown._port._served
            assert ended is not None
            ended._server.should_exit = True
            await until(lambda: shown._port._served not in {ended, None})
            assert await status(shown) == 200


class Fallen:
    """A server that ended with a fault."""

    has_ended = True

    async def stop(self) -> None:
        raise RuntimeError("out of sockets")


async def test_what_a_server_ended_with_is_told(tmp_path: Path) -> None:
    with world(tmp_path) as running:
        heard = Heard()
        async with showing(running.monitor, heard, retry=0) as shown:
            assert shown is not None
            await shown.was_tried.wait()
            was = shown._port._served
            assert was is not None
            shown._port._served = Fallen()  # type: ignore[assignment] # as far as it is asked
            await until(lambda: bool(heard.bugs))
            await was.stop()
            await until(lambda: bool(shown.address))
            assert await status(shown) == 200
        assert [str(error) for _, error in heard.bugs] == ["out of sockets"]


async def test_a_fault_is_told_once_and_the_board_goes_on(tmp_path: Path) -> None:
    with world(tmp_path) as running:
        heard, config = Heard(), running.monitor.config
        async with showing(running.monitor, heard) as shown:
            assert shown is not None
            await shown.was_tried.wait()
            running.monitor.config = None  # type: ignore[assignment] # trips
            await until(lambda: bool(heard.bugs))
            await asyncio.sleep(2.2)
            running.monitor.config = config
            assert await status(shown) == 200
        assert [(job, type(error)) for job, error in heard.bugs] == [("the board", AttributeError)]


async def test_what_the_store_says_is_told_every_time(tmp_path: Path) -> None:
    with world(tmp_path) as running:
        heard = Heard()
        shown = Shown(running.monitor, heard, ("127.0.0.1", 0), retry=60)
        for _ in range(2):
            shown._on_bug(StoreError("no space left"))
            shown._on_bug(KeyError("odd"))
        assert [type(error) for _, error in heard.bugs] == [StoreError, KeyError, StoreError]
        await shown.close()


async def test_nothing_is_written_where_nothing_is_news(tmp_path: Path) -> None:
    with world(tmp_path) as running:
        written = running.path.stat().st_mtime_ns
        await note(running.monitor, "")
        assert running.path.stat().st_mtime_ns == written
        await note(running.monitor, "taken")
        again = running.path.stat().st_mtime_ns
        assert again > written
        await note(running.monitor, "taken")
        assert running.path.stat().st_mtime_ns == again
