from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.board.status import (
    MATRIX_KINDS,
    Cell,
    Interval,
    Mark,
    Why,
    appeared,
    is_held,
    matrix,
    present,
    unreadable_since,
    went,
)
from monitor.model import (
    Document,
    DocumentKind,
    Dossier,
    Failing,
    Held,
    KnownDocument,
    Link,
    Snapshot,
    Standing,
)
from tests.alert.samples import (
    CYCLES,
    EARLIER,
    LONG_AGO,
    NOW,
    K,
    document,
    dossier,
    known,
)

HOUR = timedelta(hours=1)
FAILING = Failing(EARLIER, "no answer", 3, NOW)


def cell(of: Dossier | None, kind: DocumentKind = K.SELF_ASSESSMENT, cycle: str = "2") -> Cell:
    row = matrix(of, CYCLES).row(cycle)
    assert row is not None
    return row.cells[kind]


def stray(of: Dossier, kind: DocumentKind = K.SELF_ASSESSMENT) -> Cell | None:
    return next((row.cells[kind] for row in matrix(of, CYCLES).rows if row.cycle is None), None)


def holding(*documents: Document, is_rejected: bool = False) -> Held:
    snapshot = Snapshot(tuple((each, Link(each.url, ())) for each in documents), "hash")
    return Held("most is new", EARLIER, snapshot, is_rejected=is_rejected)


@pytest.mark.parametrize("never_read", [None, Dossier("MEX"), Dossier("MEX", failing=FAILING)])
def test_a_country_that_was_never_read_is_unknown_everywhere(never_read: Dossier | None) -> None:
    cells = [cell for row in matrix(never_read, CYCLES).rows for cell in row.cells.values()]
    assert cells == [Cell(Mark.UNKNOWN, why=Why.NOT_READ)] * 6


def test_every_cycle_has_a_row_and_every_row_the_three_documents() -> None:
    rows = matrix(dossier(), CYCLES).rows
    assert [row.cycle for row in rows] == list(CYCLES)
    assert all(tuple(row.cells) == MATRIX_KINDS for row in rows)


def test_a_document_that_stands_on_the_page_is_published_with_all_its_languages() -> None:
    english, spanish = known(document()), known(document(language="es"))
    assert cell(dossier(english, spanish)) == Cell(Mark.PUBLISHED, (english, spanish))


def test_what_was_read_and_not_found_is_not_seen() -> None:
    of = dossier(known(document()))
    assert cell(of, K.COUNTRY_REPORT) == Cell(Mark.NOT_SEEN)
    assert cell(of, cycle="1") == Cell(Mark.NOT_SEEN)


GONE: Mapping[str, Any] = {"missing_since": NOW, "last_there": EARLIER}
LONG: Mapping[str, Any] = {**GONE, "is_missing_long": True}
TOLD: Mapping[str, Any] = {**LONG, "is_absence_told": True}
EXPLAINED: Mapping[str, Any] = {**TOLD, "is_absence_explained": True}


def gone(language: str = "en", how: Mapping[str, Any] = TOLD, **changes: object) -> KnownDocument:
    return replace(known(document(language=language)), **{**how, **changes})


def test_a_document_whose_absence_was_told_is_withdrawn() -> None:
    english, spanish = gone(), gone("es")
    assert cell(dossier(english, spanish)) == Cell(Mark.WITHDRAWN, (english, spanish))


@pytest.mark.parametrize("others", [(), (gone("es"),)])
def test_a_document_that_is_missing_for_a_short_time_is_unknown_not_withdrawn(
    others: tuple[KnownDocument, ...],
) -> None:
    missing = gone(how=GONE)
    assert cell(dossier(missing, *others)) == Cell(Mark.UNKNOWN, (missing, *others), Why.ABSENT)


@pytest.mark.parametrize("how", [{"standing": Standing.ASKED}, {"is_absence_told": True}])
def test_what_nobody_is_told_of_or_was_told_of_before_is_withdrawn_after_the_same_days(
    how: Mapping[str, Any],
) -> None:
    assert cell(dossier(gone(how=GONE, **how))).why is Why.ABSENT
    assert cell(dossier(gone(how=LONG, **how))).mark is Mark.WITHDRAWN


def test_a_document_of_unclear_history_is_withdrawn_when_its_absence_was_told() -> None:
    asked = gone(how=GONE, standing=Standing.ASKED, asked_words=("abc",))
    assert cell(dossier(asked)).why is Why.ABSENT
    assert cell(dossier(replace(asked, is_missing_long=True))).mark is Mark.WITHDRAWN


def test_what_another_document_replaced_or_better_rules_explain_was_not_withdrawn() -> None:
    old, new = gone(how=EXPLAINED), known(document(url="https://www.unodc.org/new.pdf"), NOW, EARLIER)
    assert cell(dossier(old, new)) == Cell(Mark.PUBLISHED, (new,), replaced=(old,))
    assert cell(dossier(old)) == Cell(Mark.NOT_SEEN)


def test_a_document_that_came_back_is_published() -> None:
    returned = known(document(), is_absence_told=True)
    assert cell(dossier(returned)) == Cell(Mark.PUBLISHED, (returned,))


def test_one_language_that_is_there_makes_it_published_whatever_went() -> None:
    there = known(document(language="es"))
    assert cell(dossier(gone(), there)) == Cell(Mark.PUBLISHED, (there,))


def test_a_document_that_went_while_it_was_in_doubt_was_never_surely_there() -> None:
    doubted = known(document(doubt="two kinds"), **TOLD)
    assert cell(dossier(doubted)) == Cell(Mark.NOT_SEEN)


@pytest.mark.parametrize("how", [TOLD, GONE])
def test_while_a_country_cannot_be_read_what_went_may_be_back(how: Mapping[str, Any]) -> None:
    of = replace(dossier(gone(how=how)), failing=FAILING)
    assert cell(of) == Cell(Mark.UNKNOWN, why=Why.FAILING)


def test_a_withdrawn_document_that_a_held_look_lists_may_be_back() -> None:
    of = replace(dossier(gone()), held=holding(document()))
    assert cell(of) == Cell(Mark.UNKNOWN, why=Why.HELD)


def test_a_publication_is_as_old_as_the_first_of_its_languages() -> None:
    english, spanish = known(document(), NOW, EARLIER), known(document(language="es"))
    assert appeared(cell(dossier(english, spanish))) == Interval(None, LONG_AGO)
    assert appeared(cell(dossier(english))) == Interval(EARLIER, NOW)
    assert appeared(cell(dossier())) is None


def test_a_replacement_does_not_make_a_publication_younger() -> None:
    later, latest = NOW + HOUR, NOW + 2 * HOUR
    first = gone(how=EXPLAINED, first_seen=EARLIER, not_seen_at=LONG_AGO)
    second = known(document(url="https://x/2"), NOW, EARLIER, **{**EXPLAINED, "missing_since": later})
    third = known(document(url="https://x/3"), later, NOW)
    assert appeared(cell(dossier(first, second, third))) == Interval(LONG_AGO, EARLIER)
    # What was published anew after a withdrawal is no replacement of what stood there before.
    anew = replace(third, first_seen=latest, not_seen_at=later)
    assert appeared(cell(dossier(first, second, anew))) == Interval(later, latest)


def test_what_went_went_between_two_looks() -> None:
    earlier = gone("es", missing_since=EARLIER, last_there=LONG_AGO)
    assert went(cell(dossier(gone(), earlier))) == Interval(EARLIER, NOW)
    assert went(cell(dossier(earlier, gone()))) == Interval(EARLIER, NOW)
    assert went(cell(dossier(gone(how=GONE)))) == Interval(EARLIER, NOW)


def test_nothing_went_while_something_is_there_or_never_was() -> None:
    assert went(cell(dossier(known(document())))) is None
    assert went(cell(dossier())) is None
    assert went(Cell(Mark.UNKNOWN, (known(document()), gone()), Why.DOUBTFUL)) is None


def test_a_country_is_unreadable_since_it_began_to_fail() -> None:
    assert unreadable_since(replace(dossier(), failing=FAILING)) == EARLIER
    assert unreadable_since(dossier()) is None
    assert unreadable_since(None) is None


def test_while_a_country_cannot_be_read_what_was_not_seen_is_unknown_and_what_was_stays_published() -> None:
    of = replace(dossier(known(document())), failing=FAILING)
    assert cell(of).mark is Mark.PUBLISHED
    assert cell(of, K.COUNTRY_REPORT) == Cell(Mark.UNKNOWN, why=Why.FAILING)


def test_a_doubtful_document_that_may_be_it_makes_it_unknown_not_published() -> None:
    doubtful = known(document(K.OTHER, doubt="words contradict each other", likely=K.SELF_ASSESSMENT))
    assert cell(dossier(doubtful)) == Cell(Mark.UNKNOWN, (doubtful,), Why.DOUBTFUL)
    assert cell(dossier(doubtful), K.COUNTRY_REPORT) == Cell(Mark.NOT_SEEN)
    assert cell(dossier(doubtful), cycle="1") == Cell(Mark.NOT_SEEN)


def test_a_document_whose_kind_is_known_but_doubted_is_not_published() -> None:
    doubtful = known(document(doubt="may be the document that stood elsewhere"))
    assert cell(dossier(doubtful)) == Cell(Mark.UNKNOWN, (doubtful,), Why.DOUBTFUL)


def test_a_doubtful_document_without_a_cycle_may_be_of_any_cycle() -> None:
    doubtful = known(document(K.OTHER, None, doubt="?", likely=K.SELF_ASSESSMENT))
    assert cell(dossier(doubtful), cycle="1").why is Why.DOUBTFUL
    assert cell(dossier(doubtful), cycle="2").why is Why.DOUBTFUL
    assert stray(dossier(doubtful)) == Cell(Mark.UNKNOWN, (doubtful,), Why.DOUBTFUL)


def test_a_certain_document_outweighs_a_doubtful_one() -> None:
    certain = known(document())
    doubtful = known(document(K.OTHER, language="es", doubt="?", likely=K.SELF_ASSESSMENT))
    assert cell(dossier(certain, doubtful)) == Cell(Mark.PUBLISHED, (certain,))


@pytest.mark.parametrize("cycle", [None, "3"])
def test_a_document_of_no_known_cycle_has_a_row_of_its_own_and_may_be_of_any(cycle: str | None) -> None:
    strayed = known(document(cycle=cycle))
    assert stray(dossier(strayed)) == Cell(Mark.PUBLISHED, (strayed,))
    assert cell(dossier(strayed), cycle="1") == Cell(Mark.UNKNOWN, (strayed,), Why.CYCLE)
    assert cell(dossier(strayed), K.COUNTRY_REPORT) == Cell(Mark.NOT_SEEN)


def test_without_documents_of_no_known_cycle_there_is_no_such_row() -> None:
    assert stray(dossier(known(document()))) is None
    explained = known(document(cycle=None), **EXPLAINED)
    assert stray(dossier(explained)) is None
    assert matrix(dossier(known(document(cycle=None))), CYCLES).row(None) is None


def test_a_look_that_is_held_makes_unknown_what_it_lists() -> None:
    of = replace(dossier(), held=holding(document(), document(K.COUNTRY_REPORT, None)))
    assert cell(of) == Cell(Mark.UNKNOWN, why=Why.HELD)
    assert cell(of, cycle="1") == Cell(Mark.NOT_SEEN)
    assert cell(of, K.COUNTRY_REPORT, "1").why is Why.HELD
    assert is_held(of)


def test_a_look_that_a_person_rejected_makes_nothing_unknown() -> None:
    of = replace(dossier(), held=holding(document(), is_rejected=True))
    assert cell(of) == Cell(Mark.NOT_SEEN)
    assert not is_held(of)


def test_an_other_document_fills_no_cell() -> None:
    of = dossier(known(document(K.OTHER)), known(document(K.EXPERT_LIST)))
    assert {cell.mark for row in matrix(of, CYCLES).rows for cell in row.cells.values()} == {Mark.NOT_SEEN}


documents = st.builds(
    document,
    st.sampled_from(K),
    st.sampled_from(["1", "2", "3", None]),
    doubt=st.sampled_from(["", "?"]),
    likely=st.sampled_from([None, *K]),
)


@given(st.lists(st.builds(known, documents, missing_since=st.sampled_from([None, NOW])), max_size=6))
def test_published_means_that_a_certain_document_of_that_kind_and_cycle_stands_there(
    every: list[KnownDocument],
) -> None:
    for row in matrix(dossier(*every), CYCLES).rows:
        for kind, found in row.cells.items():
            certain = [
                each
                for each in every
                if each.document.kind is kind
                and not each.document.doubt
                and each.missing_since is None
                and (each.document.cycle == row.cycle.id if row.cycle else each.document.cycle in {None, "3"})
            ]
            assert (found.mark is Mark.PUBLISHED) == bool(certain)


def test_present_documents_are_those_that_are_not_missing() -> None:
    there = known(document())
    assert present(dossier(there, known(document(language="es"), missing_since=NOW))) == (there,)
    assert present(None) == ()
