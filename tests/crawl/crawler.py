"""Somebody who presses every button they are shown, and every button that those lead to."""

from __future__ import annotations

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from itertools import chain

from monitor.alert.press import parts
from tests.botapi import Callback, Person, Sent
from tests.botapi.happenings import pressed
from tests.botapi.reading import Reader
from tests.botapi.state import Json

MOST = 200
"""Presses of one person."""
LAST = frozenset({"end", "leave", "erase", "undo"})
"""What makes a choice go is pressed when all else was."""
_WORD = re.compile(r"[a-z-]{2,}|[A-Z_]{5,}")
_HEX = re.compile(r"[0-9a-f]{12}")


@dataclass(frozen=True)
class Step:
    """A button that was pressed, under a message as it then was, and what came of it."""

    data: str
    message: Sent
    query: Callback
    mark: int

    @property
    def verb(self) -> str:
        return parts(self.data)[0]

    @property
    def is_edited(self) -> bool:
        return int(self.message.record["revision"]) > self.mark

    @property
    def toast(self) -> str:
        return str(self.query.answers[0]["text"])


@dataclass
class Crawler:
    """Presses breadth-first in one chat."""

    person: Person
    place: Reader
    most_alike: int = 1
    """Buttons of one shape that are pressed: pages and countries are alike."""
    alike: Counter[tuple[str, ...]] = field(default_factory=Counter)
    waiting: deque[tuple[Json, str]] = field(default_factory=deque)
    last: deque[tuple[Json, str]] = field(default_factory=deque)
    verbs: set[str] = field(default_factory=set)
    presses: int = 0

    def looks(self, since: int) -> list[Sent]:
        """Take note of the buttons of all messages that are new or changed since a mark; give these."""
        new = [each for each in self.place.sent() if int(each.record["revision"]) > since]
        for each in new:
            for button in chain(*each.keyboard):
                if "callback_data" in button:
                    self._notes(each.record, button["callback_data"])
        return new

    def presses_next(self) -> Step | None:
        """Press the button that waits longest; None where there is none, or it was enough."""
        queue = self.waiting or self.last
        if not queue or self.presses >= MOST:
            return None
        record, data = queue.popleft()
        self.presses += 1
        self.verbs.add(parts(data)[0])
        state, mark = self.place.state, self.place.mark()
        query = Callback(state, pressed(state, self.person.id, record, {"callback_data": data}))
        return Step(data, Sent(state, record), query, mark)

    def _notes(self, record: Json, data: str) -> None:
        shape = tuple(_shape(part) for part in parts(data)[1])
        key = (parts(data)[0], *shape)
        self.alike[key] += 1
        is_of_others = "language" in shape and shape[-1] != self.person.human.language
        if self.alike[key] <= self.most_alike and not is_of_others:
            (self.last if LAST & set(shape) else self.waiting).append((record, data))


def _shape(part: str) -> str:
    """Leave what tells kinds of buttons apart: words of ours, not names of countries, documents and pages."""
    return part if _WORD.fullmatch(part) and not _HEX.fullmatch(part) else ""
