"""The statuses as pages show them: a sign, a word, a class for the style, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from monitor.alert import texts
from monitor.board.definitions import definition
from monitor.board.promise import Kept
from monitor.board.status import Mark, Why
from monitor.language.speech import Speech, capital

KEPT: Final = {Kept.SEEN: "✓", Kept.IN_PART: "≈", Kept.NOT_SEEN: "–", Kept.UNKNOWN: "?"}


@dataclass(frozen=True, slots=True)
class Sign:
    """One status, to be shown."""

    slug: str
    """Its name in classes, anchors and addresses; same in every language."""
    sign: str
    word: str
    meaning: str = ""


def of_mark(say: Speech, mark: Mark) -> Sign:
    """Show a mark."""
    return Sign(slug(mark), texts.MARKS[mark], texts.mark(say, mark), definition(say, mark))


def of_why(say: Speech, why: Why) -> Sign:
    """Show why a mark is unknown."""
    return Sign(
        slug(why.name.casefold()), texts.MARKS[Mark.UNKNOWN], capital(say.word(why)), definition(say, why)
    )


def of_kept(say: Speech, kept: Kept) -> Sign:
    """Show whether a part of the promise can be seen to be kept."""
    return Sign(
        f"kept-{kept.name.casefold().replace('_', '-')}", KEPT[kept], say.word(kept), definition(say, kept)
    )


def marks(say: Speech) -> dict[Mark, Sign]:
    """Show all marks, once for a whole page."""
    return {mark: of_mark(say, mark) for mark in Mark}


def slug(words: str) -> str:
    """Write a status as it stands in addresses: not-seen."""
    return words.replace(" ", "-").replace("_", "-")
