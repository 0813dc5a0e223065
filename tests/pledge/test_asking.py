from __future__ import annotations

import pytest

from monitor.alert.press import LIMIT
from monitor.language.speech import speak
from monitor.model import Message, Pledge, PledgeState
from monitor.pledge.asking import VERB, answered, code_of, questions
from monitor.pledge.compare import Finding, Standing
from monitor.pledge.roster import Entry
from tests.alert.as_telegram import accepted
from tests.alert.samples import ENGLISH
from tests.pledge.reading import config

PAGE = "https://coalition.example/pledge/?a=1&b=2"
COUNTRIES = {each.code: each for each in config().countries}
STRANGE = "<b>&\u202e{x} %s</a>" * 9


def findings(*codes: str, signed: str = "2019-12-05", words: str = "Chile (2019)") -> tuple[Finding, ...]:
    return tuple(Finding(Entry(code, words, signed), "Signatories", Standing.NEW) for code in codes)


@pytest.mark.parametrize("code", ["en", "fr", "es"])
def test_a_question_names_each_state_with_the_words_seen_and_two_buttons(code: str) -> None:
    [message] = questions(speak(code), findings("CHL", "GHA"), COUNTRIES, PAGE)
    text = accepted(message)
    for word in ("Chile (2019)", "Signatories", "(5 ", "Ghana", "uncac-monitor pledge add CHL"):
        assert word in text
    assert [button.data for button in message.buttons] == [
        "signed:yes:CHL:2019-12-05",
        "signed:no:CHL:",
        "signed:yes:GHA:2019-12-05",
        "signed:no:GHA:",
    ]
    assert [button.is_beside for button in message.buttons] == [False, True, False, True]


def test_more_than_eight_states_are_asked_about_in_several_messages() -> None:
    codes = tuple(COUNTRIES)[:17]
    asked = questions(ENGLISH, findings(*codes), COUNTRIES, PAGE)
    assert [len(each.buttons) for each in asked] == [16, 16, 2]
    assert [accepted(each).split()[0] for each in asked] == ["8", "8", "1"]
    assert questions(ENGLISH, (), COUNTRIES, PAGE) == ()


def test_strangers_words_and_the_longest_names_fit_and_are_harmless() -> None:
    longest = sorted(COUNTRIES.values(), key=lambda each: -len(each.name))[:8]
    found = tuple(Finding(Entry(each.code, STRANGE, "2019-12-05"), STRANGE, Standing.NEW) for each in longest)
    [message] = questions(ENGLISH, found, COUNTRIES, "javascript:alert(1)")
    assert "<b>&{x}" in accepted(message).replace(" ", "")
    assert "href" not in message.html
    assert all(len(button.data.encode()) <= LIMIT for button in message.buttons)


def test_without_a_heading_or_a_date_none_is_named() -> None:
    found = (Finding(Entry("CHL", "Chile"), "", Standing.NEW),)
    [message] = questions(ENGLISH, found, COUNTRIES, PAGE)
    assert "Chile: “Chile”\n" in accepted(message)
    assert " under " not in message.html


def test_what_was_said_stands_below_the_question_and_its_buttons_are_gone() -> None:
    [asked] = questions(ENGLISH, findings("CHL", "GHA"), COUNTRIES, PAGE)
    spoken = {"CHL": Pledge(PledgeState.SIGNATORY, "2019"), "PER": Pledge(PledgeState.SIGNATORY)}
    shown = answered(ENGLISH, asked, spoken, COUNTRIES)
    assert shown.html.startswith(asked.html)
    assert accepted(shown).endswith("✓ 🇨🇱 Chile: Signatory of the Transparency Pledge since 2019")
    assert [code_of(button.data) for button in shown.buttons] == ["GHA", "GHA"]


@pytest.mark.parametrize(
    "data", ["", "sweep:MEX", f"{VERB}:yes", f"{VERB}:yes:CHL:2019:x", "signedx:yes:CHL:"]
)
def test_other_buttons_ask_about_no_country(data: str) -> None:
    assert code_of(data) == ""


def test_a_message_without_such_buttons_stays_as_it_is() -> None:
    assert accepted(answered(ENGLISH, Message("x"), {}, COUNTRIES)) == "x"
