"""What a request says it accepts and what it has already, as RFC 9110 writes it; nonsense is as if nothing was said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final

_QUALITY: Final = re.compile(r";\s*q\s*=\s*([01](?:\.\d{0,3})?)\s*(?:;|$)", re.ASCII | re.IGNORECASE)
_TAG: Final = re.compile(r'"[^"]*"')
"""Weak ones, with W/ in front, are compared like strong ones."""
_LONGEST_DATE: Final = 40
_LONGEST_LIST: Final = 1000
"""Nobody's browser says more; who sends 60,000 choices is not weighed to the end."""


def best_language(header: str, spoken: Callable[[str], str]) -> str:
    """Give the best liked language that is ``spoken`` (which gives "" for others); "" where none is asked for."""
    liked = sorted(_weighed(header), key=lambda choice: -choice[1])
    return next((spoken(name) for name, quality in liked if quality > 0 and spoken(name)), "")


def takes_gzip(header: str) -> bool:
    """Say whether the client takes gzip, and likes it no less than the plain file."""
    if header == "gzip":
        return True
    liked = dict(_weighed(header))
    gzip = liked.get("gzip", liked.get("x-gzip", liked.get("*", 0.0)))
    return gzip > 0 and gzip >= liked.get("identity", 0.0)


def has_already(if_none_match: str, etag: str) -> bool:
    """Say whether a client that sent If-None-Match holds what ``etag`` (with its quotes) stands for."""
    return if_none_match == etag or if_none_match.strip() == "*" or etag in _TAG.findall(if_none_match)


def is_unchanged(if_modified_since: str, modified: datetime) -> bool:
    """Say whether nothing happened since that date; a date nobody can read is as none."""
    if len(if_modified_since) > _LONGEST_DATE:
        return False
    try:
        since = parsedate_to_datetime(if_modified_since)
    except (ValueError, OverflowError, IndexError):
        return False
    return modified.replace(microsecond=0) <= (since if since.tzinfo else since.replace(tzinfo=UTC))


def _weighed(header: str) -> Iterator[tuple[str, float]]:
    for part in header[:_LONGEST_LIST].split(","):
        name, semicolon, parameters = part.partition(";")
        if name.strip():
            yield name.strip().lower(), _quality(semicolon + parameters)


def _quality(parameters: str) -> float:
    if not parameters:
        return 1.0
    found = _QUALITY.search(parameters)
    return min(float(found[1]), 1.0) if found else 0.0
