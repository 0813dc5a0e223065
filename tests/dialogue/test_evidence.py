from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.evidence.proof import proof_of
from monitor.model import ChangeKind, Evidence
from tests.alert.samples import EARLIER, NOW, K, change, document, dossier, known
from tests.dialogue.talk import heard, offers, presses, read, says, view

SELF = known(document(), NOW, EARLIER)
SUMMARY = known(document(K.EXECUTIVE_SUMMARY))
HOSTILE = Evidence("kind", "heading", '<a href="https://evil.example">\u202eself-assessment')
MEXICO = view(dossier(SUMMARY, SELF))
PROOF = proof_of("MEX", SELF)


def test_the_proof_under_an_alert_leads_to_what_proves_it() -> None:
    text = heard(f"/evidence {PROOF}", MEXICO)
    assert text.startswith(f"Mexico: Self-assessment (cycle 2), English\nProof: {PROOF}\n")
    assert "Not on the page at the look of 24 Nov 2026 08:00 UTC" in text
    assert "kind: “Self-assessment” (row header)" in text
    assert text.endswith(f"uncac-monitor evidence {PROOF} --bundle FILE.zip")


def test_the_address_of_a_document_leads_there_too() -> None:
    assert heard(f"/evidence {SELF.document.url}", MEXICO) == heard(f"/evidence {PROOF}", MEXICO)
    assert heard("/evidence https://www.unodc.org/other.pdf", MEXICO).startswith("No State party")


def test_what_strangers_named_stays_text() -> None:
    hostile = replace(SELF, document=replace(SELF.document, title="<b>x", evidence=(HOSTILE,)))
    reply = says(f"/evidence {proof_of('MEX', hostile)}", view(dossier(hostile)))
    assert reply.message is not None
    assert "&lt;a href=&quot;https://evil.example&quot;&gt;" in reply.message.html
    assert "\u202e" not in reply.message.html


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_however_long_a_chain_is_the_message_fits_and_ends_with_how_the_whole_is_had(language: str) -> None:
    many = tuple(change(ChangeKind.RETURNED, SELF.document) for _ in range(300))
    of = replace(MEXICO, world=replace(MEXICO.world, changes=many))
    reply = says(f"/evidence {PROOF}", of, language)
    assert "\n…\n" in read(reply)
    assert read(reply).endswith(f"uncac-monitor evidence {PROOF} --bundle FILE.zip")


def test_a_country_is_answered_with_the_proofs_of_its_documents_the_news_first() -> None:
    reply = says("/evidence mexico", MEXICO)
    assert read(reply) == (
        "🇲🇽 Mexico: proofs\n"
        f"Self-assessment (cycle 2), English: {PROOF}\n"
        f"Executive summary (cycle 2), English: {proof_of('MEX', SUMMARY)}"
    )
    assert offers(reply)[PROOF] == f"proof:MEX:{PROOF[-8:]}"


def test_buttons_lead_from_the_card_to_the_list_to_one_document_and_back() -> None:
    card = says("/status Mexico", MEXICO)
    listed = presses(offers(card)["Evidence"], MEXICO)
    one = presses(offers(listed)[PROOF], MEXICO)
    assert (listed.is_edit, one.is_edit) == (True, True)
    assert read(one).startswith("Mexico: Self-assessment")
    assert read(presses(offers(one)["◀ All proofs"], MEXICO)) == read(listed)
    assert read(presses(offers(listed)["🇲🇽 Mexico"], MEXICO)) == read(card)


def test_a_long_list_turns_its_pages() -> None:
    many = [known(document(url=f"https://www.unodc.org/{number}.pdf")) for number in range(30)]
    of = view(dossier(*many))
    first = says("/evidence MEX", of)
    assert "1/3" in offers(first)
    last = presses(offers(presses(offers(first)["▶"], of))["▶"], of)
    shown = {label for label in offers(last) if label.startswith("MEX-")}
    assert shown == {proof_of("MEX", each) for each in many[24:]}


@pytest.mark.parametrize("words", ["MEX-00000000", "MEX-", "Mexico"])
def test_what_names_no_document_is_answered_with_the_list_or_a_question(words: str) -> None:
    assert "proofs" in heard(f"/evidence {words}", MEXICO) or "No State party" in heard(
        f"/evidence {words}", MEXICO
    )


def test_a_country_without_documents_says_so() -> None:
    assert heard("/evidence Fiji", MEXICO) == "🇫🇯 Fiji: proofs\nNo document is known."


def test_nothing_behind_the_command_is_answered_with_how_to_ask() -> None:
    assert "/evidence MEX-3f9a2c1b" in heard("/evidence", MEXICO)


@pytest.mark.parametrize(
    "forged", ["proof", "proof:XXX", "proof:MEX:zzzz", "proof:MEX:p99", "proof:MEX:00000000"]
)
def test_a_forged_press_is_answered_and_harmless(forged: str) -> None:
    reply = presses(forged, MEXICO)
    assert reply.toast or "proofs" in read(reply)
    assert reply.commit is None
