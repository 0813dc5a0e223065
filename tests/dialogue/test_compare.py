from dataclasses import replace

import pytest

from monitor.model import Failing
from tests.alert.samples import EARLIER, NOW, K, document, dossier, known
from tests.dialogue.talk import LANGUAGES, heard, offers, presses, read, says, view

WORLD = view(
    dossier(known(document()), known(document(K.EXECUTIVE_SUMMARY, "1"))),
    replace(
        dossier(known(document(), missing_since=NOW, is_absence_told=True, is_missing_long=True), code="BRA"),
        failing=Failing(EARLIER, "it answered 403", 2, NOW),
    ),
    dossier(
        known(document(K.COUNTRY_REPORT), missing_since=NOW, is_absence_told=True, is_missing_long=True),
        code="EU",
    ),
)


def test_countries_are_shown_side_by_side_with_what_is_known_of_each() -> None:
    reply = says("/compare Mexico EU Brazil", WORLD)
    assert read(reply) == (
        "Side by side: Mexico, European Union and Brazil\n"
        "\n"
        "Cycle 1\n"
        "MEX EU BRA\n"
        " –  –   ?   Self-assessment\n"
        " –  –   ?   Country report\n"
        " ✓  –   ?   Executive summary\n"
        "\n"
        "Cycle 2\n"
        "MEX EU BRA\n"
        " ✓  –   ?   Self-assessment\n"
        " –  ×   ?   Country report\n"
        " –  –   ?   Executive summary\n"
        "\n"
        "✓ published   × withdrawn   – not seen   ? unknown\n"
        "\n"
        "🇲🇽 Mexico\n"
        "Signatory of the Transparency Pledge since 30 Nov 2023\n"
        "Last read 24 Nov 2026 14:00 UTC\n"
        "\n"
        "🇪🇺 European Union\n"
        "Not known whether it signed the Transparency Pledge\n"
        "Last read 24 Nov 2026 14:00 UTC\n"
        "\n"
        "🇧🇷 Brazil\n"
        "Not known whether it signed the Transparency Pledge\n"
        "Last read 24 Nov 2026 14:00 UTC\n"
        "Cannot be read since 24 Nov 2026 08:00 UTC"
    )


def test_below_it_every_countrys_card_is_offered() -> None:
    reply = says("/compare Mexico Brazil", WORLD)
    assert offers(reply) == {"🇲🇽 Mexico": "status:MEX", "🇧🇷 Brazil": "status:BRA"}
    assert presses("status:MEX", WORLD) == says("/status Mexico", WORLD)


@pytest.mark.parametrize(
    "words", ["", "Mexico", "Mexico, México", "Mexico Brazil Chad Mali Peru", ", and ,", "MEX " * 2000]
)
def test_fewer_than_two_or_more_than_four_are_answered_with_how_to_ask(words: str) -> None:
    assert heard(f"/compare {words}", WORLD) == "Name two to four countries: /compare Mexico, Brazil"


def test_a_name_that_fits_nobody_is_answered_as_everywhere_and_nothing_is_compared() -> None:
    assert says("/compare Mexico Nigr", WORLD) == says("/status Nigr", WORLD)


def test_four_countries_fit_a_phone_in_every_language() -> None:
    for language in LANGUAGES:
        text = heard("/compare MEX BRA TCD MLI", WORLD, language)
        assert "MEX BRA TCD MLI\n" in text
        assert len([line for line in text.split("\n") if line.startswith(" ")]) == 6
        assert "…" not in text
