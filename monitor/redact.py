"""Keeps secrets out of every line that is logged or shown."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import quote

HIDDEN = "[hidden]"
_ANY_ONE = r"(?<!\d)\d{6,}:[A-Za-z0-9_-]{30,}"
"""The shape of every Telegram token, also of one nobody told us about."""


def redact(text: str, secrets: Iterable[str]) -> str:
    """Give the text with every secret, plain or as part of an address, replaced by ``[hidden]``."""
    return _hidden(tuple(secrets)).sub(HIDDEN, text)


@lru_cache(maxsize=8)  # made anew for every value of every line, it was four fifths of what a line costs
def _hidden(secrets: tuple[str, ...]) -> re.Pattern[str]:
    # In any case of letters: PTB writes Telegram's own sentences anew in small ones.
    forms = "|".join(re.escape(form) for form in _forms(secrets))
    return re.compile(f"(?i:{forms})|{_ANY_ONE}" if forms else _ANY_ONE)


def scrub(value: object, secrets: Iterable[str]) -> object:
    """Redact every text in a value; what is clean stays the same object."""
    known = tuple(secrets)
    if isinstance(value, Mapping):
        return {key: scrub(part, known) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(scrub(part, known) for part in value)
    text = str(value)
    clean = redact(text, known)
    return value if clean == text else clean


class Redactor(logging.Filter):
    """A filter for *handlers* (a logger's own filters do not see what its children log)."""

    def __init__(self, secrets: Iterable[str]) -> None:
        super().__init__()
        self._secrets = tuple(secrets)

    def __repr__(self) -> str:
        """Say what it is, never what it hides."""
        return "Redactor()"

    def filter(self, record: logging.LogRecord) -> bool:
        """Redact message, arguments, traceback and stack in place; never drops a record."""
        self._redact_message(record)
        self._redact_traceback(record)
        if record.stack_info:
            record.stack_info = redact(record.stack_info, self._secrets)
        return True

    def _redact_message(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, Mapping):  # structlog hands its event over as a mapping
            record.__dict__["msg"] = scrub(record.msg, self._secrets)
            return
        text = record.getMessage()
        clean = redact(text, self._secrets)
        if clean != text:
            record.msg, record.args = clean, ()

    def _redact_traceback(self, record: logging.LogRecord) -> None:
        if isinstance(record.msg, Mapping):
            # structlog's traceback is text inside the mapping; the record's own would make text of the mapping.
            record.exc_info = record.exc_text = None
            return
        if not record.exc_info or not record.exc_info[1]:
            return
        text = logging.Formatter().formatException(record.exc_info)
        clean = redact(text, self._secrets)
        if clean != text:
            # Into the message: whatever formatter comes next would print the exception itself again.
            record.msg, record.args = f"{record.getMessage()}\n{clean}", ()
            record.exc_info = record.exc_text = None


def _forms(secrets: Iterable[str]) -> list[str]:
    known = [secret for secret in secrets if secret]
    halves = [secret.partition(":")[2] for secret in known]
    quoted = [quote(secret, safe="") for secret in known]
    forms = {*known, *quoted, *(half for half in halves if half)}
    return sorted(forms, key=len, reverse=True)
