"""A disk that takes nothing for a while: the service stays, says so once, and goes on by itself."""

from __future__ import annotations

import errno
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.dialogue.reply import SettleHeld
from monitor.errors import DeliveryError, NotWritten, StoreError
from monitor.model import Commit, Delivery, Subscription
from monitor.record.copies import folder_of, listed
from monitor.record.inbox import leave_decision
from monitor.record.store import Store
from monitor.standstill import PAUSES, QUIET, Standstill
from tests.alert.world import Clock
from tests.fakes import text
from tests.test_service import Running

FULL = NotWritten("no space left")


class Disk:
    """A store, the jobs that run later, operators who hear, and a clock."""

    def __init__(self, folder: Path) -> None:
        self.store = Store.open(folder / "monitor.json")
        self.store.commit(Commit(subscriptions=(Subscription(777, is_operator=True), Subscription(1))))
        self.folder = folder
        self.clock = Clock()
        self.later: list[tuple[str, Callable[[], Awaitable[object]], timedelta]] = []
        self.heard: list[str] = []
        self.is_deaf = False
        self.resumed = 0
        self.standstill = Standstill(self.store, self, self.once, self.resume, self.clock)

    def once(self, name: str, job: Callable[[], Awaitable[object]], after: timedelta) -> None:
        self.later.append((name, job, after))

    def resume(self) -> None:
        self.resumed += 1

    async def send(self, delivery: Delivery) -> None:
        if self.is_deaf:
            raise DeliveryError("no line")
        assert delivery.chat == 777
        self.heard.append(text(delivery.message))

    async def goes_on(self) -> list[timedelta]:
        """Run all that was to run later, and give how long each had waited."""
        jobs, self.later = self.later, []
        for _, job, after in jobs:
            self.clock.advance(after.total_seconds())
            await job()
        return [after for *_, after in jobs]

    def is_full(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(path: Path, content: bytes) -> None:
            raise NotWritten(f"{path} ({len(content)} bytes): {errno.errorcode[errno.ENOSPC]}")

        monkeypatch.setattr("monitor.record.storage.write_whole", refuse)


async def test_operators_hear_of_it_at_once_and_of_its_end(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    disk.standstill.begin(FULL)
    await disk.goes_on()
    [heard] = disk.heard
    assert heard.startswith("The store cannot be written: nobody is told anything until it can")
    assert "no space left" in heard
    [over] = disk.store.load().deliveries
    assert text(over.message).startswith("Over: the store could not be written")
    assert disk.resumed == 1
    assert disk.standstill.since is None


async def test_it_is_tried_again_with_growing_pauses_until_it_goes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = Disk(tmp_path)
    with monkeypatch.context() as patch:
        disk.is_full(patch)
        disk.standstill.begin(FULL)
        waited = [pause for _ in range(6) for pause in await disk.goes_on()]
    assert waited == [timedelta(), *PAUSES, PAUSES[-1], PAUSES[-1]]
    assert len(disk.heard) == 1
    assert disk.resumed == 0
    await disk.goes_on()
    assert disk.resumed == 1
    assert disk.later == []


async def test_more_refusals_meanwhile_change_nothing(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    for _ in range(5):
        disk.standstill.begin(FULL)
    assert len(disk.later) == 2
    await disk.goes_on()
    assert (len(disk.heard), disk.resumed) == (1, 1)


async def test_a_disk_that_is_full_again_and_again_is_told_of_once_an_hour(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    for _ in range(5):
        disk.standstill.begin(FULL)
        await disk.goes_on()
    assert (len(disk.heard), len(disk.store.load().deliveries), disk.resumed) == (1, 1, 5)
    disk.clock.advance(QUIET.total_seconds())
    disk.standstill.begin(FULL)
    await disk.goes_on()
    assert (len(disk.heard), len(disk.store.load().deliveries)) == (2, 2)


async def test_operators_who_cannot_be_reached_stop_nothing(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    disk.is_deaf = True
    disk.standstill.begin(FULL)
    await disk.goes_on()
    assert disk.resumed == 1


async def test_a_try_that_comes_too_late_does_nothing(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    disk.standstill.begin(FULL)
    late = disk.later[-1][1]
    await disk.goes_on()
    await late()
    assert disk.resumed == 1


async def test_a_file_changed_by_somebody_else_is_no_standstill(tmp_path: Path) -> None:
    disk = Disk(tmp_path)
    disk.standstill.begin(FULL)
    (tmp_path / "monitor.json").write_bytes(b"somebody's work")
    with pytest.raises(StoreError, match="changed by somebody else"):
        await disk.goes_on()


async def test_the_service_lives_through_it_and_looks_anew_afterwards(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = Running(tmp_path)
    async with running.runs() as task:
        await running.until(running.has_read_all)
        await running.until(lambda: bool(running.chat.heard))
        looks = len(running.watch.site.asked)
        with monkeypatch.context() as patch:
            Disk.is_full(running, patch)  # type: ignore[arg-type] # it uses nothing of itself
            running.watch.site.publishes("MEX")
            running.service._schedule.once("now", running.service._sweep_all, timedelta())
            await running.until(lambda: running.service._standstill.since is not None)
            assert not task.done()
        await running.until(lambda: any("Mexico" in each for each in running.chat.heard))
        await running.until(lambda: len(running.watch.site.asked) >= looks + 2 * len(running.watch.countries))
        assert (
            len([each for each in running.chat.heard if "Mexico" in each and "self-assessment" in each]) == 1
        )


async def test_dated_copies_are_taken_and_trouble_with_them_is_told_once_and_over(tmp_path: Path) -> None:
    running = Running(tmp_path)
    folder = folder_of(running.path)
    folder.write_text("in the way")
    for _ in range(3):
        await running.service._keep_copy()
    told = [text(one.message) for one in running.store.load().deliveries]
    assert len(told) == 1
    assert told[0].startswith("No dated copy of the store could be made")
    folder.unlink()
    for _ in range(3):
        await running.service._keep_copy()
    assert len(listed(running.path)) == 1
    told = [text(one.message) for one in running.store.load().deliveries]
    assert len(told) == 2
    assert told[1].startswith("Over: no dated copy of the store could be made")
    assert running.store.load().incidents == {}
    running.store.close()


async def test_a_decision_that_cannot_be_removed_is_applied_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = Running(tmp_path, all_minutes=600)

    def refuse(path: Path, name: str) -> None:
        raise NotWritten(f"{path}: {name}")

    async with running.runs() as task:
        await running.until(running.has_read_all)
        monkeypatch.setattr("monitor.upkeep.drop_decision", refuse)
        leave_decision(running.path, SettleHeld("CHE", "accept"))
        await running.until(lambda: running.service._applied == {"CHE.accept"})
        await running.service._take_decisions()
        assert not task.done()
        assert running.service._standstill.since is None
