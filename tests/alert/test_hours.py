from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.alert.hours import is_quiet, last_digest, next_digest, zone
from monitor.model import Chat, Quiet, When

ZONES = (
    "UTC",
    "Europe/Vienna",
    "Asia/Kathmandu",
    "America/Mexico_City",
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def chat(time_zone: str = "UTC", digest_hour: int = 8, quiet: tuple[int, int] | None = None) -> Chat:
    return Chat(1, time_zone=time_zone, digest_hour=digest_hour, quiet=Quiet(*quiet) if quiet else None)


@pytest.mark.parametrize(
    ("quiet", "time", "expected"),
    [
        (None, "03:00", False),
        ((22, 7), "21:59", False),
        ((22, 7), "22:00", True),
        ((22, 7), "00:00", True),
        ((22, 7), "06:59", True),
        ((22, 7), "07:00", False),
        ((12, 14), "11:59", False),
        ((12, 14), "12:00", True),
        ((12, 14), "13:59", True),
        ((12, 14), "14:00", False),
        ((9, 9), "09:30", False),
        ((0, 24), "09:30", True),
    ],
)
def test_quiet_hours_go_from_their_start_up_to_their_end_also_over_midnight(
    quiet: tuple[int, int] | None, time: str, expected: bool
) -> None:
    assert is_quiet(chat(quiet=quiet), at(f"2026-11-24T{time}")) is expected


def test_quiet_hours_are_those_of_the_chats_time_zone() -> None:
    kathmandu = chat("Asia/Kathmandu", quiet=(22, 7))
    assert not is_quiet(kathmandu, at("2026-11-24T16:14"))
    assert is_quiet(kathmandu, at("2026-11-24T16:15"))  # 22:00 there
    assert is_quiet(kathmandu, at("2026-11-25T01:14"))
    assert not is_quiet(kathmandu, at("2026-11-25T01:15"))


def test_a_time_zone_that_is_not_known_here_counts_as_utc() -> None:
    for name in ("Mars/Olympus", "", "../etc/passwd", "Europe"):
        assert zone(chat(name)) is UTC


@pytest.mark.parametrize(
    ("where", "when", "now", "last", "following"),
    [
        ("UTC", When.DAILY, "2026-11-24T07:59", "2026-11-23T08:00", "2026-11-24T08:00"),
        ("UTC", When.DAILY, "2026-11-24T08:00", "2026-11-24T08:00", "2026-11-25T08:00"),
        # 24 November 2026 is a Tuesday
        ("UTC", When.WEEKLY, "2026-11-24T08:00", "2026-11-23T08:00", "2026-11-30T08:00"),
        ("UTC", When.WEEKLY, "2026-11-23T07:59", "2026-11-16T08:00", "2026-11-23T08:00"),
        ("Asia/Kathmandu", When.DAILY, "2026-11-24T02:14", "2026-11-23T02:15", "2026-11-24T02:15"),
        ("Asia/Kathmandu", When.DAILY, "2026-11-24T02:15", "2026-11-24T02:15", "2026-11-25T02:15"),
        # Monday begins there while it is Sunday in UTC
        ("Pacific/Kiritimati", When.WEEKLY, "2026-11-22T18:00", "2026-11-22T18:00", "2026-11-29T18:00"),
        ("Pacific/Pago_Pago", When.WEEKLY, "2026-11-23T18:59", "2026-11-16T19:00", "2026-11-23T19:00"),
        # summer time begins in Vienna on 29 March 2026, and ends on 25 October
        ("Europe/Vienna", When.DAILY, "2026-03-28T12:00", "2026-03-28T07:00", "2026-03-29T06:00"),
        ("Europe/Vienna", When.DAILY, "2026-10-25T06:59", "2026-10-24T06:00", "2026-10-25T07:00"),
    ],
)
def test_a_digest_is_sent_at_the_chats_own_hour_a_weekly_one_on_monday(
    where: str, when: When, now: str, last: str, following: str
) -> None:
    assert last_digest(chat(where), when, at(now)) == at(last)
    assert next_digest(chat(where), when, at(now)) == at(following)


@pytest.mark.parametrize(
    ("night", "moment"),
    [
        ("2026-03-29", "2026-03-29T01:00"),  # 02:00 does not exist: 03:00 summer time
        ("2026-10-25", "2026-10-25T00:00"),  # 02:00 comes twice: the first one
    ],
)
def test_the_night_the_clock_changes_has_one_digest(night: str, moment: str) -> None:
    vienna = chat("Europe/Vienna", 2)
    noon = at(f"{night}T12:00")
    assert last_digest(vienna, When.DAILY, noon) == at(moment)
    assert next_digest(vienna, When.DAILY, noon - timedelta(days=1)) == at(moment)


@given(
    st.sampled_from(ZONES),
    st.integers(0, 23),
    st.sampled_from([When.DAILY, When.WEEKLY]),
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC)),  # noqa: DTZ001 - given the zone
)
def test_digests_follow_each_other_about_a_day_or_a_week_apart(
    where: str, hour: int, when: When, now: datetime
) -> None:
    here = chat(where, hour)
    moments = [last_digest(here, when, now)]
    for _ in range(3):
        moments.append(next_digest(here, when, moments[-1]))
    assert moments[0] <= now < moments[1]
    apart = timedelta(days=1 if when is When.DAILY else 7)
    assert all(abs(later - earlier - apart) <= timedelta(hours=1) for earlier, later in pairwise(moments))
    assert all(last_digest(here, when, each) == each for each in moments)
    assert all(each.utcoffset() == timedelta() for each in moments)
