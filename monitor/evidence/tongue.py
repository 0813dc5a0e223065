"""Which language a text is in: by its script, and in Latin letters by its small words.

The libraries that do this weigh twenty to a hundred megabytes; of seven languages and whole pages of text this is enough.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

_SCRIPTS: Final = {
    "ar": re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
    "zh": re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]"),
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f]"),
}
_SMALL_WORDS: Final = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in is for that with by on as are be this which from has was have",
        "fr": "le la les des et du en est une pour dans que au par sur qui aux sont avec ou",
        "es": "el la los las de y en que del para por con una se es al como su más no",
        "pt": "o os das dos e em que para do da uma com não por ao na no se são pela",
    }.items()
}
_WORD: Final = re.compile(r"[^\W\d_]+")
_FEWEST_LETTERS: Final = 60
"""Fewer say nothing."""
_SHARE: Final = 0.6
"""Of the letters that one script must have."""
_FEWEST_SMALL: Final = 6
"""Small words that must be found, and 1.3 times as many as in the second language."""
_LEAD: Final = 1.3


def language_of(text: str) -> str:
    """Give the code of a text's language (en, fr, es, pt, ru, ar, zh); empty where that is not clear."""
    letters = Counter({name: len(script.findall(text)) for name, script in _SCRIPTS.items()})
    [(script, most)] = letters.most_common(1)
    if most < _FEWEST_LETTERS or most < _SHARE * letters.total():
        return ""
    return _latin(text) if script == "latin" else script


def _latin(text: str) -> str:
    [(first, most), (_, second)] = Counter(dict(_counted(text))).most_common(2)
    return first if most >= _FEWEST_SMALL and most >= _LEAD * second else ""


def _counted(text: str) -> Iterator[tuple[str, int]]:
    words = Counter(word.casefold() for word in _WORD.findall(text))
    for language, small in _SMALL_WORDS.items():
        yield language, sum(words[word] for word in small)
