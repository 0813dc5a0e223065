"""Countries by the names people type: an exact table to act on, and suggestions that a person confirms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from monitor.model import Country
from monitor.profile.words import fold

_ARTICLES = frozenset(["the", "la", "le", "les", "l", "el", "los", "las"])
_ALIKE = 0.6
_HOLDS_THE_WORDS = 0.9
_LONGEST = 80
"""Characters of what was typed that are compared."""


def name_key(text: str) -> str:
    """Give the form in which two spellings of one name are equal: no case, accents, punctuation, leading article."""
    return "".join(_words(text))


def find_country(text: str, countries: Sequence[Country]) -> Country | None:
    """Find the one country with this code, UN name or alias; never one that is merely similar."""
    by_code = next((country for country in countries if country.code == text), None)
    key = name_key(text)
    if by_code or not key:
        return by_code  # without folding all names of all countries: a command may name two hundred
    return next((country for country in countries if key in map(name_key, spellings(country))), None)


def suggest_countries(text: str, countries: Iterable[Country], limit: int = 5) -> tuple[Country, ...]:
    """Name the countries whose names look like ``text``, most alike first: for a person to choose from, never to act on."""
    # No name is so long; comparing takes time that grows with the square of what a stranger typed.
    # One letter may stand for a whole sentence, so that is cut once more.
    words = " ".join(_words(text[:_LONGEST]))[:_LONGEST].split()
    scored = [(_likeness(words, country), country) for country in countries] if words else []
    alike = sorted((pair for pair in scored if pair[0] >= _ALIKE), key=lambda pair: (-pair[0], pair[1].name))
    return tuple(country for _, country in alike[:limit])


def spellings(country: Country) -> Iterator[str]:
    """Yield everything a country may be called: its code, its UN names, its aliases."""
    yield country.code
    yield from country.names.values()
    yield from country.aliases


def _words(text: str) -> list[str]:
    words = fold(text.replace("&", " and ")).split()
    return words[1:] if len(words) > 1 and words[0] in _ARTICLES else words


def _likeness(words: list[str], country: Country) -> float:
    return max(_similarity(words, _words(spelling)) for spelling in spellings(country))


def _similarity(words: list[str], others: list[str]) -> float:
    compared = SequenceMatcher(None, " ".join(words), " ".join(others), autojunk=False)
    # Most names are so much longer or shorter, or of such other letters, that the rest need not be compared.
    is_possible = compared.real_quick_ratio() >= _ALIKE and compared.quick_ratio() >= _ALIKE
    ratio = compared.ratio() if is_possible else 0.0
    return max(_HOLDS_THE_WORDS, ratio) if set(words) <= set(others) else ratio
