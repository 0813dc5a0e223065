from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.alert.press import short
from monitor.alert.questions import question, questions, which_cycle
from monitor.language.speech import speak
from monitor.model import Button, DocumentKind, KnownDocument, Link, Where, Words
from tests.alert.as_telegram import accepted
from tests.alert.samples import CYCLES, ENGLISH, MEXICO, NIGER, NIGERIA, K, document, known

URL = "https://www.unodc.org/x.pdf"


def unsure(url: str = URL, likely: DocumentKind | None = None) -> KnownDocument:
    words = (
        Words(Where.LABEL, "Reply <b>"),
        Words(Where.HEADING, "Second cycle"),
        Words(Where.BEFORE, "Reply <b>"),
    )
    doubt = document(K.OTHER, url=url, title="Reply <b>", doubt="words nobody recognises", likely=likely)
    return known(doubt, link=Link(url, words))


def test_a_document_is_asked_about_with_its_words_and_a_button_for_every_kind() -> None:
    [message] = questions(ENGLISH, [(MEXICO, unsure())])
    assert accepted(message) == (
        "Mexico: what is this document?\n"
        "Reply <b>\n"
        "Words nobody recognises.\n"
        "Words nearby: “Reply <b>” / “Second cycle”\n"
        "Nobody was told. What you say is told as news, once, and proposed as a rule."
    )
    name = short(URL)
    assert [(each.label, each.data) for each in message.buttons[:-1]] == [
        ("Self-assessment", f"doc:MEX:{name}:self-assessment"),
        ("Country report", f"doc:MEX:{name}:country-report"),
        ("Executive summary", f"doc:MEX:{name}:executive-summary"),
        ("List of governmental experts", f"doc:MEX:{name}:expert-list"),
        ("Follow-up document", f"doc:MEX:{name}:follow-up"),
        ("Nothing of interest", f"doc:MEX:{name}:other"),
    ]
    assert message.buttons[-1] == Button("Open document", URL)


def test_a_document_that_may_be_one_that_is_known_can_be_said_not_to_be_new() -> None:
    message = question(ENGLISH, MEXICO, unsure(likely=K.SELF_ASSESSMENT))
    assert "Perhaps its self-assessment." in accepted(message)
    assert (
        Button("Not new: tell nobody", data=f"doc:MEX:{short(URL)}:known", is_beside=True) in message.buttons
    )


def test_a_document_is_named_by_the_first_address_it_had() -> None:
    moved = replace(unsure(), former_urls=("https://www.unodc.org/old.pdf",))
    assert short("https://www.unodc.org/old.pdf") in question(ENGLISH, MEXICO, moved).buttons[0].data


def test_a_document_of_several_pages_is_one_question_and_the_most_frequent_comes_first() -> None:
    often = unsure("https://www.unodc.org/often.pdf")
    first, second = questions(ENGLISH, [(MEXICO, unsure()), (NIGER, often), (NIGERIA, often)])
    assert accepted(first).startswith("Niger, Nigeria: what is this document?\n")
    assert "The answer counts for Niger.\n" in accepted(first)
    assert first.buttons[0].data.startswith("doc:NER:")
    assert "The answer counts" not in accepted(second)


def test_a_document_without_any_words_is_asked_about_all_the_same() -> None:
    bare = known(document(K.OTHER, title="", likely=None))
    assert "document\nNo words that are known." in accepted(question(ENGLISH, MEXICO, bare))


def test_of_very_many_documents_the_rest_is_counted() -> None:
    many = [(MEXICO, unsure(f"https://www.unodc.org/{number}.pdf")) for number in range(10)]
    found = questions(ENGLISH, many)
    assert len(found) == 9
    assert accepted(found[-1]) == "2 more documents nobody recognises: /health shows them"
    assert len(questions(ENGLISH, many[:8])) == 8
    assert questions(ENGLISH, []) == ()


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_the_cycle_is_asked_in_place_and_may_be_unknown(language: str) -> None:
    message = which_cycle(speak(language), MEXICO, unsure(), K.COUNTRY_REPORT, CYCLES)
    assert accepted(message)
    name = short(URL)
    assert [each.data for each in message.buttons] == [
        f"doc:MEX:{name}:country-report:1",
        f"doc:MEX:{name}:country-report:2",
        f"doc:MEX:{name}:country-report:-",
        f"doc:MEX:{name}:back",
    ]
