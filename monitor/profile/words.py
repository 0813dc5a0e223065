"""Words compared as people compare them: without case, accents and punctuation; phrases found whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

T = TypeVar("T")

_NOT_A_WORD = re.compile(r"[\W_]+")
_SHORTEST_WORD = 4
_LONGEST_KEPT = 500
"""Characters of a text whose folded form is remembered: a cache must not grow with a hostile page."""
_TEXTS_KEPT = 2_048
"""Texts whose phrases are remembered."""
_TATWEEL = "\u0640"
# Chinese is written without spaces and Arabic joins article and prepositions to the word.
_JOINED_SCRIPTS = re.compile(r"[\u0600-\u06ff\u3400-\u9fff]")


def fold(text: str) -> str:
    """Lower-case, without accents (and Arabic vowel signs), every run of punctuation one space."""
    return _fold_short(text) if len(text) <= _LONGEST_KEPT else _fold(text)


def _fold(text: str) -> str:
    if text.isascii():
        return _NOT_A_WORD.sub(" ", text.lower()).strip()
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", visible(text)).casefold())
    marks_gone = "".join(letter for letter in plain if not _is_mark(letter))
    return _NOT_A_WORD.sub(" ", marks_gone).strip()


_fold_short = lru_cache(maxsize=16_384)(_fold)


def _is_mark(letter: str) -> bool:
    return letter == _TATWEEL or unicodedata.category(letter) in {"Mn", "Me"}


def visible(text: str) -> str:
    """Drop what no reader sees: soft hyphens, zero-width characters, marks of the writing direction."""
    if text.isascii():
        return text
    # Letter by letter 5 MB would take a second; a text has few different letters.
    for hidden in [letter for letter in set(text) if unicodedata.category(letter) == "Cf"]:
        text = text.replace(hidden, "")
    return text


@dataclass(frozen=True, slots=True)
class Hit(Generic[T]):
    """A phrase found in a folded text, and what it stands for."""

    start: int
    end: int
    meaning: T


class Phrases(Generic[T]):
    """Many phrases, searched at once: the longest wins where several begin."""

    def __init__(self, phrases: Iterable[tuple[str, T]]) -> None:
        """Take (phrase, meaning) pairs; a phrase named twice keeps its first meaning."""
        self._meanings: dict[str, T] = {}
        for phrase, meaning in phrases:
            self._meanings.setdefault(fold(phrase), meaning)
        self._pattern = _pattern(self._meanings)
        # The words over one link stand over the next as well.
        self._find_short = lru_cache(maxsize=_TEXTS_KEPT)(self._find)

    def find(self, folded: str) -> tuple[Hit[T], ...]:
        """Find phrases in a text that was folded, left to right, none overlapping."""
        return self._find_short(folded) if len(folded) <= _LONGEST_KEPT else self._find(folded)

    def _find(self, folded: str) -> tuple[Hit[T], ...]:
        found = self._pattern.finditer(folded)
        return tuple(Hit(match.start(), match.end(), self._meaning(match)) for match in found)

    def meanings(self, folded: str) -> list[T]:
        """Name what the phrases in a folded text stand for, each once, in order."""
        return list(dict.fromkeys(hit.meaning for hit in self.find(folded)))

    def _meaning(self, match: re.Match[str]) -> T:
        found = match.group()
        return self._meanings[found] if found in self._meanings else self._meanings[found.removesuffix("s")]


def _pattern(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(filter(None, phrases), key=len, reverse=True)
    joined = [re.escape(phrase) for phrase in longest_first if _JOINED_SCRIPTS.search(phrase)]
    spaced = [_plural(phrase) for phrase in longest_first if not _JOINED_SCRIPTS.search(phrase)]
    parts = list(joined)
    if spaced:
        parts.append(rf"(?<!\w)(?:{'|'.join(spaced)})(?!\w)")
    return re.compile("|".join(parts) if parts else r"(?!)")


def _plural(phrase: str) -> str:
    """Let a plural s follow a word, but not a numeral: "cycle is" is not cycle I."""
    last = phrase.rpartition(" ")[2]
    is_word = len(last) >= _SHORTEST_WORD and last.isalpha()
    return re.escape(phrase) + ("s?" if is_word else "")


def squeeze(text: str) -> str:
    """Collapse white space to single spaces, and drop what no reader sees."""
    return " ".join(visible(text).split())


def shorten(text: str, limit: int) -> str:
    """Cut a text that is longer than ``limit`` characters, with an ellipsis."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"
