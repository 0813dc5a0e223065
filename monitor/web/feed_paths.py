"""Where the feeds stand, relative to the board's root: pages link to them."""

from __future__ import annotations

import re
from typing import Final
from unicodedata import normalize

ALL: Final = "feed.atom"
"""English; the same as ``en/feed.atom``."""
_OTHERS: Final = re.compile(r"[^a-z0-9]+")


def of_all(language: str) -> str:
    """Give the path of a language's feed of all countries."""
    return f"{language}/{ALL}"


def of_country(language: str, code: str) -> str:
    """Give the path of a country's feed."""
    return f"{language}/feeds/{code}.atom"


def of_region(language: str, region: str) -> str:
    """Give the path of a region's feed."""
    return f"{language}/feeds/{slug(region)}.atom"


def slug(words: str) -> str:
    """Write words as a name in an address: east-asia-central-asia-pacific."""
    plain = normalize("NFKD", words).encode("ascii", "ignore").decode().casefold()
    return _OTHERS.sub("-", plain).strip("-")
