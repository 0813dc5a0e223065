"""Operators answer whether a State signed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.board.view import View
from monitor.dialogue.reply import SILENCE
from monitor.model import Commit, Delivery, Message, Pledge, PledgeState
from monitor.pledge.asking import questions
from monitor.pledge.compare import Finding, Standing
from monitor.pledge.roster import Entry
from monitor.record.apply import after
from tests.alert.samples import ENGLISH, NOW
from tests.dialogue.duty import OPERATORS, decides, knowing
from tests.dialogue.talk import SHIPPED, heard, offers, presses, read, view

COUNTRIES = {each.code: each for each in SHIPPED.countries}
BY_OPERATOR = f"said by an operator, {NOW:%Y-%m-%d}"
FOUND = tuple(
    Finding(Entry(code, f"{code} (2019)", "2019"), "Signatories", Standing.NEW) for code in ("CHL", "GHA")
)
[ASKED] = questions(ENGLISH, FOUND, COUNTRIES, "https://coalition.example/pledge/")
QUESTION = Delivery("20261124T090000000000-000001", OPERATORS.chat, ASKED, NOW, NOW)


def asked(**more: object) -> View:
    return knowing(view(), deliveries=(QUESTION,), **more)


def then(of: View, commit: Commit | None) -> View:
    world = after(of.world, commit or Commit())
    return replace(of, world=world, pledges={**of.pledges, **world.pledges})


def test_it_signed_makes_it_a_signatory_at_once_and_its_buttons_go() -> None:
    reply = decides("signed:yes:CHL:2019", asked())
    assert reply.commit == Commit(pledges={"CHL": Pledge(PledgeState.SIGNATORY, "2019", BY_OPERATOR)})
    assert reply.is_edit
    assert read(reply).endswith("✓ 🇨🇱 Chile: Signatory of the Transparency Pledge since 2019")
    assert list(offers(reply)) == ["🇬🇭 Ghana: it signed", "It did not"]
    assert "Chile" in reply.toast
    shown = heard("/pledge", then(asked(), reply.commit))
    assert "Chile (2019)" in shown


def test_it_did_not_is_remembered_and_not_asked_again() -> None:
    reply = decides("signed:no:CHL:", asked())
    assert reply.commit == Commit(pledges={"CHL": Pledge(PledgeState.NOT_SIGNATORY, "", BY_OPERATOR)})
    assert "✓ 🇨🇱 Chile: Not a signatory" in read(reply)


def test_when_all_is_answered_the_message_tells_it_without_buttons() -> None:
    first = decides("signed:yes:CHL:2019", asked())
    last = decides("signed:no:GHA:", then(asked(), first.commit))
    assert read(last).count("✓") == 2
    assert offers(last) == {}


@pytest.mark.parametrize("data", ["signed:no:CHL:", "signed:yes:CHL:2019"])
def test_the_first_answer_counts_and_a_later_press_only_shows_it(data: str) -> None:
    of = asked(pledges={"CHL": Pledge(PledgeState.SIGNATORY, "2018")})
    reply = decides(data, of)
    assert reply.commit is None
    assert read(reply).endswith("since 2018")
    assert reply.toast.endswith("since 2018")


def test_a_question_that_is_long_forgotten_is_still_answered() -> None:
    reply = decides("signed:yes:CHL:", view())
    assert reply.commit == Commit(pledges={"CHL": Pledge(PledgeState.SIGNATORY, "", BY_OPERATOR)})
    assert not reply.is_edit
    assert read(reply) == "🇨🇱 Chile: Signatory of the Transparency Pledge"


def test_the_question_of_another_chat_is_not_shown() -> None:
    of = knowing(view(), deliveries=(replace(QUESTION, chat=5),))
    assert not decides("signed:yes:CHL:2019", of).is_edit


def test_of_two_equal_questions_the_newer_one_is_shown() -> None:
    newer = replace(QUESTION, id="2", message=replace(ASKED, html="newer"))
    of = knowing(view(), deliveries=(QUESTION, newer))
    assert read(decides("signed:yes:CHL:2019", of)).startswith("newer")


@pytest.mark.parametrize(
    "data",
    ["signed", "signed:yes", "signed:yes:CHL", "signed:yes:XXX:", "signed:maybe:CHL:", "signed:yes:CHL:2999",
     "signed:yes:CHL:2019-99", "signed:yes:CHL:x", "signed:no:CHL:2019:x", "signed:yes:chl:"],
)  # fmt: skip
def test_what_is_forged_says_nothing(data: str) -> None:
    assert decides(data, asked()) == SILENCE


def test_nobody_but_operators_may_say_it() -> None:
    assert presses("signed:yes:CHL:2019", asked()) == SILENCE


def test_a_message_of_full_length_is_still_shown_with_the_answers() -> None:
    long = replace(QUESTION, message=Message("x" * 4096, ASKED.buttons))
    assert read(decides("signed:yes:CHL:2019", knowing(view(), deliveries=(long,))))
