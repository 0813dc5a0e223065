import csv
import io

import pytest

from monitor.board.sheet import COLUMNS, register_csv
from monitor.model import Dossier, Pledge, PledgeState
from tests.alert.samples import MEXICO, NIGER, NIGERIA, NOW, document, dossier, known

PLEDGES = {"MEX": Pledge(PledgeState.SIGNATORY), "NER": Pledge(PledgeState.UNKNOWN)}


def table(*dossiers: Dossier) -> list[dict[str, str]]:
    written = register_csv((MEXICO, NIGER, NIGERIA), {each.code: each for each in dossiers}, PLEDGES)
    return list(csv.DictReader(io.StringIO(written.decode("utf-8-sig"), newline="")))


def test_every_document_ever_seen_is_a_line_with_its_country_and_history() -> None:
    assert table(dossier(known(document(), missing_since=NOW))) == [
        {
            "country": "MEX",
            "name": "Mexico",
            "region": "",
            "pledge": "signatory",
            "kind": "self-assessment",
            "cycle": "2",
            "language": "en",
            "title": "English",
            "url": "https://www.unodc.org/documents/self-assessment-2-en.pdf",
            "symbol": "",
            "first_seen": "2026-10-25T14:00:00Z",
            "not_seen_at": "",
            "missing_since": "2026-11-24T14:00:00Z",
            "evidence": "kind: Self-assessment (row header); cycle: Second cycle (heading); language: English (label)",
            "proof": "MEX-33d4ffeb",
        }
    ]


def test_countries_stand_in_the_order_of_the_table_and_an_unread_one_has_no_line() -> None:
    dossiers = (dossier(known(document()), code="NGA"), dossier(known(document())))
    assert [(line["country"], line["pledge"]) for line in table(*dossiers)] == [
        ("MEX", "signatory"),
        ("NGA", ""),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_strangers_title_never_becomes_a_formula(start: str) -> None:
    (line,) = table(dossier(known(document(title=f"{start}HYPERLINK(1)"))))
    assert line["title"] == f"'{start}HYPERLINK(1)"


def test_titles_with_commas_quotes_and_lines_stay_one_cell() -> None:
    title = 'a, "b"\nc; d'
    (line,) = table(dossier(known(document(title=title))))
    assert line["title"] == title


def test_excel_is_told_that_it_is_utf_8_and_half_characters_do_no_harm() -> None:
    written = register_csv((MEXICO,), {"MEX": dossier(known(document(title="é\ud800")))}, {})
    assert written.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    assert "é?" in written.decode("utf-8-sig")
