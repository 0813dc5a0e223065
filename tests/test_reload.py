"""Reading the configuration anew: what a running service takes over, what it names, and what it leaves alone."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from rich.console import Console
from structlog.testing import capture_logs

from monitor import reload
from monitor.app import open_monitor
from monitor.config import Config, load_config
from monitor.config.folder import shipped_folder
from monitor.config.sources import known_settings
from monitor.demo.site import SimulatedSite
from monitor.errors import ConfigError, Mistake, StoreError
from monitor.evidence.archive import Archive
from monitor.evidence.keeper import Keeper
from monitor.evidence.looker import FileLooker
from monitor.logs import set_levels
from monitor.model import DocumentKind
from monitor.reload import LIVE, Reloading, hangups, reloading, renewed
from tests.botapi import BotApi
from tests.botapi.server import TOKEN
from tests.fakes import SHIPPED
from tests.harness.program import Program, short_config

PATIENCE = 60.0
SECRET = "/ping/1b2c3d4e-uuid"  # noqa: S105 - where a ping goes
ALL = tuple(place for place, _ in known_settings())
RESTART = {
    *(place for place in ALL if place[0] in {"source", "signals"}),
    ("telegram", "token"),
    ("telegram", "api_url"),
    ("store", "path"),
    ("archive", "keep"),
    ("archive", "path"),
    ("archive", "wayback"),
    ("web", "listen"),
    ("log", "format"),
}


@pytest.fixture(autouse=True)
def _levels() -> Iterator[None]:
    level = logging.getLogger().level
    yield
    set_levels("info", {})
    logging.getLogger().setLevel(level)


def other(value: Any) -> Any:  # noqa: ANN401 - of any setting
    """Give another value of the same type."""
    match value:
        case bool():
            return not value
        case int() | float():
            return value + 1
        case tuple():
            return (*value, "another")
        case SecretStr():
            return SecretStr("another")
        case Path():
            return value / "another"
        case _:
            return f"{value}another"


def with_setting(config: Config, section: str, **values: object) -> Config:
    known = getattr(config, section)
    return replace(config, **{section: known.model_copy(update=values)})


def value(config: Config, place: tuple[str, str]) -> object:
    return getattr(getattr(config, place[0]), place[1])


def test_of_every_setting_it_is_decided_whether_it_changes_while_the_service_runs() -> None:
    assert set(ALL) - LIVE == RESTART
    assert set(ALL) >= LIVE


@pytest.mark.parametrize("place", ALL, ids=".".join)
def test_a_setting_is_taken_over_or_named_as_one_that_needs_a_restart(place: tuple[str, str]) -> None:
    section, key = place
    new = with_setting(SHIPPED, section, **{key: other(value(SHIPPED, place))})
    found = renewed(SHIPPED, new)
    is_live = place in LIVE
    assert value(found.config, place) == value(new if is_live else SHIPPED, place)
    assert (found.changed, found.waiting) == (
        ((".".join(place),), ()) if is_live else ((), (".".join(place),))
    )
    assert replace(found.config, **{section: getattr(SHIPPED, section)}) == SHIPPED


@pytest.mark.parametrize(
    ("file", "change"),
    [
        ("countries.csv", {"countries": SHIPPED.countries[1:]}),
        ("pledge.csv", {"pledges": {}}),
        ("pledge.csv", {"is_pledge_complete": not SHIPPED.is_pledge_complete}),
        ("how pages are read", {"rules": replace(SHIPPED.rules, fingerprint="another")}),
        ("expectations.toml", {"rules": replace(SHIPPED.rules, expectations=())}),
        ("cycles.toml", {"rules": replace(SHIPPED.rules, cycles=())}),
    ],
)
def test_what_the_other_files_say_is_taken_over(file: str, change: dict[str, Any]) -> None:
    new = replace(SHIPPED, **change)
    found = renewed(SHIPPED, new)
    assert found.config == new
    assert (found.changed, found.waiting) == ((file,), ())


def test_what_is_as_before_is_not_named() -> None:
    found = renewed(SHIPPED, load_config({}))
    assert (found.changed, found.waiting) == ((), ())


async def test_a_monitor_goes_by_another_configuration_in_everything_it_is_made_of(config: Config) -> None:
    new = with_setting(config, "believe", grace_hours=1.0, new_count=3)
    new = with_setting(new, "archive", max_megabytes=11)
    new = with_setting(new, "documents", max_file_bytes=1234, timeout=5.0, alert_waits=7.0, check_days=1.0)
    new = with_setting(new, "telegram", operators=(-5,), token=SecretStr(TOKEN), chats=(-6,))
    new = with_setting(new, "web", address="https://board.example.org", licence="ODbL-1.0")
    new = with_setting(new, "schedule", all_minutes=17.0)
    new = with_setting(new, "pledge", check_days=0.0)
    new = replace(new, countries=config.countries[:2], rules=replace(config.rules, fingerprint="another"))
    async with open_monitor(config, command="test", console=Console(file=StringIO())) as monitor:
        archive, pledging = monitor.archive, monitor.pledging
        await monitor.heed(new)
        assert pledging is not None
        assert monitor.pledging is None
        keeper = monitor.sweeper.evidence
        assert isinstance(keeper, Keeper)
        assert isinstance(keeper.files, FileLooker)
        assert keeper.archive is archive is monitor.archive
        assert monitor.files is keeper.files
        assert isinstance(archive, Archive)
        assert (archive.limit, keeper.alert_waits) == (11_000_000, 7.0)
        assert (keeper.files.limit, keeper.files.timeout) == (1234, 5.0)
        assert (monitor.sweeper.settings.grace, monitor.sweeper.settings.limits.new_count) == (
            timedelta(hours=1),
            3,
        )
        assert monitor.sweeper.book is monitor.book
        assert (monitor.book.countries, monitor.sweeper.reader.rules.fingerprint) == (
            config.countries[:2],
            "another",
        )
        view = monitor.view()
        assert (view.address, view.licence, view.period) == (
            "https://board.example.org",
            "ODbL-1.0",
            timedelta(minutes=17),
        )
        told = {(each.chat, each.is_operator) for each in monitor.store.load().subscriptions}
        assert told == {(-6, False), (-5, True)}


async def test_other_rules_read_every_page_anew_and_nothing_of_it_is_news(config: Config) -> None:
    new = replace(config, rules=replace(config.rules, fingerprint="another"))
    async with open_monitor(config, command="test", console=Console(file=StringIO())) as monitor:
        await monitor.sweep(config.countries)
        assert {visit.outcome for visit in (await monitor.sweep(config.countries)).visits} == {"unchanged"}
        await monitor.heed(new)
        report = await monitor.sweep(config.countries)
        assert {visit.outcome for visit in report.visits} == {"read"}
        assert not report.decision.changes
        assert {each.rules for each in monitor.store.load().dossiers.values()} == {"another"}


async def test_a_sweep_under_way_ends_by_the_configuration_it_began_with(config: Config) -> None:
    async with open_monitor(config, command="test", console=Console(file=StringIO())) as monitor:
        beginning = asyncio.Event()
        sweep = asyncio.create_task(monitor.sweep(config.countries, seen=lambda _: beginning.set()))
        await beginning.wait()
        await monitor.heed(replace(config, rules=replace(config.rules, fingerprint="another")))
        assert not sweep.done()
        await sweep
        assert {each.rules for each in monitor.store.load().dossiers.values()} == {config.rules.fingerprint}


class Anew:
    """A monitor whose configuration is read anew, without a service around it."""

    def __init__(self, config: Config) -> None:
        self.file = config
        self.config = config
        self.error: BaseException | None = None
        self.rescheduled: list[float] = []
        self.bugs: list[BaseException] = []
        self.heeded = asyncio.Event()

    async def heed(self, config: Config) -> None:
        self.config = config
        self.heeded.set()

    def load(self) -> Config:
        if self.error is not None:
            raise self.error
        return self.file

    def on_bug(self, job: str, error: BaseException) -> None:
        assert job == "reading the configuration anew"
        self.bugs.append(error)
        self.heeded.set()

    @property
    def reloading(self) -> Reloading:
        return Reloading(
            self,  # type: ignore[arg-type] # as far as reading anew needs a monitor
            self.load,
            lambda: self.rescheduled.append(self.config.schedule.all_minutes),
        )


async def test_what_changed_and_what_needs_a_restart_is_said_by_name_and_never_by_value() -> None:
    anew = Anew(SHIPPED)
    new = with_setting(SHIPPED, "telegram", token=SecretStr(TOKEN))
    new = with_setting(new, "schedule", all_minutes=5.0)
    anew.file = with_setting(new, "log", level="warning", areas=("site=debug",))
    with capture_logs() as logs:
        await anew.reloading.reload()
    done, waiting = logs
    assert done["changed"] == ["schedule.all_minutes", "log.level", "log.areas"]
    assert (waiting["log_level"], waiting["settings"]) == ("warning", ["telegram.token"])
    assert TOKEN not in str(logs)
    assert anew.rescheduled == [5.0]
    assert anew.config == renewed(SHIPPED, anew.file).config
    assert not anew.config.telegram.has_token
    assert logging.getLogger().level == logging.WARNING
    assert logging.getLogger("monitor.site.wire").isEnabledFor(logging.DEBUG)


async def test_with_a_mistake_in_it_every_mistake_is_said_and_the_one_before_stays() -> None:
    anew = Anew(SHIPPED)
    anew.error = ConfigError(tuple(Mistake("monitor.toml", f"key {n}", "x", "y") for n in range(50)))
    with capture_logs() as logs:
        await anew.reloading.reload()
    *mistakes, last = logs
    assert [line["key"] for line in mistakes] == [f"key {n}" for n in range(20)]
    assert (last["log_level"], last["mistakes"]) == ("error", 50)
    assert anew.config is SHIPPED
    assert anew.rescheduled == []


async def test_a_fault_is_told_and_the_next_time_it_works() -> None:
    anew, asked = Anew(SHIPPED), asyncio.Event()
    async with reloading(anew.reloading, asked, anew.on_bug), asyncio.timeout(PATIENCE):
        for error in (ZeroDivisionError(), StoreError("no")):
            anew.error = error
            asked.set()
            await anew.heeded.wait()
            anew.heeded.clear()
            assert anew.bugs[-1] is error
        anew.error = None
        asked.set()
        await anew.heeded.wait()
    assert len(anew.bugs) == 2


@pytest.fixture
def _no_handler() -> Iterator[None]:
    before = signal.getsignal(signal.SIGHUP)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("_no_handler")
@pytest.mark.parametrize(
    ("terminals", "is_end"), [((False, False), False), ((True, True), False), ((True, False), True)]
)
async def test_a_hangup_asks_for_the_configuration_unless_the_terminal_is_gone(
    terminals: tuple[bool, ...], is_end: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers, stopped = iter(terminals), asyncio.Event()
    monkeypatch.setattr(reload, "_has_terminal", lambda: next(answers))
    asked = hangups(stopped.set)
    os.kill(os.getpid(), signal.SIGHUP)
    async with asyncio.timeout(PATIENCE):
        await (stopped if is_end else asked).wait()
    assert asked.is_set() is not is_end
    asyncio.get_running_loop().remove_signal_handler(signal.SIGHUP)


async def test_where_there_is_no_such_signal_nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(signal, "SIGHUP")
    assert not hangups(lambda: None).is_set()


class Switch(ThreadingHTTPServer):
    """A dead-man switch somewhere on this machine, which counts."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked: list[str] = []
        self.address = f"http://127.0.0.1:{self.server_port}{SECRET}"

    @contextmanager
    def listening(self) -> Iterator[Switch]:
        serving = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05})
        serving.start()
        try:
            yield self
        finally:
            self.shutdown()
            serving.join()
            self.server_close()


class Answers(BaseHTTPRequestHandler):
    server: Switch

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"OK")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


class Live:
    """The real program, with its configuration in a folder and its log at hand."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = short_config(folder, 4)
        self.site = SimulatedSite(SHIPPED.countries[:4])
        self.telegram = BotApi(chats=(), token=TOKEN)
        self._settings = {"LOG__LEVEL": "info", "SCHEDULE__ALL_MINUTES": "0.02", **settings}

    @contextmanager
    def running(self) -> Iterator[Live]:
        with self.site, self.telegram:
            self.bob = self.telegram.person("Bob", language="en")
            self.program = Program(
                self.folder.parent,
                profile_url=self.site.profile_url,
                api_url=self.telegram.url,
                token=TOKEN,
                settings=self._settings,
            )
            self.program.start()
            try:
                yield self
            finally:
                code = self.program.stop()
        assert code == 0

    def says(self, toml: str) -> None:
        (self.folder / "monitor.toml").write_text(toml, "utf-8")
        self.program.signal(signal.SIGHUP)

    def lines(self) -> list[dict[str, Any]]:
        log = self.program.log.read_text("utf-8") if self.program.log.exists() else ""
        return [json.loads(line) for line in log.splitlines() if line.startswith("{") and line.endswith("}")]

    def until(self, is_so: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
        """Wait for a line, and give it."""
        end = time.monotonic() + PATIENCE
        while True:
            found = [line for line in self.lines() if is_so(line)]
            if found:
                return found[-1]
            assert self.program.is_running, self.program.last_words()
            assert time.monotonic() < end, self.program.last_words()
            time.sleep(0.05)


@pytest.fixture(scope="module")
def switch() -> Iterator[Switch]:
    with Switch().listening() as listening:
        yield listening


@pytest.fixture(scope="module")
def live(switch: Switch, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """One run for all that is to be seen in it, in any order."""
    folder = tmp_path_factory.mktemp("live")
    with Live(folder, SIGNALS__PING=switch.address).running() as running:
        running.until(lambda line: line["event"] == "sweep")
        yield running


def test_the_running_program_goes_by_what_is_written_into_its_folder(live: Live, switch: Switch) -> None:
    assert not any(line["level"] == "debug" for line in live.lines())

    # a mistake: nothing of it is taken over
    live.says('[schedule]\nheartbeat_hour = "often"\n[log]\nareas = ["sweep=debug"]\n')
    wrong = live.until(lambda line: line["event"] == "configuration")
    assert (wrong["key"], wrong["value"]) == ("schedule.heartbeat_hour", '"often"')
    live.until(lambda line: "the one before stays" in line["event"])

    # what can change does, what cannot is named
    areas = '["sweep=debug", "site=debug", "pinging=debug"]'
    live.says(f"[source]\ntimeout = 5.0\n[believe]\ngrace_hours = 1\n[log]\nareas = {areas}\n")
    done = live.until(lambda line: line["event"] == "configuration read anew")
    assert done["changed"] == ["believe.grace_hours", "log.areas"]
    waiting = live.until(lambda line: "restart" in line["event"])
    assert waiting["settings"] == ["source.timeout"]

    # other words for reading: every page is read anew, and nothing of it is news
    live.until(lambda line: line.get("outcome") == "unchanged")
    (live.folder / "cycles.toml").write_text(
        f"{(shipped_folder() / 'cycles.toml').read_text('utf-8')}\n# another remark\n", "utf-8"
    )
    live.program.signal(signal.SIGHUP)
    live.until(lambda line: line.get("outcome") == "read" and "changes" not in line)
    assert not any("changes" in line for line in live.lines() if line.get("country") in {"AFG", "DZA"})

    # the switch was told of every good sweep, and only it knows where it is
    live.until(lambda line: line["event"] == "ping")
    assert any(line["event"] == "request" for line in live.lines())
    assert set(switch.asked) == {SECRET}
    assert SECRET.encode() not in live.program.log.read_bytes()


def test_an_alert_can_be_followed_from_the_visit_to_the_chat_that_got_it(live: Live) -> None:
    live.bob.says("/subscribe")
    live.bob.waits_for("4 States parties", PATIENCE)
    live.site.publish("ALB", DocumentKind.COUNTRY_REPORT, "2", ("en",))
    sent = live.until(
        lambda line: line["event"] == "delivery" and bool(line.get("changes")) and line["result"] == "sent"
    )
    look = live.until(lambda line: line["event"] == "look" and line.get("changes") == sent["changes"])
    assert (
        live.until(lambda line: line["event"] == "sweep" and line["sweep"] == look["sweep"])["changes"] == 1
    )
    world = live.program.world()
    assert [world.changes[number].code for number in look["changes"]] == ["ALB"] == [look["country"]]
    [delivery] = [each for each in world.deliveries if each.id == sent["delivery"]]
    assert delivery.chat == live.bob.id
    assert "chat" not in sent
    assert live.bob.id not in sent.values()
