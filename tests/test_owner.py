from __future__ import annotations

import errno
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.owner import Place, mend, remedy

ROOT = Path(__file__).parents[1]
STORE = Path("/data/monitor.json.lock")
FOLDER, FILE = stat.S_IFDIR, stat.S_IFREG


@pytest.mark.parametrize(
    ("place", "command"),
    [
        (Place(Path("/data"), 0, 0, FOLDER | 0o755), "chown -R 10001:10001 /data"),
        (Place(Path("/data"), 1000, 1000, FOLDER | 0o700), "chown -R 10001:10001 /data"),
        (Place(STORE, 0, 0, FILE | 0o600), "chown -R 10001:10001 /data"),
        (Place(Path("/"), 0, 0, FOLDER | 0o755), "install -d -o 10001 -g 10001 /data"),
        (Place(Path("/data"), 10001, 10001, FOLDER | 0o500), "chmod -R u+rwX /data"),
        (Place(STORE, 10001, 10001, FILE | 0o400), "chmod -R u+rwX /data"),
    ],
)
def test_the_command_that_mends_it_is_said(place: Place, command: str) -> None:
    said = remedy(place, STORE, 10001, 10001)
    assert said.splitlines()[1:] == [
        f"  {command}",
        "Of a container: on the host, with the folder that is mounted there.",
    ]


def test_whose_folder_it_is_and_who_this_program_is_stand_before_it() -> None:
    said = remedy(Place(Path("/data"), 1000, 100, FOLDER | 0o755), STORE, 10001, 10002)
    assert said.startswith(
        "/data belongs to user 1000 (group 100), and this program runs as user 10001 (group 10002). Let"
    )


@pytest.mark.parametrize("shared", ["/", "/home", "/var/lib"])
def test_nobody_is_told_to_give_away_a_folder_that_is_everybody_s(shared: str) -> None:
    place = Place(Path(shared), 0, 0, FOLDER | 0o755)
    said = remedy(place, Path(shared) / "monitor.json", 10001, 10001)
    assert f"install -d -o 10001 -g 10001 {Path(shared) / 'uncac-monitor'}" in said
    assert "chown" not in said


@pytest.mark.parametrize(
    "place", [Place(Path("/data"), 10001, 0, FOLDER | 0o700), Place(STORE, 10001, 0, FILE | 0o600)]
)
def test_where_owner_and_mode_allow_it_something_else_is_looked_for(place: Place) -> None:
    said = remedy(place, STORE, 10001, 10001)
    assert "SELinux" in said
    assert "lsattr" in said


def test_a_read_only_mount_and_other_errors_have_their_own_words(tmp_path: Path) -> None:
    assert "mounted read-only" in mend(tmp_path, OSError(errno.EROFS, "Read-only file system"))
    assert "[store] path" in mend(tmp_path, OSError(errno.ENOTDIR, "Not a directory"))


def test_what_stands_in_the_way_is_found_on_the_disk(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    said = mend(tmp_path / "data" / "monitor.json.lock", PermissionError(errno.EACCES, "Permission denied"))
    tmp_path.chmod(0o700)
    assert f"chmod -R u+rwX {tmp_path}" in said


CHILD = """
import os, sys
from pathlib import Path
from monitor.errors import StoreError
from monitor.record.store import Store
Store.open(Path(sys.argv[1]).parents[1] / "warm" / "monitor.json").close()  # loads what it needs, while it may
os.setgroups([]); os.setgid(10001); os.setuid(10001)
try:
    Store.open(Path(sys.argv[1])).close()
except StoreError as error:
    print(error)
"""


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_the_program_as_the_image_s_user_says_it_of_a_folder_of_root_s_and_the_command_mends_it(
    tmp_path: Path,
) -> None:
    for each in (tmp_path, *tmp_path.parents[:3]):
        each.chmod(0o755)
    folder = tmp_path / "data"
    folder.mkdir()
    said = opened(folder / "monitor.json")
    assert said.startswith(
        f"{folder}/monitor.json.lock cannot be written (Permission denied). {folder} belongs to user 0 "
    )
    command = said.splitlines()[1].split()
    assert command == ["chown", "-R", "10001:10001", str(folder)]
    subprocess.run(command, check=True)
    assert opened(folder / "monitor.json") == ""
    os.chown(folder / "monitor.json", 0, 0)  # as a careless `restore` by root would leave it
    assert (
        f"{folder}/monitor.json cannot be read (Permission denied). {folder}/monitor.json belongs to user 0 "
        in opened(folder / "monitor.json")
    )


def opened(store: Path) -> str:
    """Say what the image's user hears of a store."""
    done = subprocess.run(
        [sys.executable, "-c", CHILD, store], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()
