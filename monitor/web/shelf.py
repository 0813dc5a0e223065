"""The files of the newest edition of the board, kept until what they were made of has changed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from monitor.board.view import View
from monitor.web.packed import Packed
from monitor.web.plan import Plan, plan

PAUSE: Final = 3.0
"""Seconds between two editions at least: a world that changes all the time must not keep us making pages."""
LEFTOVER: Final = 5.0
"""Seconds for which the last edition's file is good enough while the new one is being made."""
MOST_BYTES: Final = 8_000_000
"""What the files of all editions may take in memory; those not asked for longest go first."""


@dataclass(frozen=True, slots=True)
class Edition:
    """The board as it is for as long as nothing that it shows changes."""

    view: View
    plan: Plan
    began: float
    """Steady seconds."""
    number: int = 1
    broken: set[str] = field(default_factory=set)
    """Paths whose making tripped: not tried again for every reader who asks."""


class Shelf:
    """Files that were made, by path; of times it knows only the steady seconds it is given."""

    def __init__(self, most_bytes: int = MOST_BYTES, plan: Callable[[View], Plan] = plan) -> None:
        """Begin empty; ``plan`` says which files there are and what makes them."""
        self._plan = plan
        self._most = most_bytes
        self._edition: Edition | None = None
        self._files: OrderedDict[str, tuple[Edition, Packed]] = OrderedDict()
        self._weight = 0

    @property
    def edition(self) -> Edition | None:
        """The newest edition; None before the first."""
        return self._edition

    def offer(self, view: View, moment: float) -> bool:
        """Begin a new edition where the board would show something else than now, and say whether."""
        old = self._edition
        if old is not None and (moment - old.began < PAUSE or _shown(old.view) == _shown(view)):
            return False
        self._edition = Edition(view, self._plan(view), moment, old.number + 1 if old else 1)
        return True

    def take(self, path: str) -> Packed | None:
        """Give a file of this edition, where it is made."""
        edition, packed = self._files.get(path, (None, None))
        if edition is None or edition is not self._edition:
            return None
        self._files.move_to_end(path)
        return packed

    def leftover(self, path: str, moment: float) -> Packed | None:
        """Give the file as the edition before this one had it, where that was just now."""
        now, (edition, packed) = self._edition, self._files.get(path, (None, None))
        if now is None or edition is None or moment - now.began > LEFTOVER:
            return None
        return packed if edition.number == now.number - 1 else None

    def last(self, path: str) -> Packed | None:
        """Give what was last sent from a path, of whichever edition."""
        return self._files.get(path, (None, None))[1]

    def keep(self, edition: Edition, path: str, packed: Packed) -> None:
        """Put a file on the shelf; one of an edition that is over changes nothing."""
        if edition is not self._edition:
            return
        self._drop(path)
        self._files[path] = edition, packed
        self._weight += packed.weight
        while self._weight > self._most and len(self._files) > 1:
            self._drop(next(iter(self._files)))

    def _drop(self, path: str) -> None:
        if path in self._files:
            self._weight -= self._files.pop(path)[1].weight


def _shown(view: View) -> tuple[object, ...]:
    """Name the parts of the world that the board shows, by identity: what a commit does not touch stays the same object."""
    world = view.world
    parts = (world.dossiers, world.changes, world.pledges, world.files, world.looks)
    return (*map(id, parts), world.duty)
