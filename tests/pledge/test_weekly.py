from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alert.troubles import LIST
from monitor.model import Duty, Pledge, PledgeState, Subscription, World
from monitor.pledge.roster import Entry, Roster, Shape
from monitor.pledge.weekly import Listed, is_due, went
from monitor.record.apply import after
from tests.alert.samples import NOW
from tests.fakes import text
from tests.pledge.reading import config

LISTED = Listed(config().countries, config().pledges, "https://coalition.example/pledge/")
OPERATED = World(
    subscriptions=(Subscription(777, is_operator=True), Subscription(-100)), duty=Duty(swept=NOW)
)
WEEK, DAY, HOUR = timedelta(days=7), timedelta(days=1), timedelta(hours=1)


def a_list(*codes: str, why_not: str = "") -> Roster:
    return Roster("Signatories", Shape.LIST, tuple(Entry(code, code) for code in codes), (), why_not)


def told(world: World) -> list[str]:
    return [text(each.message).splitlines()[0] for each in world.deliveries]


@pytest.mark.parametrize(
    ("since", "is_open", "is_it"),
    [
        (None, False, True),
        (WEEK - HOUR, False, False),
        (WEEK, False, True),
        (DAY - HOUR, True, False),
        (DAY, True, True),
        (-HOUR, False, True),
        (timedelta(), False, False),
    ],
)
def test_the_list_is_due_once_in_the_time_set_and_daily_while_it_cannot_be_read(
    since: timedelta | None, is_open: bool, is_it: bool
) -> None:
    checked = None if since is None else NOW - since
    world = World(duty=Duty(pledge_checked=checked), incidents={LIST: NOW} if is_open else {})
    assert is_due(world, WEEK, NOW) == is_it


def test_a_list_read_more_often_than_daily_is_not_read_less_often_after_a_failure() -> None:
    world = World(duty=Duty(pledge_checked=NOW - HOUR), incidents={LIST: NOW})
    assert is_due(world, HOUR, NOW)


def test_operators_are_asked_about_states_that_nobody_knows_and_the_time_is_noted_in_the_same_write() -> None:
    commit = went(OPERATED, [a_list("AUT", "CHL", "GHA")], "", LISTED, NOW)
    assert commit.duty == Duty(swept=NOW, pledge_checked=NOW)
    [delivery] = commit.deliveries
    assert delivery.chat == 777
    assert text(delivery.message).startswith("2 States may have signed the Transparency Pledge")
    assert commit.incidents is None
    assert commit.pledges == {}


@pytest.mark.parametrize("state", list(PledgeState))
def test_a_state_of_which_an_operator_spoke_is_not_asked_about_again(state: PledgeState) -> None:
    world = replace(OPERATED, pledges={"CHL": Pledge(state)})
    assert went(world, [a_list("CHL", "AUT")], "", LISTED, NOW).deliveries == ()


def test_a_list_that_cannot_be_the_one_proposes_nothing_and_is_a_failure() -> None:
    world = after(OPERATED, went(OPERATED, [a_list("CHL", why_not="a menu")], "", LISTED, NOW))
    assert told(world) == ["The list of the Pledge’s signatories cannot be read"]


def test_a_failure_is_told_once_and_its_end_once_with_what_was_found() -> None:
    world = OPERATED
    for rosters, problem in (([], "404"), ([], "timed out"), ([a_list("CHL")], ""), ([a_list("AUT")], "")):
        world = after(world, went(world, rosters, problem, LISTED, NOW))
    assert told(world) == [
        "The list of the Pledge’s signatories cannot be read",
        "Over: the list of the Pledge cannot be read",
        "1 State may have signed the Transparency Pledge",
    ]
    assert len({each.id for each in world.deliveries}) == 3
    assert world.incidents == {}
    assert all(state.state is not PledgeState.SIGNATORY for state in world.pledges.values())


def test_other_incidents_stay_as_they_are() -> None:
    world = replace(OPERATED, incidents={"other": NOW})
    assert went(world, [], "404", LISTED, NOW).incidents == {"other": NOW, LIST: NOW}
