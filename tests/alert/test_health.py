from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alert.health import baseline_report, bug, incident, recovered, unreadable
from monitor.alert.notices import command
from monitor.model import Dossier, Failing
from tests.alert.as_telegram import accepted
from tests.alert.samples import EARLIER, ENGLISH, MEXICO, NIGER, NIGERIA, NOW, K, document, dossier, known

FAILING = Failing(EARLIER, "no answer within 90 s.", 1, NOW)


def test_the_first_look_is_reported_with_what_was_found_and_what_was_not() -> None:
    doubtful = document(K.OTHER, doubt="words nobody recognises", title="Reply <b>")
    dossiers = {
        "MEX": dossier(
            known(document()),
            known(document(K.EXECUTIVE_SUMMARY, "1")),
            known(document(K.EXECUTIVE_SUMMARY, language="xx")),
            known(document(K.EXECUTIVE_SUMMARY, None, None)),
        ),
        "NER": dossier(known(doubtful), known(replace(doubtful, url="https://www.unodc.org/2.pdf"))),
        "NGA": Dossier("NGA", failing=FAILING),
    }
    [message] = baseline_report(
        ENGLISH,
        (MEXICO, NIGER, NIGERIA),
        dossiers,
        ("No country report was found anywhere: alerts cannot be trusted yet.",),
    )
    assert accepted(message) == (
        "First look: 2 of 3 countries read, 4 review documents known\n"
        "All of it is entered as known and nothing was announced. What is new from now on is told.\n"
        "No country report was found anywhere: alerts cannot be trusted yet.\n"
        "\n"
        "Self-assessment: 1 (cycle 2: 1)\n"
        "Country report: none\n"
        "Executive summary: 3 (cycle 1: 1, cycle 2: 1, cycle not stated: 1)\n"
        "Other document: 2 (cycle 2: 2)\n"
        "Languages: English: 2, xx: 1, not stated: 1\n"
        "Without an executive summary: Niger\n"
        "Not read yet: Nigeria\n"
        "- Nigeria: no answer within 90 s\n"
        "2 documents nobody recognises for sure: Reply <b>: 2\n"
        "\n"
        "See how a page is read: uncac-monitor read PAGE --country CODE"
    )


def test_a_first_look_that_read_nothing_is_reported_all_the_same() -> None:
    [message] = baseline_report(ENGLISH, (MEXICO, NIGER), {"MEX": Dossier("MEX")})
    assert accepted(message).startswith("First look: 0 of 2 countries read, 0 review documents known\n")
    assert "Not read yet: Mexico, Niger\n\nSee how" in accepted(message)


def test_most_countries_unreadable_says_the_reasons_by_number_and_what_to_do() -> None:
    failed = ((MEXICO, "403"), (NIGER, "no answer"), (NIGERIA, "no answer."))
    assert accepted(unreadable(ENGLISH, failed, 4)) == (
        "3 of 4 countries could not be read\n"
        "Until that changes, what they publish is not seen. Reasons: no answer: 2, 403: 1.\n"
        "Open one profile in a browser. If the site works, check our side: uncac-monitor check --online"
    )


@pytest.mark.parametrize(
    ("lasted", "words"),
    [
        (timedelta(seconds=1), "1 minute"),
        (timedelta(minutes=59), "59 minutes"),
        (timedelta(hours=1), "1 hour"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(hours=48), "2 days"),
    ],
)
def test_a_recovery_is_told_silently_with_how_long_it_lasted(lasted: timedelta, words: str) -> None:
    message = recovered(ENGLISH, "many countries cannot be read", NOW - lasted, NOW)
    assert message.is_silent
    text = accepted(message)
    assert text.startswith("Over: many countries cannot be read\nSince ")
    assert text.endswith(f"UTC, {words}. Nothing to do.")


def test_a_bug_is_told_loudly_and_its_text_stays_text() -> None:
    message = bug(ENGLISH, "looking at MEX", "KeyError: '<b>'")
    assert not message.is_silent
    assert accepted(message) == (
        "A fault in the program while looking at MEX\n"
        "KeyError: '<b>'. What is known and what chats are owed is kept; nothing is told twice.\n"
        "Report it with the log of this minute. If the service ended: uncac-monitor run"
    )


def test_an_incident_of_any_kind_says_what_it_means_and_what_to_do() -> None:
    message = incident(
        "The disk is full", "Nothing can be written & kept.", f"Make room, then: {command('run')}"
    )
    assert (
        accepted(message)
        == "The disk is full\nNothing can be written & kept.\nMake room, then: uncac-monitor run"
    )


def test_what_is_missing_is_not_reported_as_found() -> None:
    gone = replace(known(document()), missing_since=NOW)
    assert "0 review documents known" in accepted(
        baseline_report(ENGLISH, (MEXICO,), {"MEX": dossier(gone)})[0]
    )
