"""The real program in every way of being unwell, and what `healthy` says of it.

``python -m tests.harness.unwell SCENARIO FOLDER``; the store stands in FOLDER/data, which may be a mount of its own.
"""

from __future__ import annotations

import signal
import socket
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from monitor.model import Commit, Delivery, Message
from monitor.record.store import Store
from tests.botapi import server_error
from tests.harness.faults import Stage, fill, stage
from tests.harness.program import NEWS_CHATS, OPERATOR


def says(at: Stage, words: str) -> None:
    """Wait until `healthy` says so, in one line."""

    def is_said() -> bool:
        done = at.program.command("healthy")
        time.sleep(0.3)  # asking costs more than waiting
        return done.code == 1 and words in done.out and done.out.count("\n") == 1

    at.until(is_said, f"healthy never said: {words}")


def well(at: Stage) -> None:
    """Wait until `healthy` has nothing to say."""

    def is_well() -> bool:
        done = at.program.command("healthy")
        time.sleep(0.3)
        return (done.code, done.out, done.err) == (0, "", "")

    at.until(is_well, "healthy never said nothing")


def asked_where_it_answers(at: Stage) -> None:
    """Fill the disk, suspend the program, let the site never answer: each is said, and each passes."""
    at.has_baseline()
    well(at)
    ballast = at.folder / "data" / "ballast"
    fill(ballast)
    says(at, "Make room")
    ballast.unlink()
    well(at)
    at.program.signal(signal.SIGSTOP)
    says(at, "does not answer at 127.0.0.1:")
    at.program.signal(signal.SIGCONT)
    well(at)
    with never_answering(at):
        says(at, "The last sweep finished")
    at.stops()


@contextmanager
def never_answering(at: Stage) -> Iterator[None]:
    """Let connections to the site stand, and nothing come of them."""
    port = urlsplit(at.site.profile_url).port or 0
    at.site.close()
    with socket.create_server(("127.0.0.1", port), backlog=100):
        yield


def read_from_its_store(at: Stage) -> None:
    """Let Telegram answer nothing but 502 to a message that waits for long, and then take it."""
    began = datetime.now(UTC) - timedelta(hours=1)
    at.program.store.parent.mkdir(exist_ok=True)
    store = Store.open(at.program.store)
    old = Delivery(f"{began:%Y%m%dT%H%M%S%f}-000000", NEWS_CHATS[0], Message("late news"), began, began)
    store.commit(Commit(deliveries=(old,)))
    store.close()
    for chat in (*NEWS_CHATS, OPERATOR):
        at.telegram.fails_with(chat, server_error(), times=1000)
    at.program.start()
    says(at, "Messages wait and none went out for ")
    at.stops()


def free_place() -> str:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return f"127.0.0.1:{found.getsockname()[1]}"


SMALL_DISK = ("asked_where_it_answers",)
"""Scenarios that need a disk of their own."""
SCENARIOS = {each.__name__: each for each in (asked_where_it_answers, read_from_its_store)}


def play(name: str, folder: Path) -> None:
    is_asked = name == asked_where_it_answers.__name__
    # So long a period that a busy machine keeps it, so short that missing two of them is soon.
    minutes = 0.06 if is_asked else 1.0
    settings = {"SIGNALS__LISTEN": free_place() if is_asked else "", "SCHEDULE__ALL_MINUTES": str(minutes)}
    with stage(folder, **settings) as here:
        SCENARIOS[name](here)


if __name__ == "__main__":
    play(sys.argv[1], Path(sys.argv[2]))
    sys.stdout.write(f"{sys.argv[1]}: as it should be\n")
