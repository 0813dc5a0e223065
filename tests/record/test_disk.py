from __future__ import annotations

import os
import resource
import shutil
import sys
from pathlib import Path

import pytest

from monitor.disk import write_whole
from monitor.errors import InUse, NotWritten, StoreError
from monitor.record.storage import AtomicStorage
from tests.record.files import AFTER, BEFORE, child, filled, on_disk, temporaries
from tests.small_disk import run_on_small_disk


def on_small_disk(folder: Path, scenario: str, module: str = "on_small_disk") -> None:
    program = [sys.executable, "-m", f"tests.record.{module}", scenario, str(folder)]
    run_on_small_disk(program, folder, "256k")
    assert list(folder.iterdir()) == []  # nothing was written beside the small disk


def test_a_full_disk_leaves_the_file_whole_and_no_leftover(tmp_path: Path) -> None:
    on_small_disk(tmp_path, "fills_while_running")


def test_a_store_on_a_full_disk_says_so_at_start(tmp_path: Path) -> None:
    on_small_disk(tmp_path, "is_full_at_start")


def test_at_every_write_a_full_disk_is_said_and_leaves_all_whole(tmp_path: Path) -> None:
    on_small_disk(tmp_path, "full_at_every_write", "on_full_disk")


def test_a_read_only_disk_is_an_error_and_readers_still_work(tmp_path: Path) -> None:
    on_small_disk(tmp_path, "is_read_only")


def test_a_file_size_limit_leaves_the_file_whole_for_any_user(path: Path) -> None:
    code = (
        "import sys,pathlib,signal,resource\n"
        "from monitor.errors import StoreError\nfrom monitor.record.storage import AtomicStorage\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"resource.setrlimit({resource.RLIMIT_FSIZE}, (50_000, 50_000))\n"
        "s=AtomicStorage(pathlib.Path(sys.argv[1]))\n"
        "try: s.write({'t':{'1':{'x':'y'*90_000}}})\n"
        "except StoreError as e: print(e); print(s.read())"
    )
    with child(code, filled(path)) as writer:
        out, err = writer.communicate()
    assert "File too large" in out, err
    assert str(BEFORE) in out
    assert on_disk(path) == BEFORE
    assert temporaries(path) == []


RIGHTS = """
import os, pathlib, shutil, tempfile
from monitor.errors import NotWritten
from monitor.model import Commit, Subscription
from monitor.record.store import Store
from tests.record import values
if os.geteuid() == 0:  # root may write everywhere; another user may not even load what is loaded late
    with tempfile.TemporaryDirectory() as warm:
        values.reopened(values.filled(pathlib.Path(warm) / "monitor.json"))
    os.setgid(65534)
    os.setuid(65534)
folder = pathlib.Path(tempfile.mkdtemp())
path = folder / "data" / "monitor.json"
store = Store.open(values.filled(path))
before = store.load()
path.parent.chmod(0o500)
try:
    store.commit(Commit(subscriptions=(Subscription(5),)))
except NotWritten as error:
    print("refused:", error.__cause__.strerror, store.load() == before)
store.close()
try:
    Store.open(folder / "data" / "other.json")
except NotWritten as error:
    print("refused at start:", error)
path.parent.chmod(0o700)
store = Store.open(path)
store.commit(Commit(subscriptions=(Subscription(5),)))
store.close()
print("went on:", Subscription(5) in values.reopened(path).subscriptions)
shutil.rmtree(folder)
"""


def test_a_right_that_is_lost_is_said_and_all_goes_on_when_it_is_given_back() -> None:
    with child(RIGHTS) as process:
        out, err = process.communicate()
    said = out.splitlines()
    assert said[:1] == ["refused: Permission denied True"], err
    assert said[1].startswith("refused at start: ")
    assert "other.json.lock cannot be written (Permission denied)" in said[1]
    assert said[2].startswith("  chmod -R u+rwX "), said
    assert said[-1] == "went on: True", err


def test_a_folder_that_is_removed_is_made_anew_with_all_that_is_known(path: Path) -> None:
    storage = AtomicStorage(filled(path))
    shutil.rmtree(path.parent)
    assert storage.read() == BEFORE
    storage.write(AFTER)
    assert on_disk(path) == AFTER
    with pytest.raises(InUse, match=f"pid {os.getpid()}"):
        AtomicStorage(path)
    storage.close()


def test_a_folder_that_nobody_may_look_into_does_not_cost_the_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    storage = AtomicStorage(filled(path))

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", refuse)
        patch.setattr("monitor.disk._write_through", refuse)
        with pytest.raises(NotWritten, match="Permission denied"):
            storage.write(AFTER)
    with pytest.raises(InUse):
        AtomicStorage(path)
    storage.write(AFTER)
    storage.close()


def test_where_another_process_began_in_the_new_folder_nothing_is_written(path: Path) -> None:
    storage = AtomicStorage(filled(path))
    shutil.rmtree(path.parent)
    other = AtomicStorage(path)
    other.write({"others": {"1": {"a": 1}}})
    for _ in range(2):
        with pytest.raises(InUse):
            storage.write(AFTER)
    other.close()
    with pytest.raises(StoreError, match="changed by somebody else"):
        storage.write(AFTER)
    assert on_disk(path) == {"others": {"1": {"a": 1}}}
    storage.close()


def test_a_store_whose_folder_is_a_file_is_an_error_for_the_operator(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be written"):
        AtomicStorage(tmp_path / "file" / "store.json")


def test_a_store_that_is_a_folder_is_an_error_for_the_operator(tmp_path: Path) -> None:
    (tmp_path / "store.json").mkdir()
    with pytest.raises(StoreError, match="cannot be read"):
        AtomicStorage(tmp_path / "store.json")


def test_the_file_is_for_its_owner_only(path: Path) -> None:
    assert filled(path).stat().st_mode & 0o077 == 0


def test_a_file_can_be_opened_by_nobody_else_from_its_first_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[int] = []
    chmod = os.fchmod

    def noted(file: int, mode: int) -> None:
        found.append(os.fstat(file).st_mode & 0o777)
        chmod(file, mode)

    monkeypatch.setattr(os, "fchmod", noted)
    write_whole(tmp_path / "public", b"", 0o644)
    assert found == [0o600]
    assert (tmp_path / "public").stat().st_mode & 0o777 == 0o644
