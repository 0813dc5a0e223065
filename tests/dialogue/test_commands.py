from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.dialogue.commands import HELP, MENU, answer
from monitor.dialogue.view import View
from monitor.model import (
    Button,
    Change,
    ChangeKind,
    Country,
    Document,
    Dossier,
    Failing,
    Held,
    Message,
    Pledge,
    PledgeState,
    Snapshot,
    World,
)
from tests.alert.as_telegram import accepted
from tests.alert.samples import (
    CYCLES,
    EARLIER,
    MEXICO,
    NIGER,
    NIGERIA,
    NOW,
    PROFILE,
    K,
    change,
    document,
    dossier,
    known,
    published,
)

PLEDGES = {
    "MEX": Pledge(PledgeState.SIGNATORY, "2023-11-30"),
    "NER": Pledge(PledgeState.UNKNOWN),
    "NGA": Pledge(PledgeState.UNKNOWN),
}
NEWS = (known(document(), NOW, EARLIER), known(document(language="es"), NOW, EARLIER))
MEXICOS = dossier(*NEWS, known(document(K.EXECUTIVE_SUMMARY, "1")))


def profile_url(country: Country) -> str:
    return PROFILE.replace("MEX", country.code)


def view(*dossiers: Dossier, changes: tuple[Change, ...] = (), contact: str = "") -> View:
    return View(
        world=World({each.code: each for each in dossiers}, changes),
        countries=(MEXICO, NIGER, NIGERIA),
        pledges=PLEDGES,
        cycles=CYCLES,
        is_pledge_complete=False,
        profile_url=profile_url,
        now=NOW,
        version="0.1.0",
        contact=contact,
    )


def asked(text: str, of: View | None = None) -> str:
    message = answer(text, of or view(MEXICOS))
    assert message is not None
    return accepted(message)


def test_a_countrys_card_shows_each_cycle_its_links_the_pledge_and_when_it_was_read() -> None:
    message = answer("/status Mexico", view(MEXICOS))
    assert message is not None
    assert accepted(message) == (
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
        "Last read 24 Nov 2026 14:00 UTC"
    )
    assert f'<a href="{document(language="es").url}">Spanish</a>' in message.html
    assert message.buttons == (Button("Country profile", PROFILE),)


def test_a_card_says_since_when_and_why_a_country_cannot_be_read() -> None:
    failing = replace(MEXICOS, last_read=EARLIER, failing=Failing(NOW, "it answered 403\nhere", 3, NOW))
    text = asked("/status mex", view(failing))
    assert text.endswith(
        "Last read 24 Nov 2026 08:00 UTC\nCannot be read since 24 Nov 2026 14:00 UTC: it answered 403 here"
    )
    assert "? Country report: unknown, cannot be read now" in text


def test_a_card_says_that_a_look_is_held_unless_a_person_rejected_it() -> None:
    held = Held("5 of 6 documents are gone", EARLIER, Snapshot((), "hash"))
    line = "A look is held since 24 Nov 2026 08:00 UTC, not believed yet: 5 of 6 documents are gone"
    assert line in asked("/status MEX", view(replace(MEXICOS, held=held)))
    rejected = replace(MEXICOS, held=replace(held, is_rejected=True))
    assert "held" not in asked("/status MEX", view(rejected))


def test_a_card_shows_doubtful_documents_as_unknown_with_their_link() -> None:
    doubtful = known(
        document(K.OTHER, doubt="words contradict each other", likely=K.COUNTRY_REPORT, title="Reply")
    )
    text = asked("/status MEX", view(dossier(doubtful)))
    assert "? Country report: unknown, a document that nobody is sure of may be it: English" in text
    assert text.endswith("Documents nobody recognises for sure: 1")


def test_a_publication_counts_from_its_first_language() -> None:
    later = known(document(language="es"), NOW, EARLIER)
    text = asked("/status MEX", view(dossier(later, known(document()))))
    assert "✓ Self-assessment: Spanish · English (there at the first look, 25 Oct 2026)" in text


def test_a_card_shows_documents_whose_cycle_is_unknown_in_a_row_of_their_own() -> None:
    text = asked("/status MEX", view(dossier(known(document(cycle=None)))))
    assert (
        "\n\nCycle unknown\n✓ Self-assessment: English (there at the first look, 25 Oct 2026)\n\nLast" in text
    )
    assert "? Self-assessment: unknown, one is published whose cycle is not stated: English" in text


@pytest.mark.parametrize("dossiers", [(), (Dossier("NER"),)])
def test_the_card_of_a_country_that_was_never_read_claims_nothing(dossiers: tuple[Dossier, ...]) -> None:
    assert asked("/status Niger", view(*dossiers)) == (
        "🇳🇪 Niger\n"
        "Not known whether it signed the Transparency Pledge\n"
        "\n"
        "Its profile was never read yet, so nothing is known."
    )


def test_a_name_that_is_merely_similar_is_suggested_never_acted_on() -> None:
    assert asked("/status Nigerr") == (
        "I know no country called “Nigerr”.\nDid you mean Niger (/status NER) or Nigeria (/status NGA)?"
    )


def test_a_name_like_no_country_gets_advice() -> None:
    assert asked("/status <b>qqqq</b>") == (
        "I know no country called “<b>qqqq</b>”.\n"
        "Try its English, French or Spanish name, or its three-letter code."
    )


def test_status_without_a_country_is_the_world_in_numbers() -> None:
    assert asked("/status", view(MEXICOS, Dossier("NER", failing=Failing(NOW, "403", 1, NOW)))) == (
        "The world in numbers: 1 of 3 countries read\n"
        "\n"
        "Cycle 1: Chapters III (criminalization and law enforcement) and IV (international cooperation)\n"
        "Self-assessment      0, 2 unknown (0 by signatories)\n"
        "Country report       0, 2 unknown (0 by signatories)\n"
        "Executive summary    1, 2 unknown (1 by signatories)\n"
        "\n"
        "Cycle 2: Chapters II (prevention) and V (asset recovery)\n"
        "Self-assessment      1, 2 unknown (1 by signatories)\n"
        "Country report       0, 2 unknown (0 by signatories)\n"
        "Executive summary    0, 2 unknown (0 by signatories)\n"
        "\n"
        "Signatories of the Transparency Pledge known here: 1; the list is not complete\n"
        "Oldest look at a country: 24 Nov 2026 14:00 UTC\n"
        "Cannot be read now: 1"
    )


def test_the_world_says_when_the_list_of_signatories_is_complete_and_what_is_held() -> None:
    held = replace(MEXICOS, held=Held("odd", NOW, Snapshot((), "hash")))
    whole = replace(view(held, dossier(code="NER"), dossier(code="NGA")), is_pledge_complete=True)
    text = asked("/status", whole)
    assert "Signatories of the Transparency Pledge: 1\n" in text
    assert "unknown" not in text
    assert text.endswith("Held, not believed yet: 1")


def test_recent_lists_news_newest_first_and_one_publication_in_two_languages_once() -> None:
    before = replace(
        change(ChangeKind.WITHDRAWN, document(K.COUNTRY_REPORT), "NER"), seen_at=NOW - timedelta(days=1)
    )
    moved = change(ChangeKind.MOVED, document(K.COUNTRY_REPORT, "1"))
    changes = (before, published(document()), published(document(language="es")), moved)
    assert asked("/recent", view(MEXICOS, changes=changes)) == (
        "The last publications\n"
        "24 Nov 2026 · 🇲🇽 Mexico: published its self-assessment (cycle 2): English · Spanish\n"
        "23 Nov 2026 · 🇳🇪 Niger: no longer lists its country report (cycle 2): English"
    )


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("/recent", 10),
        ("/recent 3", 3),
        ("/recent 99", 30),
        ("/recent 0", 1),
        ("/recent 9999", 10),
        ("/recent all", 10),
    ],
)
def test_recent_lists_as_many_as_asked_within_reason(text: str, lines: int) -> None:
    changes = tuple(replace(published(document()), seen_at=NOW - timedelta(hours=hour)) for hour in range(40))
    assert len(asked(text, view(changes=changes)).split("\n")) == lines + 1


def test_recent_without_news_says_so_and_an_unknown_code_is_shown_as_it_is() -> None:
    assert asked("/recent") == "Nothing was published since the first look."
    assert " · XXX: published" in asked(
        "/recent", view(changes=(replace(published(document()), code="XXX"),))
    )


def test_about_names_version_source_and_contact() -> None:
    text = asked("/about", view(contact="mail@example.org"))
    assert text.startswith("uncac-monitor 0.1.0\n")
    assert text.endswith("Questions: mail@example.org")
    assert "Questions" not in asked("/about")


def test_start_and_help_list_every_command_of_the_menu() -> None:
    for text in (asked("/start"), asked("/help")):
        assert all(line in text for line in HELP)
        assert all(f"/{name}" in text for name, _ in MENU)


@pytest.mark.parametrize(
    "text", ["/status@UncacBot mexico", "/STATUS   Mexico ", "/status\nMexico", "/status México"]
)
def test_a_command_is_understood_however_it_is_typed(text: str) -> None:
    message = answer(text, view(MEXICOS), bot_name="uncacbot", is_group=True)
    assert message is not None
    assert accepted(message).startswith("🇲🇽 Mexico\n")


def test_a_command_for_another_bot_is_not_answered() -> None:
    assert answer("/status@OtherBot Mexico", view(), bot_name="UncacBot") is None


@pytest.mark.parametrize("text", ["/frobnicate", "hello", "/", ""])
def test_what_is_no_command_is_answered_with_help_except_in_groups(text: str) -> None:
    assert asked(text).startswith("I do not know that command. You can ask:\n/status Mexico")
    assert answer(text, view(), is_group=True) is None


hostile = st.builds(
    Document,
    st.text(max_size=20).map("https://www.unodc.org/".__add__),
    st.sampled_from(["</pre>", "<a href='", "&", "x" * 5000]),
    st.sampled_from(K),
    st.sampled_from(["1", "2", None]),
    st.sampled_from(["en", None]),
    doubt=st.sampled_from(["", "<b>"]),
    likely=st.sampled_from([None, K.SELF_ASSESSMENT]),
)


@given(st.lists(hostile, max_size=80), st.text(max_size=30))
def test_whatever_stands_on_a_page_or_is_typed_telegram_takes_the_answer(
    documents: list[Document], typed: str
) -> None:
    of = view(dossier(*map(known, documents)), changes=tuple(map(published, documents)))
    answers = [
        answer(text, of) for text in ("/status MEX", "/status", "/recent 30", f"/status {typed}", typed)
    ]
    assert all(accepted(message) for message in answers if isinstance(message, Message))
