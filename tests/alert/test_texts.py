"""What publications are called, in the reader's language."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from monitor.alert import texts
from monitor.board.status import Mark
from monitor.language.speech import speak
from monitor.model import ChangeKind, DocumentKind, Pledge, PledgeState
from tests.alert.samples import EARLIER, ENGLISH, FIRST, NOW

LANGUAGES = ("en", "fr", "es")


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_kind_and_mark_has_its_own_name(code: str) -> None:
    say = speak(code)
    assert len({texts.kind(say, kind) for kind in DocumentKind}) == len(DocumentKind)
    assert len({texts.kinds(say, kind) for kind in DocumentKind}) == len(DocumentKind)
    assert len({texts.mark(say, mark) for mark in Mark}) == len(Mark)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("2023-11-30", "30 nov. 2023"),
        ("2023-11", "nov. 2023"),
        ("2023", "2023"),
        ("", ""),
        ("2023-99-99", "2023-99-99"),
        ("2023-99", "2023-99"),
        ("yesterday!", "yesterday!"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(written: str, said: str) -> None:
    assert texts.date(speak("fr"), written) == said


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("en", "Signatory of the Transparency Pledge since Nov 2023"),
        ("fr", "Signataire de l'Engagement de transparence (signature\u202f: nov. 2023)"),
        ("es", "Signatario del Compromiso de Transparencia (firma: nov 2023)"),
    ],
)
def test_a_signature_is_told_with_its_month(code: str, line: str) -> None:
    assert texts.pledge(speak(code), Pledge(PledgeState.SIGNATORY, "2023-11")) == line


@pytest.mark.parametrize(
    ("earlier", "later", "french", "spanish"),
    [
        (None, NOW, "avant le 24 nov. 2026 14:00 UTC", "antes del 24 nov 2026 14:00 UTC"),
        (
            EARLIER,
            NOW,
            "le 24 nov. 2026 entre 08:00 et 14:00 UTC",
            "el 24 nov 2026 entre las 08:00 y las 14:00 UTC",
        ),
        (
            NOW - timedelta(days=1),
            NOW,
            "entre le 23 nov. 2026 14:00 et le 24 nov. 2026 14:00 UTC",
            "entre el 23 nov 2026 14:00 y el 24 nov 2026 14:00 UTC",
        ),
        (NOW, NOW, "le 24 nov. 2026 à 14:00:00 UTC", "el 24 nov 2026 a las 14:00:00 UTC"),
    ],
)
def test_between_which_looks_something_happened_is_a_sentence_of_the_language(
    earlier: datetime | None, later: datetime, french: str, spanish: str
) -> None:
    assert texts.happened(speak("fr"), ChangeKind.PUBLISHED, earlier, later) == f"parution {french}"
    assert texts.happened(speak("es"), ChangeKind.WITHDRAWN, earlier, later) == f"desaparición {spanish}"
    assert texts.happened(speak("fr"), ChangeKind.REVISED, earlier, later) == f"remplacement {french}"


def test_what_a_cycle_reviews_is_told_in_the_language() -> None:
    assert texts.chapters(speak("fr"), FIRST) == (
        "Chapitres III (incrimination, détection et répression) et IV (coopération internationale)"
    )


def test_the_legend_explains_every_sign() -> None:
    assert texts.legend(ENGLISH) == "✓ published   × withdrawn   – not seen   ? unknown"
