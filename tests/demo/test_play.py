"""The demo as a person runs it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.botapi.server import TOKEN, BotApi
from tests.warm import Done, command

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


def environment(folder: Path, **settings: str) -> dict[str, str]:
    """Give the surroundings of a person who tries the demo in a folder."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("MONITOR_")}
    own = {"PYTHONPATH": str(ROOT), "TMPDIR": str(folder), "COLUMNS": "100"}
    return environ | own | {f"MONITOR_{name}": value for name, value in settings.items()}


def demo(folder: Path, *words: str, stdin: str = "", **settings: str) -> Done:
    environ = environment(folder, **settings)
    return command("demo", *words, folder=folder, environ=environ, stdin=stdin)


def test_the_demo_shows_the_alert_for_mexico_keeps_nothing_and_ends(tmp_path: Path) -> None:
    done = demo(tmp_path, "--once")
    assert (done.code, done.err) == (0, "")
    assert "192 countries read" in done.out
    alert = done.out.partition("every subscribed chat is told")[2]
    assert "Mexico" in alert
    assert "elf-assessment" in alert
    assert list(tmp_path.iterdir()) == []


def test_the_demo_neither_alerts_the_operators_chats_nor_touches_their_store(tmp_path: Path) -> None:
    store = tmp_path / "monitor.json"
    store.write_text("the operator's own")
    with BotApi() as telegram:
        done = demo(
            tmp_path,
            "--once",
            TELEGRAM__TOKEN=TOKEN,
            TELEGRAM__API_URL=telegram.url,
            TELEGRAM__CHATS="[-100]",
            STORE__PATH=str(store),
            SOURCE__SPACING="wrong on purpose",
            CONFIG="/nowhere",
        )
        assert telegram.messages == []
        assert telegram.state.calls == []
    assert done.code == 0
    assert store.read_text() == "the operator's own"
    assert [path.name for path in tmp_path.iterdir()] == ["monitor.json"]


@pytest.mark.parametrize("last", ["", "\n"])
def test_the_demo_answers_questions_until_the_end_of_input(tmp_path: Path, last: str) -> None:
    done = demo(tmp_path, stdin=f"/status Mexico\n/recent\n/export\n/subscribe Mexico\n{last}")
    assert (done.code, done.err) == (0, "")
    answers = done.out.partition("Ask as one would in chat")[2]
    assert "Mexico" in answers
    assert ".csv: The register: " in answers
    assert answers.count("\n> ") == 5 + len(last)
    assert ("/missing" in answers or "/help" in answers) or not last
