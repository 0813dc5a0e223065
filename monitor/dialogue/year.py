"""The stock-take in a chat: /year."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Final

from monitor.alert.markup import clip, escape
from monitor.alert.message import button
from monitor.board.piece import as_lines
from monitor.board.stocktake import last_day, stocktake
from monitor.board.style import CHAT
from monitor.board.view import View
from monitor.board.year import year as written
from monitor.dialogue.ask import Ask
from monitor.dialogue.reply import Reply
from monitor.language.speech import Speech
from monitor.model import Message

_YEAR: Final = re.compile(r"[0-9]{4}")
_SHORT: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when stock is taken; None: as usual."""

    since: datetime | None = None
    until: datetime | None = None


def year(say: Speech, _ask: Ask, rest: str, view: View) -> Reply:
    """Take stock since the last 9 December, of the year up to another one, or between two days."""
    span = _asked(rest)
    if span is None or (span.since and span.since > view.as_of):
        return Reply(Message(escape(_how(say))))
    until = min(span.until, view.as_of) if span.until else None
    found = stocktake(view, span.since, until)
    shown = clip(as_lines(written(say, found, CHAT), CHAT))
    page = f"{view.address}/{say.code}/year.html" if view.address else ""
    return Reply(Message(shown, button(say("The whole stock-take"), page)))


def _how(say: Speech) -> str:
    return say("Name a year, or two days: /year 2026, or /year 2026-01-01 2026-06-30")


def _asked(text: str) -> Span | None:
    """Read a year, or one or two days; None where it is something else."""
    words = text.split()
    try:
        if not words:
            return Span()
        if len(words) == 1 and _YEAR.fullmatch(words[0]):
            return _up_to(datetime(int(words[0]), 12, 9, tzinfo=UTC))
        since, until = (*map(_day, words), None)[:2]
        end = until + timedelta(days=1) - _SHORT if until else None
    except (ValueError, OverflowError):
        return None
    is_right = len(words) <= len(("since", "until")) and since and (end is None or since <= end)
    return Span(since, end) if is_right else None


def _up_to(day: datetime) -> Span:
    return Span(last_day(day), day - _SHORT)


def _day(written: str) -> datetime:
    return datetime.combine(datetime.fromisoformat(written).date(), time(), UTC)
