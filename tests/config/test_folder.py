from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.folder import find_folders, shipped_folder
from tests.config.helpers import SHIPPED


def test_the_defaults_stand_beside_the_package_in_a_checkout(tmp_path: Path) -> None:
    assert shipped_folder(tmp_path / "monitor") == tmp_path / "config"


def test_the_defaults_stand_inside_an_installed_package(tmp_path: Path) -> None:
    (tmp_path / "monitor" / "_config").mkdir(parents=True)
    (tmp_path / "config").mkdir()  # of some other package
    assert shipped_folder(tmp_path / "monitor") == tmp_path / "monitor" / "_config"


@pytest.mark.parametrize("environ", [{}, {"MONITOR_CONFIG": ""}])
def test_without_a_named_folder_the_shipped_one_is_taken(environ: dict[str, str]) -> None:
    folders = find_folders(environ)
    assert (folders.own, folders.shipped, folders.mistakes) == (SHIPPED, SHIPPED, ())


def test_a_file_missing_in_the_named_folder_is_the_shipped_one(tmp_path: Path) -> None:
    (tmp_path / "pledge.csv").touch()
    folders = find_folders({"MONITOR_CONFIG": str(tmp_path)})
    assert folders.one("pledge.csv") == tmp_path / "pledge.csv"
    assert folders.one("countries.csv") == SHIPPED / "countries.csv"
    assert folders.all_of("pledge.csv") == (SHIPPED / "pledge.csv", tmp_path / "pledge.csv")


def test_a_link_that_leads_nowhere_is_not_replaced_by_the_shipped_file(tmp_path: Path) -> None:
    (tmp_path / "pledge.csv").symlink_to(tmp_path / "gone.csv")
    assert find_folders({"MONITOR_CONFIG": str(tmp_path)}).one("pledge.csv") == tmp_path / "pledge.csv"


@pytest.mark.parametrize("name", ["missing", "a-file", "x" * 5000])
def test_a_named_folder_that_is_none_is_a_mistake(tmp_path: Path, name: str) -> None:
    (tmp_path / "a-file").touch()
    folders = find_folders({"MONITOR_CONFIG": str(tmp_path / name)})
    (mistake,) = folders.mistakes
    assert (mistake.file, mistake.key, mistake.value) == (
        "environment",
        "MONITOR_CONFIG",
        str(tmp_path / name),
    )
    assert folders.own == SHIPPED


def test_the_shipped_folder_named_by_another_path_is_read_once() -> None:
    folders = find_folders({"MONITOR_CONFIG": str(SHIPPED / ".." / SHIPPED.name)})
    assert len(folders.all_of("monitor.toml")) == 1


@pytest.mark.parametrize(("name", "meant"), [("monitr.toml", "monitor.toml"), ("Pledge.CSV", "pledge.csv")])
def test_a_misspelt_file_is_a_mistake_or_nobody_would_notice(tmp_path: Path, name: str, meant: str) -> None:
    (tmp_path / name).touch()
    (mistake,) = find_folders({"MONITOR_CONFIG": str(tmp_path)}).mistakes
    assert (mistake.value, mistake.expected) == (name, f"the name {meant}")


@pytest.mark.parametrize("name", ["notes.toml", "monitor.toml~", "monitors.txt", "regions.csv"])
def test_other_files_in_the_folder_are_left_alone(tmp_path: Path, name: str) -> None:
    (tmp_path / name).touch()
    assert find_folders({"MONITOR_CONFIG": str(tmp_path)}).mistakes == ()


def test_a_copy_beside_the_file_itself_is_left_alone(tmp_path: Path) -> None:
    for name in ("countries.csv", "countries2.csv"):
        (tmp_path / name).touch()
    assert find_folders({"MONITOR_CONFIG": str(tmp_path)}).mistakes == ()
