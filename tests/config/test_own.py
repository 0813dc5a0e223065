from __future__ import annotations

from pathlib import Path

import pytest

from monitor.config.own import own_folder, with_own_folder


@pytest.mark.parametrize(
    ("environ", "folder"),
    [
        ({}, "data/config"),
        ({"MONITOR_CONFIG": "", "MONITOR_STORE__PATH": ""}, "data/config"),
        ({"MONITOR_STORE__PATH": "/data/monitor.json"}, "/data/config"),
        ({"MONITOR_CONFIG": "/config", "MONITOR_STORE__PATH": "/data/monitor.json"}, "/config"),
    ],
)
def test_the_operators_folder_is_the_one_named_or_stands_beside_the_store(
    environ: dict[str, str], folder: str
) -> None:
    assert own_folder(environ) == Path(folder)


def test_a_folder_beside_the_store_is_read_without_being_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert with_own_folder({"A": "b"}) == {"A": "b"}
    Path("data/config").mkdir(parents=True)
    assert with_own_folder({"A": "b"}) == {"A": "b", "MONITOR_CONFIG": str(tmp_path / "data/config")}
    assert with_own_folder({"MONITOR_CONFIG": "/other"}) == {"MONITOR_CONFIG": "/other"}
    assert with_own_folder({"MONITOR_CONFIG": "data"}) == {"MONITOR_CONFIG": "data"}
