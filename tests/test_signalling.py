"""Health and metrics beside the service: for machines, from values, and never a reason for anything else to fail."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from time import sleep
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from monitor.alert.troubles import SIGNALS
from monitor.assembly import utc_now
from monitor.checkup import ailments
from monitor.config import Config
from monitor.errors import NotWritten
from monitor.model import Commit, Duty, World
from monitor.port import Port
from monitor.signalling import meter_for, note, signalling
from monitor.signals.backlog import last_sent
from monitor.signals.meter import Meter
from monitor.signals.standing import Inside
from tests.fakes import SHIPPED
from tests.test_service import Running
from tests.test_showing import Heard, taken, told, until


@dataclass
class House:
    """A little world whose signals can be asked for."""

    running: Running
    meter: Meter | None
    inside: Inside
    heard: Heard = field(default_factory=Heard)

    @asynccontextmanager
    async def serves(self, retry: float = 60) -> AsyncIterator[Port]:
        asked = signalling(self.running.monitor, self.meter, lambda: self.inside, self.heard, retry)
        async with asked as port:
            assert port is not None
            await port.was_tried.wait()
            yield port

    @property
    def config(self) -> Config:
        return self.running.monitor.config


@contextmanager
def house(folder: Path, listen: str = "127.0.0.1:0") -> Iterator[House]:
    running = Running(folder)
    signals = SHIPPED.signals.model_copy(update={"listen": listen})
    running.monitor.config = replace(running.config, signals=signals)
    running.store.commit(Commit(duty=Duty(utc_now())))
    yield House(running, meter_for(running.monitor.config), Inside(utc_now() - timedelta(days=1)))
    running.store.close()


async def get(port: Port, path: str, method: str = "GET") -> tuple[int, str, bytes]:
    """Ask; gives status, content type and body."""

    def got() -> tuple[int, str, bytes]:
        try:
            with urlopen(Request(f"{port.address}{path}", method=method), timeout=30) as answer:
                return answer.status, answer.headers["content-type"], answer.read()
        except HTTPError as error:
            with error:
                return error.code, error.headers["content-type"], error.read()

    return await asyncio.to_thread(got)


async def test_machines_are_told_while_the_service_runs_and_not_afterwards(tmp_path: Path) -> None:
    with house(tmp_path) as at:
        async with at.serves() as port:
            assert await get(port, "health/live") == (200, "text/plain; charset=utf-8", b"ok\n")
            status, kind, body = await get(port, "health/ready?verbose=1")
            assert (status, kind) == (200, "application/json")
            said = json.loads(body)
            assert (said["status"], said["problems"]) == ("ready", [])
            assert str(tmp_path) not in body.decode()
            status, kind, body = await get(port, "metrics")
            assert (status, kind) == (200, "text/plain; version=0.0.4; charset=utf-8")
            assert "uncac_monitor_ready" in {
                each.name for each in text_string_to_metric_families(body.decode())
            }
            assert (await get(port, "metrics", "HEAD"))[::2] == (200, b"")
            assert (await get(port, "metrics", "POST"))[0] == 405
            assert (await get(port, ""))[0] == 404
            assert (await get(port, "en/"))[0] == 404
        with pytest.raises(OSError, match="refused"):
            await get(port, "health/live")
        assert (told(at.running), at.heard.bugs) == ([], [])


async def test_what_is_wrong_is_said_and_why(tmp_path: Path) -> None:
    with house(tmp_path) as at:
        async with at.serves() as port:
            at.inside = replace(at.inside, unwritten_since=utc_now() - timedelta(minutes=3))
            assert at.meter is not None
            at.meter.polled("Telegram cannot be reached")
            at.meter.unreached_since = utc_now() - timedelta(hours=1)
            status, _, body = await get(port, "health/ready")
            assert status == 503
            found = json.loads(body)
            assert found["status"] == "not ready"
            store, line = found["problems"]
            assert store.startswith("The store could not be written for 3 minutes")
            assert "Telegram cannot be reached" in line
            assert b"uncac_monitor_store_writable 0.0" in (await get(port, "metrics"))[2]
            assert (await get(port, "health/live"))[0] == 200


async def test_how_late_the_event_loop_comes_is_seen(tmp_path: Path) -> None:
    with house(tmp_path) as at:
        async with at.serves() as port:
            await asyncio.sleep(0.3)
            sleep(0.7)  # noqa: ASYNC251 - what must not happen, and is to be seen
            await asyncio.sleep(0.3)
            text = (await get(port, "metrics"))[2].decode()
    assert number(text, "loop_lag_seconds_count") > number(text, 'loop_lag_seconds_bucket{le="0.25"}')


def number(text: str, name: str) -> float:
    """Find the number of a series."""
    return float(next(line for line in text.splitlines() if name in line).rpartition(" ")[2])


async def test_without_a_place_to_listen_at_nothing_is_served_and_an_old_trouble_is_over(
    tmp_path: Path,
) -> None:
    with house(tmp_path, "") as at:
        assert at.meter is None
        await note(at.running.monitor, "it was taken when there was one")
        async with signalling(at.running.monitor, None, lambda: at.inside, at.heard) as port:
            assert port is None
        assert SIGNALS not in at.running.store.load().incidents
        assert len(told(at.running)) == 2


async def test_a_port_that_is_taken_is_told_once_and_taken_when_it_is_free(tmp_path: Path) -> None:
    with taken() as (listen, other), house(tmp_path, listen) as at:
        async with at.serves(retry=0.1) as port:
            await until(lambda: SIGNALS in at.running.store.load().incidents)
            await asyncio.sleep(1.2)
            [alone] = told(at.running)
            assert "Health and metrics cannot be served" in alone
            assert listen in alone
            other.close()
            await until(lambda: bool(port.address))
            await until(lambda: not at.running.store.load().incidents)
            assert (await get(port, "health/live"))[0] == 200


async def test_a_fault_is_answered_and_told_and_the_next_answer_is_well(tmp_path: Path) -> None:
    with house(tmp_path) as at:
        async with at.serves() as port:
            config = at.config
            at.running.monitor.config = None  # type: ignore[assignment] # trips
            for _ in range(3):  # a machine asks four times a minute: told once
                assert (await get(port, "metrics"))[0] == 500
            at.running.monitor.config = config
            assert (await get(port, "metrics"))[0] == 200
        assert [(job, type(error)) for job, error in at.heard.bugs] == [
            ("health and metrics", AttributeError)
        ]


async def test_a_server_that_ended_with_a_fault_is_told_and_brought_back(tmp_path: Path) -> None:
    class Fallen:
        has_ended = True

        async def stop(self) -> None:
            raise RuntimeError("out of sockets")

    with house(tmp_path) as at:
        async with at.serves(retry=0) as port:
            was = port._served
            assert was is not None
            port._served = Fallen()  # type: ignore[assignment] # as far as it is asked
            await until(lambda: bool(at.heard.bugs))
            await was.stop()
            await until(lambda: bool(port.address))


async def test_the_work_of_a_service_is_counted(tmp_path: Path) -> None:
    with house(tmp_path) as at:
        assert at.meter is not None
        at.running.monitor.observer = at.meter
        async with at.running.runs(), at.serves() as port:
            await at.running.until(lambda: bool(at.running.chat.heard))
            await until(lambda: last_sent(at.running.store.load()) is not None)
            text = (await get(port, "metrics"))[2].decode()
        assert 'uncac_monitor_visits_total{outcome="read"} 8.0' in text
        assert "uncac_monitor_sweep_duration_seconds_count 1.0" in text
        assert 'uncac_monitor_countries{standing="read"} 8.0' in text
        assert 'uncac_monitor_deliveries{state="sent"} 1.0' in text


async def test_the_service_knows_of_itself_when_it_began_and_since_when_it_writes_nothing(
    tmp_path: Path,
) -> None:
    running = Running(tmp_path)
    began = utc_now()
    assert running.service.inside().unwritten_since is None
    assert began - running.service.inside().started < timedelta(minutes=1)
    running.service.end(NotWritten("no space left"))
    assert running.service.inside().unwritten_since is not None
    running.store.close()


def world() -> World:
    raise AssertionError("the store was read although the service answered")


async def test_the_service_itself_is_asked_where_it_answers(tmp_path: Path) -> None:
    with house(tmp_path) as at:
        async with at.serves() as port:
            listening = at_place(at.config, port.address)
            assert await asyncio.to_thread(ailments, listening, world) == ()
            at.inside = replace(at.inside, unwritten_since=utc_now())
            [why] = await asyncio.to_thread(ailments, listening, world)
        assert why.startswith("The store could not be written")
        # Nobody answers there any more: it is judged by what it wrote.
        assert await asyncio.to_thread(ailments, listening, at.running.store.load) == ()
        assert len(await asyncio.to_thread(ailments, listening, World)) == 1


async def test_a_service_with_another_store_at_that_place_does_not_answer_for_ours(tmp_path: Path) -> None:
    with house(tmp_path) as at:
        async with at.serves() as port:
            listening = at_place(at.config, port.address)
            other = listening.store.model_copy(update={"path": tmp_path / "other.json"})
            ours = replace(listening, store=other)
            assert len(await asyncio.to_thread(ailments, ours, World)) == 1
            assert await asyncio.to_thread(ailments, listening, World) == ()


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 200 OK\r\n\r\n<p>hello", b"HTTP/1.1 200 OK\r\n\r\n[1]", b"SSH-2.0\r\n", b""]
)
async def test_a_stranger_at_that_place_is_not_believed(tmp_path: Path, answer: bytes) -> None:
    async def strange(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(strange, "127.0.0.1", 0)
    place = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
    with house(tmp_path) as at:
        assert await asyncio.to_thread(ailments, at_place(at.config, place), at.running.store.load) == ()
    server.close()


async def test_one_that_never_answers_hangs(tmp_path: Path) -> None:
    with taken() as (listen, _), house(tmp_path, listen) as at:
        [why] = await asyncio.to_thread(ailments, at.config, world, 0.2)
    assert why.startswith(f"The service does not answer at {listen} within 0.2 seconds: it hangs")


@pytest.mark.parametrize("listen", ["", "127.0.0.1:0"])
async def test_without_a_place_to_ask_at_the_store_is_read(tmp_path: Path, listen: str) -> None:
    with house(tmp_path, listen) as at:
        assert await asyncio.to_thread(ailments, at.config, at.running.store.load) == ()


def at_place(config: Config, address: str) -> Config:
    listen = address.removeprefix("http://").rstrip("/")
    return replace(config, signals=config.signals.model_copy(update={"listen": listen}))
