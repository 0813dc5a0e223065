"""Is the service doing its job? Seen from outside, by what it wrote."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.language.speech import Speech


def ill_health(say: Speech, written: datetime | None, period: timedelta, now: datetime) -> str:
    """Say why the service is not well, or nothing; every finished sweep writes the store, also one that read nothing."""
    if written is None:
        return say("no sweep has finished yet")
    age = now - written
    if age <= 2 * period:
        return ""
    return say(
        "the last sweep finished {age} minutes ago; one is due every {period}",
        age=f"{age.total_seconds() / 60:.0f}",
        period=f"{period.total_seconds() / 60:.0f}",
    )
