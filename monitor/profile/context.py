"""The words that stand over a place on the page, as a chain from the innermost outwards."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from monitor.model import Where, Words

BARRIER: Final = 0
"""The level of words that belong to a container (row, term, tab): a heading inside never ends them."""
CARD_TITLE: Final = 7
BOLD_LABEL: Final = 8
PLAIN_TEXT: Final = 9
"""Levels below the six of real headings, for what serves as one."""
_MOST = 24
_LONGEST = 400


@dataclass(frozen=True, slots=True)
class Context:
    """Some words over a place, and what stands over them."""

    words: Words
    level: int
    outer: Context | None

    def __iter__(self) -> Iterator[Words]:
        """Give the words nearest first, at most so many that a hostile page cannot grow them."""
        here: Context | None = self
        for _ in range(_MOST):
            if here is None:
                return
            yield here.words
            here = here.outer


def push(outer: Context | None, where: Where, text: str, level: int = BARRIER) -> Context | None:
    """Put words over what follows; without words nothing changes."""
    return Context(Words(where, text[:_LONGEST]), level, outer) if text else outer


def push_heading(
    outer: Context | None, where: Where, text: str, level: int, floor: Context | None
) -> Context | None:
    """Put a heading over what follows: it ends those of its level and below, up to its container (``floor``)."""
    return push(pop(outer, level, floor), where, text, level)


def pop(context: Context | None, level: int, floor: Context | None) -> Context | None:
    """End the headings of ``level`` and below that stand inside the container."""
    while context is not None and context is not floor and context.level >= level:
        context = context.outer
    return context
