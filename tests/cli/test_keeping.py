"""backup and restore, as a person types them."""

from __future__ import annotations

import zipfile

from monitor.model import Commit, Subscription
from tests.cli.terminal import Terminal

TOKEN = "1234567:" + "Secret" * 6


def test_what_is_known_is_backed_up_and_gone_back_to(terminal: Terminal) -> None:
    terminal.set(TELEGRAM__TOKEN=TOKEN)
    done = terminal.run("backup", "safe.zip")
    assert done.code == 0, done.err
    assert "6 countries" in done.out
    known = terminal.world().dossiers
    terminal.store.unlink()
    terminal.store.with_name("monitor.json.bak").unlink(missing_ok=True)
    done = terminal.run("restore", "safe.zip")
    assert done.code == 0, done.err
    assert "is as it was on" in done.out
    assert "Start the service again" in done.out
    assert terminal.world().dossiers == known


def test_no_secret_is_in_a_backup(terminal: Terminal) -> None:
    terminal.set(TELEGRAM__TOKEN=TOKEN)
    terminal.run("backup", "safe.zip")
    with zipfile.ZipFile(terminal.folder / "safe.zip") as package:
        assert not [name for name in package.namelist() if TOKEN.encode() in package.read(name)]


def test_going_back_over_something_newer_needs_a_yes(terminal: Terminal) -> None:
    terminal.run("backup", "safe.zip")
    terminal.writes(Commit(subscriptions=(Subscription(5),)))
    done = terminal.run("restore", "safe.zip")
    assert done.code == 1
    assert "the choices of 1 chats are different" in done.err
    assert "Traceback" not in done.everything
    done = terminal.run("restore", "safe.zip", "--yes")
    assert done.code == 0, done.err
    assert "What stood there is kept as" in done.out
    assert Subscription(5) not in terminal.world().subscriptions


def test_what_is_no_backup_is_refused_in_one_line(terminal: Terminal) -> None:
    (terminal.folder / "odd.zip").write_bytes(b"PK\x03\x04 and nothing more")
    done = terminal.run("restore", "odd.zip")
    assert done.code == 1
    assert "is damaged, or no backup" in done.err
    assert "Traceback" not in done.everything
