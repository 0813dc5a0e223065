from __future__ import annotations

import pytest

from monitor.model import Pledge, PledgeState
from monitor.pledge import said
from tests.alert.samples import NOW
from tests.pledge.reading import TODAY

BY_OPERATOR = f"said by an operator, {NOW:%Y-%m-%d}"


@pytest.mark.parametrize("written", ["2019", "2019-12", "2019-12-05", "2026-11-24"])
def test_a_date_of_the_past_is_one_as_far_as_it_is_known(written: str) -> None:
    assert said.is_date(written, TODAY)


@pytest.mark.parametrize("written", ["", "2027", "2026-12", "2026-11-25", "2019-13", "2019-1", "12/2019", "20191205", "x"])  # fmt: skip
def test_what_is_no_date_or_of_the_future_is_refused(written: str) -> None:
    assert not said.is_date(written, TODAY)


def test_who_is_said_to_have_signed_is_a_signatory_with_date_and_source() -> None:
    assert said.signed("2019", NOW) == Pledge(PledgeState.SIGNATORY, "2019", BY_OPERATOR)
    assert said.signed("", NOW, "https://x.example/").source == "https://x.example/"


def test_who_did_not_sign_is_no_signatory_whether_the_list_is_complete_or_not() -> None:
    assert said.did_not_sign(NOW) == Pledge(PledgeState.NOT_SIGNATORY, "", BY_OPERATOR)


@pytest.mark.parametrize(
    ("is_complete", "state"), [(True, PledgeState.NOT_SIGNATORY), (False, PledgeState.UNKNOWN)]
)
def test_who_is_removed_is_unknown_unless_the_list_is_complete(is_complete: bool, state: PledgeState) -> None:
    assert said.removed(NOW, is_complete=is_complete) == Pledge(state, "", BY_OPERATOR)
