from __future__ import annotations

import pytest

from monitor.telegram import limits
from monitor.telegram.limits import Limits, Turn

A, R, S = Turn.ANSWER, Turn.REFUSAL, Turn.SILENCE


def test_within_a_minute_so_many_are_answered_then_one_line_then_silence_and_so_on() -> None:
    known = Limits(lambda: 2)
    turns = [known.turn(1, now) for now in (0, 1, 2, 3, 59.9, 60.5, 60.9, 61.5, 62.5)]
    assert turns == [A, A, R, S, S, A, S, A, R]


def test_people_are_counted_apart() -> None:
    known = Limits(lambda: 1)
    assert [known.turn(person, 0) for person in (1, 2, 1, 2)] == [A, A, R, R]


def test_people_who_were_silent_for_a_minute_are_forgotten_when_there_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "_MOST_PEOPLE", 3)
    known = Limits(lambda: 1)
    for person, now in ((1, 0), (2, 30), (3, 61)):
        known.turn(person, now)
    known.turn(4, 62)
    assert set(known._people) == {2, 3, 4}
    assert known.turn(2, 63) is R
