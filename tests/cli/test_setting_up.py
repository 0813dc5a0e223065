"""init as a person runs it, in a terminal and from a script."""

from __future__ import annotations

import os
import pty
import select
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.config.folder import shipped_folder
from monitor.demo.site import SimulatedSite
from tests.botapi.server import TOKEN, BotApi
from tests.cli.conftest import countries
from tests.cli.terminal import Terminal

SECRET = TOKEN.partition(":")[2]
CONTACT = "watch@uncac.example"


class Setting(Terminal):
    """A machine on which nothing is set yet but where to find the stand-ins for Telegram and the site."""

    def __init__(self, folder: Path, site: SimulatedSite, telegram: BotApi) -> None:
        super().__init__(folder, site, TELEGRAM__API_URL=telegram.url)
        self.telegram = telegram
        self.own = folder / "own"
        self.environ["MONITOR_CONFIG"] = str(self.own)

    @property
    def commands(self) -> tuple[str, ...]:
        """What it may say last: the starter of a checkout, else the installed program as it was called."""
        starter = shipped_folder().parent / "scripts" / "run"
        called = (f"{sys.executable} -m monitor run", "uncac-monitor run")
        starts = (str(starter),) if starter.is_file() else called
        named = f"MONITOR_STORE__PATH={self.store} MONITOR_CONFIG={self.own}"
        return tuple(f"\n\n    {named} {start}\n" for start in starts)

    @property
    def written(self) -> object:
        return tomllib.loads((self.own / "monitor.toml").read_text("utf-8"))


class Dialogue:
    """The real program in a terminal: waits for its words, types the answers."""

    def __init__(self, setting: Setting) -> None:
        self._ours, theirs = pty.openpty()
        # Whoever runs the tests in the background has had Ctrl-C ignored, and a child would inherit that.
        before = signal.signal(signal.SIGINT, signal.SIG_DFL)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "monitor", "init"],
            cwd=setting.folder,
            env=setting.environ,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        signal.signal(signal.SIGINT, before)
        os.close(theirs)
        self.text = ""
        self._from = 0

    def waits_for(self, words: str) -> None:
        """Read until these words were shown, after those waited for before."""
        end = time.monotonic() + 60
        while words not in self.text[self._from :]:
            assert time.monotonic() < end, self.text
            assert self._reads(), self.text
        self._from = self.text.index(words, self._from) + len(words)

    def types(self, line: str) -> None:
        os.write(self._ours, f"{line}\n".encode())

    def presses_ctrl_c(self) -> None:
        # A signal that comes just before the program begins to read is noticed when it has read: a person presses again.
        for _ in range(6):
            self._process.send_signal(signal.SIGINT)
            if select.select([self._ours], [], [], 10)[0]:
                return

    def ends(self) -> int:
        while self._reads():
            pass
        return self._process.wait(30)

    def stops(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def _reads(self) -> bool:
        ready, _, _ = select.select([self._ours], [], [], 60)
        try:
            piece = os.read(self._ours, 65_536) if ready else b""
        except OSError:  # the other side is closed
            piece = b""
        self.text += piece.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(piece)


@pytest.fixture
def telegram() -> Iterator[BotApi]:
    with BotApi(chats=[]) as server:
        yield server


@pytest.fixture
def setting(tmp_path: Path, telegram: BotApi) -> Iterator[Setting]:
    with SimulatedSite(countries()) as site:
        yield Setting(tmp_path, site, telegram)


@pytest.fixture
def person(setting: Setting) -> Iterator[Dialogue]:
    """Somebody before the first question."""
    dialogue = Dialogue(setting)
    yield dialogue
    dialogue.stops()


def test_in_a_terminal_it_finds_the_chat_proves_every_answer_and_the_service_starts_as_it_says(
    setting: Setting, person: Dialogue
) -> None:
    ann = setting.telegram.person("Ann")
    group = setting.telegram.group("Watch \x1b[31mdogs", admins=[ann]).adds_bot()
    person.waits_for("Token:")
    person.types("nonsense")
    person.waits_for("Expected is the bot's token as @BotFather gave it")
    person.waits_for("Token:")
    person.types(f"{TOKEN}")
    person.waits_for("Telegram knows it as @")
    person.waits_for("Chat [find it]:")
    ann.says("/start", group)
    person.types("")
    person.waits_for("Is it this one? [Y/n]:")
    person.types("y")
    person.waits_for("A test message arrived in")
    person.waits_for(f"Chat [{group.id}]:")
    ann.starts()
    person.types(str(ann.id))
    person.waits_for("Mail or https address:")
    person.types("me")
    person.waits_for("Expected is a mail address")
    person.types(CONTACT)
    person.waits_for("The profile of Switzerland was read")
    assert person.ends() == 0
    assert SECRET not in person.text
    assert "\x1b[31m" not in person.text
    assert setting.written == {
        "source": {"contact": CONTACT},
        "telegram": {"token_file": "token", "chats": [group.id], "operators": [ann.id]},
    }
    assert (setting.own / "token").read_text() == f"{TOKEN}\n"
    assert (setting.own / "token").stat().st_mode & 0o777 == 0o600
    assert "this was a test" in setting.telegram.texts(group.id)[0].lower()
    assert person.text.endswith(setting.commands)
    checked = setting.run("check")
    assert (checked.code, str(setting.own) in checked.out) == (0, True)


def test_a_ctrl_c_leaves_nothing_behind(setting: Setting, person: Dialogue) -> None:
    person.waits_for("Token:")
    person.types(TOKEN)
    person.waits_for("Chat [find it]:")
    person.presses_ctrl_c()
    assert person.ends() == 130
    assert "Nothing was written." in person.text
    assert not setting.own.exists()


GIVEN = ("--chat", "55", "--contact", CONTACT)


def test_a_script_sets_it_up_with_options_and_is_told_the_command(setting: Setting) -> None:
    ann = setting.telegram.person("Ann")
    ann.starts()
    done = setting.run(
        "init", "--token-file", "-", "--chat", str(ann.id), "--contact", CONTACT, stdin=f"{TOKEN}\n"
    )
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(
        "Telegram knows the bot as @monitor_test_bot.\n"
        f"A test message arrived in {ann.id}.\n"
        "The profile of Switzerland was read: 6 documents.\n"
        f"Written: {setting.own / 'monitor.toml'}\n"
    )
    assert SECRET not in done.everything
    assert setting.written == {
        "source": {"contact": CONTACT},
        "telegram": {"token_file": "token", "chats": [ann.id], "operators": [ann.id]},
    }
    assert done.out.endswith(setting.commands)


def test_what_is_missing_is_named_at_once_where_nobody_can_be_asked(setting: Setting) -> None:
    done = setting.run("init", "--contact", CONTACT)
    assert (done.code, done.out) == (2, "")
    assert "it must be given: --token-file, --chat." in done.err
    assert not setting.own.exists()


def proven(setting: Setting, *words: str) -> str:
    """Run it with a token that Telegram knows, in vain; gives what is said then."""
    done = setting.run("init", "--token-file", "-", *words, stdin=TOKEN)
    assert done.code != 0
    assert "Traceback" not in done.err
    assert SECRET not in done.everything
    assert not setting.own.exists()
    return done.everything


def test_a_chat_that_takes_no_message_is_said_with_what_to_do(setting: Setting) -> None:
    said = proven(setting, *GIVEN)
    assert "The chat 55 takes no message" in said
    assert "open the bot in Telegram and press Start" in said


def test_a_site_that_refuses_is_said_and_the_settings_can_be_written_all_the_same(setting: Setting) -> None:
    setting.site.answer("CHE", status=403)
    setting.telegram.state.world.chats = None
    said = proven(setting, *GIVEN)
    assert "The profile of Switzerland did not come" in said
    assert "403" in said
    assert "--no-proof" in said
    assert setting.run("init", "--token-file", "-", *GIVEN, "--no-proof", stdin=TOKEN).code == 0
    again = setting.run("init", "--contact", "other@uncac.example", "--no-proof")
    assert again.code == 1
    assert f'source.contact: "{CONTACT}" → "other@uncac.example"' in again.out
    assert "add --yes to replace that" in again.err
    assert setting.run("init", "--contact", "other@uncac.example", "--no-proof", "--yes").code == 0
    assert "other@uncac.example" in str(setting.written)
