"""The long run: ``python -m tests.harness [KILLS] [--seed N] [--keep FOLDER]``; exit code 1 when something is wrong."""

from __future__ import annotations

import argparse
import shutil
import signal
import sys
import tempfile
import time
from math import ceil
from pathlib import Path

from tests.harness.session import Session, opened, run
from tests.harness.table import progress, table

FEWEST_COUNTRIES = 12
KILLS_A_COUNTRY = 15
"""A country's 28 publications last for about so many kills."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="kill-test")
    parser.add_argument("kills", type=int, nargs="?", default=200)
    parser.add_argument(
        "--seed", type=int, default=int(time.time()), help="repeats what happens and where it is aimed"
    )
    parser.add_argument(
        "--keep", type=Path, help="where store and logs stay (a folder that does not exist yet)"
    )
    given = parser.parse_args()
    if given.kills < 1:
        parser.error("KILLS: at least one")
    # Without it a SIGTERM would end this process and leave the program it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = given.keep or Path(tempfile.mkdtemp(prefix="kill-test-"))
    folder.mkdir(parents=True, exist_ok=given.keep is None)
    try:
        return _run(folder, given.kills, given.seed)
    finally:
        if given.keep is None:
            shutil.rmtree(folder)


def _run(folder: Path, kills: int, seed: int) -> int:
    began = time.monotonic()
    sys.stdout.write(f"{kills} kills, seed {seed}\n")
    with opened(folder, seed=seed, countries=max(FEWEST_COUNTRIES, ceil(kills / KILLS_A_COUNTRY))) as session:
        run(session, kills, lambda now: _tell(now, kills))
        verdict = session.verdict()
        sys.stdout.write(f"\n{table(session, verdict, time.monotonic() - began)}\n")
        return 1 if verdict.faults or session.record.trouble else 0


def _tell(session: Session, kills: int) -> None:
    start, end = ("\r\x1b[K", "") if sys.stdout.isatty() else ("", "\n")
    sys.stdout.write(f"{start}{progress(session, kills)}{end}")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
