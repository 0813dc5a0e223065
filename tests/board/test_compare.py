from dataclasses import replace

from monitor.board.compare import compare
from monitor.board.status import MATRIX_KINDS, Mark
from tests.alert.samples import CYCLES, MEXICO, NIGER, NIGERIA, K, document, dossier, known
from tests.dialogue.talk import view


def test_countries_stand_beside_each_other_in_the_order_they_are_named_in() -> None:
    of = replace(view(dossier(known(document())), dossier(code="NER")), cycles=CYCLES)
    found = compare(of, iter((NIGERIA, MEXICO, NIGER)))
    assert found.countries == (NIGERIA, MEXICO, NIGER)
    assert [cycle for cycle, _ in found.cycles] == list(CYCLES)
    assert [[line.kind for line in lines] for _, lines in found.cycles] == [list(MATRIX_KINDS)] * 2
    second = {line.kind: [cell.mark for cell in line.cells] for line in found.cycles[1][1]}
    assert second[K.SELF_ASSESSMENT] == [Mark.UNKNOWN, Mark.PUBLISHED, Mark.NOT_SEEN]
    assert second[K.COUNTRY_REPORT] == [Mark.UNKNOWN, Mark.NOT_SEEN, Mark.NOT_SEEN]


def test_documents_of_no_known_cycle_are_in_no_line_of_their_own() -> None:
    of = replace(view(dossier(known(document(cycle=None)))), cycles=CYCLES)
    assert len(compare(of, (MEXICO, NIGER)).cycles) == 2
