"""The real program while its disk takes nothing, while it is suspended, and after going back to a backup.

``python -m tests.harness.faults SCENARIO FOLDER``; the store stands in FOLDER/data, which may be a mount of its own.
"""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from monitor.config import load_config
from monitor.demo.documents import SIMULATED_FOLDER
from monitor.demo.site import SimulatedSite
from monitor.model import DeliveryState, DocumentKind, World
from tests.botapi import server_error
from tests.harness.program import NEWS_CHATS, OPERATOR, Program, short_config
from tests.harness.telegram import SlowTelegram
from tests.small_disk import CANNOT

COUNTRIES = 6
PATIENCE = 180.0
KIND = DocumentKind.SELF_ASSESSMENT
SETTINGS = {"SCHEDULE__DELIVER_SECONDS": "0.3"}
"""Many run at once, and wait for Telegram's pace: nobody need look for something to deliver more often."""


@dataclass(slots=True)
class Stage:
    """The program, the site it looks at and the chats it tells."""

    folder: Path
    program: Program
    site: SimulatedSite
    telegram: SlowTelegram
    codes: tuple[str, ...]

    def publish(self, number: int) -> str:
        """Publish a country's self-assessment; gives the name of its file."""
        code = self.codes[number]
        name = f"simulated-{code.lower()}-{number}.pdf"
        self.site.publish(code, KIND, "2", ("en",), f"{SIMULATED_FOLDER}/{name}")
        return name

    def heard(self, words: str) -> Counter[int | str]:
        """Count by chat the messages with these words in it."""
        return Counter(each["chat"] for each in list(self.telegram.messages) if words in each["html"])

    def told(self, name: str) -> bool:
        return all(self.heard(name)[chat] for chat in NEWS_CHATS)

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not is_so():
            assert self.program.is_running, f"{what}: the program ended: {self.program.last_words()}"
            assert time.monotonic() < end, f"{what}: {self.program.last_words()}"
            time.sleep(0.1)

    def has_baseline(self) -> None:
        self.program.start()
        self.until(lambda: bool(self.heard("First look")[OPERATOR]), "no first look")

    def stops(self) -> None:
        assert self.program.stop() == 0, self.program.last_words()

    def world(self) -> World:
        return self.program.world()

    def swept(self) -> None:
        """Wait until a sweep that began after now has ended."""
        for _ in range(2):
            before = self.world().duty.swept
            self.until(lambda: self.world().duty.swept != before, "no sweep")  # noqa: B023 - used up within the turn

    def nothing_waits(self) -> bool:
        return all(one.state is not DeliveryState.WAITING for one in self.world().deliveries)

    def told_once(self, *names: str) -> None:
        for name in names:
            assert self.heard(name) == Counter(NEWS_CHATS), (name, self.heard(name))


@contextmanager
def stage(folder: Path, **settings: str) -> Iterator[Stage]:
    """Set the stage; nothing runs afterwards. ``settings``: what differs, as SECTION__KEY."""
    config = short_config(folder, COUNTRIES)
    countries = load_config({"MONITOR_CONFIG": str(config)}).countries
    telegram = SlowTelegram((*NEWS_CHATS, OPERATOR), folder / "accepted.jsonl", 0.01)
    with SimulatedSite(countries) as site, telegram:
        addresses = {"profile_url": site.profile_url, "api_url": telegram.url, "token": telegram.token}
        program = Program(folder, **addresses, settings=SETTINGS | settings)
        try:
            yield Stage(folder, program, site, telegram, tuple(each.code for each in countries))
        finally:
            program.kill()


def full_disk(at: Stage) -> None:
    """Fill the disk, see it said, let things happen, free it, see all of it told once."""
    _out_of_order(at, lambda: fill(at.folder / "data" / "ballast"), (at.folder / "data" / "ballast").unlink)


def permission_lost(at: Stage) -> None:
    """Do the same with a folder that nobody may write in any more, not even root."""
    data = at.folder / "data"
    if subprocess.run(["chattr", "+i", data], check=False, capture_output=True).returncode:
        sys.exit(CANNOT)
    subprocess.run(["chattr", "-i", data], check=True)
    _out_of_order(
        at,
        lambda: subprocess.run(["chattr", "+i", data], check=True),
        lambda: subprocess.run(["chattr", "-i", data], check=True),
    )


def _out_of_order(at: Stage, breaks: Callable[[], object], mends: Callable[[], object]) -> None:
    at.has_baseline()
    first = at.publish(0)
    at.until(lambda: at.told(first), "the first publication")
    at.until(at.nothing_waits, "all settled")
    breaks()
    second = at.publish(1)
    at.until(lambda: bool(at.heard("The store cannot be written")[OPERATOR]), "operators did not hear of it")
    third = at.publish(2)
    time.sleep(2)
    assert at.program.is_running
    assert not at.heard(second), "told before it was written down"
    mends()
    at.until(lambda: at.told(second) and at.told(third), "what was published meanwhile")
    at.until(lambda: bool(at.heard("Over: the store could not be written")[OPERATOR]), "the end of it")
    at.swept()
    at.stops()
    at.told_once(first, second, third)
    assert at.heard("The store cannot be written") == {OPERATOR: 1}


def suspended(at: Stage) -> None:
    """Suspend the process and let it go on."""
    at.has_baseline()
    names = []
    for number in range(3):
        at.program.signal(signal.SIGSTOP)
        names.append(at.publish(number))
        time.sleep(2)
        at.program.signal(signal.SIGCONT)
        at.until(lambda: at.told(names[-1]), "what was published while it slept")
    at.swept()
    at.stops()
    at.told_once(*names)


def stopped_while_telegram_answers(at: Stage) -> None:
    """Stop the program when Telegram has taken a message and not answered yet: it does not come twice."""
    at.telegram.slow.latency = 0.2
    at.has_baseline()
    first = at.publish(0)
    at.until(lambda: bool(at.heard(first)), "the first chat is told")
    at.stops()
    at.program.start()
    at.until(lambda: at.told(first) and at.nothing_waits(), "both chats are told")
    at.swept()
    at.stops()
    at.told_once(first)


def folder_removed(at: Stage) -> None:
    """Remove the store's folder under the running program: it is written anew from memory."""
    at.has_baseline()
    first = at.publish(0)
    at.until(lambda: at.told(first), "the first publication")
    at.until(at.nothing_waits, "all settled")
    subprocess.run(["rm", "-rf", at.program.store.parent], check=True)
    second = at.publish(1)
    at.until(lambda: at.told(second), "the second publication")
    at.until(at.nothing_waits, "the second one settled where the folder was")
    at.stops()
    at.program.start()
    at.until(lambda: at.program.store.exists() and len(at.world().dossiers) == COUNTRIES, "all is known")
    at.swept()
    at.stops()
    at.told_once(first, second)


def restored_elsewhere(at: Stage) -> None:
    """Go back in a fresh folder: what was told is not told again, what the copy does not know is."""
    first, second, third = _three(at)
    at.program.store.parent.rename(at.folder / "old")
    at.program.store.parent.mkdir()
    _command(at, "restore", "safe.zip")
    _goes_on(at, third)
    at.told_once(first, third)
    # The fresh folder cannot know of it: found again, told again, and no more.
    assert at.heard(second) == Counter((*NEWS_CHATS, *NEWS_CHATS)), at.heard(second)


def restored_in_place(at: Stage) -> None:
    """Go back where the newer store can still be read: nothing is told twice."""
    names = _three(at)
    _command(at, "restore", "safe.zip", "--yes")
    _goes_on(at, names[-1])
    at.told_once(*names)


def restored_after_damage(at: Stage) -> None:
    """Go back to the copy that the refused start names."""
    at.has_baseline()
    first = at.publish(0)
    at.until(lambda: at.told(first), "the first publication")
    at.until(at.nothing_waits, "all settled")
    at.stops()
    at.program.start()
    at.swept()
    at.stops()
    at.program.store.write_bytes(at.program.store.read_bytes()[:-1000])
    refused = at.program.command("sweep")
    assert refused.code == 1
    words = refused.err.split("To go back to it: ")[1].split(" . ")[0].split()
    assert words[:2] == ["uncac-monitor", "restore"]
    _command(at, *words[1:])
    second = at.publish(1)
    _goes_on(at, second)
    at.told_once(first, second)


def restored_with_something_owed(at: Stage) -> None:
    """Go back to a backup in which a message waited: it is asked about, not repeated."""
    at.has_baseline()
    for chat in NEWS_CHATS:
        at.telegram.fails_with(chat, server_error())  # the next try is ten seconds later
    first = at.publish(0)
    at.until(
        lambda: sum(one.attempts > 0 for one in at.world().deliveries if one.about) == len(NEWS_CHATS), "owed"
    )
    _command(at, "backup", "safe.zip")
    at.until(lambda: at.told(first), "it was sent after the backup")
    at.until(at.nothing_waits, "all settled")
    at.stops()
    at.program.store.parent.rename(at.folder / "old")
    _command(at, "restore", "safe.zip")
    second = at.publish(1)
    _goes_on(at, second)
    at.told_once(second)
    assert {chat: number for chat, number in at.heard(first).items() if chat != OPERATOR} == dict.fromkeys(
        NEWS_CHATS, 1
    )
    asked = at.heard("It is not certain that")
    assert asked == {OPERATOR: len(NEWS_CHATS)}, asked
    assert at.heard("The store went back to a copy")[OPERATOR] == 1


def _three(at: Stage) -> tuple[str, str, str]:
    """One told and in the backup, one told after it, one published while nothing runs."""
    at.has_baseline()
    first = at.publish(0)
    at.until(lambda: at.told(first), "the first publication")
    at.until(at.nothing_waits, "all settled")
    _command(at, "backup", "safe.zip")
    second = at.publish(1)
    at.until(lambda: at.told(second), "the second publication")
    at.until(at.nothing_waits, "all settled")
    at.stops()
    return first, second, at.publish(2)


def _goes_on(at: Stage, awaited: str) -> None:
    at.program.start()
    at.until(lambda: at.told(awaited), "what was published while nothing ran")
    at.swept()
    at.until(at.nothing_waits, "all settled")
    at.stops()


def _command(at: Stage, *words: str) -> None:
    done = at.program.command(*words)
    assert done.code == 0, done.err


def fill(ballast: Path) -> None:
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12):
            try:
                while file.write(b"x" * size) == size:
                    pass
            except OSError:
                continue


SMALL_DISK = ("full_disk", "permission_lost")
"""Scenarios that need a disk of their own."""
SCENARIOS = {
    scenario.__name__: scenario
    for scenario in (
        full_disk,
        permission_lost,
        suspended,
        stopped_while_telegram_answers,
        folder_removed,
        restored_elsewhere,
        restored_in_place,
        restored_after_damage,
        restored_with_something_owed,
    )
}


def play(name: str, folder: Path) -> None:
    with stage(folder) as at:
        SCENARIOS[name](at)


if __name__ == "__main__":
    play(sys.argv[1], Path(sys.argv[2]))
    sys.stdout.write(f"{sys.argv[1]}: well\n")
