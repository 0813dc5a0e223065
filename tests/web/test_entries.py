"""What one piece of news is, and what it is called for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from monitor.alert.news import Happening
from monitor.board.view import View
from monitor.model import Change, ChangeKind, Evidence, FileLook, FileState, KnownDocument, World
from monitor.web.entries import Entry, entries, name
from tests.alert.samples import EARLIER, LONG_AGO, NOW, K, change, document, dossier, known, published
from tests.web import world

C = ChangeKind
EN, ES = document(language="en"), document(language="es")
BEFORE = EARLIER - timedelta(hours=6)


def told(*changes: Change, documents: tuple[KnownDocument, ...] = ()) -> tuple[Entry, ...]:
    shown = World({"MEX": dossier(*documents)}, changes)
    return entries(replace(world.empty(), world=shown))


def at(moment: object, of: Change) -> Change:
    return replace(of, seen_at=moment, not_before=None)  # type: ignore[arg-type] # a moment


def pieces(found: tuple[Entry, ...]) -> list[tuple[str, int]]:
    return [(entry.item.happening.name, len(entry.item.changes)) for entry in found]


def test_the_languages_of_one_look_are_one_piece() -> None:
    (entry,) = told(published(EN), published(ES))
    assert [each.document for each in entry.item.changes] == [EN, ES]
    assert (entry.country.code, entry.seen_at, entry.item.happening) == ("MEX", NOW, Happening.PUBLISHED)


@pytest.mark.parametrize(
    "other",
    [
        replace(published(ES), code="NER"),
        at(EARLIER, published(ES)),
        published(document(K.COUNTRY_REPORT)),
        published(document(cycle="1")),
        published(document(cycle=None)),
        published(ES, is_language_version=True),
        change(C.REVISED, ES),
        change(C.WITHDRAWN, ES),
    ],
)
def test_another_country_look_kind_cycle_or_happening_is_another_piece(other: Change) -> None:
    found = told(published(EN), other)
    assert len({entry.id for entry in found}) == len(found) == 2


@pytest.mark.parametrize(
    "kind", [C.MOVED, C.RETURNED, C.LINK_DEAD, C.LINK_BACK, C.FILE_REPLACED, C.FILE_MOVED]
)
def test_what_moved_came_back_or_happened_to_a_file_is_no_news(kind: ChangeKind) -> None:
    assert told(change(kind, EN)) == ()


@pytest.mark.parametrize(("kind", "times"), [(K.EXECUTIVE_SUMMARY, 1), (K.EXPERT_LIST, 0), (K.FOLLOW_UP, 0), (K.OTHER, 0)])  # fmt: skip
def test_of_other_documents_only_summaries_are_told(kind: K, times: int) -> None:
    assert len(told(published(document(kind)))) == times


def test_what_became_known_last_comes_first() -> None:
    late = at(LONG_AGO, published(document(K.COUNTRY_REPORT)))
    assert [entry.item.kind for entry in told(published(EN), late)] == [K.COUNTRY_REPORT, K.SELF_ASSESSMENT]


def test_countries_that_the_board_does_not_show_are_left_out() -> None:
    assert told(replace(published(EN), code="XXX")) == ()


def test_a_piece_is_named_after_country_happening_and_first_address_and_after_nothing_else() -> None:
    (entry,) = told(published(EN))
    assert (
        entry.id
        == name("entry", "MEX", "published", EN.url)
        == "urn:uuid:9d52db91-e54a-5707-a026-42a7da3e5679"
    )
    look = FileLook(NOW, FileState.THERE)
    otherwise = replace(EN, title="Another", kind=K.COUNTRY_REPORT, cycle="1", language="fr", evidence=())
    (same,) = told(replace(at(LONG_AGO, published(otherwise)), file=look))
    assert same.id == entry.id
    assert told(published(EN), published(ES))[0].id == entry.id


def test_half_characters_in_an_address_do_no_harm() -> None:
    assert name("a\ud800") != name("a\ud801")


def test_what_is_told_again_after_a_store_was_restored_is_the_same_piece_as_it_was() -> None:
    (entry,) = told(at(EARLIER, published(EN)), published(EN))
    assert entry.seen_at == EARLIER


def test_what_an_operator_said_later_does_not_slip_into_a_piece_that_readers_have_seen() -> None:
    said = replace(ES, evidence=(Evidence("kind", "operator", "said"),))
    assert pieces(told(published(EN), published(said))) == [("PUBLISHED", 1), ("PUBLISHED", 1)]


def test_what_is_recognised_after_newer_news_is_a_piece_of_its_own() -> None:
    old, newer, late = (
        at(EARLIER, published(EN)),
        replace(published(EN), code="NER"),
        at(EARLIER, published(ES)),
    )
    found = told(old, newer, late)
    assert [entry.item.changes[0] for entry in found] == [late, newer, old]


def test_microseconds_of_a_look_are_not_shown() -> None:
    (entry,) = told(at(NOW.replace(microsecond=7), published(EN)))
    assert entry.seen_at == NOW


def withdrawn(*documents: KnownDocument, history: tuple[Change, ...] = ()) -> str:
    found = told(*history, change(C.WITHDRAWN, EN), documents=documents)
    return found[0].item.happening.name


GONE = known(EN, missing_since=NOW)
HERE = known(ES)


@pytest.mark.parametrize(
    ("documents", "history", "expected"),
    [
        ((GONE,), (), "WITHDRAWN"),
        ((GONE, HERE), (), "LANGUAGE_GONE"),
        ((GONE, known(document(K.COUNTRY_REPORT))), (), "WITHDRAWN"),
        # What was there then, whatever became of it.
        ((GONE, replace(HERE, missing_since=NOW + timedelta(hours=6))), (), "LANGUAGE_GONE"),
        ((GONE, replace(HERE, missing_since=NOW)), (), "WITHDRAWN"),
        ((GONE, replace(HERE, missing_since=EARLIER)), (), "WITHDRAWN"),
        ((GONE, replace(HERE, first_seen=NOW + timedelta(hours=6))), (), "WITHDRAWN"),
        ((GONE, replace(HERE, first_seen=NOW)), (), "LANGUAGE_GONE"),
        # It came back itself, later: it was gone all the same.
        ((known(EN),), (), "WITHDRAWN"),
        ((known(EN), HERE), (), "LANGUAGE_GONE"),
        ((replace(known(document(language="en", url="https://new")), former_urls=(EN.url,)),), (), "WITHDRAWN"),
        # The other language was gone by then, and is back now.
        ((GONE, HERE), (at(EARLIER, change(C.WITHDRAWN, ES)),), "WITHDRAWN"),
        ((GONE, HERE), (at(BEFORE, change(C.WITHDRAWN, ES)), at(EARLIER, change(C.RETURNED, ES))), "LANGUAGE_GONE"),
        ((GONE, replace(HERE, former_urls=("https://old",))), (at(BEFORE, change(C.WITHDRAWN, replace(ES, url="https://old"))), at(EARLIER, change(C.MOVED, ES, former_url="https://old"))), "LANGUAGE_GONE"),
        ((GONE, HERE), (replace(at(EARLIER, change(C.WITHDRAWN, ES)), code="NER"),), "LANGUAGE_GONE"),
        ((GONE, HERE), (at(NOW + timedelta(hours=1), change(C.WITHDRAWN, ES)),), "LANGUAGE_GONE"),
    ],
)  # fmt: skip
def test_whether_all_of_it_went_is_said_as_it_was_then(
    documents: tuple[KnownDocument, ...], history: tuple[Change, ...], expected: str
) -> None:
    assert withdrawn(*documents, history=history) == expected


def test_a_withdrawal_of_a_country_that_is_not_known_is_told() -> None:
    view: View = replace(world.empty(), world=World({}, (change(C.WITHDRAWN, EN),)))
    assert pieces(entries(view)) == [("WITHDRAWN", 1)]
