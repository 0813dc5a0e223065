from dataclasses import replace

import pytest

from monitor.model import Pledge, PledgeState
from tests.alert.as_telegram import accepted
from tests.alert.samples import K, document, dossier, known
from tests.dialogue.talk import LANGUAGES, SHIPPED, heard, offers, presses, read, says, view


def test_each_signatory_shows_what_it_kept_and_the_list_says_that_it_is_not_complete() -> None:
    both = dossier(known(document()), known(document(K.COUNTRY_REPORT)))
    of = view(both, dossier(known(document(K.COUNTRY_REPORT, "1")), code="AUT"), dossier(code="FIN"))
    assert heard("/pledge", of) == (
        "Signatories of the Transparency Pledge known here: 4; the list is not complete\n"
        "Signatories promise to put online promptly their self-assessment and country report in a UN language, "
        "and the executive summary in local languages; nothing says by when.\n"
        "\n"
        "Cycle 1\n"
        "Self-assessment: can be seen: 0 · cannot be seen: 3 · unknown: 1\n"
        "Country report: can be seen: 1 · cannot be seen: 2 · unknown: 1\n"
        "Executive summary: can be seen: 0 · cannot be seen: 3 · unknown: 1\n"
        "Cycle 2\n"
        "Self-assessment: can be seen: 1 · cannot be seen: 2 · unknown: 1\n"
        "Country report: can be seen: 1 · cannot be seen: 2 · unknown: 1\n"
        "Executive summary: can be seen: 0 · cannot be seen: 3 · unknown: 1\n"
        "\n"
        "–✓– ––– 🇦🇹 Austria (30 Nov 2023)\n"
        "––– ––– 🇫🇮 Finland (30 Nov 2023)\n"
        "––– ✓✓– 🇲🇽 Mexico (30 Nov 2023)\n"
        "??? ??? 🇳🇱 Netherlands (Kingdom of the) (30 Nov 2023)\n"
        "\n"
        "Cycle 1, cycle 2: self-assessment, country report, executive summary\n"
        "✓ published   × withdrawn   – not seen   ? unknown"
    )


def test_a_summary_in_other_than_local_languages_counts_in_part_only() -> None:
    text = heard("/pledge", view(dossier(known(document(K.EXECUTIVE_SUMMARY, "1")))))
    assert "Executive summary: can be seen: 0 · in part: 1 · cannot be seen: 0 · unknown: 3\n" in text
    text = heard("/pledge", view(dossier(known(document(K.EXECUTIVE_SUMMARY, "1", "es")))))
    assert "Executive summary: can be seen: 1 · cannot be seen: 0 · unknown: 3\n" in text


def test_a_complete_list_and_a_signature_without_a_date_are_said_so() -> None:
    of = replace(
        view(), is_pledge_complete=True, pledges={**view().pledges, "AUT": Pledge(PledgeState.SIGNATORY)}
    )
    text = heard("/pledge", of)
    assert text.startswith("Signatories of the Transparency Pledge: 4\n")
    assert "🇦🇹 Austria\n" in text


def test_a_country_named_is_shown_and_a_similar_one_only_offered() -> None:
    assert says("/pledge Niger") == says("/status Niger")
    assert says("/pledge Nigerr") == says("/status Nigerr")


@pytest.mark.parametrize("data", ["pledge", "pledge:", "pledge:99", "pledge:x:y"])
def test_forged_pages_are_pages_that_exist(data: str) -> None:
    assert read(presses(data)) == heard("/pledge")
    assert presses(data).is_edit
    assert offers(presses(data))["The world in numbers"] == "world"


def test_many_signatories_are_turned_through_in_every_language() -> None:
    signed = {country.code: Pledge(PledgeState.SIGNATORY, "2023-11-30") for country in SHIPPED.countries}
    of = replace(view(), pledges=signed)
    assert offers(says("/pledge", of))["▶"] == "pledge:1"
    for language in LANGUAGES:
        for page in range(8):
            message = presses(f"pledge:{page}", of, language).message
            assert message
            assert "…" not in accepted(message)
