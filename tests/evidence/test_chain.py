from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.evidence.account import Section, account, as_text
from monitor.evidence.chain import Chain, chain, files_in, pages_in
from monitor.language.speech import speak
from monitor.model import (
    ChangeKind,
    Delivery,
    DocumentFile,
    FileLook,
    FileState,
    LookHistory,
    Looks,
    Message,
    Said,
    World,
)
from tests.alert.samples import (
    EARLIER,
    ENGLISH,
    LONG_AGO,
    MEXICO,
    NOW,
    K,
    change,
    document,
    dossier,
    known,
    published,
)

SELF = known(document(), NOW, EARLIER)
BEFORE = Looks(LONG_AGO, EARLIER, 5, 304, "b" * 64)
WITH = Looks(NOW, NOW, 1, 200, "a" * 64)
LATER = Looks(NOW + timedelta(hours=6), NOW + timedelta(hours=12), 2, 403, "", "it refuses the page")
LOOK = FileLook(
    NOW,
    FileState.THERE,
    200,
    size=1000,
    sha256="f" * 64,
    pages=48,
    title="Self-assessment",
    language="en",
    last_modified="Tue, 24 Nov 2026",
)
ALERT = Message("<b>Mexico published its self-assessment</b>\nmore")


def owed(number: int, *about: int) -> Delivery:
    return Delivery(f"{number:06}", 100 + number, ALERT, NOW, NOW, about=about)


def world(**changes: object) -> World:
    whole = World(
        dossiers={"MEX": dossier(SELF)},
        changes=(
            replace(published(document(K.COUNTRY_REPORT))),
            replace(published(SELF.document), file=LOOK),
        ),
        deliveries=(
            owed(1, 1).sent(NOW + timedelta(seconds=2)),
            owed(2, 0, 1).sent(NOW + timedelta(seconds=5)),
            owed(3, 1).uncertain("timed out", NOW),
            owed(4, 0).sent(NOW),
        ),
        looks={"MEX": LookHistory("MEX", (BEFORE, WITH, LATER))},
        files={SELF.document.url: DocumentFile(SELF.document.url, (LOOK,), NOW)},
    )
    return replace(whole, **changes)  # type: ignore[arg-type] # fields by name


def found(of: World) -> Chain:
    return chain(of, "MEX", of.dossiers["MEX"].documents[0])


def told(of: Chain) -> str:
    return as_text(account(ENGLISH, MEXICO, of))


def test_the_chain_leads_from_the_last_page_without_it_to_who_was_told() -> None:
    whole = found(world())
    assert (whole.without, whole.shown, whole.later) == (BEFORE, WITH, (LATER,))
    assert [each.document for each in whole.changes] == [SELF.document]
    [message] = whole.told
    assert {state.value: number for state, number in message.counts.items()} == {"sent": 2, "uncertain": 1}
    assert (message.owed, message.first, message.last) == (
        NOW,
        NOW + timedelta(seconds=2),
        NOW + timedelta(seconds=5),
    )
    assert pages_in(whole) == ("b" * 64, "a" * 64)
    assert files_in(whole) == ("f" * 64,)


def test_the_whole_chain_is_told_in_plain_lines() -> None:
    assert told(found(world())) == (
        "Mexico: Self-assessment (cycle 2), English\n"
        "  Proof: MEX-33d4ffeb\n"
        "  https://www.unodc.org/documents/self-assessment-2-en.pdf\n"
        "\n"
        "When it appeared\n"
        "  Not on the page at the look of 24 Nov 2026 08:00 UTC\n"
        f"  status 304, page with sha256 {'b' * 64}; 5 looks found the same\n"
        "  On the page at the look of 24 Nov 2026 14:00 UTC\n"
        f"  status 200, page with sha256 {'a' * 64}\n"
        "  2 looks at the page since that found another answer, 2 of them not read or not believed\n"
        "\n"
        "Words that decided\n"
        "  kind: “Self-assessment” (row header)\n"
        "  cycle: “Second cycle” (heading)\n"
        "  language: “English” (label)\n"
        "\n"
        "The file\n"
        "  24 Nov 2026 14:00 UTC: PDF of 48 pages, 1 kB, in English\n"
        f"  sha256 {'f' * 64}\n"
        "  it calls itself “Self-assessment”\n"
        "  Last-Modified: Tue, 24 Nov 2026\n"
        "  last looked at 24 Nov 2026 14:00 UTC\n"
        "\n"
        "Who was told\n"
        "  “Mexico published its self-assessment”\n"
        "  owed since 24 Nov 2026 14:00 UTC; chats that got it: 2; perhaps arrived: 1; "
        "between 24 Nov 2026 14:00:02 and 14:00:05 UTC"
    )


def test_no_chat_is_named() -> None:
    whole = found(world())
    assert not any(str(100 + number) in told(whole).replace(" 100 ", "") for number in (1, 2, 3))


def test_what_stood_there_at_the_first_look_has_no_moment_of_its_own() -> None:
    baseline = replace(SELF, not_seen_at=None, first_seen=LONG_AGO)
    lines = told(found(world(dossiers={"MEX": dossier(baseline)})))
    assert "It stood on the page at the first look" in lines
    assert "Not on the page" not in lines


def test_what_is_not_remembered_is_said() -> None:
    lines = told(found(world(looks={}, files={}, deliveries=())))
    assert lines.count("that look is not remembered") == 2
    assert "nobody looked at the file yet" in lines
    assert "No message about it is kept" in lines


def test_a_look_without_an_answer_or_a_page_is_said_to_be_one() -> None:
    nothing = replace(WITH, status=None, body_hash="")
    lines = told(found(world(looks={"MEX": LookHistory("MEX", (BEFORE, nothing))})))
    assert "status no answer, page with sha256 not known" in lines
    assert pages_in(found(world(looks={"MEX": LookHistory("MEX", (nothing,))}))) == ()


def test_what_happened_since_is_told_with_its_looks_and_where_it_stood_before() -> None:
    moved = replace(SELF, former_urls=("https://www.unodc.org/old.pdf",))
    later = (
        change(ChangeKind.MOVED, replace(SELF.document, url="https://www.unodc.org/old.pdf")),
        change(ChangeKind.LINK_DEAD, SELF.document),
    )
    lines = told(found(world(dossiers={"MEX": dossier(moved)}, changes=later)))
    assert "moved to another address: between 24 Nov 2026 08:00 and 14:00 UTC" in lines
    assert "the link does not open any more: between 24 Nov 2026 08:00 and 14:00 UTC" in lines
    assert "before: https://www.unodc.org/old.pdf" in lines


def test_what_a_person_said_and_what_is_not_believed_yet_is_told() -> None:
    said = replace(SELF, said=Said(K.SELF_ASSESSMENT, "2", "words", SELF.document))
    doubted = DocumentFile(
        SELF.document.url, (LOOK,), NOW, FileLook(NOW, FileState.GONE, 404, error="no file"), 1
    )
    lines = told(found(world(dossiers={"MEX": dossier(said)}, files={SELF.document.url: doubted})))
    assert "A person said what it is" in lines
    assert "which is not believed yet" in lines
    assert "the link does not open yet (404); it is looked at again (no file)" in lines


def test_the_headings_are_said_in_every_language() -> None:
    for code in ("fr", "es"):
        sections = account(speak(code), MEXICO, found(world()))
        english = account(ENGLISH, MEXICO, found(world()))
        assert len(sections) == len(english)
        assert not {each.heading for each in sections} & {each.heading for each in english}


def test_a_section_reads_as_a_heading_and_its_lines() -> None:
    assert as_text((Section("A", ("b", "c")), Section("D", ("e",)))) == "A\n  b\n  c\n\nD\n  e"
