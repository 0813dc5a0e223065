"""Is the service doing its job? Seen from outside, by what it wrote."""

from __future__ import annotations

from datetime import datetime, timedelta


def ill_health(written: datetime | None, period: timedelta, now: datetime) -> str:
    """Say why the service is not well, or nothing; every finished sweep writes the store, also one that read nothing."""
    if written is None:
        return "no sweep has finished yet"
    age = now - written
    if age <= 2 * period:
        return ""
    return f"the last sweep finished {age.total_seconds() / 60:.0f} minutes ago; one is due every {period.total_seconds() / 60:.0f}"
