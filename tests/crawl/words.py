"""What is left of English in what a person reads in another language."""

from __future__ import annotations

import re
from functools import cache

from monitor.language.catalogs import catalog
from monitor.language.speech import speak
from tests.language.catalogs import PLACEHOLDER

SENTENCE = 12
"""From so many letters on a text does not occur by chance."""
_BEFORE = re.compile(r"^(✓ |\d+\. |🔇 |« |◀ )+")


def english_in(code: str, text: str) -> set[str]:
    """Give the sentences, and the lines that are whole sentences, that are English in another language's text."""
    if code == "en":
        return set()
    whole, pieces = _english(code)
    text = re.sub(r"https?:\S+", "", text)  # addresses stand as they are
    lines = {_BEFORE.sub("", line).strip() for line in text.splitlines()}
    return (lines & whole) | {piece for piece in pieces if piece in text}


@cache
def _english(code: str) -> tuple[frozenset[str], frozenset[str]]:
    said = {text: speak(code).word(text) for text in _sentences(code)}
    of_its_own = "\n".join(said.values())
    pieces = {part.strip() for text in said for part in PLACEHOLDER.split(text)}
    long = {part for part in pieces if len(part) >= SENTENCE and part not in of_its_own}
    return frozenset(text for text, own in said.items() if own not in {text, ""}), frozenset(long)


def _sentences(code: str) -> set[str]:
    """Give all sentences there are: a catalog has each, as ``tests/language`` proves, and to gather them takes a second."""
    found = getattr(catalog(code), "_catalog", {})
    return {key if isinstance(key, str) else key[0] for key in found} - {""}
