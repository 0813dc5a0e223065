from dataclasses import replace

from monitor.board.regions import in_region, is_signatory, regions, signatories
from monitor.model import Pledge, PledgeState
from tests.alert.samples import EUROPEAN_UNION, MEXICO, NIGER

MEX = replace(MEXICO, region="Americas")
NER = replace(NIGER, region="Sub-Saharan Africa")


def test_regions_are_named_once_in_order_and_a_country_without_one_adds_none() -> None:
    assert regions((NER, MEX, MEX, EUROPEAN_UNION)) == ("Americas", "Sub-Saharan Africa")


def test_a_region_keeps_its_countries_and_none_named_keeps_all() -> None:
    assert in_region((NER, MEX, EUROPEAN_UNION), "Americas") == (MEX,)
    assert in_region((NER, MEX, EUROPEAN_UNION), "") == (NER, MEX, EUROPEAN_UNION)


def test_only_a_known_signature_makes_a_signatory() -> None:
    pledges = {"MEX": Pledge(PledgeState.SIGNATORY), "NER": Pledge(PledgeState.UNKNOWN)}
    assert signatories((NER, MEX, EUROPEAN_UNION), pledges) == (MEX,)
    assert not is_signatory(Pledge(PledgeState.NOT_SIGNATORY))
