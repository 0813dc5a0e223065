from dataclasses import replace

import pytest

from monitor.dialogue.reply import Reply
from monitor.model import Dossier, Failing, Held, Snapshot
from tests.alert.samples import EARLIER, MEXICO, NOW, K, document, dossier, known
from tests.dialogue.talk import heard, offers, presses, read, says, view

NEWS = (known(document(), NOW, EARLIER), known(document(language="es"), NOW, EARLIER))
MEXICOS = dossier(*NEWS, known(document(K.EXECUTIVE_SUMMARY, "1")))


def test_a_countrys_card_shows_each_cycle_its_links_the_pledge_and_when_it_was_read() -> None:
    reply = says("/status Mexico", view(MEXICOS))
    assert read(reply) == (
        "🇲🇽 Mexico\n"
        "Signatory of the Transparency Pledge since 30 Nov 2023\n"
        "\n"
        "Cycle 1: Chapters III (criminalization and law enforcement) and IV (international cooperation)\n"
        "– Self-assessment: not seen\n"
        "– Country report: not seen\n"
        "✓ Executive summary: English (there at the first look, 25 Oct 2026)\n"
        "\n"
        "Cycle 2: Chapters II (prevention) and V (asset recovery)\n"
        "✓ Self-assessment: English · Spanish (appeared between 24 Nov 2026 08:00 and 14:00 UTC)\n"
        "– Country report: not seen\n"
        "– Executive summary: not seen\n"
        "\n"
        "Last read 24 Nov 2026 14:00 UTC\n"
        "Proof: MEX-33d4ffeb"
    )
    assert reply.message
    assert f'<a href="{document(language="es").url}">Spanish</a>' in reply.message.html
    assert offers(reply) == {"Country profile": "https://profiles.example/MEX.html", "Evidence": "proof:MEX"}


def test_a_card_says_since_when_a_country_cannot_be_read() -> None:
    failing = replace(MEXICOS, last_read=EARLIER, failing=Failing(NOW, "it answered 403\nhere", 3, NOW))
    text = heard("/status mex", view(failing))
    assert "Last read 24 Nov 2026 08:00 UTC\nCannot be read since 24 Nov 2026 14:00 UTC\n" in text
    assert "? Country report: unknown, cannot be read now" in text


def test_a_card_says_that_a_look_is_held_unless_a_person_rejected_it() -> None:
    held = Held("5 of 6 documents are gone", EARLIER, Snapshot((), "hash"))
    line = "A look is held since 24 Nov 2026 08:00 UTC, not believed yet"
    assert line in heard("/status MEX", view(replace(MEXICOS, held=held)))
    rejected = replace(MEXICOS, held=replace(held, is_rejected=True))
    assert "held" not in heard("/status MEX", view(rejected))


def test_a_card_shows_doubtful_documents_as_unknown_with_their_link() -> None:
    doubtful = known(
        document(K.OTHER, doubt="words contradict each other", likely=K.COUNTRY_REPORT, title="Reply")
    )
    text = heard("/status MEX", view(dossier(doubtful)))
    assert "? Country report: unknown, a document that nobody is sure of may be it: English" in text
    assert text.endswith("Documents nobody recognises for sure: 1")


def test_a_card_says_between_which_looks_a_document_was_withdrawn_and_where_it_stood() -> None:
    gone = known(
        document(), missing_since=NOW, last_there=EARLIER, is_absence_told=True, is_missing_long=True
    )
    reply = says("/status MEX", view(dossier(gone)))
    line = "× Self-assessment: withdrawn (disappeared between 24 Nov 2026 08:00 and 14:00 UTC): English\n"
    assert line in read(reply)
    assert reply.message
    assert document().url in reply.message.html
    assert "\nWithdrawn: 1" in heard("/status", view(dossier(gone)))


def test_a_card_does_not_call_withdrawn_what_is_missing_for_a_short_time() -> None:
    away = known(document(), missing_since=NOW, last_there=EARLIER)
    text = heard("/status MEX", view(dossier(away)))
    why = "unknown, one that was listed is missing, not long enough to call it withdrawn: English"
    assert f"? Self-assessment: {why}\n" in text
    assert "Withdrawn" not in heard("/status", view(dossier(away)))


def test_a_replacement_does_not_make_a_publication_younger() -> None:
    old = known(
        document(), missing_since=NOW, last_there=EARLIER, is_absence_told=True, is_absence_explained=True
    )
    new = known(document(url="https://www.unodc.org/new.pdf"), NOW, EARLIER)
    text = heard("/status MEX", view(dossier(old, new)))
    assert "✓ Self-assessment: English (there at the first look, 25 Oct 2026)\n" in text


def test_a_publication_counts_from_its_first_language() -> None:
    later = known(document(language="es"), NOW, EARLIER)
    text = heard("/status MEX", view(dossier(later, known(document()))))
    assert "✓ Self-assessment: Spanish · English (there at the first look, 25 Oct 2026)" in text


def test_a_card_shows_documents_whose_cycle_is_unknown_in_a_row_of_their_own() -> None:
    text = heard("/status MEX", view(dossier(known(document(cycle=None)))))
    assert (
        "\n\nCycle unknown\n✓ Self-assessment: English (there at the first look, 25 Oct 2026)\n\nLast" in text
    )
    assert "? Self-assessment: unknown, one is published whose cycle is not stated: English" in text


@pytest.mark.parametrize("dossiers", [(), (Dossier("NER"),)])
def test_the_card_of_a_country_that_was_never_read_claims_nothing(dossiers: tuple[Dossier, ...]) -> None:
    assert heard("/status Niger", view(*dossiers)) == (
        "🇳🇪 Niger\n"
        "Not known whether it signed the Transparency Pledge\n"
        "\n"
        "Its profile was never read yet, so nothing is known."
    )


def test_status_without_a_country_is_the_world_in_numbers_with_buttons_to_go_deeper() -> None:
    of = replace(view(MEXICOS, Dossier("NER", failing=Failing(NOW, "403", 1, NOW))))
    reply = says("/status", of)
    assert read(reply) == (
        "The world in numbers: 1 of 192 countries read\n"
        "\n"
        "Cycle 1: Chapters III (criminalization and law enforcement) and IV (international cooperation)\n"
        "Self-assessment      0, 191 unknown (0 by signatories)\n"
        "Country report       0, 191 unknown (0 by signatories)\n"
        "Executive summary    1, 191 unknown (1 by signatories)\n"
        "\n"
        "Cycle 2: Chapters II (prevention) and V (asset recovery)\n"
        "Self-assessment      1, 191 unknown (1 by signatories)\n"
        "Country report       0, 191 unknown (0 by signatories)\n"
        "Executive summary    0, 191 unknown (0 by signatories)\n"
        "\n"
        "Signatories of the Transparency Pledge known here: 4; the list is not complete\n"
        "Oldest look at a country: 24 Nov 2026 14:00 UTC\n"
        "Cannot be read now: 1"
    )
    assert list(offers(reply).values()) == ["list", "missing", "pledge", "recent"]
    assert presses("world", of) == replace(reply, is_edit=True)


def test_the_world_says_when_the_list_of_signatories_is_complete_and_what_is_held() -> None:
    held = replace(MEXICOS, held=Held("odd", NOW, Snapshot((), "hash")))
    whole = replace(view(held), is_pledge_complete=True, countries=(MEXICO,))
    text = heard("/status", whole)
    assert "Signatories of the Transparency Pledge: 1\n" in text
    assert "unknown" not in text
    assert text.endswith("Held, not believed yet: 1")


def test_the_button_under_an_alert_answers_below_it_and_one_in_a_list_turns_the_list_into_the_card() -> None:
    card = says("/status MEX")
    assert presses("status:MEX") == card
    assert presses("card:MEX") == replace(card, is_edit=True)


@pytest.mark.parametrize("back", ["list:*:3", "list:0123456789ab:1", "pledge:2", "list"])
def test_a_card_opened_from_a_list_leads_back_to_its_page(back: str) -> None:
    assert offers(presses(f"card:MEX:{back}"))["◀ Back to the list"] == back


@pytest.mark.parametrize("back", ["", ":forget", ":set:0", ":hold:accept:MEX:x", "::::", f":list:{'x' * 90}"])
def test_a_forged_way_back_leads_nowhere(back: str) -> None:
    assert list(offers(presses(f"card:MEX{back}"))) == ["Country profile"]


@pytest.mark.parametrize(
    "data", ["status", "status:", "status:XXX", "card", "card:XXX", "card::list", "card:mex"]
)
def test_a_button_for_a_country_that_is_not_there_says_so(data: str) -> None:
    assert presses(data) == Reply(toast="That country is not in the list any more.")
