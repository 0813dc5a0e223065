"""The JSON values: names as docs/json.md promises them, and what each holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from monitor.board.export import (
    change_json,
    document_json,
    file_json,
    instant,
    known_json,
    reading_json,
    register,
    status_json,
    visit_json,
)
from monitor.evidence.proof import proof_id
from monitor.model import (
    ChangeKind,
    DocumentFile,
    FileLook,
    FileState,
    Held,
    Link,
    Outcome,
    Pledge,
    PledgeState,
    Reading,
    Snapshot,
    Visit,
    Where,
    Words,
)
from tests.alert.samples import (
    CYCLES,
    EARLIER,
    LONG_AGO,
    MEXICO,
    NOW,
    K,
    change,
    document,
    dossier,
    known,
)
from tests.board.test_status import FAILING

SIGNED = Pledge(PledgeState.SIGNATORY, "2016-10", "https://example.org/pledge")


def test_moments_are_iso_8601_in_utc_and_an_unknown_one_is_null() -> None:
    assert instant(datetime(2026, 11, 24, 8, 0, 0, 999_999, UTC)) == "2026-11-24T08:00:00Z"
    assert instant(None) is None


def test_a_moment_in_another_zone_is_written_in_utc() -> None:
    assert instant(datetime(2026, 11, 24, 8, tzinfo=timezone(timedelta(hours=2)))) == "2026-11-24T06:00:00Z"


def test_a_document_without_history_has_every_name_and_null_times() -> None:
    written = document_json("MEX", document(symbol="CAC/1"))
    assert written == {
        "country": "MEX",
        "url": "https://www.unodc.org/documents/self-assessment-2-en.pdf",
        "title": "English",
        "kind": "self-assessment",
        "cycle": "2",
        "language": "en",
        "symbol": "CAC/1",
        "evidence": [
            {"of": "kind", "where": "row header", "words": "Self-assessment"},
            {"of": "cycle", "where": "heading", "words": "Second cycle"},
            {"of": "language", "where": "label", "words": "English"},
        ],
        "first_seen": None,
        "not_seen_at": None,
        "missing_since": None,
        "proof": None,
        "file": None,
    }


def test_what_is_not_stated_is_null() -> None:
    written = document_json("MEX", document(cycle=None, language=None))
    assert (written["cycle"], written["language"], written["symbol"]) == (None, None, None)


def test_a_known_document_has_its_three_times() -> None:
    written = known_json("MEX", known(document(), EARLIER, LONG_AGO, NOW))
    times = {name: written[name] for name in ("first_seen", "not_seen_at", "missing_since")}
    assert times == {
        "first_seen": instant(EARLIER),
        "not_seen_at": instant(LONG_AGO),
        "missing_since": instant(NOW),
    }


def test_a_change_says_between_which_looks_it_happened_and_where_the_document_was() -> None:
    written = change_json(change(ChangeKind.MOVED, document(), former_url="https://old"))
    assert written.pop("document")["country"] == "MEX"
    assert written == {
        "country": "MEX",
        "kind": "moved",
        "seen_at": instant(NOW),
        "not_before": instant(EARLIER),
        "former_url": "https://old",
        "is_language_version": False,
        "proof": None,
        "file": None,
        "file_before": None,
    }


def test_a_change_names_the_proof_that_its_document_had_from_the_start() -> None:
    moved = replace(known(document()), former_urls=("https://old",))
    written = change_json(change(ChangeKind.MOVED, document(), former_url="https://old"), dossier(moved))
    assert written["proof"] == proof_id("MEX", "https://old")
    visit = Visit("MEX", Outcome.READ, 1, (change(ChangeKind.MOVED, document()),))
    assert visit_json(visit, dossier(moved))["changes"][0]["proof"] == written["proof"]


LOOK = FileLook(NOW, FileState.THERE, 200, size=1_000, sha256="f" * 64, pages=48)
FILES = {document().url: DocumentFile(document().url, (replace(LOOK, pages=1), LOOK), NOW)}


def test_a_file_is_written_as_it_stands_and_what_was_not_told_is_null() -> None:
    assert file_json(None) is None
    empty = file_json(replace(LOOK, size=0))
    assert empty is not None
    assert empty["size"] == 0
    assert file_json(LOOK) == {
        "at": instant(NOW),
        "state": "there",
        "status": 200,
        "address": None,
        "size": 1_000,
        "content_type": None,
        "etag": None,
        "last_modified": None,
        "sha256": "f" * 64,
        "pages": 48,
        "title": None,
        "language": None,
        "error": None,
    }


def test_documents_come_with_their_files_wherever_they_are_listed() -> None:
    here = known(document())
    [listed, other] = register((dossier(here, known(document(K.COUNTRY_REPORT))),), FILES)
    assert (listed["file"], other["file"]) == (file_json(LOOK), None)
    rows = status_json(MEXICO, dossier(here), SIGNED, CYCLES, FILES)["cycles"]
    [shown] = [each for row in rows for each in row["kinds"]["self-assessment"]["documents"]]
    assert shown == listed


def test_a_change_without_a_former_address_says_null() -> None:
    plain = replace(
        change(ChangeKind.PUBLISHED, document(language="es")), is_language_version=True, not_before=None
    )
    written = change_json(plain)
    assert (written["former_url"], written["not_before"], written["is_language_version"]) == (
        None,
        None,
        True,
    )


def test_a_visit_that_went_well_has_no_error() -> None:
    news = change(ChangeKind.PUBLISHED, document())
    assert visit_json(Visit("MEX", Outcome.READ, 3, (news,))) == {
        "code": "MEX",
        "outcome": "read",
        "documents": 3,
        "changes": [change_json(news)],
        "error": None,
    }
    assert visit_json(Visit("MEX", Outcome.FAILED, error="403"))["error"] == "403"


def test_a_reading_gives_the_words_nearest_first_and_null_for_navigation() -> None:
    link = Link("https://x", (Words(Where.LABEL, "Home"), Words(Where.HEADING, "Menu")))
    assert reading_json("MEX", Reading(link, None, "a menu")) == {
        "url": "https://x",
        "words": [{"where": "label", "text": "Home"}, {"where": "heading", "text": "Menu"}],
        "reason": "a menu",
        "document": None,
    }
    assert reading_json("MEX", Reading(link, document(), "words"))["document"] == document_json(
        "MEX", document()
    )


def test_a_status_has_every_name_and_the_three_kinds_of_every_cycle() -> None:
    here = known(document())
    written = status_json(MEXICO, dossier(here), SIGNED, CYCLES)
    first, second = written.pop("cycles")
    assert written == {
        "country": "MEX",
        "name": "Mexico",
        "pledge": {"state": "signatory", "signed": "2016-10", "source": "https://example.org/pledge"},
        "last_read": instant(NOW),
        "failing_since": None,
        "error": None,
        "held": None,
    }
    assert (first["cycle"], second["cycle"]) == ("1", "2")
    assert list(second["kinds"]) == ["self-assessment", "country-report", "executive-summary"]
    assert second["kinds"]["self-assessment"] == {
        "state": "published",
        "why": None,
        "documents": [known_json("MEX", here)],
    }
    assert second["kinds"]["country-report"] == {"state": "not seen", "why": None, "documents": []}


def test_a_country_that_was_never_seen_is_unknown_and_says_why() -> None:
    written = status_json(MEXICO, None, Pledge(PledgeState.UNKNOWN), CYCLES)
    assert written["last_read"] is None
    assert written["pledge"] == {"state": "unknown", "signed": None, "source": None}
    assert written["cycles"][0]["kinds"]["self-assessment"] == {
        "state": "unknown",
        "why": "never read",
        "documents": [],
    }


def test_failing_and_held_say_since_when_and_why() -> None:
    held = Held("most are gone", EARLIER, Snapshot((), "h"))
    written = status_json(MEXICO, replace(dossier(), failing=FAILING, held=held), SIGNED, CYCLES)
    assert (written["failing_since"], written["error"], written["held"]) == (
        instant(EARLIER),
        "no answer",
        "most are gone",
    )


def test_a_look_that_a_person_rejected_waits_for_nobody() -> None:
    held = Held("most are gone", EARLIER, Snapshot((), "h"), is_rejected=True)
    assert status_json(MEXICO, replace(dossier(), held=held), SIGNED, CYCLES)["held"] is None


def test_documents_without_a_cycle_stand_in_a_row_of_their_own() -> None:
    written = status_json(MEXICO, dossier(known(document(cycle=None))), SIGNED, CYCLES)
    assert [row["cycle"] for row in written["cycles"]] == ["1", "2", None]


def test_the_register_lists_every_document_of_every_country_also_what_is_gone() -> None:
    mexico = dossier(known(document()), known(document(K.COUNTRY_REPORT), missing_since=NOW))
    niger = dossier(known(document()), code="NER")
    listed = [(each["country"], each["kind"]) for each in register(iter((mexico, niger)))]
    assert listed == [("MEX", "self-assessment"), ("MEX", "country-report"), ("NER", "self-assessment")]
