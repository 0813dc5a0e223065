from collections import Counter

import pytest

from monitor.board.promise import Kept, Promise, kept, promises
from monitor.board.status import Mark
from monitor.model import World
from tests.alert.samples import CYCLES, FIRST, MEXICO, NIGER, K, document, dossier, known

YES, NO, OPEN = Mark.PUBLISHED, Mark.NOT_SEEN, Mark.UNKNOWN


def test_a_promise_shows_both_documents_of_each_cycle_and_nothing_of_summaries() -> None:
    documents = (document(), document(K.COUNTRY_REPORT, "1"), document(K.EXECUTIVE_SUMMARY, "1"))
    world = World({"MEX": dossier(*map(known, documents))})
    assert promises(world, (MEXICO, NIGER), CYCLES) == (
        Promise(MEXICO, ((NO, YES), (YES, NO))),
        Promise(NIGER, ((OPEN, OPEN), (OPEN, OPEN))),
    )


def test_a_row_of_documents_without_a_cycle_is_no_cycle_of_its_own() -> None:
    world = World({"MEX": dossier(known(document(cycle=None)))})
    assert promises(world, (MEXICO,), CYCLES) == (Promise(MEXICO, ((OPEN, NO), (OPEN, NO))),)


@pytest.mark.parametrize(
    ("marks", "how"),
    [
        ((YES, YES), Kept.BOTH),
        ((YES, NO), Kept.ONE),
        ((NO, YES), Kept.ONE),
        ((NO, NO), Kept.NEITHER),
        ((YES, OPEN), Kept.UNKNOWN),
        ((OPEN, NO), Kept.UNKNOWN),
    ],
)
def test_what_is_not_known_of_one_document_is_never_counted_as_kept_or_broken(
    marks: tuple[Mark, ...], how: Kept
) -> None:
    assert kept([Promise(MEXICO, (marks,))], (FIRST,)) == (Counter({how: 1}),)
