"""The real program, killed at random moments: nothing lost, nothing made up, at most one repeat a chat and kill."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.harness.moments import Moment
from tests.harness.program import NEWS_CHATS
from tests.harness.session import opened, run
from tests.harness.table import table

KILLS = 14
"""So many that each moment is aimed at."""
SEED = 7


@pytest.mark.slow
def test_nothing_is_lost_and_nothing_made_up_when_the_program_is_killed(tmp_path: Path) -> None:
    with opened(tmp_path, seed=SEED, countries=12) as session:
        run(session, KILLS, lambda _: None)
        verdict = session.verdict()
        figures = table(session, verdict, 0)
    assert not (*verdict.faults, *session.record.trouble), figures
    assert len(session.record.kills) == KILLS
    assert {kill.aimed for kill in session.record.kills} == set(Moment)
    assert session.story.published, "a run without news proves nothing"
    in_flight = sum(len(kill.in_flight) for kill in session.record.kills)
    assert len(verdict.repeated) <= in_flight <= KILLS * (len(NEWS_CHATS) + 1)
