from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.config import load_config
from monitor.demo.site import SimulatedSite
from monitor.model import Country, DocumentKind
from tests.cli.terminal import CODES, Terminal


def countries() -> tuple[Country, ...]:
    return tuple(each for each in load_config({}).countries if each.code in CODES)


@pytest.fixture(scope="package")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Terminal]:
    """A store that was filled by two sweeps: a baseline, and one that found Mexico's self-assessment."""
    with SimulatedSite(countries()) as site:
        terminal = Terminal(tmp_path_factory.mktemp("seen"), site)
        assert terminal.run("sweep").code == 0
        site.publish("MEX", DocumentKind.SELF_ASSESSMENT, "2")
        assert terminal.run("sweep").code == 0
        yield terminal


@pytest.fixture
def terminal(tmp_path: Path, seen: Terminal) -> Iterator[Terminal]:
    """A store of its own, with the same content, before a site of its own that publishes the same."""
    with SimulatedSite(countries()) as site:
        site.publish("MEX", DocumentKind.SELF_ASSESSMENT, "2")
        own = Terminal(tmp_path, site)
        own.takes_store_of(seen)
        yield own


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Terminal]:
    """Nothing was ever read."""
    with SimulatedSite(countries()) as site:
        yield Terminal(tmp_path, site)
