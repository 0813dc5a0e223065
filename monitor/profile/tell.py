"""Which cycle and which language: the link's own words, its address, the words beside it, the words over it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from monitor.model import Evidence, Link, Where, Words
from monitor.profile.rules import Rules
from monitor.profile.words import fold, shorten

_OWN = frozenset([Where.LABEL, Where.TITLE, Where.ARIA])
_NEAR = frozenset([Where.BEFORE, Where.AFTER, Where.CELL, Where.COLUMN])
_CODE = re.compile(r"(?<![\w/.-])[A-Z]{2,3}(?![\w/.-])")
_LETTER = re.compile(r"^\W*([EFSRAC])\W*$")


@dataclass(frozen=True, slots=True)
class Told:
    """A value and the words that gave it; neither where nothing did."""

    value: str | None = None
    evidence: tuple[Evidence, ...] = ()


def tell_cycle(link: Link, rules: Rules) -> Told:
    """Name the review cycle; words of a cycle that nobody described end the search: unknown, not guessed."""

    def in_words(words: Words) -> list[str | None]:
        return rules.cycle_words.meanings(fold(words.text))

    def in_address() -> Iterator[tuple[str, str]]:
        for rule in rules.addresses:
            if rule.cycle is not None and (found := rule.pattern.search(link.url)):
                yield rule.cycle, found.group()

    return _tell("cycle", link, in_words, in_address)


def tell_language(link: Link, rules: Rules) -> Told:
    """Name the document's language (ISO 639-1); never from the page's own language."""

    def in_words(words: Words) -> list[str | None]:
        folded = fold(words.text)
        # "Saudi Arabia" in Arabic names the language too: farther words count only where they name nothing else.
        if words.where in _OWN | _NEAR or is_only_language(folded, rules):
            return [*rules.languages.meanings(folded)] or _codes(words, rules)
        return []

    def in_address() -> Iterator[tuple[str, str]]:
        for pattern in rules.language_addresses:
            if (found := pattern.search(link.url)) and found["code"].lower() in rules.language_codes:
                yield rules.language_codes[found["code"].lower()], found["code"]

    if link.language:
        code = link.language.lower().split("-")[0]
        by_attribute = Words(Where.LANG, link.language)
        own = _first(_those(link, own=True), in_words)
        if own is None and code in rules.language_codes:
            return _told("language", rules.language_codes[code], by_attribute)
    return _tell("language", link, in_words, in_address)


def is_only_language(folded: str, rules: Rules) -> bool:
    """Tell whether a folded text names languages and nothing else but "version", "download" and the like."""
    for phrases in (rules.languages, rules.generic):
        for hit in reversed(phrases.find(folded)):
            folded = f"{folded[: hit.start]} {folded[hit.end :]}"
    return not [word for word in folded.split() if not word.isdigit() and word not in rules.language_codes]


def _codes(words: Words, rules: Rules) -> list[str | None]:
    """Read codes such as (EN), or beside the link a lone E; only capitals count. A heading "A" is no language."""
    is_beside = words.where in _OWN | _NEAR
    written = [*_CODE.findall(words.text), *(_LETTER.findall(words.text) if is_beside else ())]
    codes = [rules.language_codes.get(fold(code)) for code in written]
    return list(dict.fromkeys(code for code in codes if code))


def _tell(
    of: str,
    link: Link,
    in_words: Callable[[Words], list[str | None]],
    in_address: Callable[[], Iterator[tuple[str, str]]],
) -> Told:
    own = _first(_those(link, own=True), in_words)
    if own is not None:
        return _told(of, *own)
    for value, found in in_address():
        return _told(of, value, Words(Where.ADDRESS, found))
    around = _first(_those(link, own=False), in_words)
    return _told(of, *around) if around is not None else Told()


def _those(link: Link, *, own: bool) -> list[Words]:
    return [words for words in link.words if (words.where in _OWN) is own]


def _first(
    candidates: list[Words], in_words: Callable[[Words], list[str | None]]
) -> tuple[str | None, Words] | None:
    """Give what the nearest words name that name just one; words of an unknown cycle count as one."""
    for words in candidates:
        named = in_words(words)
        if None in named:
            return None, words
        if len(named) == 1:
            return named[0], words
    return None


def _told(of: str, value: str | None, words: Words) -> Told:
    return Told(value, (Evidence(of, words.where, shorten(words.text, 120)),))
