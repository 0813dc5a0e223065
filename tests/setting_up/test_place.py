from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from monitor.errors import StoreError
from monitor.setting_up import place as places
from monitor.setting_up.place import Place, is_image, is_lost, start_command
from monitor.setting_up.wish import Wish
from tests.config.helpers import TOKEN
from tests.record.values import NOW

WISH = Wish(TOKEN, (-100,), (55,), "me@x.org")


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "a" / "config")


def test_the_token_stands_in_a_file_that_only_its_owner_reads(place: Place) -> None:
    place.refuse_unwritable()
    assert place.write(WISH, NOW) == (place.file, place.folder / "token")
    assert (place.folder / "token").read_text() == f"{TOKEN}\n"
    assert (place.folder / "token").stat().st_mode & 0o777 == 0o600
    assert TOKEN not in place.text()
    assert place.text().startswith("# Set by `uncac-monitor init` on ")
    assert place.own()["telegram"] == {"token_file": "token", "chats": [-100], "operators": [55]}


def test_what_an_init_that_was_killed_left_is_gone_after_the_next(place: Place) -> None:
    place.folder.mkdir(parents=True)
    for name in ("token.tmp-77", "monitor.toml.tmp-77"):
        (place.folder / name).write_text(TOKEN)
    place.write(WISH, NOW)
    assert {each.name for each in place.folder.iterdir()} == {"token", "monitor.toml"}


def test_what_else_stands_there_stays(place: Place) -> None:
    place.folder.mkdir(parents=True)
    place.file.write_text('# mine\n[log]\nlevel = "debug"\n')
    assert place.write(Wish(contact="me@x.org"), NOW) == (place.file,)
    assert place.text() == '# mine\n[log]\nlevel = "debug"\n\n[source]\ncontact = "me@x.org"\n'


def test_a_file_that_cannot_be_changed_safely_is_left_with_what_to_write_and_no_token(place: Place) -> None:
    place.folder.mkdir(parents=True)
    place.file.write_text("telegram.chats = [1]\n")
    with pytest.raises(StoreError, match="Write into it yourself") as caught:
        place.write(WISH, NOW)
    assert "chats = [-100]\n" in str(caught.value)
    assert TOKEN not in str(caught.value)
    assert [each.name for each in place.folder.iterdir()] == ["monitor.toml"]
    assert place.file.read_text() == "telegram.chats = [1]\n"


def test_a_file_that_is_no_toml_or_cannot_be_read_sets_nothing(place: Place) -> None:
    assert (place.text(), place.own()) == ("", {})
    place.folder.mkdir(parents=True)
    place.file.write_text("[")
    assert place.own() == {}
    place.file.write_bytes(b"\xff")
    with pytest.raises(StoreError, match="look at it first"):
        place.text()


def test_a_folder_that_cannot_be_written_is_said_before_anything_is_asked(
    place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_text("")
    with pytest.raises(StoreError, match="--folder"):
        place.refuse_unwritable()
    monkeypatch.setattr(places, "access", lambda *_: False)
    with pytest.raises(StoreError, match="may write to"):
        Place(tmp_path).refuse_unwritable()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_what_root_sets_up_belongs_to_whom_the_folder_around_it_belongs(place: Place) -> None:
    place.folder.parent.mkdir()
    os.chown(place.folder.parent, 10_001, 10_002)
    place.write(WISH, NOW)
    for path in (place.folder, *place.folder.iterdir()):
        assert (path.stat().st_uid, path.stat().st_gid) == (10_001, 10_002)


def test_a_folder_that_cannot_be_made_is_said(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "mkdir", refuse)
    with pytest.raises(StoreError, match=r"cannot be made \(Permission denied\)"):
        place.write(WISH, NOW)


@pytest.mark.parametrize(
    ("environ", "folder", "prefix"),
    [
        ({}, "data/config", ""),
        ({"MONITOR_STORE__PATH": "/x/m.json"}, "/x/config", "MONITOR_STORE__PATH=/x/m.json "),
        ({"MONITOR_CONFIG": "/x/my own"}, "/x/my own", "MONITOR_CONFIG='/x/my own' "),
    ],
)
def test_the_command_names_the_folder_where_it_is_not_found_by_itself(
    environ: dict[str, str], folder: str, prefix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    starter = tmp_path / "scripts" / "run"
    starter.parent.mkdir()
    starter.touch()
    monkeypatch.setattr(places, "shipped_folder", lambda: tmp_path / "config")  # a checkout
    monkeypatch.chdir("/")
    command = start_command(environ, Path(folder), Path("uncac-monitor"), Path(sys.executable))
    assert command == f"{prefix}{str(starter).removeprefix('/')}"


def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(places, "shipped_folder", lambda: tmp_path / "site-packages" / "_config")
    monkeypatch.chdir(tmp_path)
    program = tmp_path / "bin" / "uncac-monitor"
    program.parent.mkdir()
    program.touch(0o755)
    return program


def test_the_command_is_the_program_that_was_called(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = installed(tmp_path, monkeypatch)
    folder = Path("data/config")
    monkeypatch.setenv("PATH", str(program.parent))
    assert start_command({}, folder, program, Path("/py")) == "uncac-monitor run"
    monkeypatch.setenv("PATH", "/nowhere")
    assert start_command({}, folder, program, Path("/py")) == "bin/uncac-monitor run"
    assert start_command({}, folder, Path("/x/uncac-monitor"), Path("/py")) == "/x/uncac-monitor run"
    assert start_command({}, folder, Path("/m/__main__.py"), Path("/py")) == "/py -m monitor run"


def test_in_our_image_a_folder_that_is_not_mounted_would_be_lost(tmp_path: Path) -> None:
    assert is_image("/opt/monitor")
    assert not is_image("/opt/uncac-monitor")
    assert not is_lost(Path("/proc/self"))
    assert is_lost(Path("/")) or not tmp_path.exists()
