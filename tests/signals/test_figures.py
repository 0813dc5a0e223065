"""The figures of one moment, from what is stored."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.model import Change, ChangeKind, DocumentKind, Duty, Held, Snapshot
from monitor.signals.figures import figures
from tests.alert.samples import document
from tests.signals.sights import (
    LONG_AGO,
    MINUTE,
    NOW,
    PERIOD,
    SWEPT,
    failing,
    owed,
    read,
    running,
    sent,
    sight,
    world,
)

HELD = Held("most of it is gone", NOW, Snapshot((), "hash"))
NOTHING = timedelta()


def test_a_service_that_is_well() -> None:
    found = figures(sight(), 1234, LONG_AGO)
    assert (found.is_ready, found.is_writable, found.is_paused) == (True, True, False)
    assert (found.period, found.backlog_age, found.store_bytes) == (PERIOD, NOTHING, 1234)
    assert found.successes == {"sweep": SWEPT, "copy": LONG_AGO}


def test_countries_are_counted_by_how_their_page_stands() -> None:
    both = replace(failing("CHE"), held=HELD)
    known = {"MEX": replace(read("MEX"), held=HELD), "CHE": both, "OLD": read("OLD")}
    found = figures(sight(world(dossiers=known)), 0, None)
    assert found.countries == {"read": 0, "held": 1, "failing": 1, "unread": 1}
    assert figures(sight(), 0, None).countries == {"read": 3, "held": 0, "failing": 0, "unread": 0}


def test_a_country_that_was_never_read_and_does_not_fail_is_unread() -> None:
    known = {"MEX": replace(read("MEX"), last_read=None)}
    assert figures(sight(world(dossiers=known)), 0, None).countries["unread"] == 3


def test_the_oldest_good_look_is_that_of_the_country_that_waits_longest() -> None:
    known = {"MEX": read("MEX", MINUTE), "NER": failing("NER", 9 * MINUTE), "CHE": failing("CHE", None)}
    assert figures(sight(world(dossiers=known)), 0, None).oldest_look == NOW - 9 * MINUTE
    assert figures(sight(world(dossiers={})), 0, None).oldest_look is None


def test_changes_are_counted_by_what_happened_and_to_what() -> None:
    report = document(DocumentKind.COUNTRY_REPORT)
    kinds = (ChangeKind.PUBLISHED, ChangeKind.PUBLISHED, ChangeKind.WITHDRAWN)
    history = tuple(Change("MEX", kind, report, NOW, None) for kind in kinds)
    other = Change("NER", ChangeKind.PUBLISHED, document(), NOW, None)
    assert figures(sight(world(changes=(*history, other))), 0, None).changes == {
        ("published", "country-report"): 2,
        ("withdrawn", "country-report"): 1,
        ("published", "self-assessment"): 1,
    }


def test_deliveries_are_counted_by_state_also_where_there_are_none() -> None:
    found = figures(sight(world(owed(MINUTE), sent(2 * MINUTE))), 0, None)
    assert found.deliveries == {"waiting": 1, "sent": 1, "uncertain": 0, "given up": 0}
    assert found.successes["delivery"] == NOW - 2 * MINUTE
    assert found.backlog_age == MINUTE


def test_a_clock_that_was_set_back_makes_no_age_below_nothing() -> None:
    ahead = owed(-MINUTE, attempts=1)
    assert figures(sight(world(ahead)), 0, None).backlog_age == NOTHING


def test_what_is_wrong_is_counted() -> None:
    known = world(incidents={"a": NOW, "b": NOW}, duty=Duty(None, None, LONG_AGO, LONG_AGO))
    found = figures(sight(known, running(unwritten_since=NOW)), 0, None)
    assert (found.is_ready, found.is_writable, found.is_paused, found.incidents) == (False, False, True, 2)
    assert found.successes == {"pledge list": LONG_AGO}
    assert not figures(sight(disk="full"), 0, None).is_writable
