"""What is said of documents after their publication."""

from __future__ import annotations

from dataclasses import replace

import pytest

from monitor.alert.afterwards import held, noticed, told
from monitor.evidence.judge import Many
from monitor.evidence.proof import proof_id
from monitor.model import Change, ChangeKind, Country, DocumentFile, FileLook, FileState, Message
from tests.alert.as_telegram import parsed
from tests.alert.samples import (
    EARLIER,
    ENGLISH,
    LONG_AGO,
    MEXICO,
    NIGER,
    PROFILE,
    K,
    change,
    document,
    dossier,
    known,
)
from tests.evidence.documents import GONE, PAGE, after, look

OLD = replace(
    look(LONG_AGO, "a" * 64), pages=140, size=1_200_000, language="en", content_type="application/pdf"
)
NEW = replace(look(EARLIER, "b" * 64), pages=12, size=48_000, language="en", content_type="application/pdf")
ELSEWHERE = replace(OLD, address="https://track.unodc.org/a.pdf")
DEAD, BACK = ChangeKind.LINK_DEAD, ChangeKind.LINK_BACK
REPLACED, MOVED = ChangeKind.FILE_REPLACED, ChangeKind.FILE_MOVED


def happened(
    kind: ChangeKind,
    was: FileLook | None = OLD,
    now: FileLook | None = NEW,
    of: K = K.SELF_ASSESSMENT,
    language: str | None = "en",
) -> Change:
    return replace(change(kind, document(of, language=language)), file_before=was, file=now)


def messages(*changes: Change, country: Country = MEXICO) -> tuple[Message, ...]:
    here = dossier(*(known(each.document) for each in changes))
    return told(ENGLISH, country, changes, here, PROFILE)


def said(*changes: Change) -> list[str]:
    [message] = messages(*changes)
    return [line for line in parsed(message.html).split("\n") if line]


@pytest.mark.parametrize(
    ("about", "headline", "facts"),
    [
        (
            happened(DEAD, now=look(EARLIER, GONE)),
            "the link to its self-assessment (cycle 2) does not open any more",
            "English: the server says that there is nothing (404)",
        ),
        (
            happened(DEAD, now=look(EARLIER, PAGE)),
            "the link to its self-assessment (cycle 2) does not open any more",
            "English: something else stands there, which is no document",
        ),
        (
            happened(BACK, look(LONG_AGO, GONE), NEW),
            "the link to its self-assessment (cycle 2) opens now",
            "English: PDF of 12 pages, 48 kB, in English",
        ),
        (
            happened(BACK, OLD, OLD),
            "the link to its self-assessment (cycle 2) opens now",
            "English: PDF of 140 pages, 1.2 MB, in English",
        ),
        (
            happened(BACK, OLD, NEW),
            "the link to its self-assessment (cycle 2) opens now",
            "English: before: PDF of 140 pages, 1.2 MB, in English; now: PDF of 12 pages, 48 kB, in English",
        ),
        (
            happened(REPLACED),
            "the file of its self-assessment (cycle 2) was replaced",
            "English: before: PDF of 140 pages, 1.2 MB, in English; now: PDF of 12 pages, 48 kB, in English",
        ),
        (
            happened(MOVED, now=ELSEWHERE),
            "the file of its self-assessment (cycle 2) now comes from track.unodc.org",
            "English: comes from track.unodc.org, before from www.unodc.org",
        ),
        (happened(MOVED, None, ELSEWHERE), "", "English: comes from track.unodc.org, before from ?"),
        (
            happened(
                REPLACED, FileLook(LONG_AGO, FileState.THERE, sha256="c"), FileLook(EARLIER, FileState.THERE)
            ),
            "the file of its self-assessment (cycle 2) was replaced",
            "English: before: a file; now: a file",
        ),
    ],
)
def test_each_kind_has_its_own_words(about: Change, headline: str, facts: str) -> None:
    lines = said(about)
    assert lines[0].startswith("🇲🇽 Mexico: ")
    assert headline in lines[0]
    assert lines[1] == facts


@pytest.mark.parametrize(
    ("kind", "when"),
    [
        (DEAD, "Ceased to open between 24 Nov 2026 08:00 and 14:00 UTC"),
        (BACK, "Began to open between 24 Nov 2026 08:00 and 14:00 UTC"),
        (REPLACED, "Changed between 24 Nov 2026 08:00 and 14:00 UTC"),
        (MOVED, "Changed between 24 Nov 2026 08:00 and 14:00 UTC"),
    ],
)
def test_it_is_said_between_which_looks_it_happened(kind: ChangeKind, when: str) -> None:
    assert when in said(happened(kind))


def test_two_files_are_told_apart_by_their_hashes() -> None:
    assert "sha256: aaaaaaaaaaaa → bbbbbbbbbbbb" in said(happened(REPLACED))
    assert not any(line.startswith("sha256") for line in said(happened(BACK, OLD, OLD)))
    assert not any(line.startswith("sha256") for line in said(happened(DEAD, now=look(EARLIER, GONE))))


def test_the_proof_of_each_document_is_named() -> None:
    about = happened(DEAD)
    assert said(about)[-1] == f"Proof: {proof_id('MEX', about.document.url)}"


def test_several_things_each_have_their_part_and_languages_their_line() -> None:
    lines = said(
        happened(DEAD, of=K.COUNTRY_REPORT, now=look(EARLIER, GONE)),
        happened(DEAD, of=K.COUNTRY_REPORT, now=look(EARLIER, PAGE), language="es"),
        happened(REPLACED, language=None),
    )
    assert lines[0] == (
        "🇲🇽 Mexico: the link to its country report (cycle 2) does not open any more; "
        "the file of its self-assessment (cycle 2) was replaced"
    )
    assert "The link to its country report (cycle 2) does not open any more" in lines
    assert [line.partition(":")[0] for line in lines if ": " in line][1:4] == [
        "English",
        "Spanish",
        "English",
    ]


def test_what_opens_can_be_opened() -> None:
    assert [each.label for each in messages(happened(REPLACED))[0].buttons][:2] == [
        "Open document",
        "Country profile",
    ]
    assert messages(happened(DEAD))[0].buttons[0].label == "Country profile"


def test_a_change_without_a_look_is_still_said() -> None:
    assert said(happened(REPLACED, None, None))[1].strip() == "English:"


def test_operators_are_told_in_short_and_without_a_sound() -> None:
    changes = [happened(DEAD), replace(happened(REPLACED), code="NER")]
    message = noticed(ENGLISH, changes, lambda code: {"MEX": MEXICO, "NER": NIGER}[code])
    assert message.is_silent
    assert parsed(message.html).split("\n") == [
        "What happened to documents after their publication",
        "🇲🇽 Mexico: the link to its self-assessment (cycle 2) does not open any more",
        "🇳🇪 Niger: the file of its self-assessment (cycle 2) was replaced",
        "Only chats that chose it are told. Nothing to do.",
    ]


def test_of_many_countries_the_notice_counts_the_rest() -> None:
    changes = [replace(happened(DEAD), code=f"X{number:02}") for number in range(20)]
    message = noticed(ENGLISH, changes, lambda code: Country(code, {"en": code}))
    assert "… and 8 more countries" in parsed(message.html)


def dead(number: int) -> DocumentFile:
    return replace(after("a", GONE, GONE), url=f"https://www.unodc.org/documents/{number}.pdf")


@pytest.mark.parametrize(
    ("kind", "title"),
    [
        (DEAD, "37 of 52 documents looked at lately do not open any more"),
        (REPLACED, "37 of 52 documents looked at lately are other files now"),
        (MOVED, "37 of 52 documents looked at lately come from another host now"),
    ],
)
def test_operators_are_told_of_many_at_once_how_many_where_since_when_and_what_to_do(
    kind: ChangeKind, title: str
) -> None:
    message = held(ENGLISH, Many(kind, tuple(map(dead, range(37))), 52))
    first, means, todo = parsed(message.html).split("\n")
    assert first == title
    assert means.startswith("First seen 24 Nov 2026 21:00 UTC, on www.unodc.org: 37.")
    assert "What stays so for 7 days is believed and told in one message." in means
    assert todo.startswith("Examples: 0.pdf, 1.pdf, 2.pdf, 3.pdf, 4.pdf. Open one in a browser")
    assert 'href="https://www.unodc.org/documents/0.pdf"' in message.html


def test_what_strangers_wrote_stays_text() -> None:
    hostile = replace(document(language=None), title="<b>&", url="https://a.org/<x>")
    about = replace(happened(REPLACED), document=hostile, file=replace(NEW, address="https://<i>/"))
    [message] = told(ENGLISH, MEXICO, (about, replace(about, kind=MOVED)), dossier(), PROFILE)
    assert "<i>" not in message.html
    assert "<b>&" in parsed(message.html)
