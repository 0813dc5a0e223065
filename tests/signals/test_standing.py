"""When the service is well, when it is not, and what it says then."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.model import Duty, Held, Snapshot, World
from monitor.signals.standing import Sight, problems, span
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

HELD = Held("most of it is gone", LONG_AGO, Snapshot((), "hash"))


def only(seen: Sight) -> str:
    [problem] = problems(seen)
    return problem


@pytest.mark.parametrize("seen", [sight(), sight(inside=running())])
def test_a_service_that_sweeps_and_owes_nothing_is_well(seen: Sight) -> None:
    assert problems(seen) == ()


def test_two_periods_without_a_sweep_are_still_well_and_more_are_not() -> None:
    assert problems(sight(world(duty=Duty(NOW - 2 * PERIOD)))) == ()
    late = only(sight(world(duty=Duty(NOW - 2 * PERIOD - MINUTE))))
    assert late == (
        "The last sweep finished 12 hours ago; one is due every 6 hours. "
        "Look into the service's log, then start it again."
    )


def test_no_sweep_at_all_is_not_well() -> None:
    assert only(sight(World())).startswith("No sweep has finished yet. ")


@pytest.mark.parametrize("swept", [None, LONG_AGO])
def test_a_service_that_just_began_has_half_an_hour_for_its_first_sweep(swept: object) -> None:
    known = world(duty=Duty(swept))  # type: ignore[arg-type] # the rows above
    assert problems(sight(known, running(30 * MINUTE))) == ()
    assert len(problems(sight(known, running(31 * MINUTE)))) == 1


def test_with_a_short_period_the_first_chance_is_as_short() -> None:
    quick = Sight(world(duty=Duty(None)), (), MINUTE, NOW, running(3 * MINUTE))
    assert only(quick).startswith("No sweep has finished yet")


def test_a_few_countries_that_fail_are_no_fault_of_the_service() -> None:
    some = {"MEX": failing("MEX"), "NER": failing("NER"), "CHE": read("CHE")}
    assert problems(sight(world(dossiers=some))) == ()


def test_looks_that_wait_for_a_person_are_no_fault_of_the_service() -> None:
    held = {code: replace(read(code, 9 * PERIOD), held=HELD) for code in ("MEX", "NER")}
    assert problems(sight(world(dossiers={**held, "CHE": failing("CHE", 9 * PERIOD)}))) == ()


def test_when_no_page_could_be_read_for_two_periods_it_is_not_well() -> None:
    errors = {"MEX": "the site does not answer", "NER": "403", "CHE": "the site does not\nanswer."}
    all_fail = {code: failing(code, 3 * PERIOD, error) for code, error in errors.items()}
    all_fail["NER"] = failing("NER", 3 * PERIOD, "the site does not answer")
    said = only(sight(world(dossiers=all_fail)))
    assert said.startswith("No country's page can be read: the site does not answer. Open one profile")
    lately = {**all_fail, "NER": failing("NER", 2 * PERIOD)}
    assert problems(sight(world(dossiers=lately))) == ()
    assert problems(sight(world(dossiers=all_fail), running(MINUTE))) == ()


def test_when_no_page_was_ever_read_it_is_said_at_once() -> None:
    never = {code: failing(code, None, "x" * 500) for code in ("MEX", "NER", "CHE")}
    said = only(sight(world(dossiers=never)))
    assert said.startswith("No country's page can be read: xxx")
    assert len(said) < 400


def test_countries_that_are_not_looked_at_any_more_do_not_count() -> None:
    known = {"MEX": failing("MEX", None), "OLD": read("OLD")}
    assert len(problems(sight(world(dossiers=known)))) == 1
    assert problems(sight(world(dossiers={"OLD": read("OLD")}))) == ()


def test_a_store_that_takes_nothing_is_said_first() -> None:
    inside = running(unwritten_since=NOW - 5 * MINUTE)
    first, *_ = problems(sight(world(duty=Duty(LONG_AGO)), inside, "The disk is full."))
    assert first.startswith("The store could not be written for 5 minutes: ")
    assert only(sight(disk="The disk is full.")) == "The disk is full."


def test_telegram_may_be_away_for_ten_minutes() -> None:
    def away(minutes: int) -> Sight:
        since = NOW - minutes * MINUTE
        return sight(inside=running(unreached_since=since, unreached="Telegram cannot be reached"))

    assert problems(away(10)) == ()
    assert only(away(11)) == "Telegram has given nothing for 11 minutes: Telegram cannot be reached."


def test_messages_that_wait_while_none_goes_out_are_told_after_half_an_hour() -> None:
    assert problems(sight(world(owed(30 * MINUTE)))) == ()
    said = only(sight(world(owed(31 * MINUTE))))
    assert said.startswith("Messages wait and none went out for 31 minutes. ")
    assert problems(sight(world(owed(31 * MINUTE), sent(MINUTE)))) == ()


def test_a_service_that_was_off_has_half_an_hour_to_send_what_it_owes() -> None:
    known = world(owed(timedelta(days=5)))
    assert problems(sight(known, running(30 * MINUTE))) == ()
    assert len(problems(sight(known, running(31 * MINUTE)))) == 1


def test_a_pause_and_a_service_without_chats_are_well() -> None:
    paused = world(owed(timedelta(days=1)), duty=Duty(SWEPT, SWEPT, paused_since=LONG_AGO))
    assert problems(sight(paused)) == ()
    assert problems(sight(world(subscriptions=()))) == ()


@pytest.mark.parametrize(
    ("time", "words"),
    [
        (timedelta(), "1 minute"),
        (2 * MINUTE, "2 minutes"),
        (99 * MINUTE, "99 minutes"),
        (100 * MINUTE, "2 hours"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_a_span_of_time_is_said_in_its_largest_sensible_unit(time: timedelta, words: str) -> None:
    assert span(time) == words
