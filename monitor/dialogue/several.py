"""Several countries named in one line, with or without anything between them: exact names only."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.model import Country
from monitor.names import name_key, spellings

_PIECES: Final = re.compile(r"[,;\n]|[^\s,;]+")
_BETWEEN: Final = frozenset(
    [
        ",",
        ";",
        "\n",
        "/",
        "&",
        "+",
        "and",
        "et",
        "y",
        "e",
        "with",
        "avec",
        "con",
        "vs",
        "vs.",
        "versus",
        "contre",
        "contra",
    ]
)
"""What may stand between two names; some of it also stands inside of names."""
_HARD: Final = frozenset([",", ";", "\n"])
_MOST: Final = 40
"""Pieces that are read; nobody names four countries in more."""
_LONGEST: Final = 12
"""Pieces of the longest name."""

Known = Mapping[str, Country]


@dataclass(frozen=True, slots=True)
class Several:
    """Countries in the order in which they were named, each once; and the first words that name none."""

    countries: tuple[Country, ...]
    unknown: str = ""


def several(text: str, countries: Iterable[Country]) -> Several:
    """Read names: of several ways to read them the one with the longest names, but no name over a comma in vain."""
    known = {name_key(spelling): country for country in countries for spelling in spellings(country)}
    pieces = _PIECES.findall(text)[:_MOST]
    todo: list[tuple[int, tuple[Country, ...]]] = [(0, ())]
    tried: set[int] = set()
    furthest: tuple[int, tuple[Country, ...]] = (-1, ())
    while todo:
        start, named = todo.pop()
        at = _behind_what_is_between(pieces, start)
        if at == len(pieces):
            return Several(_once(named))
        if at not in tried:
            tried.add(at)
            furthest = max(furthest, (at, named), key=lambda each: each[0])
            todo += [(end, (*named, country)) for end, country in reversed(_names(pieces, at, known))]
    return Several(_once(furthest[1]), _unknown(pieces, furthest[0], known))


def _names(pieces: Sequence[str], at: int, known: Known) -> list[tuple[int, Country]]:
    """Give the names that begin at a piece, and where they end: the likeliest first."""
    ends = range(min(len(pieces), at + _LONGEST), at, -1)
    named = ((end, known.get(name_key(" ".join(pieces[at:end])))) for end in ends)
    found = [(end, country) for end, country in named if country]
    return sorted(found, key=lambda each: _is_unlikely(pieces[at : each[0]], known))


def _is_unlikely(words: Sequence[str], known: Known) -> bool:
    """Tell whether a comma stands in it, or every word is a name by itself: CYP RUS is two countries, not Cyprus."""
    return not _HARD.isdisjoint(words) or (len(words) > 1 and all(name_key(each) in known for each in words))


def _behind_what_is_between(pieces: Sequence[str], at: int) -> int:
    while at < len(pieces) and pieces[at].casefold() in _BETWEEN:
        at += 1
    return at


def _unknown(pieces: Sequence[str], at: int, known: Known) -> str:
    """Give the words that name nothing, up to what separates them from a name, or to one."""
    end = at + 1
    while end < len(pieces) and pieces[end].casefold() not in _BETWEEN and not _names(pieces, end, known):
        end += 1
    return " ".join(pieces[at:end])


def _once(named: Iterable[Country]) -> tuple[Country, ...]:
    return tuple({country.code: country for country in named}.values())
