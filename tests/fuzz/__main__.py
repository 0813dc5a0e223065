"""The long run: ``python -m tests.fuzz [--inputs N] [--seed S]``; exit code 1 when something is wrong."""

from __future__ import annotations

import argparse
import resource
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field

from tests.fuzz.trial import Result, broken, tried

WORKERS = 2
SHARE = 250
"""Inputs that a worker takes at once."""
LONGEST = 2.0
"""Seconds of CPU that no page may take to read."""
MOST_SHOWN = 20


@dataclass(slots=True)
class Tally:
    """What a run found."""

    outcomes: Counter[str] = field(default_factory=Counter)
    slowest: Result | None = None
    megabytes: int = 0
    """The most memory that a worker ever had."""
    wrong: list[str] = field(default_factory=list)

    def add(self, number: int, result: Result) -> None:
        """Take one input's result."""
        self.outcomes[result.outcome] += 1
        if self.slowest is None or result.seconds > self.slowest.seconds:
            self.slowest = result
        slow = (f"{result.seconds:.1f} s to read",) if result.seconds > LONGEST else ()
        self.wrong += [f"input {number} ({result.name}): {fault}" for fault in (*result.faults, *slow)]


def main() -> int:
    parser = argparse.ArgumentParser(prog="fuzz")
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1, help="repeats the same inputs")
    parser.add_argument("--show", type=int, metavar="N", help="write input N's page to the standard output")
    given = parser.parse_args()
    if given.show is not None:
        sys.stdout.buffer.write(broken(given.seed, given.show).html.encode(errors="replace"))
        return 0
    began = time.monotonic()
    tally = run(given.seed, given.inputs)
    sys.stdout.write(f"{_table(tally, given.inputs, given.seed, time.monotonic() - began)}\n")
    return 1 if tally.wrong else 0


def run(seed: int, inputs: int) -> Tally:
    """Try inputs in two processes."""
    tally = Tally()
    shares = [range(first, min(first + SHARE, inputs)) for first in range(0, inputs, SHARE)]
    with ProcessPoolExecutor(WORKERS) as pool:
        for results, megabytes in pool.map(_share, [seed] * len(shares), shares):
            tally.megabytes = max(tally.megabytes, megabytes)
            for number, result in results:
                tally.add(number, result)
    return tally


def _share(seed: int, numbers: range) -> tuple[list[tuple[int, Result]], int]:
    results = [(number, _tried(seed, number)) for number in numbers]
    return results, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def _tried(seed: int, number: int) -> Result:
    case = broken(seed, number)
    try:
        return tried(case)
    except Exception as error:  # noqa: BLE001 - whatever it is: the reader crashed on a page
        return Result(case.name, "crash", 0.0, (f"{type(error).__name__}: {error}",))


def _table(tally: Tally, inputs: int, seed: int, seconds: float) -> str:
    slowest = tally.slowest
    rows = [
        ("inputs", str(inputs)),
        ("seed", str(seed)),
        *((f"  {outcome}", str(count)) for outcome, count in sorted(tally.outcomes.items())),
        ("slowest", f"{slowest.seconds:.2f} s ({slowest.name})" if slowest else "-"),
        ("most memory", f"{tally.megabytes} MB"),
        ("wrong", str(len(tally.wrong))),
        ("seconds", f"{seconds:.0f}"),
    ]
    return "\n".join([*(f"{name:<14}  {value}" for name, value in rows), *tally.wrong[:MOST_SHOWN]])


if __name__ == "__main__":
    sys.exit(main())
