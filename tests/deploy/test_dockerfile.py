"""The image's recipe; what comes of it is proven by scripts/image-test."""

from __future__ import annotations

import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from monitor.config import load_config
from monitor.language.catalogs import languages

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "Dockerfile").read_text("utf-8")
STAGES = TEXT.split("\nFROM ")
IMAGE = STAGES[-1]
VARIABLES = dict(
    re.findall(
        r"^(?:ENV)? +(\w+)=(\S+)(?: \\)?$", IMAGE.partition("\nENV")[2].partition("\nUSER")[0], re.MULTILINE
    )
)


def test_a_linter_of_dockerfiles_finds_nothing() -> None:
    linter = Path(sysconfig.get_path("scripts")) / "hadolint"
    if not linter.exists():
        pytest.skip("hadolint is not installed: it has no wheel for this machine")
    done = subprocess.run([linter, ROOT / "Dockerfile"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, ""), done.stdout


def test_both_stages_stand_on_the_same_python_and_its_folder_is_the_one_that_is_cut() -> None:
    [base] = {line.split()[1] for line in TEXT.splitlines() if line.startswith("FROM ")}
    version = re.fullmatch(r"python:(3\.\d+)-slim", base)
    assert len(STAGES) == 2
    assert version
    assert set(re.findall(r"lib/python(3\.\d+)/", TEXT)) == {version[1]}


def test_everything_that_is_installed_is_a_wheel_whose_hash_is_known() -> None:
    installs = [line for line in TEXT.splitlines() if " install --" in line]
    assert len(installs) == 3
    for line in installs:
        is_ours = "--no-index /dist/*.whl" in line
        assert is_ours or "--only-binary :all: --require-hashes" in line


def test_it_is_nobody_s_root_and_a_user_whose_number_never_changes() -> None:
    assert re.findall(r"^USER (.*)$", IMAGE, re.MULTILINE) == ["10001:10001"]
    assert "useradd --uid 10001 " in IMAGE
    assert "useradd" not in STAGES[0]


def test_the_process_that_gets_the_signals_is_the_monitor_itself_no_shell() -> None:
    assert 'ENTRYPOINT ["uncac-monitor"]' in IMAGE
    assert 'CMD ["run"]' in IMAGE
    assert 'CMD ["uncac-monitor", "healthy"]' in IMAGE


def test_its_variables_are_settings_and_the_store_lies_in_the_volume(tmp_path: Path) -> None:
    ours = {name: value for name, value in VARIABLES.items() if name.startswith("MONITOR_")}
    config = load_config(ours | {"MONITOR_CONFIG": str(tmp_path)})
    assert config.store.path == Path("/data/monitor.json")
    assert {config.web.listen, config.signals.listen} == {"0.0.0.0:8080", "0.0.0.0:9464"}
    assert "\nEXPOSE 8080 9464\n" in IMAGE
    assert "\nVOLUME /data\n" in IMAGE


def test_every_language_is_spoken_the_same_with_the_data_alone_that_the_image_keeps(tmp_path: Path) -> None:
    with_all, with_kept = spoken(), spoken(tmp_path)
    assert with_kept == with_all
    assert len(with_all.splitlines()) == len(languages())


def spoken(*folder: Path) -> str:
    """Speak in a process of its own: the library keeps what it has read."""
    command: list[str | Path] = [sys.executable, "-m", "tests.deploy.kept_languages", *folder]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
