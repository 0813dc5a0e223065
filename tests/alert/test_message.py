from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from monitor.alert.message import alert, button, messages
from monitor.evidence.proof import proof_id
from monitor.language.speech import Speech
from monitor.model import (
    Button,
    Change,
    ChangeKind,
    Country,
    Document,
    Dossier,
    Evidence,
    FileLook,
    FileState,
    Message,
    Pledge,
    PledgeState,
)
from tests.alert.as_telegram import accepted
from tests.alert.samples import (
    CYCLES,
    EARLIER,
    ENGLISH,
    EUROPEAN_UNION,
    LONG_AGO,
    MEXICO,
    NOW,
    PROFILE,
    K,
    change,
    document,
    dossier,
    known,
    published,
)

SIGNATORY = Pledge(PledgeState.SIGNATORY, "2023-11-30")
SUMMARY = known(document(K.EXECUTIVE_SUMMARY))
ABOUT = (
    Button("Country profile", PROFILE),
    Button("Status", data="status:MEX"),
    Button("Mute Mexico", data="mute:MEX", is_beside=True),
)


def told(
    *changes: Change,
    country: Country = MEXICO,
    before: Dossier | None = None,
    pledge: Pledge = SIGNATORY,
    profile_url: str = PROFILE,
    say: Speech = ENGLISH,
) -> tuple[Message, ...]:
    before = before or dossier(SUMMARY)
    gone = {each.document.url for each in changes if each.kind is ChangeKind.WITHDRAWN}
    stayed = [each for each in before.documents if each.document.url not in gone]
    came = [known(each.document, NOW, EARLIER) for each in changes if each.kind is not ChangeKind.WITHDRAWN]
    after = replace(before, documents=(*stayed, *came))
    return alert(say, country, changes, before, after, pledge=pledge, cycles=CYCLES, profile_url=profile_url)


def text_of(*changes: Change, country: Country = MEXICO, **rest: object) -> str:
    [message] = told(*changes, country=country, **rest)  # type: ignore[arg-type] # passed on by name
    return accepted(message)


def first_line(*changes: Change, country: Country = MEXICO) -> str:
    return text_of(*changes, country=country).split("\n")[0]


def test_a_self_assessment_in_two_languages_is_told_whole() -> None:
    spanish = document(language="es")
    [message] = told(published(document()), published(spanish))
    assert accepted(message) == (
        "🇲🇽 Mexico published its self-assessment (cycle 2)\n"
        "Chapters II (prevention) and V (asset recovery)\n"
        "Signatory of the Transparency Pledge since 30 Nov 2023\n"
        "\n"
        "Read it: English · Spanish\n"
        "Self-assessment    – → ✓\n"
        "Country report     –\n"
        "Executive summary  ✓\n"
        "Appeared between 24 Nov 2026 08:00 and 14:00 UTC\n"
        "Read from: “Self-assessment” (row header), “Second cycle” (heading)\n"
        "Proof: MEX-33d4ffeb, MEX-8ae59bf2"
    )
    assert f'<a href="{spanish.url}">Spanish</a>' in message.html
    assert message.html.startswith("<b>🇲🇽 Mexico published its self-assessment (cycle 2)</b>\n")
    assert message.buttons == (Button("Open document", document().url), *ABOUT)
    assert not message.is_silent


def test_of_many_documents_some_proofs_are_named() -> None:
    languages = ("ar", "en", "es", "fr", "ru", "zh", "pt")
    for number in (6, 7):
        many = [published(document(language=language)) for language in languages[:number]]
        names = [proof_id("MEX", each.document.url) for each in many[:6]]
        [line] = [line for line in text_of(*many).split("\n") if line.startswith("Proof: ")]
        assert line == f"Proof: {', '.join(names)}{', …' if number > 6 else ''}"


def test_a_link_that_does_not_open_is_said_in_the_alert() -> None:
    dead = FileLook(NOW, FileState.GONE, 404)
    text = text_of(replace(published(document()), file=dead))
    assert "\nFile: the link does not open yet (404); it is looked at again\nProof: " in text


def test_what_a_file_calls_itself_never_reaches_the_alert() -> None:
    hostile = "<b>x</b>\u202e"
    look = FileLook(NOW, FileState.THERE, 200, size=5, title=hostile, language="<i>", content_type=hostile)
    [message] = told(replace(published(document()), file=look))
    accepted(message)
    assert not [part for part in ("<b>x", "<i>", "\u202e") if part in message.html]


def test_everything_at_once_is_one_message_told_whole() -> None:
    report = document(K.COUNTRY_REPORT, evidence=())
    old_report = document(K.COUNTRY_REPORT, "1", evidence=())
    [message] = told(
        published(document()),
        published(report),
        change(ChangeKind.REVISED, old_report, former_url="https://www.unodc.org/old.pdf"),
        change(ChangeKind.WITHDRAWN, SUMMARY.document),
    )
    assert accepted(message) == (
        "🇲🇽 Mexico published its self-assessment and country report (cycle 2); "
        "replaced its country report (cycle 1); no longer lists its executive summary (cycle 2)\n"
        "Signatory of the Transparency Pledge since 30 Nov 2023\n"
        "\n"
        "Cycle 1: Chapters III (criminalization and law enforcement) and IV (international cooperation)\n"
        "Country report: English (the one before)\n"
        "Self-assessment    –\n"
        "Country report     – → ✓\n"
        "Executive summary  –\n"
        "\n"
        "Cycle 2: Chapters II (prevention) and V (asset recovery)\n"
        "Self-assessment: English\n"
        "Country report: English\n"
        "Executive summary stood here: English\n"
        "Self-assessment    – → ✓\n"
        "Country report     – → ✓\n"
        "Executive summary  ✓ → –\n"
        "Self-assessment (cycle 2) and country report (cycle 2) appeared between 24 Nov 2026 08:00 and 14:00 UTC\n"
        "Country report (cycle 1) replaced between 24 Nov 2026 08:00 and 14:00 UTC\n"
        "Executive summary (cycle 2) disappeared between 24 Nov 2026 08:00 and 14:00 UTC\n"
        "Self-assessment (cycle 2) and executive summary (cycle 2) read from: "
        "“Self-assessment” (row header), “Second cycle” (heading)\n"
        "Proof: MEX-33d4ffeb, MEX-356886f4, MEX-1d1ce241, MEX-e447f973"
    )
    assert [each.label for each in message.buttons] == [
        "Open self-assessment (cycle 2)",
        "Open country report (cycle 2)",
        "Open country report (cycle 1)",
        "Country profile",
        "Status",
        "Mute Mexico",
    ]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ([published(document())], "🇲🇽 Mexico published its self-assessment (cycle 2)"),
        (
            [published(document(K.COUNTRY_REPORT)), published(document())],
            "🇲🇽 Mexico published its self-assessment and country report (cycle 2)",
        ),
        (
            [published(document(K.COUNTRY_REPORT)), published(document(cycle="1"))],
            "🇲🇽 Mexico published its self-assessment (cycle 1) and country report (cycle 2)",
        ),
        (
            [published(document(language="fr"), is_language_version=True)],
            "🇲🇽 Mexico: self-assessment (cycle 2) now also in French",
        ),
        (
            [
                published(document(language="fr"), is_language_version=True),
                published(document(language="ar"), is_language_version=True),
                published(document(K.COUNTRY_REPORT, language="xx"), is_language_version=True),
            ],
            (
                "🇲🇽 Mexico: self-assessment (cycle 2) now also in French and Arabic; "
                "country report (cycle 2) now also in another language"
            ),
        ),
        (
            [
                published(document(language="fr"), is_language_version=True),
                change(ChangeKind.WITHDRAWN, document(K.COUNTRY_REPORT)),
            ],
            "🇲🇽 Mexico no longer lists its country report (cycle 2); self-assessment (cycle 2) now also in French",
        ),
        (
            [change(ChangeKind.REVISED, document(K.COUNTRY_REPORT, "1"))],
            "🇲🇽 Mexico replaced its country report (cycle 1)",
        ),
        (
            [change(ChangeKind.WITHDRAWN, document(K.COUNTRY_REPORT, "1"))],
            "🇲🇽 Mexico no longer lists its country report (cycle 1)",
        ),
        ([published(document(cycle=None))], "🇲🇽 Mexico published its self-assessment (cycle not stated)"),
        ([published(document(K.EXECUTIVE_SUMMARY))], "🇲🇽 Mexico: executive summary (cycle 2) now listed"),
        (
            [published(document(K.EXECUTIVE_SUMMARY)), published(document())],
            "🇲🇽 Mexico published its self-assessment (cycle 2); executive summary (cycle 2) now listed",
        ),
    ],
)
def test_the_first_line_carries_the_news(changes: list[Change], line: str) -> None:
    assert first_line(*changes) == line


def test_one_language_that_went_while_another_stands_there_is_no_withdrawal() -> None:
    both = dossier(known(document()), known(document(language="fr")), known(document(language="xx")))
    gone = change(ChangeKind.WITHDRAWN, document(language="fr"))
    text = text_of(gone, before=both)
    assert text.startswith("🇲🇽 Mexico: self-assessment (cycle 2) no longer in French\n")
    assert "Self-assessment    ✓\n" in text
    assert "It stood here: French" in text
    unnamed = change(ChangeKind.WITHDRAWN, document(language="xx"))
    assert "self-assessment (cycle 2) no longer in one of its languages\n" in text_of(unnamed, before=both)


def test_the_european_union_and_a_country_without_a_flag_are_named_alike() -> None:
    news = published(document())
    assert (
        first_line(news, country=EUROPEAN_UNION)
        == "🇪🇺 European Union published its self-assessment (cycle 2)"
    )
    flagless = Country("NIU", {"en": "Niue"})
    assert first_line(news, country=flagless) == "Niue published its self-assessment (cycle 2)"


@pytest.mark.parametrize("kind", [ChangeKind.MOVED, ChangeKind.RETURNED])
def test_what_moved_or_came_back_is_not_told(kind: ChangeKind) -> None:
    assert told(change(kind, document())) == ()
    assert "report" not in text_of(published(document()), change(kind, document(K.FOLLOW_UP))).split("\n")[0]


@pytest.mark.parametrize(
    ("pledge", "line"),
    [
        (SIGNATORY, "Signatory of the Transparency Pledge since 30 Nov 2023"),
        (Pledge(PledgeState.SIGNATORY), "Signatory of the Transparency Pledge"),
        (Pledge(PledgeState.NOT_SIGNATORY), "Not a signatory of the Transparency Pledge"),
        (Pledge(PledgeState.UNKNOWN, "2023"), "Not known whether it signed the Transparency Pledge"),
    ],
)
def test_the_pledge_has_three_values(pledge: Pledge, line: str) -> None:
    assert text_of(published(document()), pledge=pledge).split("\n")[2] == line


@pytest.mark.parametrize(
    ("not_before", "seen_at", "line"),
    [
        (EARLIER, NOW, "Appeared between 24 Nov 2026 08:00 and 14:00 UTC"),
        (NOW - timedelta(hours=20), NOW, "Appeared between 23 Nov 2026 18:00 and 24 Nov 2026 14:00 UTC"),
        (NOW, NOW + timedelta(seconds=5), "Appeared between 24 Nov 2026 14:00:00 and 14:00:05 UTC"),
        (NOW, NOW + timedelta(milliseconds=300), "Appeared at 24 Nov 2026 14:00:00 UTC"),
        (NOW - timedelta(days=1), NOW, "Appeared between 23 Nov 2026 14:00 and 24 Nov 2026 14:00 UTC"),
        (
            NOW - timedelta(days=31),
            NOW,
            "Appeared between 24 Oct 2026 14:00 and 24 Nov 2026 14:00 UTC",
        ),
        (None, NOW, "Appeared before 24 Nov 2026 14:00 UTC"),
    ],
)
def test_an_alert_says_between_which_two_looks_it_appeared(
    not_before: None, seen_at: object, line: str
) -> None:
    news = replace(published(document()), not_before=not_before, seen_at=seen_at)  # type: ignore[arg-type] # from the table above
    assert line in text_of(news).split("\n")


def test_what_was_missing_through_the_grace_period_is_still_shown_as_turned() -> None:
    missing = replace(SUMMARY, missing_since=EARLIER)
    gone = change(ChangeKind.WITHDRAWN, SUMMARY.document)
    assert "Executive summary  ✓ → –" in text_of(gone, before=dossier(missing, known(document(cycle="1"))))


def test_a_first_look_before_which_nothing_was_known_turns_unknown_into_published() -> None:
    after = dossier(known(document()))
    [message] = alert(
        ENGLISH,
        MEXICO,
        (published(document()),),
        None,
        after,
        pledge=SIGNATORY,
        cycles=CYCLES,
        profile_url=PROFILE,
    )
    assert "Self-assessment    ? → ✓" in accepted(message)


def test_a_document_without_a_known_language_is_linked_by_its_title_and_a_bare_one_as_document() -> None:
    titled = document(language=None, title="Informe de país")
    bare = document(language="xx", title="\u200b ")
    assert "Read it: Informe de país · document" in text_of(published(titled), published(bare))


def test_two_files_in_one_language_are_told_apart() -> None:
    second = document(url="https://www.unodc.org/part-2.pdf")
    assert "Read it: English · English (2)" in text_of(published(document()), published(second))


def test_what_disappeared_has_no_button_to_open_it() -> None:
    [message] = told(change(ChangeKind.WITHDRAWN, document()))
    assert message.buttons == ABOUT
    assert "It stood here: English" in accepted(message)


def test_the_button_opens_the_english_version_where_there_is_one() -> None:
    [message] = told(published(document(language="ar")), published(document(language="en")))
    assert message.buttons[0].url == document(language="en").url
    [message] = told(published(document(language="ar")), published(document(language="es")))
    assert message.buttons[0].url == document(language="ar").url


def test_of_many_new_documents_three_have_a_button() -> None:
    kinds = (K.SELF_ASSESSMENT, K.COUNTRY_REPORT)
    [message] = told(*(published(document(kind, cycle)) for kind in kinds for cycle in ("1", "2")))
    assert [each.label.split()[0] for each in message.buttons] == ["Open"] * 3 + ["Country", "Status", "Mute"]


def test_evidence_that_decided_nothing_about_kind_or_cycle_is_not_shown() -> None:
    assert "Read from" not in text_of(
        published(document(evidence=(Evidence("language", "label", "English"),)))
    )
    same = (Evidence("kind", "label", "Cycle 2 report"), Evidence("cycle", "label", "Cycle 2 report"))
    assert (
        text_of(published(document(evidence=same))).splitlines()[-2] == "Read from: “Cycle 2 report” (label)"
    )


def test_evidence_is_quoted_short_and_on_one_line() -> None:
    wordy = (Evidence("kind", "cell", "Self-\nassessment " + "x" * 100),)
    assert f"“Self- assessment {'x' * 42}…” (cell)\n" in text_of(published(document(evidence=wordy)))


def test_a_script_address_is_never_linked() -> None:
    [message] = told(published(document(url="javascript:alert(1)")), profile_url="file:///etc/passwd")
    assert "javascript" not in message.html
    assert [each.label for each in message.buttons] == ["Status", "Mute Mexico"]


def test_a_button_to_no_web_address_is_no_button() -> None:
    assert button("Open", "https://localhost/") == ()


def test_a_long_message_is_split_between_lines_the_first_part_rings_and_the_last_has_the_buttons() -> None:
    found = messages(["news " * 10] * 200, (Button("Open", "https://a.org/"),))
    assert len(found) == 3
    assert [message.is_silent for message in found] == [False, True, True]
    assert [len(message.buttons) for message in found] == [0, 0, 1]
    assert all(line == "news " * 10 for message in found for line in message.html.split("\n"))


NASTY = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        ["</b>", "<a href='x'>", "&lt;", '"><script>', "</pre>", "[bold]x[/]", "x" * 5000, "\n\n", "\u202e"]
    ),
)
URL = st.one_of(
    st.text(max_size=30),
    st.text(max_size=30).map(lambda text: f"https://www.unodc.org/{text}"),
    st.sampled_from(
        ['https://a.org/"onclick="x', "javascript:x", "https://a.org/<b>", "https://[", "https://a.org/&amp;"]
    ),
)
EVIDENCE = st.lists(st.builds(Evidence, st.sampled_from(["kind", "cycle"]), NASTY, NASTY), max_size=3)
DOCUMENT = st.builds(
    Document,
    URL,
    NASTY,
    st.sampled_from(K),
    st.sampled_from(["1", "2", None, "<3>"]),
    st.sampled_from(["en", "es", None, "<x>"]),
    evidence=EVIDENCE.map(tuple),
)
CHANGE = st.builds(
    Change,
    st.just("MEX"),
    st.sampled_from([ChangeKind.PUBLISHED, ChangeKind.REVISED, ChangeKind.WITHDRAWN]),
    DOCUMENT,
    st.just(NOW),
    st.sampled_from([EARLIER, LONG_AGO, None]),
    URL,
    st.booleans(),
)


@given(st.lists(CHANGE, min_size=1, max_size=8), NASTY, URL)
@example(
    [published(document(title="x" * 4000, language=None, url=f"https://a.org/{n}")) for n in range(99)],
    "",
    PROFILE,
)
def test_whatever_a_page_says_telegram_takes_the_message_and_its_first_line_is_the_news(
    changes: list[Change], signed: str, profile_url: str
) -> None:
    found = told(*changes, pledge=Pledge(PledgeState.SIGNATORY, signed), profile_url=profile_url)
    texts = [accepted(message) for message in found]
    line = texts[0].split("\n")[0]
    assert line.startswith("🇲🇽 Mexico")
    names = (
        "self-assessment",
        "country report",
        "executive summary",
        "experts",
        "follow-up",
        "other document",
    )
    assert any(name in line for name in names)
    assert "late" not in line.split()
