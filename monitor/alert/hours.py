"""The chat's own clock: its quiet hours, and the moments at which its digests are sent."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from monitor.model import Chat, When

_DAY: Final = timedelta(days=1)
_MONDAY: Final = 0
_A_WEEK_AND_MORE: Final = 9
"""Days within which every digest has a moment; two more than a week, since the chat's day is not UTC's."""


def zone(chat: Chat) -> tzinfo:
    """Give the chat's time zone; UTC where this machine does not know it (any more)."""
    try:
        return ZoneInfo(chat.time_zone)
    except (KeyError, ValueError, OSError):
        return UTC


def is_quiet(chat: Chat, now: datetime) -> bool:
    """Tell whether it is one of the chat's quiet hours."""
    quiet = chat.quiet
    if quiet is None or quiet.start == quiet.end:
        return False
    hour = now.astimezone(zone(chat)).hour
    if quiet.start < quiet.end:
        return quiet.start <= hour < quiet.end
    return hour >= quiet.start or hour < quiet.end


def last_digest(chat: Chat, when: When, now: datetime) -> datetime:
    """Give the newest moment up to ``now`` at which a digest of this chat is sent, in UTC."""
    today = now.astimezone(zone(chat)).date()
    return next(
        moment
        for back in range(_A_WEEK_AND_MORE)
        if _is_day(today - back * _DAY, when)
        and (moment := _moment(today - back * _DAY, chat)) <= now.astimezone(UTC)
    )


def next_digest(chat: Chat, when: When, now: datetime) -> datetime:
    """Give the first moment after ``now`` at which a digest of this chat is sent, in UTC."""
    today = now.astimezone(zone(chat)).date()
    return next(
        moment
        for ahead in range(_A_WEEK_AND_MORE)
        if _is_day(today + ahead * _DAY, when)
        and (moment := _moment(today + ahead * _DAY, chat)) > now.astimezone(UTC)
    )


def _is_day(day: date, when: When) -> bool:
    return when is not When.WEEKLY or day.weekday() == _MONDAY


def _moment(day: date, chat: Chat) -> datetime:
    # An hour that summer time skips is an hour later, one that it repeats is the first of the two: once a day.
    return datetime.combine(day, time(chat.digest_hour), zone(chat)).astimezone(UTC)
