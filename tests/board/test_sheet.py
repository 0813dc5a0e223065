import csv
import io
from dataclasses import replace
from typing import Any

import pytest

from monitor.board import sheet
from monitor.board.export import NO_FILES, Files
from monitor.board.sheet import COLUMNS, State, register_csv, state
from monitor.model import DocumentFile, Dossier, FileLook, FileState, Pledge, PledgeState, Standing
from tests.alert.samples import EARLIER, MEXICO, NIGER, NIGERIA, NOW, K, document, dossier, known

PLEDGES = {"MEX": Pledge(PledgeState.SIGNATORY), "NER": Pledge(PledgeState.UNKNOWN)}


def table(*dossiers: Dossier, files: Files = NO_FILES) -> list[dict[str, str]]:
    written = register_csv((MEXICO, NIGER, NIGERIA), {each.code: each for each in dossiers}, PLEDGES, files)
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
            "state": "missing",
            "last_there": "",
            "former_urls": "",
            "file_state": "",
            "file_bytes": "",
            "file_pages": "",
            "file_sha256": "",
        }
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, State.LISTED),
        ({"is_absence_told": True}, State.LISTED),
        ({"missing_since": NOW}, State.MISSING),
        ({"missing_since": NOW, "is_absence_told": True}, State.MISSING),
        ({"missing_since": NOW, "is_missing_long": True}, State.WITHDRAWN),
        ({"missing_since": NOW, "is_absence_told": True, "is_absence_explained": True}, State.SUPERSEDED),
        ({"missing_since": NOW, "is_absence_explained": True}, State.SUPERSEDED),
        ({"missing_since": NOW, "standing": Standing.ASKED}, State.MISSING),
        ({"missing_since": NOW, "is_missing_long": True, "standing": Standing.ASKED}, State.WITHDRAWN),
        ({"missing_since": NOW, "standing": Standing.ASKED, "asked_words": ("x",)}, State.MISSING),
        (
            {"missing_since": NOW, "is_missing_long": True, "document": document(K.OTHER, doubt="which?")},
            State.MISSING,
        ),
    ],
)
def test_a_document_stands_as_the_boards_marks_say(changes: dict[str, Any], expected: State) -> None:
    assert state(replace(known(document()), **changes)) is expected


def test_a_line_tells_where_the_document_stood_before_and_what_its_file_is() -> None:
    moved = replace(
        known(document(), missing_since=NOW), former_urls=("https://a", "https://b"), last_there=EARLIER
    )
    look = FileLook(NOW, FileState.THERE, size=9, pages=2, sha256="f" * 64)
    files = {document().url: DocumentFile(document().url, (look,), NOW)}
    (line,) = table(dossier(moved), files=files)
    assert (line["last_there"], line["former_urls"]) == ("2026-11-24T08:00:00Z", "https://a https://b")
    assert [line[f"file_{name}"] for name in ("state", "bytes", "pages", "sha256")] == [
        "there",
        "9",
        "2",
        "f" * 64,
    ]


def test_countries_stand_in_the_order_of_the_table_and_an_unread_one_has_no_line() -> None:
    dossiers = (dossier(known(document()), code="NGA"), dossier(known(document())))
    assert [(line["country"], line["pledge"]) for line in table(*dossiers)] == [
        ("MEX", "signatory"),
        ("NGA", ""),
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "＝", "\u00a0-"])
def test_a_strangers_title_never_becomes_a_formula(start: str) -> None:
    (line,) = table(dossier(known(document(title=f"{start}HYPERLINK(1)"))))
    assert line["title"] == f"'{start}HYPERLINK(1)"


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("a;=1+1", "a;'=1+1"),
        ('a; "=1+1', "a;' \"=1+1"),
        ("a\n=1+1", "a\n'=1+1"),
        ("a;b;@x", "a;b;'@x"),
        ("a;=b;=c", "a;'=b;'=c"),
        ("1 - 2 = 3; 4", "1 - 2 = 3; 4"),
        ("a,=1", "a,=1"),
    ],
)
def test_where_semicolons_part_cells_a_piece_of_a_title_never_becomes_a_formula(
    title: str, written: str
) -> None:
    (line,) = table(dossier(known(document(title=title))))
    assert line["title"] == written


def test_what_is_true_or_false_is_written_as_data_packages_do() -> None:
    assert sheet.table(("a", "b", "c"), [(True, False, None)]) == b"\xef\xbb\xbfa,b,c\r\ntrue,false,\r\n"


def test_titles_with_commas_quotes_and_lines_stay_one_cell() -> None:
    title = 'a, "b"\nc; d'
    (line,) = table(dossier(known(document(title=title))))
    assert line["title"] == title


def test_excel_is_told_that_it_is_utf_8_and_half_characters_do_no_harm() -> None:
    written = register_csv((MEXICO,), {"MEX": dossier(known(document(title="é\ud800")))}, {})
    assert written.startswith(b"\xef\xbb\xbf" + ",".join(COLUMNS).encode() + b"\r\n")
    assert "é?" in written.decode("utf-8-sig")
