"""Backing up and going back, on files: checked first, whole or not at all, what is replaced is kept."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import orjson
import pytest

from monitor.alert.book import Book
from monitor.config import Config
from monitor.dialogue.reply import SettleHeld
from monitor.errors import InUse, NotWritten, StoreError
from monitor.model import Commit, DeliveryState, Subscription, World
from monitor.record import copies, rescue
from monitor.record.inbox import leave_decision, take_decisions
from monitor.record.store import Store
from monitor.restore import Refused, Report, backup, restore
from tests.fakes import SHIPPED
from tests.record.values import EVERYTHING, LATER, NOW, OWED, filled, reopened

BOOK = Book(SHIPPED.countries, SHIPPED.pledges, SHIPPED.rules, SHIPPED.profile_url)
BACK = LATER + timedelta(hours=1)
PAGE = "a" * 64


class House:
    """One folder with a store, and what can be done with it."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "data" / "monitor.json"
        self.config: Config = replace(SHIPPED, store=SHIPPED.store.model_copy(update={"path": self.path}))
        self.file = folder / "backup.zip"

    def backs_up(self, *, with_archive: bool = False, is_forced: bool = False) -> str:
        return backup(self.config, self.file, NOW, with_archive=with_archive, is_forced=is_forced)

    def goes_back(self, file: Path | None = None, *, is_sure: bool = False, now: datetime = BACK) -> Report:
        return restore(self.config, BOOK, file or self.file, now, is_sure=is_sure)

    def world(self) -> World:
        return reopened(self.path)

    def commits(self, commit: Commit) -> None:
        store = Store.open(self.path)
        store.commit(commit)
        store.close()

    def names(self) -> list[str]:
        return sorted(each.name for each in self.path.parent.iterdir())


@pytest.fixture
def house(tmp_path: Path) -> House:
    made = House(tmp_path / "here")
    filled(made.path)
    return made


@pytest.fixture
def fresh(tmp_path: Path) -> House:
    return House(tmp_path / "there")


def test_a_backup_holds_store_decisions_facts_and_sums_that_anybody_can_check(
    house: House, tmp_path: Path
) -> None:
    leave_decision(house.path, SettleHeld("MEX", "accept"))
    said = house.backs_up()
    assert "2 countries, 1 documents, 1 changes, 2 chats, 1 messages" in said
    assert "The token and the configuration are not in it" in said
    with zipfile.ZipFile(house.file) as package:
        assert package.namelist() == ["monitor.json", "about.json", "inbox/MEX.accept", "SHA256SUMS"]
        about = orjson.loads(package.read("about.json"))
        package.extractall(tmp_path / "out")
    assert (about["schema"], about["taken_at"]) == (3, "2026-11-24T09:30:01+00:00")
    subprocess.run(["sha256sum", "--check", "--quiet", "SHA256SUMS"], cwd=tmp_path / "out", check=True)
    assert house.file.stat().st_mode & 0o077 == 0


def test_a_backup_is_taken_while_another_process_writes(house: House) -> None:
    store = Store.open(house.path)
    store.commit(Commit(subscriptions=(Subscription(1),)))
    house.backs_up()
    store.commit(Commit(subscriptions=(Subscription(2),)))
    store.close()
    with zipfile.ZipFile(house.file) as package:
        assert b'"chat":1,' in package.read("monitor.json")


def test_a_file_that_is_there_is_replaced_only_on_request(house: House) -> None:
    house.file.write_text("precious")
    with pytest.raises(StoreError, match="--force"):
        house.backs_up()
    assert house.file.read_text() == "precious"
    house.backs_up(is_forced=True)
    assert zipfile.is_zipfile(house.file)


def test_of_nothing_or_of_a_damaged_store_there_is_no_backup(house: House, fresh: House) -> None:
    with pytest.raises(StoreError, match="nothing to back up"):
        fresh.backs_up()
    house.path.write_bytes(b"{")
    with pytest.raises(StoreError, match="cannot be used"):
        house.backs_up()
    assert not house.file.exists()


def test_a_backup_into_a_folder_that_is_not_there_says_so(house: House) -> None:
    house.file = house.file.parent / "nowhere" / "b.zip"
    with pytest.raises(NotWritten, match=r"nowhere/b\.zip could not be written \(No such file"):
        house.backs_up()


def test_a_fresh_folder_gets_all_of_it(house: House, fresh: House) -> None:
    leave_decision(house.path, SettleHeld("MEX", "accept"))
    house.backs_up()
    report = fresh.goes_back(house.file)
    assert report == Report(NOW.replace(microsecond=0), None, 1, 0)
    world = fresh.world()
    assert world.dossiers == house.world().dossiers
    assert world.subscriptions == house.world().subscriptions
    assert [one.state for one in world.deliveries] == [DeliveryState.UNCERTAIN]
    assert [name for name, _ in take_decisions(fresh.path)] == ["MEX.accept"]
    assert fresh.names() == ["monitor.json", "monitor.json.bak", "monitor.json.inbox", "monitor.json.lock"]


def test_what_is_replaced_is_kept_under_its_date(house: House) -> None:
    house.backs_up()
    house.commits(Commit(subscriptions=(Subscription(9),), deliveries=(OWED.sent(LATER),)))
    before = house.path.read_bytes()
    report = house.goes_back(is_sure=True)
    assert report.kept_as == house.path.with_name("monitor.json.replaced-20261124T113001Z")
    assert report.kept_as
    assert report.kept_as.read_bytes() == before
    assert report.unsure == 0
    world = house.world()
    assert world.deliveries == (OWED.sent(LATER),)
    assert Subscription(9) not in world.subscriptions


def test_what_would_be_lost_is_said_before_anything_is_done(house: House) -> None:
    house.backs_up()
    house.commits(
        Commit(subscriptions=(Subscription(9),), changes=EVERYTHING.changes, deliveries=(OWED.sent(LATER),))
    )
    before = {path: path.read_bytes() for path in house.path.parent.iterdir()}
    with pytest.raises(Refused, match=r"1 changes were found \(they stay known as told\).* 1 chats .*--yes"):
        house.goes_back()
    assert {path: path.read_bytes() for path in house.path.parent.iterdir()} == before


def test_an_equal_store_is_replaced_without_asking(house: House) -> None:
    house.backs_up()
    house.goes_back()


def test_a_damaged_store_is_replaced_without_asking_and_both_remains_are_kept(house: House) -> None:
    house.backs_up()
    house.world()
    good = house.path.with_name("monitor.json.bak").read_bytes()
    house.path.write_bytes(b"{")
    report = house.goes_back()
    assert report.kept_as
    assert report.kept_as.read_bytes() == b"{"
    assert report.kept_as.with_name(report.kept_as.name + ".bak").read_bytes() == good
    assert house.world().dossiers


@pytest.mark.parametrize("kind", ["store", "bak", "dated"])
def test_a_plain_store_file_or_a_copy_will_do(house: House, fresh: House, kind: str) -> None:
    house.world()
    file = {
        "store": house.path,
        "bak": rescue.copy_of(house.path),
        "dated": copies.keep_copy(house.path, NOW, 3),
    }[kind]
    report = fresh.goes_back(file)
    assert fresh.world().dossiers == house.world().dossiers
    assert (report.taken == NOW.replace(microsecond=0)) is (kind == "dated")


def test_the_offered_command_goes_back_to_the_good_copy(house: House) -> None:
    house.world()
    house.path.write_bytes(b"{")
    with pytest.raises(StoreError) as caught:
        Store.open(house.path)
    [file] = [Path(word) for word in str(caught.value).split() if word.endswith(".bak")][:1]
    assert f"uncac-monitor restore {file} ." in str(caught.value)
    house.goes_back(file)
    assert house.world().dossiers


def test_an_older_version_is_migrated_and_a_newer_one_refused(fresh: House, tmp_path: Path) -> None:
    old = Path(__file__).parent / "record" / "store_v1.json"
    fresh.goes_back(old)
    assert fresh.world().deliveries
    newer = tmp_path / "newer.json"
    newer.write_bytes(b'{"meta": {"schema": {"version": 2000}}}')
    with pytest.raises(StoreError, match="checksum is missing"):
        fresh.goes_back(newer)


def test_a_store_that_cannot_be_read_at_all_is_not_replaced(house: House, fresh: House) -> None:
    house.backs_up()
    fresh.path.mkdir(parents=True)
    with pytest.raises(StoreError, match=r"cannot be read \(Is a directory\)"):
        fresh.goes_back(house.file)
    with pytest.raises(StoreError, match=r"nowhere\.zip cannot be read"):
        fresh.goes_back(house.file.with_name("nowhere.zip"))


def test_a_store_in_use_is_not_replaced(house: House) -> None:
    house.backs_up()
    store = Store.open(house.path, command="uncac-monitor run")
    before = house.path.read_bytes()
    with pytest.raises(InUse, match="uncac-monitor run"):
        house.goes_back()
    store.close()
    assert house.path.read_bytes() == before


def spoiled(name: str, change: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    def spoil(file: Path) -> None:
        with zipfile.ZipFile(file) as package:
            members = {member: package.read(member) for member in package.namelist()}
        with zipfile.ZipFile(file, "w") as package:
            for member, content in members.items():
                package.writestr(member, change(content) if member == name else content)

    return spoil


def without(name: str) -> Callable[[Path], None]:
    def spoil(file: Path) -> None:
        with zipfile.ZipFile(file) as package:
            members = {member: package.read(member) for member in package.namelist() if member != name}
        with zipfile.ZipFile(file, "w") as package:
            for member, content in members.items():
                package.writestr(member, content)

    return spoil


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-40])


def turned(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[200] ^= 1
    file.write_bytes(content)


def with_a_way_out(file: Path) -> None:
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("../../escaped", b"x")


@pytest.mark.parametrize(
    "spoil",
    [
        spoiled("monitor.json", lambda content: content.replace(b"MEX", b"NER")),
        spoiled("about.json", lambda content: content + b" "),
        spoiled("SHA256SUMS", lambda content: content[:70]),
        without("monitor.json"),
        without("about.json"),
        without("SHA256SUMS"),
        without("inbox/MEX.accept"),
        cut,
        turned,
        with_a_way_out,
    ],
)
def test_a_spoiled_backup_is_refused_and_nothing_happens(
    house: House, fresh: House, spoil: Callable[[Path], None]
) -> None:
    leave_decision(house.path, SettleHeld("MEX", "accept"))
    house.backs_up()
    spoil(house.file)
    with pytest.raises(StoreError, match="damaged, or no backup"):
        fresh.goes_back(house.file)
    assert not fresh.path.parent.exists()


def test_a_backup_cut_off_or_turned_anywhere_is_refused_or_whole(house: House, fresh: House) -> None:
    house.backs_up()
    content = house.file.read_bytes()
    for number in range(0, len(content), 61):
        for spoiled in (
            content[:number],
            content[:number] + bytes([content[number] ^ 4]) + content[number + 1 :],
        ):
            house.file.write_bytes(spoiled)
            try:
                fresh.goes_back(house.file, is_sure=True)
            except StoreError:
                continue
            assert fresh.world().dossiers == house.world().dossiers


def test_the_archive_travels_on_request_and_what_is_there_is_left(house: House, fresh: House) -> None:
    for name, content in (
        (f"pages/aa/{PAGE}.html.gz", b"page"),
        (f"files/bb/{PAGE}.pdf", b"%PDF"),
        ("files/.tmp-1", b""),
    ):
        path = house.config.archive_folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    house.backs_up()
    assert not any("archive" in name for name in zipfile.ZipFile(house.file).namelist())
    house.backs_up(with_archive=True, is_forced=True)
    here = fresh.config.archive_folder / f"files/bb/{PAGE}.pdf"
    here.parent.mkdir(parents=True)
    here.write_bytes(b"mine")
    assert fresh.goes_back(house.file).unpacked == 1
    assert (fresh.config.archive_folder / f"pages/aa/{PAGE}.html.gz").read_bytes() == b"page"
    assert here.read_bytes() == b"mine"
    assert not list(fresh.config.archive_folder.rglob(".tmp-*"))


def killed_at(step: int, act: Callable[[], object]) -> bool:
    """Do something in a process that is killed when it reaches for the disk so many times; tell whether it was."""
    process = os.fork()
    if process == 0:
        steps = iter(range(step))
        real = os.fsync

        def fsync(handle: int) -> None:
            if next(steps, None) is None:
                os.kill(os.getpid(), signal.SIGKILL)
            real(handle)

        os.fsync = fsync  # type: ignore[assignment] # only numbers come
        act()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == -signal.SIGKILL


def test_a_kill_at_any_step_leaves_the_old_store_or_the_new_one(house: House) -> None:
    house.backs_up()
    house.commits(Commit(subscriptions=(Subscription(9),), deliveries=(OWED.sent(LATER),)))
    old = house.path.read_bytes()
    kills = 0
    while killed_at(kills, lambda: house.goes_back(is_sure=True)):
        found = house.path.read_bytes()
        assert found == old or Subscription(9) not in reopened(house.path).subscriptions
        house.path.write_bytes(old)
        kills += 1
    assert kills > 8
    assert Subscription(9) not in house.world().subscriptions
    assert not [name for name in house.names() if ".tmp-" in name]


def test_a_kill_at_any_step_of_a_backup_leaves_the_old_one_or_the_new_one(house: House) -> None:
    house.backs_up()
    house.commits(Commit(subscriptions=(Subscription(9),)))
    kills = 0
    while killed_at(kills, lambda: house.backs_up(is_forced=True)):
        with zipfile.ZipFile(house.file) as package:
            assert package.testzip() is None
        kills += 1
    assert kills > 1


def test_what_root_restores_belongs_to_the_owner_of_the_folder(house: House, fresh: House) -> None:
    if os.geteuid():
        pytest.skip("only root can give files away")
    house.backs_up()
    fresh.path.parent.mkdir(parents=True)
    os.chown(fresh.path.parent, 65534, 65534)
    fresh.goes_back(house.file)
    assert fresh.path.stat().st_uid == 65534


def test_the_sums_are_of_what_is_in_it(house: House) -> None:
    house.backs_up()
    with zipfile.ZipFile(house.file) as package:
        first = package.read("SHA256SUMS").decode().splitlines()[0]
        assert first == f"{hashlib.sha256(package.read('monitor.json')).hexdigest()}  monitor.json"
