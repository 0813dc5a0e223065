"""Names of what a page says, for a person's answer to refer to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from monitor.model import (
    Document,
    DocumentKind,
    Evidence,
    Held,
    Link,
    Said,
    Snapshot,
    Validators,
    Where,
    Words,
)
from monitor.record.review import fingerprint, is_doubted_for_history, look_name
from monitor.record.said import as_said

NOW = datetime(2026, 11, 24, tzinfo=UTC)
DOCUMENT = Document("https://x/a.pdf", "Report", DocumentKind.OTHER, "1")
LINK = Link(DOCUMENT.url, (Words(Where.LABEL, "Report"), Words(Where.HEADING, "Cycle 1")))


def said_of(*links: Link) -> str:
    documents = tuple((replace(DOCUMENT, url=link.url), link) for link in links)
    return look_name(Held("why", NOW, Snapshot(documents, "ab", Validators(), "https://x")))


def test_the_names_that_were_handed_out_stay_what_they_are() -> None:
    assert fingerprint(LINK) == "27a7804f80820834"
    assert said_of(LINK, replace(LINK, url="https://x/b.pdf")) == "7b0c879f5534"


def test_broken_characters_have_a_name_too() -> None:
    broken = replace(LINK, words=(Words(Where.LABEL, "\ud800"),))
    assert len(fingerprint(broken)) == 16
    assert len(said_of(replace(broken, url="https://x/\ud800"))) == 12


def test_only_the_records_own_doubt_is_one_for_history() -> None:
    by_reader = replace(DOCUMENT, evidence=(Evidence("doubt", "label", "two kinds"),))
    by_record = replace(DOCUMENT, evidence=(Evidence("doubt", "record", "known before"),))
    beside = replace(DOCUMENT, evidence=(Evidence("kind", "record", "known before"),))
    assert [is_doubted_for_history(each) for each in (by_reader, by_record, beside)] == [False, True, False]


def test_a_persons_word_replaces_what_decided_and_leaves_the_other_words() -> None:
    read = replace(
        DOCUMENT,
        evidence=tuple(Evidence(of, "label", of) for of in ("kind", "doubt", "cycle", "language")),
        doubt="two kinds",
        likely=DocumentKind.COUNTRY_REPORT,
    )
    bare = as_said(Said(DocumentKind.SELF_ASSESSMENT, None, "", read))
    whole = as_said(Said(DocumentKind.SELF_ASSESSMENT, "2", "", read))
    kind = Evidence("kind", "operator", "self-assessment")
    assert bare.evidence == (kind, *read.evidence[2:])
    assert whole.evidence == (kind, Evidence("cycle", "operator", "2"), read.evidence[3])
    assert (bare.cycle, whole.cycle, whole.likely, whole.doubt) == ("1", "2", None, "")
