"""The real program while its disk takes nothing, while it is suspended, and after going back to a backup."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.harness.faults import SCENARIOS, SMALL_DISK, play
from tests.harness.scenes import Scenes, played

AT_A_TIME = 4
"""They wait most of the time, for Telegram's pace."""


@pytest.fixture(scope="module")
def scenes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Scenes]:
    with played(play, SCENARIOS, SMALL_DISK, tmp_path_factory.mktemp, AT_A_TIME) as found:
        yield found


@pytest.mark.slow
@pytest.mark.parametrize("name", SCENARIOS)
def test_nothing_is_lost_and_nothing_told_twice(scenes: Scenes, name: str) -> None:
    scenes[name].result()
