from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.board.overview import overview
from monitor.board.status import MATRIX_KINDS, Cell, Mark, Why, is_held, matrix, present
from monitor.model import (
    Document,
    DocumentKind,
    Dossier,
    Failing,
    Held,
    KnownDocument,
    Link,
    Pledge,
    PledgeState,
    Snapshot,
    World,
)
from tests.alert.samples import CYCLES, EARLIER, MEXICO, NIGER, NIGERIA, NOW, K, document, dossier, known

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


def test_a_missing_document_is_not_published() -> None:
    assert cell(dossier(known(document(), missing_since=NOW))) == Cell(Mark.NOT_SEEN)


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
    assert stray(dossier(known(document(cycle=None), missing_since=NOW))) is None
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


def test_the_world_is_counted_with_signatories_apart() -> None:
    world = World(
        {
            "MEX": dossier(known(document()), known(document(language="es"))),
            "NER": replace(dossier(known(document()), code="NER"), last_read=EARLIER, held=holding()),
            "XXX": dossier(known(document()), code="XXX"),
        }
    )
    pledges = {
        "MEX": Pledge(PledgeState.SIGNATORY),
        "NER": Pledge(PledgeState.NOT_SIGNATORY),
        "XXX": Pledge(PledgeState.SIGNATORY),
    }
    numbers = overview(world, (MEXICO, NIGER, NIGERIA), pledges, CYCLES, is_pledge_complete=False)
    assert (numbers.countries, numbers.read, numbers.failing, numbers.held) == (3, 2, 0, 1)
    assert (numbers.signatories, numbers.is_pledge_complete, numbers.oldest_look) == (1, False, EARLIER)
    tallies = {(tally.cycle.id, tally.kind): tally for tally in numbers.tallies}
    assert list(tallies) == [(cycle.id, kind) for cycle in CYCLES for kind in MATRIX_KINDS]
    second = tallies["2", K.SELF_ASSESSMENT]
    assert (second.published, second.published_by_signatories, second.unknown) == (2, 1, 1)
    first = tallies["1", K.SELF_ASSESSMENT]
    assert (first.published, first.published_by_signatories, first.unknown) == (0, 0, 1)


def test_a_world_nobody_has_looked_at_has_no_oldest_look() -> None:
    failing = World({"MEX": Dossier("MEX", failing=FAILING)})
    numbers = overview(failing, (MEXICO,), {}, CYCLES, is_pledge_complete=True)
    assert (numbers.read, numbers.failing, numbers.oldest_look, numbers.is_pledge_complete) == (
        0,
        1,
        None,
        True,
    )
