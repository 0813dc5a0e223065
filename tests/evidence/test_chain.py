from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from monitor.board.proofs import chain_json
from monitor.evidence.account import Section, account, as_text
from monitor.evidence.chain import Chain, Happened, as_of, chain, files_in, pages_in
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
    assert whole.happened == (Happened(replace(published(SELF.document), file=LOOK), BEFORE, WITH),)
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
    chats: tuple[int | str, ...] = (-1001234567890, 987654321, "@a_channel_of_ours")
    owed_to = tuple(
        replace(each, chat=chat, thread=4242) for each, chat in zip(world().deliveries, chats, strict=False)
    )
    whole = found(world(deliveries=owed_to))
    written = told(whole) + json.dumps(chain_json(whole))
    assert "chats that got it: 2" in written
    assert not any(str(chat).lstrip("-@") in written for chat in (*chats, 4242))


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
    assert lines.count("page with sha256") == 4  # when it appeared, and when it moved: each before and after
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


OLD = known(document(url="https://www.unodc.org/old.pdf"), EARLIER, LONG_AGO)
WITHDRAWAL = NOW + timedelta(hours=18)


def test_the_pages_before_and_after_a_withdrawal_prove_it_too() -> None:
    gone = Looks(WITHDRAWAL, WITHDRAWAL, 1, 200, "d" * 64)
    there = replace(LATER, body_hash="c" * 64, error="", status=200)
    withdrawn = replace(
        change(ChangeKind.WITHDRAWN, SELF.document), not_before=LATER.last, seen_at=WITHDRAWAL
    )
    whole = found(world(changes=(withdrawn,), looks={"MEX": LookHistory("MEX", (BEFORE, WITH, there, gone))}))
    assert whole.happened == (Happened(withdrawn, there, gone),)
    assert pages_in(whole) == ("b" * 64, "a" * 64, "c" * 64, "d" * 64)
    lines = told(whole).partition("not listed any more: between 25 Nov 2026 02:00 and 08:00 UTC\n")[2]
    assert lines.startswith(
        f"  status 200, page with sha256 {'c' * 64}; 2 looks found the same\n"
        f"  status 200, page with sha256 {'d' * 64}\n"
    )


def revision() -> Chain:
    """The chain of a document whose place another one took."""
    revised = replace(change(ChangeKind.REVISED, SELF.document, former_url=OLD.document.url), file=LOOK)
    return chain(world(dossiers={"MEX": dossier(OLD)}, changes=(revised,), files={}), "MEX", OLD)


def test_what_took_a_documents_place_is_in_its_chain_but_its_file_is_the_others() -> None:
    whole = revision()
    assert f"replaced by another document: {SELF.document.url}: between" in told(whole)
    assert files_in(whole) == ()
    [written] = chain_json(whole)["changes"]
    assert written["proof"] is None
    assert written["looks"]["after"]["body_hash"] == WITH.body_hash


def test_what_moved_from_its_address_alone_does_not_replace_a_document() -> None:
    moved = change(ChangeKind.MOVED, SELF.document, former_url=OLD.document.url)
    assert chain(world(changes=(moved,)), "MEX", OLD).happened == ()


def test_what_another_country_lists_at_the_same_address_is_another_chain() -> None:
    assert found(world(changes=(change(ChangeKind.WITHDRAWN, SELF.document, "NER"),))).happened == ()


def test_what_has_no_moment_before_has_no_page_before() -> None:
    first = replace(published(SELF.document), not_before=None)
    [only] = found(world(changes=(first,))).happened
    assert (only.before, only.after) == (None, WITH)


@pytest.mark.parametrize(
    ("without", "moment"),
    [
        ({}, LATER.last),
        ({"looks": {}}, NOW + timedelta(seconds=5)),
        ({"looks": {}, "deliveries": ()}, NOW + timedelta(minutes=1)),
        ({"looks": {}, "deliveries": (), "files": {}}, NOW),
        ({"looks": {}, "deliveries": (), "files": {}, "changes": ()}, NOW),
    ],
)
def test_a_chain_is_as_new_as_the_newest_that_it_tells_of(
    without: dict[str, object], moment: datetime
) -> None:
    of = world(**without)
    if moment == NOW + timedelta(minutes=1):
        of = replace(of, files={SELF.document.url: DocumentFile(SELF.document.url, (LOOK,), moment)})
    assert as_of(found(of)) == moment


def test_why_a_file_could_not_be_looked_at_is_said_where_it_is_known() -> None:
    unreached = FileLook(NOW, FileState.UNREACHED, 503)
    files = {SELF.document.url: DocumentFile(SELF.document.url, (unreached,), NOW)}
    assert "24 Nov 2026 14:00 UTC: it could not be looked at\n" in told(found(world(files=files)))


def test_what_a_file_does_not_say_is_not_told() -> None:
    bare = FileLook(NOW, FileState.THERE, 200, sha256="f" * 64, content_type="application/pdf")
    files = {SELF.document.url: DocumentFile(SELF.document.url, (bare,), NOW)}
    section = told(found(world(files=files))).partition("The file\n")[2].partition("\n\n")[0]
    assert section == (
        f"  24 Nov 2026 14:00 UTC: PDF\n  sha256 {'f' * 64}\n  last looked at 24 Nov 2026 14:00 UTC"
    )


def test_a_message_is_owed_since_the_first_chat_was_owed_it() -> None:
    late = replace(owed(5, 1), created=NOW + timedelta(hours=1))
    [message] = found(world(deliveries=(*world().deliveries, late))).told
    assert message.owed == NOW


def test_the_headings_are_said_in_every_language() -> None:
    for code in ("fr", "es"):
        sections = account(speak(code), MEXICO, found(world()))
        english = account(ENGLISH, MEXICO, found(world()))
        assert len(sections) == len(english)
        assert not {each.heading for each in sections} & {each.heading for each in english}


def test_a_section_reads_as_a_heading_and_its_lines() -> None:
    assert as_text((Section("A", ("b", "c")), Section("D", ("e",)))) == "A\n  b\n  c\n\nD\n  e"
