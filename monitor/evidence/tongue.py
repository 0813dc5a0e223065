"""Which language a text is in: by its script, and in Latin letters by its small words.

The libraries that do this weigh twenty to a hundred megabytes; of seven languages and whole pages of text this is enough.
A language that is none of the seven must not be taken for its neighbour: then nothing is said.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final
from unicodedata import normalize


@dataclass(frozen=True, slots=True)
class _Script:
    letters: re.Pattern[str]
    foreign: re.Pattern[str]
    """Letters that the language does not have, and its neighbours in the same script do."""
    own: re.Pattern[str]
    """What every text in the language has, and its neighbours do not."""


_NEVER: Final = re.compile(r"(?!)")
_ALWAYS: Final = re.compile("")
_SCRIPTS: Final = {
    "ar": _Script(
        re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"),
        re.compile(r"[\u0671-\u06d5]"),
        _ALWAYS,
    ),
    "ru": _Script(
        re.compile(r"[\u0400-\u04ff]"),
        re.compile(r"[\u0400\u0402-\u040f\u0450\u0452-\u04ff]"),
        re.compile("ы", re.IGNORECASE),
    ),
    "zh": _Script(
        re.compile(r"[\u4e00-\u9fff\u3400-\u4dbf]"), re.compile(r"[\u3040-\u30ff\uac00-\ud7af]"), _ALWAYS
    ),
    "latin": _Script(re.compile(r"[A-Za-z\u00c0-\u024f]"), _NEVER, _ALWAYS),
}
_SMALL_WORDS: Final = {
    language: frozenset(words.split())
    for language, words in {
        "en": "the of and to in is for that with by on as are be this which from has was have",
        "fr": "le la les des et du en est une pour dans que au par sur qui aux sont avec ou",
        "es": "el la los las de en que del para por con una se es al como su más no",
        "pt": "os das dos em que para do da uma com não por ao na no se são pela",
    }.items()
}
_NEIGHBOURS: Final = {
    language: frozenset(words.split())
    for language, words in {
        "it": "di il la che per un una del della con non sono dei le nel al dal si alla gli",
        "ca": "de la el que els les amb per del una és dels en al es aquest va van com no",
        "nl": "de van het en een in is dat op te zijn met voor die niet aan om door werd",
        "de": "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine",
        "ro": "de în și a la cu pe care din sau pentru este prin al ale nu fost",
    }.items()
}
"""Languages in Latin letters that would be taken for one of ours."""
_PORTUGUESE: Final = re.compile(r"[ãõç]", re.IGNORECASE)
"""Galician has the small words and none of these."""
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
"""One letter alone is often a word that was taken apart."""
_FEWEST_LETTERS: Final = 60
"""Fewer say nothing."""
_SHARE: Final = 0.6
"""Of the letters that one script must have."""
_MOST_FOREIGN: Final = 0.02
"""Of the script's letters: names and quotations."""
_FEWEST_SMALL: Final = 6
"""Small words that must be found, and 1.3 times as many as in the second language."""
_LEAD: Final = 1.3
_SMALL_SHARE: Final = 0.2
"""Of the words that must be small ones."""

LANGUAGES: Final = frozenset({*_SMALL_WORDS, *_SCRIPTS} - {"latin"})
"""All that can be told."""


def language_of(text: str) -> str:
    """Give the code of a text's language (en, fr, es, pt, ru, ar, zh); empty where that is not clear."""
    text = normalize("NFC", text)
    letters = Counter({name: len(script.letters.findall(text)) for name, script in _SCRIPTS.items()})
    [(name, most)] = letters.most_common(1)
    if most < _FEWEST_LETTERS or most < _SHARE * sum(map(str.isalpha, text)):
        return ""
    if name == "latin":
        return _latin(text)
    return name if _is_own(_SCRIPTS[name], text, most) else ""


def _is_own(script: _Script, text: str, letters: int) -> bool:
    foreign = len(script.foreign.findall(text))
    return foreign <= _MOST_FOREIGN * letters and script.own.search(text) is not None


def _latin(text: str) -> str:
    words = Counter(word.casefold() for word in _WORD.findall(text))
    lists = {**_NEIGHBOURS, **_SMALL_WORDS}
    counted = Counter({language: sum(words[word] for word in small) for language, small in lists.items()})
    [(first, most), (_, second)] = counted.most_common(2)
    is_clear = most >= max(_FEWEST_SMALL, _SMALL_SHARE * words.total(), _LEAD * second)
    is_galician = first == "pt" and not _PORTUGUESE.search(text)
    return first if is_clear and first in LANGUAGES and not is_galician else ""
