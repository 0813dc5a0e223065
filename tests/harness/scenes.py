"""Scenarios played several at a time, for they wait for most of it. Those that need a small disk are processes."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from tests.small_disk import run_on_small_disk

Scenes = Mapping[str, Future[None]]
"""What each found wrong, or that it was skipped, is raised by its result."""


@contextmanager
def played(
    play: Callable[[str, Path], None],
    scenarios: Collection[str],
    small_disk: Collection[str],
    folder_for: Callable[[str], Path],
    at_a_time: int,
) -> Iterator[Scenes]:
    """Play every scenario of a module of the harness; ``small_disk``: those that need one."""

    def played_here(name: str, folder: Path) -> None:
        if name in small_disk:
            program = [sys.executable, "-m", play.__module__, name, str(folder)]
            run_on_small_disk(program, folder / "data", "1m")
        else:
            play(name, folder)

    # Here, not in the pool: pytest makes the folder of all folders at the first call, and two threads would both.
    folders = {name: folder_for(name) for name in scenarios}
    with ThreadPoolExecutor(at_a_time) as pool:
        yield {name: pool.submit(played_here, name, folder) for name, folder in folders.items()}
