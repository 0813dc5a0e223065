"""The proof of the image: ``python -m tests.deploy.image``; exit code 1 when something is not as it must be."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from monitor.config import load_config
from monitor.demo.site import SimulatedSite
from tests.botapi import BotApi
from tests.botapi.server import TOKEN
from tests.deploy.image.engines import find_engine
from tests.deploy.image.facts import Proof
from tests.deploy.image.stage import Stage

ROOT = Path(__file__).parents[3]


def main() -> int:
    parser = argparse.ArgumentParser(prog="image-test")
    parser.add_argument("project", type=Path, nargs="?", default=ROOT, help="a clean checkout")
    project: Path = parser.parse_args().project.resolve()
    engine = find_engine()
    began = time.monotonic()
    megabytes = engine.build(project)
    _row("built", f"by {engine.name}, in {time.monotonic() - began:.0f} s", is_good=True)
    with (
        tempfile.TemporaryDirectory(prefix="image-test-", ignore_cleanup_errors=True) as folder,
        SimulatedSite(load_config({}).countries) as site,
        BotApi(token=TOKEN) as telegram,
    ):
        Path(folder).chmod(0o755)
        return _prove(Proof(engine, Stage.set(Path(folder), site, telegram), megabytes))


def _prove(proof: Proof) -> int:
    wrong = 0
    try:
        for name, fact in proof.facts():
            try:
                _row(name, fact(), is_good=True)
            except (AssertionError, OSError) as error:
                wrong += 1
                _row(name, str(error), is_good=False)
    finally:
        if proof.running is not None:
            proof.running.kill()
    return 1 if wrong else 0


def _row(name: str, seen: str, *, is_good: bool) -> None:
    sys.stdout.write(f"{'ok ' if is_good else 'NOT'}  {name:36} {seen}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
