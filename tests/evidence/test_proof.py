from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.evidence.proof import code_at, code_in, found_by, proof_id, proof_in, proof_of
from monitor.model import KnownDocument
from tests.alert.samples import K, document, dossier, known

SELF, REPORT = known(document()), known(document(K.COUNTRY_REPORT, title="Country review report"))
MEXICO = {"MEX": dossier(SELF, REPORT)}
NAME = proof_of("MEX", SELF)


def test_a_proof_names_country_and_document() -> None:
    assert NAME == proof_id("MEX", SELF.document.url) == "MEX-33d4ffeb"
    assert proof_of("MEX", REPORT) != NAME


def test_a_document_keeps_its_proof_through_every_move() -> None:
    moved = replace(
        SELF,
        document=replace(SELF.document, url="https://track.unodc.org/x.pdf"),
        former_urls=(SELF.document.url,),
    )
    assert proof_of("MEX", moved) == NAME
    there = dossier(moved)
    assert proof_in(there, "https://track.unodc.org/x.pdf") == proof_in(there, SELF.document.url) == NAME


def test_an_address_that_is_not_known_has_a_name_all_the_same() -> None:
    assert proof_in(dossier(), SELF.document.url) == NAME


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (NAME, (SELF,)),
        (NAME.lower(), (SELF,)),
        (f" {NAME[:9]} ", (SELF,)),
        ("MEX-00000000", ()),
        (SELF.document.url, (SELF,)),
        ("review REPORT", (REPORT,)),
        ("", (SELF, REPORT)),
        ("nothing of the sort", ()),
        (SELF.document.url.replace("https://www.", "http://") + "#page=2", (SELF,)),
        ("https://www.unodc.org/other.pdf", ()),
    ],
)
def test_a_document_is_found_by_its_proof_its_address_or_its_title(
    words: str, found: tuple[KnownDocument, ...]
) -> None:
    assert found_by(words, MEXICO, "MEX") == found


def test_a_title_that_looks_like_a_proof_is_found_too() -> None:
    named = known(document(title="Decision CAC-2018"))
    assert found_by("cac-2018", {"MEX": dossier(named)}, "MEX") == (named,)


def test_the_beginning_of_a_proof_can_mean_several() -> None:
    many = [known(document(url=f"https://www.unodc.org/{number}.pdf")) for number in range(2_000)]
    start = proof_of("MEX", many[0])[: len("MEX-") + 4]
    found = found_by(start, {"MEX": dossier(*many)})
    assert many[0] in found
    assert found == tuple(each for each in many if proof_of("MEX", each).startswith(start))


def test_an_address_says_which_country_lists_it_where_only_one_does() -> None:
    moved = replace(REPORT, former_urls=("https://www.unodc.org/old.pdf",))
    world = {"MEX": dossier(SELF, moved), "NER": dossier(SELF, code="NER")}
    assert code_at("http://unodc.org/old.pdf", world) == "MEX"
    assert code_at(SELF.document.url, world) == ""
    assert code_at("Mexico", world) == ""


def test_a_proof_says_the_country_itself() -> None:
    assert found_by(NAME, MEXICO) == (SELF,)
    assert found_by("FJI-33d4ffeb", MEXICO) == ()


@pytest.mark.parametrize(
    ("words", "code"), [("mex-33d4ffeb", "MEX"), ("MEX", ""), ("MEX-xyz", ""), ("https://x", ""), ("", "")]
)
def test_what_is_no_proof_names_no_country(words: str, code: str) -> None:
    assert code_in(words) == code
