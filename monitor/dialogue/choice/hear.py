"""What typed words ask for: exact names and phrases only, never what is merely similar."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from typing import Final

from monitor.board.regions import regions
from monitor.dialogue.choice.vocabulary import KEYWORDS, Wish, cycle_words, key
from monitor.language.catalogs import languages
from monitor.language.speech import speak
from monitor.model import Country, ReviewCycle
from monitor.names import find_country, name_key

_BETWEEN: Final = re.compile(r"[,;\n]+")
_AND: Final = re.compile(r"(?:^|\s+)(?:and|et|y|e|&)(?:\s+|$)", re.IGNORECASE)
_MOST_IN_A_NAME: Final = 2
"""Times that a country's name says "and"."""
_LONGEST_PHRASE: Final = 6
"""Words of the longest phrase that may stand beside a name without a comma."""
_REGION: Final = "region"
_MOST_UNKNOWN: Final = 5
"""Unknown words after which nobody reads on: nothing is changed anyway."""

Meaning = Callable[[str], Wish | None]


@dataclass(frozen=True, slots=True)
class Heard:
    """What words ask for, and the words nobody understands; with any of those nothing may be done."""

    wish: Wish
    unknown: tuple[str, ...] = ()


def hear(text: str, countries: tuple[Country, ...], cycles: Iterable[ReviewCycle]) -> Heard:
    """Understand typed words: parts between commas, each a name or phrase in any language that is spoken."""
    phrases = {**KEYWORDS, **cycle_words(cycles), **region_words(countries)}

    def meaning(part: str) -> Wish | None:
        return _meaning(part, phrases, countries)

    wishes: list[Wish] = []
    unknown: list[str] = []
    for found in _parts(text, meaning, phrases):
        if isinstance(found, str):
            unknown.append(found)
        else:
            wishes.append(found)
        if len(unknown) == _MOST_UNKNOWN:
            break
    return Heard(reduce(Wish.and_also, wishes, Wish()), tuple(dict.fromkeys(unknown)))


def region_words(countries: Iterable[Country]) -> dict[str, Wish]:
    """Give what the names of regions ask for, by key, in every language, with or without the word region."""
    named = ((region, Wish(regions=frozenset({region}))) for region in regions(countries))
    return {
        prefix + written: wish
        for region, wish in named
        for written in {name_key(region), *(name_key(speak(code).word(region)) for code in languages())}
        for prefix in ("", _REGION)
    }


def _meaning(part: str, phrases: Mapping[str, Wish], countries: tuple[Country, ...]) -> Wish | None:
    known = phrases.get(key(part)) or phrases.get(name_key(part))
    if known is not None:
        return known
    country = find_country(part, countries)
    return None if country is None else Wish(countries=frozenset({country.code}))


def _parts(text: str, meaning: Meaning, phrases: Mapping[str, Wish]) -> Iterator[Wish | str]:
    """Read part after part; "Bahamas, The" is one name, though a comma stands in it."""
    parts = list(dict.fromkeys(part.strip() for part in _BETWEEN.split(text) if part.strip()))
    while parts:
        both = _both(parts[:2], meaning)
        if both is not None:
            yield both
            del parts[:2]
        else:
            yield from _part(parts.pop(0), meaning, phrases)


def _both(parts: list[str], meaning: Meaning) -> Wish | None:
    """Read two parts as one name, unless each is one itself: "cyp, rus" are two countries, "Cyprus" is one."""
    if len(parts) == 1 or all(meaning(part) for part in parts):
        return None
    return meaning(", ".join(parts))


def _part(part: str, meaning: Meaning, phrases: Mapping[str, Wish]) -> Iterable[Wish | str]:
    whole = meaning(part)
    if whole is not None:
        return [whole]
    beside, rest = _beside(part, phrases)
    wishes = _joined_by_and(rest, meaning)
    return [rest] if wishes is None else [*beside, *wishes]


def _joined_by_and(text: str, meaning: Meaning) -> list[Wish] | None:
    """Read "Mexico and Brazil", where some names say "and" themselves; None where a part is not understood."""
    found: list[Wish] = []
    while text:
        cuts = [
            (text[: cut.start()], text[cut.end() :]) for cut in islice(_AND.finditer(text), _MOST_IN_A_NAME)
        ]
        read = ((_said(head, meaning), rest) for head, rest in ((text, ""), *reversed(cuts)))
        wish, text = next(((wish, rest) for wish, rest in read if wish is not None), (None, text))
        if wish is None:
            return None
        found.append(wish)
    return found


def _said(head: str, meaning: Meaning) -> Wish | None:
    return meaning(head) if head.strip() else Wish()


def _beside(part: str, phrases: Mapping[str, Wish]) -> tuple[list[Wish], str]:
    """Take phrases off both ends of a part: "weekly Mexico", "Mexico summaries"."""
    found, words = list[Wish](), part.split()
    while taken := _taken(words, phrases):
        wish, words = taken
        found.append(wish)
    return found, " ".join(words)


def _taken(words: list[str], phrases: Mapping[str, Wish]) -> tuple[Wish, list[str]] | None:
    """Take the longest phrase off either end."""
    for length in range(min(_LONGEST_PHRASE, len(words)), 0, -1):
        for phrase, rest in ((words[:length], words[length:]), (words[-length:], words[:-length])):
            wish = phrases.get(key(" ".join(phrase)))
            if wish is not None:
                return wish, rest
    return None
