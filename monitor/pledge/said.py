"""What a person says of a country's signature: the same in chat, in a terminal and from a file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from monitor.model import Pledge, PledgeState

_WHOLE: Final = {len("2026"): "-01-01", len("2026-11"): "-01", len("2026-11-24"): ""}


def is_date(written: str, today: date) -> bool:
    """Tell whether it is YYYY-MM-DD, YYYY-MM or YYYY, and not in the future."""
    try:
        return date.fromisoformat(f"{written}{_WHOLE[len(written)]}") <= today
    except (KeyError, ValueError):
        return False


def signed(since: str, now: datetime, source: str = "") -> Pledge:
    """Give the pledge of a country of which an operator says that it signed; ``source``: where that stands."""
    return Pledge(PledgeState.SIGNATORY, since, source or _by_operator(now))


def removed(now: datetime, *, is_complete: bool) -> Pledge:
    """Give the pledge of a country that an operator takes from the list."""
    # Where the list is not complete, not standing in it says nothing.
    absent = PledgeState.NOT_SIGNATORY if is_complete else PledgeState.UNKNOWN
    return Pledge(absent, "", _by_operator(now))


def did_not_sign(now: datetime) -> Pledge:
    """Give the pledge of a country of which an operator says that it did not sign."""
    return Pledge(PledgeState.NOT_SIGNATORY, "", _by_operator(now))


def _by_operator(now: datetime) -> str:
    return f"said by an operator, {now:%Y-%m-%d}"
