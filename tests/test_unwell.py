"""The real program in every way of being unwell: `healthy` says which."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.harness.scenes import Scenes, played
from tests.harness.unwell import SCENARIOS, SMALL_DISK, play


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenes]:
    with played(play, SCENARIOS, SMALL_DISK, tmp_path_factory.mktemp, len(SCENARIOS)) as found:
        yield found


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_what_is_wrong_is_said_and_passes(scenes: Scenes, name: str) -> None:
    scenes[name].result()
