"""How often one person is answered."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Final

MINUTE: Final = 60.0
_MOST_PEOPLE: Final = 10_000
"""So many are remembered before those of the last minute are sorted out."""


class Turn(Enum):
    """What somebody gets who asks."""

    ANSWER = auto()
    REFUSAL = auto()
    """One line that says so."""
    SILENCE = auto()


@dataclass(slots=True)
class _Person:
    asked: deque[float] = field(default_factory=deque)
    refused: float = -MINUTE


class Limits:
    """Counts what each person asked within the last minute."""

    def __init__(self, a_minute: Callable[[], int]) -> None:
        """``a_minute`` gives how many asks of one person are answered, as it is now."""
        self._a_minute = a_minute
        self._people: dict[int, _Person] = {}

    def turn(self, person: int, now: float) -> Turn:
        """Say what this person gets; ``now`` in seconds of a clock that never goes back."""
        self._tidy(now)
        known = self._people.setdefault(person, _Person())
        while known.asked and known.asked[0] <= now - MINUTE:
            known.asked.popleft()
        if len(known.asked) < self._a_minute():
            known.asked.append(now)
            return Turn.ANSWER
        if known.refused > now - MINUTE:
            return Turn.SILENCE
        known.refused = now
        return Turn.REFUSAL

    def _tidy(self, now: float) -> None:
        if len(self._people) >= _MOST_PEOPLE:
            recent = now - MINUTE
            self._people = {
                name: each for name, each in self._people.items() if each.asked and each.asked[-1] > recent
            }
