from __future__ import annotations

import pytest

from monitor.model import Pledge, PledgeState
from monitor.pledge.compare import Standing, compare, doubted
from monitor.pledge.roster import Doubt, Entry, Roster, Shape

YES, NO, UNKNOWN = PledgeState.SIGNATORY, PledgeState.NOT_SIGNATORY, PledgeState.UNKNOWN


def roster(*entries: Entry, why_not: str = "", doubts: tuple[Doubt, ...] = ()) -> Roster:
    return Roster("Signatories", Shape.LIST, entries, doubts, why_not)


@pytest.mark.parametrize(
    ("known", "is_spoken", "signed", "standing"),
    [
        (Pledge(UNKNOWN), False, "2019", Standing.NEW),
        (Pledge(NO), False, "", Standing.NEW),
        (Pledge(UNKNOWN), True, "2019", Standing.SAID_NO),
        (Pledge(NO), True, "2019", Standing.SAID_NO),
        (Pledge(YES), False, "", Standing.KNOWN),
        (Pledge(YES, "2019-12"), False, "", Standing.KNOWN),
        (Pledge(YES, "2019-12"), False, "2019-12", Standing.KNOWN),
        (Pledge(YES, "2019-12"), True, "2019", Standing.KNOWN),
        (Pledge(YES), False, "2019", Standing.DATED),
        (Pledge(YES, "2019"), True, "2019-12-05", Standing.DATED),
        (Pledge(YES, "2019-12"), False, "2020", Standing.OTHER_DATE),
    ],
)
def test_what_a_list_says_stands_to_what_is_known(
    known: Pledge, is_spoken: bool, signed: str, standing: Standing
) -> None:
    spoken = {"CHL": known} if is_spoken else {}
    [finding] = compare([roster(Entry("CHL", "Chile", signed))], {"CHL": known}, spoken)
    assert (finding.code, finding.standing, finding.heading) == ("CHL", standing, "Signatories")


def test_a_state_in_several_lists_is_found_once_with_the_fullest_date() -> None:
    lists = [
        roster(Entry("CHL", "Chile (2019)", "2019")),
        roster(Entry("CHL", "May 2019", "2019-05")),
        roster(Entry("CHL", "2018", "2018")),
    ]
    [finding] = compare(lists, {"CHL": Pledge(UNKNOWN)}, {})
    assert finding.entry.words == "May 2019"


def test_a_list_that_is_not_the_one_and_a_state_nobody_watches_say_nothing() -> None:
    lists = [roster(Entry("CHL", "Chile"), why_not="a menu"), roster(Entry("PER", "Peru"))]
    assert compare(lists, {"CHL": Pledge(UNKNOWN)}, {}) == ()


def test_known_signatories_that_the_list_speaks_against_are_named_and_no_others() -> None:
    doubts = (
        Doubt("Chile (withdrawn)", ("CHL",), "x", is_against=True),
        Doubt("Peru (no)", ("PER",), "x", is_against=True),
        Doubt("Maltaa", ("MLT",), "x"),
    )
    pledges = {"CHL": Pledge(YES), "PER": Pledge(UNKNOWN), "MLT": Pledge(YES)}
    assert doubted([roster(doubts=doubts)], pledges) == {"CHL"}
    assert doubted([roster(doubts=doubts, why_not="a menu")], pledges) == set()
