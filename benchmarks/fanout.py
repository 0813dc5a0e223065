"""One message to each of many chats, through a Bot API server with Telegram's limits:   scripts/bench fanout

Twice: once left alone, once killed in the middle and started again. 10,000 chats take twice six minutes.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from figures import Goal, Report, Table, finish, options

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from monitor.model import Button, Chat, Commit, Delivery, DeliveryState, Message, Subscription
from monitor.record.store import Store

TELLER = Path(__file__).with_name("teller.py")
A_SECOND, GOAL = 30, 0.9
FIRST_CHAT = 1_000_000
NEWS = Message(
    "<b>Mexico published its self-assessment</b>\n" * 20, (Button("Open", "https://www.unodc.org/"),)
)
POLL = 0.02
PATIENCE = 60.0
"""Seconds without a message after which the run is given up."""


@dataclass(frozen=True, slots=True)
class Figures:
    """How one fan-out went."""

    name: str
    chats: int
    seconds: float
    ratio: float
    """Of thirty a second."""
    lost: int
    repeated: int
    most_to_one: int
    memory: tuple[float, ...]
    """MiB in use when a tenth, a half and all but a tenth was told."""
    refused: int
    """Answers 429."""
    store_mb: float
    write_ms: float
    """One later write, with everything settled."""


def fill(folder: Path, chats: int) -> None:
    """Owe every chat one message, as a sweep with one publication does."""
    now = datetime.now(UTC)
    numbers = range(FIRST_CHAT, FIRST_CHAT + chats)
    store = Store.open(folder / "store.json")
    store.commit(
        Commit(
            subscriptions=tuple(Subscription(number) for number in numbers),
            chats=tuple(Chat(number, spoken="es") for number in numbers),
            deliveries=tuple(
                Delivery(f"{at:06}", number, NEWS, now, now, about=(0,)) for at, number in enumerate(numbers)
            ),
        )
    )
    store.close()


@contextmanager
def running(*arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Start one of the two tasks as a process of its own."""
    command = [sys.executable, str(TELLER), *map(str, arguments)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
        process.wait()


class Log:
    """What the server took, read as it grows."""

    def __init__(self, path: Path) -> None:
        self._path, self._read = path, 0
        self.chats: Counter[int] = Counter()
        self.first = self.last = 0.0

    def look(self) -> int:
        if self._path.exists():
            with self._path.open("rb") as file:
                file.seek(self._read)
                *lines, _ = file.read().split(b"\n")
            if lines:
                self.last = time.monotonic()
                self.first = self.first or self.last
            self._read += sum(len(line) + 1 for line in lines)
            self.chats.update(json.loads(line)["chat"] for line in lines)
        return self.chats.total()

    def until(self, count: int, teller: subprocess.Popen[str]) -> bool:
        began = time.monotonic()
        while self.look() < count and teller.poll() is None:
            if time.monotonic() - max(began, self.last) > PATIENCE:
                return False
            time.sleep(POLL)
        return self.look() >= count


def in_use(pid: int) -> float:
    """Say how many MiB a process holds; nothing where it ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next(
        (int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0
    )


def fan_out(folder: Path, chosen: argparse.Namespace, *, is_killed: bool) -> Figures:
    """Tell everybody, and count what arrived where."""
    folder.mkdir()
    fill(folder, chosen.chats)
    pace = ["--unpaced"] if chosen.unpaced else []
    with running("serve", "--folder", folder, "--latency", chosen.latency, *pace) as server:
        url = server.stdout.readline().strip() if server.stdout else ""
        task = ("tell", "--folder", folder, "--url", url, *pace)
        log, memory = Log(folder / "accepted.jsonl"), list[float]()
        with running(*task) as teller:
            for part in (0.1, 0.5) if is_killed else (0.1, 0.5, 0.9):
                log.until(int(part * chosen.chats), teller)
                memory.append(in_use(teller.pid))
            if is_killed:
                os.kill(teller.pid, signal.SIGKILL)
            else:
                said = ended(log, teller, chosen.chats)
        if is_killed:
            with running(*task) as teller:
                log.until(int(0.9 * chosen.chats), teller)
                memory.append(in_use(teller.pid))
                said = ended(log, teller, chosen.chats)
    return judged(
        folder,
        chosen.chats,
        log,
        Figures(
            "killed in the middle" if is_killed else "left alone",
            chosen.chats,
            log.last - log.first,
            0,
            0,
            0,
            0,
            tuple(memory),
            said.get("postponed", -1),
            0,
            0,
        ),
    )


def ended(log: Log, teller: subprocess.Popen[str], chats: int) -> dict[str, Any]:
    """Wait for the end; the last words are missing where it did not come."""
    if not log.until(chats, teller) and teller.poll() is None:
        return {}
    out, _ = teller.communicate(timeout=PATIENCE)
    log.look()
    return dict(json.loads(out or "{}"))


def judged(folder: Path, chats: int, log: Log, figures: Figures) -> Figures:
    """Count what is lost and what was repeated, and time one write of the store as it is now."""
    store = Store.open(folder / "store.json")
    settled = sum(one.state is DeliveryState.SENT for one in store.load().deliveries)
    first = store.load().deliveries[0]
    began = time.perf_counter()
    store.commit(Commit(deliveries=(replace(first, error="touched"),)))
    write = time.perf_counter() - began
    store.close()
    return replace(
        figures,
        ratio=(log.chats.total() - 1) / max(figures.seconds, POLL) / A_SECOND,
        lost=chats - len(log.chats) + chats - settled,
        repeated=log.chats.total() - len(log.chats),
        most_to_one=max(log.chats.values(), default=0),
        store_mb=(folder / "store.json").stat().st_size / 1e6,
        write_ms=write * 1000,
    )


def main() -> None:
    """Measure, print, and end with status 1 where a message was lost."""
    parser = options(__doc__)
    parser.add_argument("--chats", type=int, default=10_000)
    parser.add_argument(
        "--latency", type=float, default=0.08, help="seconds Telegram takes for an answer (0.08)"
    )
    parser.add_argument("--unpaced", action="store_true", help="without any limits: a short run for a test")
    chosen = parser.parse_args()
    if chosen.quick:
        chosen.chats = min(chosen.chats, 300)
    with TemporaryDirectory() as folder:
        found = [
            fan_out(Path(folder) / str(is_killed), chosen, is_killed=is_killed) for is_killed in (False, True)
        ]
    finish(report_of(found), chosen.json)
    sys.exit(any(one.lost for one in found))


def report_of(found: list[Figures]) -> Report:
    columns = (
        "",
        "chats",
        "seconds",
        f"of {A_SECOND} a second",
        "lost",
        "repeated",
        "most to one",
        "answers 429",
        "memory MiB",
        "store MB",
        "a later write ms",
    )
    rows = tuple(
        (
            one.name,
            one.chats,
            one.seconds,
            one.ratio,
            one.lost,
            one.repeated,
            one.most_to_one,
            one.refused,
            max(one.memory),
            one.store_mb,
            one.write_ms,
        )
        for one in found
    )
    goals = (
        Goal("speed, left alone", found[0].ratio, GOAL, f"of {A_SECOND} a second", is_least=True),
        Goal("lost", sum(one.lost for one in found), 0),
        Goal("repeated, left alone", found[0].repeated, 0),
    )
    notes = (
        "Telegram's stand-in with its limits: 30 messages a second, one a second to a chat, 80 ms an answer.",
        "Killed: SIGKILL when half was told, then started again.",
    )
    return Report(
        "fanout",
        (Table("One message to each chat", columns, rows),),
        goals,
        notes,
        [asdict(one) for one in found],
    )


if __name__ == "__main__":
    main()
