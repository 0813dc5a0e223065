"""What a wheel must hold: ``scripts/wheel_content.py`` on small folders."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.gates.files import SCRIPTS

WHOLE = {
    "monitor/py.typed",
    "monitor/_config/monitor.toml",
    "monitor/locale/fr.po",
    "monitor/web/templates/home.html",
    "monitor/web/static/board.js",
    "monitor/picture/fonts/Inter.otf",
}
ABOUT = {"x-1.dist-info/licenses/LICENSE", "x-1.dist-info/entry_points.txt"}


def judged(folder: Path, inside: set[str]) -> tuple[int, str]:
    (folder / "scripts").mkdir()
    (folder / "scripts/wheel_content.py").write_text(
        (SCRIPTS / "wheel_content.py").read_text("utf-8"), "utf-8"
    )
    for name in WHOLE:
        path = folder / name.replace("monitor/_config", "config")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    (folder / "monitor/__pycache__").mkdir()
    (folder / "monitor/__pycache__/x.pyc").touch()
    with zipfile.ZipFile(folder / "x.whl", "w") as wheel:
        for name in inside:
            wheel.writestr(name, "")
    command = [sys.executable, str(folder / "scripts/wheel_content.py"), str(folder / "x.whl")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not done.stderr
    return done.returncode, done.stdout


def test_a_wheel_with_all_that_belongs_there_is_good(tmp_path: Path) -> None:
    code, said = judged(tmp_path, WHOLE | ABOUT)
    assert (code, said.split()[0]) == (0, "8")


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_what_is_missing_is_named(tmp_path: Path, name: str) -> None:
    code, said = judged(tmp_path, (WHOLE | ABOUT) - {name})
    assert (code, said.splitlines()[0]) == (1, f"missing: {name}")


def test_a_licence_that_is_missing_is_named(tmp_path: Path) -> None:
    code, said = judged(tmp_path, WHOLE)
    assert code == 1
    assert "nothing like *.dist-info/licenses/LICENSE" in said


@pytest.mark.parametrize("name", ["tests/test_x.py", "monitor/__pycache__/x.pyc"])
def test_what_does_not_belong_there_is_named(tmp_path: Path, name: str) -> None:
    assert judged(tmp_path, WHOLE | ABOUT | {name}) == (1, f"does not belong there: {name}\n")
