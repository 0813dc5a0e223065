from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.alert.book import Book
from monitor.alert.duty import SILENT, Hours, duties
from monitor.alert.heartbeat import heartbeat
from monitor.alert.tell import UNREADABLE
from monitor.language.speech import speak
from monitor.model import Chat, Commit, Duty, Subscription, World
from monitor.record.apply import after
from tests.alert.as_telegram import accepted
from tests.alert.samples import MEXICO
from tests.fakes import SHIPPED

BOOK = Book((MEXICO,), {}, SHIPPED.rules, lambda country: country.code)
STARTED = datetime(2026, 11, 24, 6, tzinfo=UTC)
PERIOD = timedelta(hours=6)
HOURS = Hours(PERIOD, 7, STARTED)


def world(swept: datetime | None = STARTED, heartbeat: datetime | None = STARTED, **more: object) -> World:
    operators = (Subscription(9, is_operator=True), Subscription(1))
    known = World(subscriptions=operators, duty=Duty(swept, heartbeat))
    return replace(known, **more)  # type: ignore[arg-type] # fields by name, checked by the dataclass itself


def told(commit: Commit) -> list[str]:
    return [accepted(each.message).splitlines()[0] for each in commit.deliveries]


def test_operators_are_told_once_a_day_at_their_hour() -> None:
    seven = STARTED + timedelta(hours=1)
    assert duties(world(), BOOK, HOURS, seven - timedelta(seconds=1)) == Commit()
    commit = duties(world(), BOOK, HOURS, seven)
    assert (told(commit), commit.duty) == (["0 of 1 country read"], Duty(STARTED, seven))
    assert [each.chat for each in commit.deliveries] == [9]
    again = after(world(), commit)
    assert duties(again, BOOK, HOURS, seven + timedelta(hours=5)) == Commit()
    next_day = after(again, Commit(duty=replace(again.duty, swept=seven + timedelta(hours=23))))
    assert told(duties(next_day, BOOK, HOURS, seven + timedelta(days=1))) == ["0 of 1 country read"]


def test_what_was_told_today_stays_told_through_a_restart() -> None:
    later = replace(HOURS, started=STARTED + timedelta(hours=3))
    known = world(heartbeat=STARTED + timedelta(hours=1))
    assert duties(known, BOOK, later, STARTED + timedelta(hours=4)) == Commit()


def test_a_new_service_begins_without_a_word_of_its_own() -> None:
    commit = duties(world(heartbeat=None), BOOK, HOURS, STARTED + timedelta(hours=4))
    assert (commit.deliveries, commit.duty) == ((), Duty(STARTED, STARTED + timedelta(hours=4)))


def test_every_operators_chat_is_told_in_its_language() -> None:
    known = world(chats={9: Chat(9, language="fr")}, duty=Duty(STARTED, STARTED, paused_since=STARTED))
    seven = STARTED + timedelta(hours=1)
    [owed] = duties(known, BOOK, HOURS, seven).deliveries
    french, english = (heartbeat(speak(code), known, BOOK.countries, STARTED, seven) for code in ("fr", "en"))
    assert owed.message == french != english


def test_no_sweep_for_twice_its_period_is_told_once_and_once_when_one_finishes() -> None:
    noon = STARTED + 2 * PERIOD
    known = world(heartbeat=noon)
    assert duties(known, BOOK, HOURS, noon) == Commit()
    late = noon + timedelta(seconds=1)
    began = duties(known, BOOK, HOURS, late)
    [owed] = began.deliveries
    assert accepted(owed.message) == (
        "No sweep has finished for 12 hours\n"
        "One is due every 6 hours. Until one finishes, what is published is not seen.\n"
        "Look into the log of the service, then start it again: uncac-monitor run"
    )
    assert (began.incidents, began.duty) == ({SILENT: late}, None)
    known = after(known, began)
    assert duties(known, BOOK, HOURS, late + timedelta(hours=1)) == Commit()
    known = after(known, Commit(duty=replace(known.duty, swept=late + timedelta(hours=2))))
    over = duties(known, BOOK, HOURS, late + timedelta(hours=3))
    assert told(over) == ["Over: no sweep has finished for too long"]
    assert over.incidents == {}


def test_an_incident_that_lasts_is_in_the_daily_word() -> None:
    day = STARTED + timedelta(days=1, hours=1)
    known = world(incidents={SILENT: STARTED + timedelta(hours=13)}, heartbeat=STARTED + timedelta(hours=1))
    [owed] = duties(known, BOOK, HOURS, day).deliveries
    assert accepted(owed.message).endswith(
        "Still: no sweep has finished for too long, since 24 Nov 2026 19:00 UTC"
    )


@pytest.mark.parametrize(
    ("swept", "up", "is_silent"),
    [
        (None, timedelta(hours=12), False),
        (None, timedelta(hours=12, seconds=1), True),
        (STARTED - timedelta(days=9), timedelta(minutes=30), False),
        (STARTED - timedelta(days=9), timedelta(minutes=30, seconds=1), True),
        (STARTED - timedelta(hours=1), timedelta(minutes=31), False),
    ],
)
def test_a_service_that_starts_has_a_first_chance(
    swept: datetime | None, up: timedelta, is_silent: bool
) -> None:
    now = STARTED + up
    commit = duties(world(swept, now), BOOK, HOURS, now)
    assert (commit.incidents == {SILENT: now}) is is_silent


def test_a_very_short_period_shortens_the_first_chance() -> None:
    hours = replace(HOURS, period=timedelta(minutes=1))
    now = STARTED + timedelta(minutes=3)
    assert duties(world(None, now), BOOK, hours, now).incidents == {SILENT: now}


def test_incidents_of_other_names_stay_as_they_are() -> None:
    others = {UNREADABLE: STARTED}
    commit = duties(world(incidents=others), BOOK, HOURS, STARTED + timedelta(days=1))
    assert commit.incidents is not None
    assert commit.incidents[UNREADABLE] == STARTED
    assert set(commit.incidents) == {UNREADABLE, SILENT}
