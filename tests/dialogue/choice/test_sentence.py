"""A choice is said in one sentence, and what else there is to know below it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.model import Chat, DocumentKind, Quiet, Scope, Subscription, When
from tests.dialogue.choice.room import CHAT, GROUP, Room

TOLD = Subscription(CHAT, withdrawals=False)
VIENNA = Chat(CHAT, time_zone="Europe/Vienna", digest_hour=7, language="en")


def said(subscription: Subscription, chat: Chat | None = None, **sees: object) -> list[str]:
    room = Room.told(subscription, chat=chat)
    room.sees = sees
    return room.says("/subscriptions").split("\n")


def some(*codes: str) -> frozenset[str]:
    return frozenset(codes)


@pytest.mark.parametrize(
    ("scope", "countries"),
    [
        (Scope(), "all 192 States parties"),
        (Scope(countries=some("MEX", "BRA")), "Brazil and Mexico"),
        (Scope(regions=some("Europe")), "Europe (48 countries)"),
        (Scope(is_pledge=True), "the 2 signatories of the Transparency Pledge that we know of"),
        (
            Scope(is_pledge=True, regions=some("South Asia"), countries=some("MEX")),
            "the 2 signatories of the Transparency Pledge that we know of, South Asia (8 countries) and Mexico",
        ),
        (
            Scope(
                countries=some(
                    *["AFG", "ALB", "DZA", "AGO", "ATG", "ARG", "ARM", "AUS", "AUT", "AZE", "BHS", "BHR"]
                )
            ),
            (
                "Afghanistan, Albania, Algeria, Angola, Antigua and Barbuda, Argentina, Armenia, Australia, "
                "Austria, Azerbaijan and 2 other countries"
            ),
        ),
        (Scope(countries=some("XXX")), "XXX"),
    ],
)
def test_the_sentence_names_the_countries(scope: Scope, countries: str) -> None:
    sentence = said(replace(TOLD, scope=scope))[0]
    assert sentence == (
        f"This chat is told at once of self-assessments and country reports of {countries}, in English."
    )


def test_a_complete_list_of_signatories_is_not_called_incomplete() -> None:
    pledge = replace(TOLD, scope=Scope(is_pledge=True))
    assert said(pledge)[1:] == [
        "The list of signatories is not complete; who is added to it is told from then on."
    ]
    [sentence] = said(pledge, is_pledge_complete=True)
    assert "the 2 signatories of the Transparency Pledge, in" in sentence


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When.AT_ONCE, "at once of"),
        (When.DAILY, "every day at 07:00 (Vienna) of"),
        (When.WEEKLY, "every Monday at 07:00 (Vienna) of"),
    ],
)
def test_the_sentence_says_when(when: When, words: str) -> None:
    assert f"This chat is told {words} self" in said(replace(TOLD, when=when), VIENNA)[0]


def test_the_sentence_names_kinds_withdrawals_and_the_language() -> None:
    kinds = frozenset({DocumentKind.FOLLOW_UP, DocumentKind.EXECUTIVE_SUMMARY})
    [sentence] = said(Subscription(CHAT, kinds=kinds), replace(VIENNA, language="", spoken="en"))
    assert "of executive summaries, follow-up documents and withdrawals of all" in sentence
    assert sentence.endswith("in English.")


def test_the_sentence_says_that_files_are_followed() -> None:
    [sentence] = said(replace(TOLD, files=True), VIENNA)
    assert "country reports and what happens to documents later of all" in sentence


@pytest.mark.parametrize(
    ("changes", "chat", "note"),
    [
        ({"cycles": some("2")}, VIENNA, "Only cycle 2, and documents whose cycle is not stated."),
        ({"muted": some("MEX", "BRA")}, VIENNA, "Muted: Brazil and Mexico."),
        ({"is_silent": True}, VIENNA, "Messages come without sound."),
        ({"is_paused": True}, VIENNA, "Paused: what appears is held, and /recent shows it."),
        (
            {},
            replace(VIENNA, quiet=Quiet(22, 7)),
            "Quiet hours: 22:00–07:00 (Vienna). What appears then is sent together when they end.",
        ),
        ({"held": (1,)}, VIENNA, "1 publication is held; it is sent within minutes."),
        (
            {"held": (1, 2)},
            replace(VIENNA, quiet=Quiet(22, 6)),
            "2 publications are held; they are sent at 06:00 (Vienna).",
        ),
        (
            {"held": (1, 2), "when": When.DAILY},
            replace(VIENNA, quiet=Quiet(22, 6)),
            "2 publications are held; they are sent at 07:00 (Vienna).",
        ),
        (
            {"held": (1,), "when": When.DAILY},
            VIENNA,
            "1 publication is held; it is sent at 07:00 (Vienna).",
        ),
        (
            {"held": (1, 2), "when": When.WEEKLY},
            VIENNA,
            "2 publications are held; they are sent on Monday at 07:00 (Vienna).",
        ),
        (
            {"held": (1, 2), "is_paused": True},
            VIENNA,
            "2 publications are held; they are sent after you resume.",
        ),
    ],
)
def test_what_else_there_is_to_know_stands_below(changes: dict[str, object], chat: Chat, note: str) -> None:
    assert said(replace(TOLD, **changes), chat)[-1] == note  # type: ignore[arg-type] # fields by name


def test_each_topic_is_named_from_where_one_stands() -> None:
    room = Room.told(TOLD, replace(TOLD, thread=7), replace(TOLD, thread=9), **GROUP)
    sentences = room.says("/subscriptions", thread=7).split("\n\n")
    assert [each.split(" is told")[0] for each in sentences] == ["This chat", "This topic", "Topic 9"]
