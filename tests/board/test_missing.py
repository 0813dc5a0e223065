from dataclasses import replace

from monitor.board.missing import missing
from monitor.board.status import Why
from monitor.model import Country, Failing, World
from tests.alert.samples import (
    CYCLES,
    EARLIER,
    MEXICO,
    NIGER,
    NIGERIA,
    NOW,
    SECOND,
    K,
    document,
    dossier,
    known,
)

CHAD = Country("TCD", {"en": "Chad"})


def test_countries_are_divided_into_published_missing_and_unknown_with_the_reason() -> None:
    world = World(
        {
            "MEX": dossier(known(document())),
            "NER": dossier(known(document(K.COUNTRY_REPORT)), known(document(cycle="1")), code="NER"),
            "NGA": replace(dossier(code="NGA"), failing=Failing(EARLIER, "403", 2, NOW)),
        }
    )
    found = missing(world, (MEXICO, NIGER, NIGERIA, CHAD), CYCLES, K.SELF_ASSESSMENT, SECOND)
    assert found.published == (MEXICO,)
    assert found.missing == (NIGER,)
    assert found.unknown == ((NIGERIA, Why.FAILING), (CHAD, Why.NOT_READ))


def test_what_stood_there_once_and_is_gone_is_withdrawn_not_simply_missing() -> None:
    gone = known(document(), missing_since=NOW, is_absence_told=True, is_missing_long=True)
    found = missing(World({"MEX": dossier(gone)}), (MEXICO,), CYCLES, K.SELF_ASSESSMENT, SECOND)
    assert (found.withdrawn, found.missing, found.unknown) == ((MEXICO,), (), ())


def test_what_is_missing_for_a_short_time_is_not_known_to_be_missing() -> None:
    away = known(document(), missing_since=NOW)
    found = missing(World({"MEX": dossier(away)}), (MEXICO,), CYCLES, K.SELF_ASSESSMENT, SECOND)
    assert (found.withdrawn, found.missing, found.unknown) == ((), (), ((MEXICO, Why.ABSENT),))
