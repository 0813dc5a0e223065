from dataclasses import replace

import pytest

from monitor.alert.press import short
from monitor.board.view import View
from monitor.model import Failing, Pledge, PledgeState
from tests.alert.as_telegram import accepted
from tests.alert.samples import EARLIER, NOW, K, document, dossier, known
from tests.dialogue.talk import LANGUAGES, SHIPPED, heard, label_of, offers, presses, read, says, view

EUROPE = short("Europe")


def known_world() -> View:
    failing = replace(dossier(code="NLD"), failing=Failing(EARLIER, "403", 2, NOW))
    return view(
        dossier(known(document())),
        dossier(known(document(K.COUNTRY_REPORT)), code="AUT"),
        dossier(code="BRA"),
        failing,
    )


def test_without_words_it_is_the_last_cycles_self_assessment_of_the_signatories() -> None:
    assert heard("/missing", known_world()) == (
        "Not published: self-assessment (cycle 2)\n"
        "Signatories of the Transparency Pledge known here: 4; the list is not complete\n"
        "Published: 1 · not published: 1 · unknown: 2\n"
        "\n"
        "Europe: Austria\n"
        "\n"
        "Unknown, cannot be read now: Netherlands (Kingdom of the)\n"
        "\n"
        "Unknown, never read: Finland"
    )


def test_what_is_not_known_is_never_listed_as_missing() -> None:
    text = heard("/missing")
    assert "not published: 0 · unknown: 4" in text
    assert "Unknown, never read: Austria, Finland, Mexico, Netherlands (Kingdom of the)" in text


def test_what_was_withdrawn_stands_apart_and_what_is_away_for_a_short_time_is_unknown() -> None:
    withdrawn = known(document(), missing_since=NOW, is_absence_told=True, is_missing_long=True)
    away = dossier(known(document(), missing_since=NOW), code="FIN")
    text = heard("/missing", view(dossier(withdrawn), dossier(code="AUT"), away))
    assert "Published: 0 · not published: 1 · withdrawn: 1 · unknown: 2\n" in text
    assert text.endswith(
        "\n\nEurope: Austria\n"
        "\nWithdrawn: Mexico\n"
        "\nUnknown, never read: Netherlands (Kingdom of the)\n"
        "\nUnknown, one that was listed is missing, not long enough to call it withdrawn: Finland"
    )


@pytest.mark.parametrize(
    ("words", "title", "counts"),
    [
        ("country report", "country report (cycle 2)", "Published: 1 · not published: 1 · unknown: 2"),
        ("self-assessment 1", "self-assessment (cycle 1)", "Published: 0 · not published: 2 · unknown: 2"),
        (
            "cycle 1 country report",
            "country report (cycle 1)",
            "Published: 0 · not published: 2 · unknown: 2",
        ),
        ("all", "self-assessment (cycle 2)", "Published: 1 · not published: 2 · unknown: 189"),
        (
            "country report, cycle 2, all",
            "country report (cycle 2)",
            "Published: 1 · not published: 2 · unknown: 189",
        ),
        ("Europe", "self-assessment (cycle 2)", "Published: 0 · not published: 1 · unknown: 2"),
        (
            "country report cycle 2 Europe",
            "country report (cycle 2)",
            "Published: 1 · not published: 0 · unknown: 2",
        ),
        ("all Americas", "self-assessment (cycle 2)", "Published: 1 · not published: 1 · unknown: 32"),
        ("pledge", "self-assessment (cycle 2)", "Published: 1 · not published: 1 · unknown: 2"),
    ],
)
def test_kind_cycle_region_and_who_are_asked_by_words(words: str, title: str, counts: str) -> None:
    text = heard(f"/missing {words}", known_world())
    assert text.startswith(f"Not published: {title}\n")
    assert counts in text


def test_all_is_said_of_all_and_a_complete_list_is_said_to_be_complete() -> None:
    assert "\nAll States parties: 192\nRegion: Europe\n" in heard("/missing all Europe")
    whole = replace(view(), is_pledge_complete=True)
    assert "\nSignatories of the Transparency Pledge: 4\n" in heard("/missing", whole)


def test_words_nobody_understands_change_nothing_and_are_named() -> None:
    assert "“Eurpoe”" in heard("/missing Eurpoe")


def test_buttons_choose_kind_cycle_and_who_and_mark_what_holds_now() -> None:
    first = says("/missing", known_world())
    labels = list(offers(first))
    assert labels[:6] == [
        "✓ Self-assessment",
        "Country report",
        "Cycle 1",
        "✓ Cycle 2",
        "✓ Signatories",
        "All States parties",
    ]
    pressed = presses(offers(first)["Country report"], known_world())
    assert pressed.is_edit
    assert read(pressed) == heard("/missing country report", known_world())
    again = presses(offers(pressed)["All States parties"], known_world())
    assert read(again) == heard("/missing country report all", known_world())
    assert read(presses(offers(again)["Cycle 1"], known_world())) == heard(
        "/missing country report 1 all", known_world()
    )


def test_a_region_is_chosen_by_buttons_and_the_question_stays_the_same() -> None:
    first = says("/missing country report 1 all")
    asked = presses(offers(first)[label_of(first, "Region: ")])
    chosen = presses(offers(asked)["Europe"])
    assert offers(asked)["Europe"] == f"missing:1:0:all:{EUROPE}:0"
    assert read(chosen) == heard("/missing country report 1 all Europe")


def test_every_country_is_named_once_over_the_pages() -> None:
    reply = presses("missing:0:1:all:*:0")
    pages = [read(presses(f"missing:0:1:all:*:{page}")) for page in range(4)]
    assert "1/4" in offers(reply)
    assert offers(reply)["▶"] == "missing:0:1:all:*:1"
    text = "\n".join(pages)
    assert all(country.name in text for country in SHIPPED.countries)


@pytest.mark.parametrize(
    "data",
    [
        "missing",
        "missing:",
        "missing:9:9:who:nowhere:9",
        "missing:0:1:pledge:*:x",
        "missing:-1:1",
        "missing::::::::",
        f"missing:0:1:pledge:*:{10**50}",
    ],
)
def test_forged_questions_are_answered_with_one_that_can_be_asked(data: str) -> None:
    assert read(presses(data)).startswith("Not published: ")


def test_the_longest_page_is_one_message_in_every_language() -> None:
    signed = {country.code: Pledge(PledgeState.SIGNATORY) for country in SHIPPED.countries}
    of = replace(view(), pledges=signed)
    for language in LANGUAGES:
        for page in range(4):
            message = presses(f"missing:0:1:pledge:*:{page}", of, language).message
            assert message
            assert "…" not in accepted(message)
