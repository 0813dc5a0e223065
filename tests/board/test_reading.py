"""Whether what was found is plausible."""

from __future__ import annotations

from monitor.board.reading import countries_with, remarks
from monitor.model import Dossier
from monitor.profile.rules import Expectation
from tests.alert.samples import ENGLISH, NOW, K, document, dossier, known

ASSESSMENTS = Expectation(K.SELF_ASSESSMENT, 0.5)
SUMMARIES = Expectation(K.EXECUTIVE_SUMMARY, 0.5)


def test_countries_are_named_by_the_kinds_on_their_page() -> None:
    mexico, niger = dossier(known(document())), dossier(known(document()), code="NER")
    gone = dossier(known(document(), missing_since=NOW), code="NGA")
    found = countries_with((mexico, niger, gone))
    assert found[K.SELF_ASSESSMENT] == {"MEX", "NER"}
    assert found[K.COUNTRY_REPORT] == frozenset()


def test_what_reaches_the_share_is_plausible() -> None:
    read = (dossier(known(document())), dossier(code="NER"))
    assert remarks(ENGLISH, read, (ASSESSMENTS,)) == ("What was found is plausible.",)


def test_what_is_below_its_share_is_counted_and_alerts_are_not_to_be_trusted() -> None:
    read = (dossier(known(document())), dossier(code="NER"), dossier(code="NGA"))
    shortfall, advice = remarks(ENGLISH, read, (ASSESSMENTS,))
    assert shortfall == (
        "A document of the kind self-assessment was found for 1 of 3 countries; "
        "at least 50% of the countries were expected to have one."
    )
    assert advice.startswith("Alerts cannot be trusted yet. Open a profile that should list one")


def test_what_was_found_nowhere_is_said_so() -> None:
    shortfall, _ = remarks(ENGLISH, (dossier(),), (ASSESSMENTS,))
    assert "was found nowhere;" in shortfall


def test_a_shortfall_of_what_is_no_news_leaves_alerts_alone() -> None:
    *_, advice = remarks(ENGLISH, (dossier(),), (SUMMARIES,))
    assert advice.startswith("The reading may be incomplete.")
    *shortfalls, advice = remarks(ENGLISH, (dossier(),), (SUMMARIES, ASSESSMENTS))
    assert len(shortfalls) == 2
    assert advice.startswith("Alerts cannot be trusted yet.")


def test_countries_that_were_never_read_do_not_count() -> None:
    assert remarks(
        ENGLISH, (dossier(known(document())), Dossier("NER")), (Expectation(K.SELF_ASSESSMENT, 1),)
    ) == ("What was found is plausible.",)


def test_nothing_read_is_nothing_to_remark_on() -> None:
    assert remarks(ENGLISH, (Dossier("NER"),), (ASSESSMENTS,)) == ()
