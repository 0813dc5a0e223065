from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.model import Commit, Pledge, PledgeState
from tests.alert.samples import NOW
from tests.dialogue.duty import orders
from tests.dialogue.talk import heard, offers, read, says, view

SOURCE = f"said by an operator, {NOW:%Y-%m-%d}"


@pytest.mark.parametrize(
    ("text", "code", "signed"),
    [
        ("add Mexico", "MEX", ""),
        ("ADD méxico 2023-11-30", "MEX", "2023-11-30"),
        ("add Côte d'Ivoire 2024-02", "CIV", "2024-02"),
        ("add  United Republic of Tanzania   2024", "TZA", "2024"),
        ("add MEX", "MEX", ""),
    ],
)
def test_a_signature_is_added_with_its_date_as_far_as_it_is_known(text: str, code: str, signed: str) -> None:
    reply = orders(f"/pledge {text}")
    assert reply.commit == Commit(pledges={code: Pledge(PledgeState.SIGNATORY, signed, SOURCE)})
    assert "Signatory of the Transparency Pledge" in read(reply)


@pytest.mark.parametrize(
    ("is_complete", "state"), [(False, PledgeState.UNKNOWN), (True, PledgeState.NOT_SIGNATORY)]
)
def test_a_signature_is_removed_and_what_that_means_depends_on_the_list(
    is_complete: bool, state: PledgeState
) -> None:
    reply = orders("/pledge remove Mexico", replace(view(), is_pledge_complete=is_complete))
    assert reply.commit == Commit(pledges={"MEX": Pledge(state, "", SOURCE)})


@pytest.mark.parametrize("date", ["2023-13", "2023-11-31", "30.11.2023", "20231130", "2999-01-01", "11/2023"])
def test_what_is_no_date_of_the_past_changes_nothing(date: str) -> None:
    reply = orders(f"/pledge add Mexico {date}")
    assert reply.commit is None
    assert read(reply) == f"“{date}” is no date. Write 2023-11-30, or 2023-11."


def test_a_country_that_is_only_similar_changes_nothing() -> None:
    reply = orders("/pledge add Nigerr")
    assert reply.commit is None
    assert "“Nigerr”" in read(reply)
    assert offers(reply)


@pytest.mark.parametrize("text", ["add", "remove", "add 2023"])
def test_without_a_country_it_is_said_how_to_say_it(text: str) -> None:
    reply = orders(f"/pledge {text}")
    assert reply.commit is None
    assert "/pledge add Mexico 2023-11-30" in read(reply)


def test_other_words_and_other_chats_get_what_signatories_kept() -> None:
    assert orders("/pledge") == says("/pledge")
    assert orders("/pledge Niger") == says("/pledge Niger")
    assert says("/pledge add Mexico").commit is None
    assert heard("/pledge add Mexico")
