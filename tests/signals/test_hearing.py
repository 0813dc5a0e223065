"""What a composed monitor tells whoever counts: looks, exchanges, writes, tries and polls."""

from __future__ import annotations

import ast
import io
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from pydantic import SecretStr
from rich.console import Console

import monitor
from monitor.answering import answering
from monitor.app import open_monitor
from monitor.config import Config
from monitor.demo.site import SimulatedSite
from monitor.disk import no_room
from monitor.model import Visit
from monitor.signals.observer import Unwatched
from monitor.telegram.polling import TOKEN_REFUSED
from tests.botapi import BotApi, server_error
from tests.botapi.server import TOKEN
from tests.conftest import COUNTRIES
from tests.telegram.house import until

PACKAGE = Path(monitor.__file__).parent


@dataclass
class Listener:
    """Keeps what it hears."""

    visits: list[Visit] = field(default_factory=list)
    exchanges: list[tuple[str, float, int]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    tries: Counter[str] = field(default_factory=Counter)
    polls: list[str] = field(default_factory=list)

    def swept(self, visits: Iterable[Visit], seconds: float) -> None:
        self.visits += visits
        self.seconds.append(seconds)

    def tried(self, result: str) -> None:
        self.tries[result] += 1

    def fetched(self, what: str, seconds: float, size: int) -> None:
        self.exchanges.append((what, seconds, size))

    def written(self, seconds: float) -> None:
        self.seconds.append(seconds)

    def polled(self, trouble: str) -> None:
        self.polls.append(trouble)


async def test_sweeps_exchanges_writes_and_tries_are_heard(config: Config, site: SimulatedSite) -> None:
    heard, broken = Listener(), COUNTRIES[0]
    site.answer(broken.code, status=500, body=b"oh")
    with BotApi(chats=(777,), token=TOKEN) as telegram:
        told = {"token": SecretStr(TOKEN), "api_url": telegram.url, "operators": (777,)}
        config = replace(config, telegram=config.telegram.model_copy(update=told))
        telegram.fails_with(777, server_error())
        console = Console(file=io.StringIO())
        async with open_monitor(config, command="test", console=console, observer=heard) as monitor:
            began = len(heard.seconds)
            await monitor.sweep(config.countries)
            await monitor.deliver()
    assert sorted(visit.code for visit in heard.visits) == sorted(each.code for each in COUNTRIES)
    pages = [size for what, _, size in heard.exchanges if what == "page"]
    assert len(pages) == len(COUNTRIES) + 1  # and robots.txt
    assert sum(size > 500 for size in pages) == len(COUNTRIES) - 1
    assert all(0 < seconds < 60 for _, seconds, _ in heard.exchanges)
    assert began
    assert len(heard.seconds) >= began + 3  # a sweep, its write, and the try's
    assert heard.tries == {"postponed": 1}


async def test_what_never_answers_is_heard_of_too(config: Config, site: SimulatedSite) -> None:
    heard, country = Listener(), COUNTRIES[0]
    site.close()
    async with open_monitor(
        config, command="test", console=Console(file=io.StringIO()), observer=heard
    ) as monitor:
        await monitor.sweep([country])
    assert {(what, size) for what, _, size in heard.exchanges} == {("page", 0)}


async def test_every_poll_is_heard_and_what_hinders_it(config: Config) -> None:
    heard = Listener()
    with BotApi(chats=(), token=TOKEN) as telegram:
        telegram.revokes_token()
        told = {"token": SecretStr(TOKEN), "api_url": telegram.url}
        config = replace(config, telegram=config.telegram.model_copy(update=told))
        console = Console(file=io.StringIO())
        async with (
            open_monitor(config, command="test", console=console, observer=heard) as monitor,
            answering(monitor, lambda _: None),
        ):
            await until(lambda: heard.polls[-1:] == [TOKEN_REFUSED])
            telegram.person("Ann").says("/help")  # or the first poll lasts ten seconds
            telegram.restores_token()
            await until(lambda: heard.polls[-1:] == [""])


def test_who_counts_nothing_takes_everything() -> None:
    nobody = Unwatched()
    nobody.swept((), 1)
    nobody.tried("sent")
    nobody.fetched("page", 1, 1)
    nobody.written(1)
    nobody.polled("away")


@pytest.mark.parametrize("module", ["signalling", "port", "service", "app"])
def test_prometheus_and_the_server_are_imported_only_where_somebody_listens(module: str) -> None:
    tree = ast.parse((PACKAGE / f"{module}.py").read_text("utf-8"))
    at_once = {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert at_once & {"monitor.signals.meter", "monitor.signals.families", "monitor.serving"} == set()


def test_a_disk_with_room_is_no_trouble_and_neither_is_one_without_a_store(tmp_path: Path) -> None:
    store = tmp_path / "monitor.json"
    assert no_room(store) == ""
    store.write_bytes(b"{}")
    assert no_room(store) == ""
    assert (
        no_room(tmp_path / "nowhere" / "monitor.json")
        == f"{tmp_path / 'nowhere'} cannot be written: allow writing there."
    )


@pytest.mark.parametrize(("free", "is_told"), [(110_000, False), (100_000 + 8_192, True), (0, True)])
def test_a_disk_is_full_when_the_store_would_not_go_in_once_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, free: int, *, is_told: bool
) -> None:
    class Disk:
        f_bavail, f_frsize = free, 1

    store = tmp_path / "monitor.json"
    store.write_bytes(b"x" * 100_000)
    monkeypatch.setattr("os.statvfs", lambda _: Disk)
    assert no_room(store).startswith("The disk is full: ") is is_told
