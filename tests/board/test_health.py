"""Whether the service does its job, seen from outside."""

from __future__ import annotations

from datetime import timedelta

from monitor.board.health import ill_health
from tests.alert.samples import ENGLISH, NOW

PERIOD = timedelta(minutes=30)


def test_two_periods_without_a_sweep_are_still_well() -> None:
    assert ill_health(ENGLISH, NOW - 2 * PERIOD, PERIOD, NOW) == ""


def test_more_than_two_periods_are_not_and_the_reason_is_said() -> None:
    why = ill_health(ENGLISH, NOW - 2 * PERIOD - timedelta(minutes=1), PERIOD, NOW)
    assert why == "the last sweep finished 61 minutes ago; one is due every 30"


def test_no_sweep_at_all_is_not_well() -> None:
    assert ill_health(ENGLISH, None, PERIOD, NOW) == "no sweep has finished yet"
