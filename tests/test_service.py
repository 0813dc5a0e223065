"""The running service in a little world: its jobs, its decisions, and what ends it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.app import Monitor
from monitor.assembly import utc_now
from monitor.chats import configured
from monitor.dialogue.reply import SettleHeld
from monitor.errors import FetchError, StoreError
from monitor.model import (
    Chat,
    Commit,
    Delivery,
    DocumentFile,
    Duty,
    FileLook,
    FileState,
    Message,
    Subscription,
    World,
)
from monitor.record.inbox import leave_decision, take_decisions
from monitor.record.store import Store
from monitor.service import Service, run_service
from tests.fakes import SHIPPED, Watch, text


class Listener:
    """A sender that keeps what it was given."""

    def __init__(self) -> None:
        self.heard: list[str] = []
        self.bugs: list[BaseException] = []

    async def send(self, delivery: Delivery) -> None:
        if self.bugs:
            raise self.bugs.pop(0)
        self.heard.append(text(delivery.message))


class NeverAnswers:
    """A site that leaves us waiting."""

    async def fetch(self, url: str, _: object) -> object:
        await asyncio.sleep(60)
        raise FetchError(url)


class Running:
    """A service with its world around it."""

    def __init__(self, folder: Path, **schedule: float) -> None:
        self.watch = Watch()
        times = {"deliver_seconds": 0.05, "jitter_seconds": 0.0, "second_look_minutes": 0.003} | schedule
        self.path = folder / "monitor.json"
        self.config = replace(
            SHIPPED,
            countries=self.watch.countries,
            schedule=SHIPPED.schedule.model_copy(update=times),
            store=SHIPPED.store.model_copy(update={"path": self.path}),
        )
        self.store = Store.open(self.path)
        self.store.commit(configured(self.config.telegram, self.store.load(), utc_now()))
        self.chat = Listener()
        sweeper = replace(self.watch.sweeper, store=self.store, clock=utc_now)
        self.monitor = Monitor(self.config, self.store, sweeper, self.chat, self.watch.book)
        self.service = Service(self.monitor)

    @asynccontextmanager
    async def runs(self) -> AsyncIterator[asyncio.Task[None]]:
        task = asyncio.create_task(self.service.run())
        try:
            yield task
        finally:
            self.service.stop()
            await asyncio.gather(task, return_exceptions=True)
            self.store.close()

    async def until(self, is_so: Callable[[], bool], seconds: float = 15) -> None:
        async with asyncio.timeout(seconds):
            while not is_so():  # noqa: ASYNC110 - what is awaited has no event
                await asyncio.sleep(0.02)

    def is_held(self, code: str) -> bool:
        dossier = self.store.load().dossiers.get(code)
        return dossier is not None and dossier.held is not None

    def held(self) -> tuple[int, ...]:
        return tuple(number for each in self.store.load().subscriptions for number in each.held)

    def resumed(self, world: World) -> Subscription:
        [reader] = [each for each in world.subscriptions if not each.is_operator]
        return replace(reader, is_paused=False)

    def has_read_all(self) -> bool:
        dossiers = self.store.load().dossiers
        return len(dossiers) == len(self.watch.countries) and all(
            each.last_read for each in dossiers.values()
        )


async def test_the_service_looks_at_all_countries_at_once_and_tells_the_operators(tmp_path: Path) -> None:
    running = Running(tmp_path)
    async with running.runs():
        await running.until(lambda: bool(running.chat.heard))
    [first_look] = running.chat.heard
    assert first_look.startswith("First look: 8 of 8 countries read")
    assert sorted(running.watch.site.asked_codes) == sorted(each.code for each in running.watch.countries)


async def test_what_is_loaded_is_left_alone_by_the_collector_of_garbage(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    happened: list[str] = []

    async def runs(_: Service) -> None:
        happened.append("runs")

    monkeypatch.setattr("gc.freeze", lambda: happened.append("is left alone"))
    monkeypatch.setattr(Service, "run", runs)
    store = SHIPPED.store.model_copy(update={"path": tmp_path / "monitor.json"})
    await run_service(replace(SHIPPED, store=store))
    assert happened == ["is left alone", "runs"]


async def test_a_publication_is_found_by_the_next_sweep_and_told(tmp_path: Path) -> None:
    running = Running(tmp_path, all_minutes=0.005)
    async with running.runs():
        await running.until(running.has_read_all)
        running.watch.site.publishes("MEX")
        await running.until(lambda: any("Mexico" in each for each in running.chat.heard))


async def test_a_decision_left_in_the_inbox_is_applied(tmp_path: Path) -> None:
    running = Running(tmp_path, all_minutes=0.01, second_look_minutes=60)
    async with running.runs():
        await running.until(running.has_read_all)
        running.watch.site.withdraws_all("CHE")
        await running.until(lambda: running.is_held("CHE"))
        leave_decision(running.path, SettleHeld("CHE", "accept"))
        await running.until(lambda: not running.is_held("CHE"))
        await running.until(lambda: not take_decisions(running.path))


@pytest.mark.parametrize("code", ["MEX", "XXX"])
async def test_a_decision_about_nothing_is_dropped_and_the_service_goes_on(tmp_path: Path, code: str) -> None:
    running = Running(tmp_path)
    leave_decision(running.path, SettleHeld(code, "accept"))
    async with running.runs() as task:
        await running.until(lambda: not take_decisions(running.path))
        await running.until(running.has_read_all)
        assert not task.done()


async def test_what_is_held_gets_a_second_look_soon(tmp_path: Path) -> None:
    running = Running(tmp_path, all_minutes=0.01)
    async with running.runs():
        await running.until(running.has_read_all)
        running.watch.site.withdraws_all("CHE")
        await running.until(lambda: running.is_held("CHE"))
        asked = running.watch.site.asked
        await running.until(lambda: [code for code, _ in asked[-9:]].count("CHE") == 2)


async def test_the_signatories_are_looked_at_by_themselves(tmp_path: Path) -> None:
    running = Running(tmp_path, signatories_minutes=0.01)
    async with running.runs():
        await running.until(running.has_read_all)
        await running.until(lambda: len(running.watch.site.asked) > 8)
    signatories = {
        each.code for each in running.watch.countries if SHIPPED.pledges[each.code].state == "signatory"
    }
    assert signatories
    assert set(running.watch.site.asked_codes[8:]) <= signatories


async def test_the_signatories_wait_while_all_countries_are_looked_at(tmp_path: Path) -> None:
    running = Running(tmp_path)
    async with running.runs():
        await running.until(running.has_read_all)
        running.watch.site.asked.clear()
        async with running.monitor.sweeping, asyncio.timeout(5):
            await running.service._sweep_signatories()
        assert running.watch.site.asked == []
        await running.service._sweep_signatories()
        assert running.watch.site.asked != []


async def test_the_signatories_are_left_to_the_look_at_all_countries_that_begins_soon(tmp_path: Path) -> None:
    running = Running(tmp_path)  # it would begin at once
    await running.service._sweep_signatories()
    assert running.watch.site.asked == []
    running.store.close()


async def test_what_a_sweep_finds_is_told_at_once_however_seldom_one_looks_for_messages(
    tmp_path: Path,
) -> None:
    running = Running(tmp_path, deliver_seconds=3600.0, all_minutes=0.005)
    async with running.runs():
        await running.until(running.has_read_all)
        running.watch.site.publishes("MEX")
        await running.until(lambda: any("Mexico" in each for each in running.chat.heard))


async def test_a_bug_in_a_job_is_told_to_the_operators_and_the_job_runs_again(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.chat.bugs.append(ZeroDivisionError("division by zero"))
    async with running.runs() as task:
        await running.until(lambda: any("ZeroDivisionError" in each for each in running.chat.heard))
        assert not task.done()


async def test_a_store_that_cannot_be_written_ends_the_service_with_that_error(tmp_path: Path) -> None:
    running = Running(tmp_path)
    async with running.runs() as task:
        await running.until(running.has_read_all)
        running.service.on_bug("deliveries", StoreError("no space left"))
        running.service.on_bug("sweep", StoreError("no space left either"))
        with pytest.raises(StoreError, match=r"no space left$"):
            await asyncio.wait_for(task, 5)


async def test_stopping_cancels_a_slow_sweep_waits_for_it_and_reports_no_bug(tmp_path: Path) -> None:
    running = Running(tmp_path)
    begun = asyncio.Event()
    asked: list[str] = []
    ended: list[str] = []

    class SlowSite:
        async def fetch(self, url: str, _: object) -> object:
            asked.append(url)
            begun.set()
            try:
                await asyncio.sleep(60)
            finally:
                ended.append(url)
            raise FetchError("never")

    running.monitor.sweeper = replace(running.monitor.sweeper, fetcher=SlowSite())  # type: ignore[arg-type] # never answers
    async with running.runs() as task:
        await asyncio.wait_for(begun.wait(), 5)
        running.service.stop()
        running.service.stop()
        await asyncio.wait_for(task, 2)
        assert sorted(ended) == sorted(asked)
        assert running.store.load().deliveries == ()
        assert running.store.load().dossiers == {}


async def test_a_bug_is_owed_to_the_operators_with_the_name_of_its_job(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.service.on_bug("deliveries", KeyError("odd"))
    [told] = running.store.load().deliveries
    assert "deliveries" in text(told.message)
    running.store.close()


async def test_a_decision_stays_in_the_inbox_when_the_store_cannot_be_written(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.monitor.sweeper = replace(running.monitor.sweeper, store=running.watch.store)
    await running.watch.has_baseline()
    running.watch.site.withdraws_all("CHE")
    await running.watch.sweeps()
    leave_decision(running.path, SettleHeld("CHE", "accept"))
    running.watch.store.refusals = 1
    with pytest.raises(StoreError):
        await running.service._take_decisions()
    assert take_decisions(running.path) == (("CHE.accept", SettleHeld("CHE", "accept")),)
    await running.service._take_decisions()
    assert take_decisions(running.path) == ()
    assert running.watch.store.world.dossiers["CHE"].held is None
    running.store.close()


async def test_what_was_held_is_told_in_a_digest_once_its_time_has_come(tmp_path: Path) -> None:
    running = Running(tmp_path, all_minutes=0.01, digest_seconds=0.05)
    subscription = Subscription("terminal", is_paused=True)
    running.store.commit(Commit(subscriptions=(subscription,)))
    async with running.runs():
        await running.until(running.has_read_all)
        running.watch.site.publishes("MEX")
        await running.until(lambda: bool(running.held()))
        assert not any("Mexico" in each for each in running.chat.heard)
        running.store.commit(lambda world: Commit(subscriptions=(running.resumed(world),)))
        await running.until(lambda: any("Kept for you meanwhile" in each for each in running.chat.heard))
    told = [each for each in running.chat.heard if "Mexico" in each]
    assert len(told) == 1


async def test_operators_are_told_when_no_sweep_finishes(tmp_path: Path) -> None:
    running = Running(tmp_path, all_minutes=0.002, digest_seconds=0.05)
    running.monitor.sweeper = replace(running.monitor.sweeper, fetcher=NeverAnswers())  # type: ignore[arg-type] # never
    async with running.runs():
        await running.until(lambda: any("No sweep has finished" in each for each in running.chat.heard))


async def test_a_chat_that_is_long_gone_is_forgotten(tmp_path: Path) -> None:
    running = Running(tmp_path)
    gone = Chat(5, away="blocked", away_since=utc_now() - timedelta(days=91))
    running.store.commit(Commit(chats=(gone,), subscriptions=(Subscription(5),)))
    async with running.runs():
        await running.until(lambda: 5 not in running.store.load().chats)
    assert all(each.chat != 5 for each in running.store.load().subscriptions)


async def test_messages_are_forgotten_when_they_were_kept_long_enough(tmp_path: Path) -> None:
    running = Running(tmp_path)
    now, kept = utc_now(), timedelta(days=running.config.store.keep_days)
    young, old = (
        Delivery(name, 5, Message("x"), now, now).sent(at) for name, at in (("1", now), ("2", now - kept * 2))
    )
    running.store.commit(Commit(deliveries=(young, old)))
    await running.service._forget()
    assert [one.id for one in running.store.load().deliveries] == ["1"]
    written = running.path.stat().st_mtime_ns
    await running.service._forget()
    assert running.path.stat().st_mtime_ns == written
    running.store.close()


async def test_where_nothing_is_due_nothing_is_written(tmp_path: Path) -> None:
    running = Running(tmp_path)
    running.store.commit(Commit(duty=Duty(heartbeat=utc_now())))
    written = running.path.stat().st_mtime_ns
    await running.service._owe_digests()
    await running.service._do_duties()
    assert running.path.stat().st_mtime_ns == written
    running.store.close()


class Files:
    """Documents' files, all of them there."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    async def look(self, url: str, _: DocumentFile | None) -> FileLook:
        self.asked.append(url)
        return FileLook(utc_now(), FileState.THERE, 200, sha256="a")


def wait_for_documents(running: Running) -> timedelta | None:
    job = running.service._schedule._scheduler.get_job("documents")
    return job.trigger.run_date - utc_now() if job else None


async def test_a_few_documents_are_looked_at_in_one_go_and_the_next_go_is_planned(tmp_path: Path) -> None:
    running, files = Running(tmp_path), Files()
    async with running.runs():
        await running.until(running.has_read_all)
        async with running.monitor.sweeping:
            running.monitor.files = files
        await running.service._look_at_documents()
        assert len(files.asked) == 2
        assert set(running.store.load().files) == set(files.asked)
        assert timedelta(minutes=14) < (wait_for_documents(running) or timedelta()) <= timedelta(minutes=15)


async def test_documents_wait_while_a_sweep_is_under_way(tmp_path: Path) -> None:
    running, files = Running(tmp_path), Files()
    async with running.runs():
        await running.until(running.has_read_all)
        async with running.monitor.sweeping:
            running.monitor.files = files
            await running.service._look_at_documents()
        assert files.asked == []
        assert (wait_for_documents(running) or timedelta()) <= timedelta(minutes=1)


async def test_after_a_bug_the_next_go_comes_all_the_same_and_after_the_end_none(tmp_path: Path) -> None:
    running = Running(tmp_path)
    async with running.runs():
        await running.until(running.has_read_all)
        # Documents give way to a sweep: on a busy machine one would be under way.
        for job in ("documents", "sweep of all countries", "sweep of the signatories"):
            running.service._schedule._scheduler.remove_job(job)
        await running.until(lambda: not running.monitor.sweeping.locked())
        running.monitor.files = Files()
        running.monitor.sweeper = replace(running.monitor.sweeper, clock=lambda: 1 // 0)  # type: ignore[arg-type,return-value] # trips
        with pytest.raises(ZeroDivisionError):
            await running.service._look_at_documents()
        assert wait_for_documents(running) is not None
        running.service.stop()
        running.service._schedule._scheduler.remove_job("documents")
        with pytest.raises(ZeroDivisionError):
            await running.service._look_at_documents()
        assert wait_for_documents(running) is None
