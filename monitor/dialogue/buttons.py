"""Buttons that answer when they are pressed, in rows, and lists whose pages turn in place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Generic, TypeVar

from monitor.alert.message import press
from monitor.language.speech import Speech
from monitor.model import Button, Message

T = TypeVar("T")
_CHOSEN: Final = "✓ "
_LONGEST_NUMBER: Final = 6


def button(label: str, verb: str, *arguments: object) -> Button:
    """Make a button that says ``verb`` when it is pressed."""
    return press(label, verb, *arguments)


def homeward(say: Speech, shown: Message) -> Message:
    """Give a message that took another's place a way back to the overview."""
    return replace(shown, buttons=(*shown.buttons, button(say("The world in numbers"), "world")))


def chosen(made: Button) -> Button:
    """Mark a button as the one that holds now."""
    return replace(made, label=f"{_CHOSEN}{made.label}")


def row(*made: Button) -> tuple[Button, ...]:
    """Put buttons beside each other."""
    return tuple(replace(each, is_beside=index > 0) for index, each in enumerate(made))


def grid(made: Iterable[Button], columns: int) -> tuple[Button, ...]:
    """Put buttons in rows of ``columns``."""
    return tuple(replace(each, is_beside=index % columns > 0) for index, each in enumerate(made))


def number(written: str, most: int) -> int:
    """Read a number that a button or a person gives, between 0 and ``most``; 0 where it is none."""
    is_number = written.isascii() and written.isdecimal() and len(written) <= _LONGEST_NUMBER
    return min(int(written), most) if is_number else 0


@dataclass(frozen=True, slots=True)
class Leaf(Generic[T]):
    """One page of a list."""

    items: tuple[T, ...]
    number: int
    last: int


def leaf(items: Sequence[T], wanted: str, size: int) -> Leaf[T]:
    """Turn to a page, counted from 0; the nearest there is where that one does not exist."""
    last = max(0, (len(items) - 1) // size)
    at = number(wanted, last)
    return Leaf(tuple(items[at * size : (at + 1) * size]), at, last)


def turning(of: Leaf[T], data: Callable[[int], tuple[object, ...]]) -> tuple[Button, ...]:
    """Make the buttons that turn pages, round and round; none where there is one page only."""
    if of.last == 0:
        return ()
    pages = of.last + 1
    targets = {
        "◀": (of.number - 1) % pages,
        f"{of.number + 1}/{pages}": of.number,
        "▶": (of.number + 1) % pages,
    }
    return row(*(button(label, *map(str, data(page))) for label, page in targets.items()))
