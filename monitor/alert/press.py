"""What buttons say when they are pressed: a verb and its arguments, in at most 64 bytes."""

from __future__ import annotations

import hashlib
from typing import Final

LIMIT: Final = 64
"""Bytes of a button's data (Bot API: InlineKeyboardButton)."""
_BETWEEN: Final = ":"


def data(verb: str, *arguments: object) -> str:
    """Write a button's data; ValueError where it would be too long for Telegram."""
    written = _BETWEEN.join((verb, *map(str, arguments)))
    if len(written.encode()) > LIMIT:
        raise ValueError(f"button data over {LIMIT} bytes: {written}")
    return written


def parts(written: str) -> tuple[str, tuple[str, ...]]:
    """Read a button's data, perhaps forged: the verb and its arguments."""
    verb, *arguments = written.split(_BETWEEN)
    return verb, tuple(arguments)


def short(name: str) -> str:
    """Give a short name for something that is too long for a button, such as an address."""
    return hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
