from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.board.gaps import Gap, gaps
from monitor.model import Dossier, Failing, LookHistory, Looks
from tests.alert.samples import LONG_AGO, MEXICO, NOW
from tests.dialogue.talk import view

DAY = timedelta(days=1)
START = LONG_AGO + 10 * DAY
Run = tuple[float, float, str]
"""From day to day, and why nothing was read."""


def found(
    *runs: Run,
    dossier: Dossier | None = None,
    since: datetime = LONG_AGO,
    until: datetime = NOW,
    is_looked_at: bool = True,
) -> list[tuple[float | None, float | None]]:
    """Give the gaps in days after START."""
    mexico = dossier or Dossier("MEX", first_read=LONG_AGO, last_read=NOW)
    looks = tuple(
        Looks(START + a * DAY, START + b * DAY, 4, 200, "" if why else "ab", why) for a, b, why in runs
    )
    of = replace(view(mexico), countries=(MEXICO,))
    of = replace(
        of, world=replace(of.world, looks={"MEX": LookHistory("MEX", looks)} if is_looked_at else {})
    )
    told = gaps(of, since, until)
    assert all(gap.country == MEXICO for gap in told)
    return [(_days(gap.since), _days(gap.until)) for gap in told]


def _days(moment: datetime | None) -> float | None:
    return None if moment is None else (moment - START) / DAY


GOOD, BAD = "", "it answered 403"


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ((), []),
        (((0, 5, GOOD),), []),
        (((0, 1, GOOD), (1.5, 3, BAD), (3.5, 5, GOOD)), [(1, 3.5)]),
        # Two runs of failures in a row are one gap.
        (((0, 1, GOOD), (1.5, 2, BAD), (2.5, 3, "too slow"), (3.5, 5, GOOD)), [(1, 3.5)]),
        # Shorter than a day is usual; a day is told.
        (((0, 1, GOOD), (1.5, 1.6, BAD), (1.9, 5, GOOD)), []),
        (((0, 1, GOOD), (1.5, 1.6, BAD), (2, 5, GOOD)), [(1, 2)]),
        # Without looks nobody failed.
        (((0, 1, GOOD), (4, 5, GOOD)), []),
        (((0, 1, GOOD), (1.5, 3, BAD)), [(1, None)]),
        (((0, 1, BAD), (1.5, 3, GOOD)), [(None, 1.5)]),
        (((0, 1, BAD),), [(None, None)]),
        (((0, 1, GOOD), (2, 3, BAD), (4, 5, GOOD), (6, 7, BAD), (8, 9, GOOD)), [(1, 4), (5, 8)]),
    ],
)
def test_a_gap_goes_from_the_last_good_look_before_a_failure_to_the_next_one(
    runs: tuple[Run, ...], told: list[tuple[float | None, float | None]]
) -> None:
    assert found(*runs) == told


RUNS: tuple[Run, ...] = ((0, 2, GOOD), (2.5, 5, BAD), (6, 9, GOOD))


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        (0, 9, [(2, 6)]),
        (3, 5, [(2, None)]),
        (5, 9, [(2, 6)]),
        (5.5, 9, []),
        (0, 2.5, []),
        (0, 3, [(2, None)]),
        (6, 9, []),
    ],
)
def test_a_gap_is_told_where_a_day_of_it_lies_in_the_time(
    since: float, until: float, told: list[tuple[float | None, float | None]]
) -> None:
    assert found(*RUNS, since=START + since * DAY, until=START + until * DAY) == told


@pytest.mark.parametrize(
    "dossier", [Dossier("NER"), Dossier("MEX"), Dossier("MEX", first_read=NOW + DAY, last_read=NOW + DAY)]
)
def test_a_country_that_was_never_read_by_then_is_a_gap_without_ends(dossier: Dossier) -> None:
    assert found(dossier=dossier) == [(None, None)]


def test_without_remembered_looks_what_fails_now_is_a_gap() -> None:
    mexico = Dossier("MEX", first_read=LONG_AGO, last_read=START)
    assert found(dossier=mexico, is_looked_at=False) == []
    failing = replace(mexico, failing=Failing(START + DAY, "403", 9, NOW))
    assert found(dossier=failing, is_looked_at=False) == [(1, None)]
    assert found(dossier=failing, is_looked_at=False, until=START + 1.5 * DAY) == []


def test_gaps_are_named_by_country() -> None:
    told = gaps(view(), LONG_AGO, NOW)
    assert len(told) == 192
    assert told[0] == Gap(view().countries[0], None, None)
