"""Tables for a terminal: facts at any width, and strangers' words that stay words."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console, Group, RenderableType

from monitor.errors import Mistake
from monitor.evidence.proof import proof_of
from monitor.model import (
    ChangeKind,
    DocumentKind,
    Evidence,
    Held,
    Link,
    Outcome,
    Pledge,
    PledgeState,
    Reading,
    Snapshot,
    Visit,
)
from monitor.profile.probe import Probe
from monitor.show import tables as show
from tests.alert.samples import CYCLES, EARLIER, MEXICO, NIGER, NOW, K, change, document, dossier, known
from tests.board.test_status import FAILING

SIGNED = Pledge(PledgeState.SIGNATORY, "2016-10")
HOSTILE = "[red]Report[/red] \x1b[2J\x1b]8;;evil\x07 \u202eevil\u202c\nsecond\rline [link=x]y[/link]"
HARMLESS = "[red]Report[/red] [2J ]8;;evil evil second line [link=x]y[/link]"
WIDTHS = pytest.mark.parametrize("width", [80, 40])


def drawn(what: RenderableType, width: int = 80, *, is_terminal: bool = False) -> str:
    out = io.StringIO()
    color = "standard" if is_terminal else None
    console = Console(file=out, width=width, force_terminal=is_terminal, color_system=color)  # type: ignore[arg-type] # as documented
    console.print(Group(what), crop=False)
    return out.getvalue()


def words(text: str) -> str:
    return "".join(text.split())


def columns(shown: str) -> str:
    """Read a table column by column, so that what a narrow one folded is whole again."""
    lines = [line.replace("┃", "│").split("│") for line in shown.splitlines() if "│" in line or "┃" in line]
    widest = max(map(len, lines))
    return words(
        "|".join("".join(line[number] for line in lines if number < len(line)) for number in range(widest))
    )


@WIDTHS
def test_a_sweep_is_summed_up_with_what_failed_what_was_held_and_what_changed(width: int) -> None:
    news = change(ChangeKind.PUBLISHED, document())
    visits = (
        Visit("MEX", Outcome.READ, 1, (news,)),
        Visit("NER", Outcome.FAILED, error="403 Forbidden"),
        Visit("NGA", Outcome.FAILED, error="403 Forbidden"),
        Visit("FIN", Outcome.HELD, error="most are gone"),
        Visit("CHE", Outcome.UNCHANGED),
    )
    shown = drawn(show.visits(visits), width)
    table = columns(shown)
    for fact in (
        "read1",
        "unchanged1",
        "failed2",
        "held1",
        "changes1",
        "NER NGA",
        "403 Forbidden",
        "FIN",
        "most are gone",
    ):
        assert words(fact) in table
    assert "MEX published: self-assessment, cycle 2, en" in shown


def test_a_sweep_in_which_all_went_well_shows_no_empty_tables() -> None:
    shown = drawn(show.visits((Visit("MEX", Outcome.READ),)))
    assert "why" not in shown
    assert "No changes" not in shown


def test_many_countries_with_one_reason_are_one_row_and_the_rest_is_counted() -> None:
    visits = [Visit(f"C{number:02}", Outcome.FAILED, error="no answer") for number in range(15)]
    shown = drawn(show.visits(visits), 100)
    assert shown.count("no answer") == 1
    assert "C11 and 3 more" in shown.replace("\n", " ")
    assert "C12" not in shown


@WIDTHS
def test_a_countrys_status_holds_the_matrix_the_pledge_and_the_last_look(width: int) -> None:
    of = dossier(known(document()), known(document(language="es")))
    shown = drawn(show.status(MEXICO, of, SIGNED, CYCLES), width)
    assert words("published en es") in columns(shown)
    assert words("not seen") in columns(shown)
    assert words("Signatory of the Transparency Pledge since Oct 2016.") in words(shown)
    assert words("Last read 2026-11-24 14:00.") in words(shown)


def test_failing_and_held_are_said_and_a_rejected_look_is_not() -> None:
    held = Held("most are gone", EARLIER, Snapshot((), "h"))
    of = replace(dossier(), failing=FAILING, held=held)
    shown = drawn(show.status(MEXICO, of, SIGNED, CYCLES), 300)
    assert "Failing since 2026-11-24 08:00: no answer Held: most are gone" in shown
    rejected = replace(of, held=replace(held, is_rejected=True))
    assert "Held" not in drawn(show.status(MEXICO, rejected, SIGNED, CYCLES), 300)


def test_a_country_that_was_never_read_says_so_and_why() -> None:
    assert "Never read." in drawn(show.status(MEXICO, None, SIGNED, CYCLES))
    never = replace(dossier(), first_read=None, last_read=None, failing=FAILING)
    assert "Never read: no answer" in drawn(show.status(MEXICO, never, SIGNED, CYCLES))


def test_one_language_that_stands_twice_is_named_once() -> None:
    two = dossier(
        known(document()),
        known(document(url="https://other")),
        known(document(language=None, url="https://x")),
    )
    assert "published en ?" in drawn(show.status(MEXICO, two, SIGNED, CYCLES), 200)


def test_what_was_withdrawn_is_said_with_its_languages() -> None:
    gone = known(document(), missing_since=NOW, is_absence_told=True, is_missing_long=True)
    assert "withdrawn en" in drawn(show.status(MEXICO, dossier(gone), SIGNED, CYCLES), 200)


@WIDTHS
def test_a_document_is_listed_with_its_history_its_evidence_and_its_address_in_one_piece(width: int) -> None:
    here = known(document(), EARLIER, EARLIER)
    gone = known(document(K.COUNTRY_REPORT, language=None), missing_since=NOW)
    shown = drawn(show.documents([(MEXICO, dossier(here, gone))]), width)
    assert "🇲🇽 Mexico (MEX)" in shown
    assert "self-assessment · cycle 2 · en" in shown
    assert "appeared between 2026-11-24 08:00 and 2026-11-24 08:00 UTC" in shown
    assert f"{proof_of('MEX', here)} · appeared between" in shown
    assert "there at the first look, 2026-10-25 14:00 UTC; gone since 2026-11-24 14:00" in shown
    assert "language not stated" in shown
    assert "kind: “Self-assessment” (row header)" in shown
    assert here.document.url + "\n" in shown


@WIDTHS
def test_a_change_says_between_which_looks_it_happened(width: int) -> None:
    plain = change(ChangeKind.PUBLISHED, document())
    other = replace(plain, is_language_version=True, not_before=None)
    shown = drawn(show.history([plain, other]), width)
    assert "MEX published: self-assessment, cycle 2, en\n" in shown
    assert "between 2026-11-24 08:00 and 2026-11-24 14:00 UTC" in shown
    assert "MEX published, another language:" in shown
    assert "between - and" in shown
    assert document().url + "\n" in shown


def test_no_changes_are_said_in_words() -> None:
    assert drawn(show.history([])) == "No changes.\n"


def test_readings_show_documents_and_count_the_rest() -> None:
    link = Link("https://x", ())
    doubtful = document(DocumentKind.OTHER, doubt="nobody knows these words")
    shown = drawn(
        show.readings(
            [
                Reading(link, document(), "kind: words"),
                Reading(link, doubtful, "doubt"),
                Reading(link, None, "a menu"),
            ]
        )
    )
    assert "kind: words" in shown
    assert "a menu" not in shown
    assert shown.endswith("Other links (navigation, plain links): 1\n")


def test_a_doubt_is_said_in_the_history() -> None:
    doubtful = document(DocumentKind.OTHER, doubt="nobody knows these words")
    assert "other: nobody knows these words" in drawn(show.history([change(ChangeKind.PUBLISHED, doubtful)]))


@WIDTHS
def test_mistakes_and_probes_are_tables_that_hold_every_fact(width: int) -> None:
    mistake = Mistake("monitor.toml", "source.spacing", '"often"', "a number")
    shown = columns(drawn(show.mistakes([mistake]), width))
    assert all(words(part) in shown for part in ("monitor.toml", "source.spacing", '"often"', "a number"))
    probes = [
        Probe("configured", "https://a/{code}", "MEX", "https://a/MEX", "", ((K.SELF_ASSESSMENT, 2),), 1),
        Probe("configured", "https://a/{code}", "NER", "https://a/NER"),
        Probe("old", "https://b/{code}", "NER", "https://b/NER", "404 Not Found"),
    ]
    shown = columns(drawn(show.probes(probes), width))
    facts = (
        "2 self-assessment, 1 doubtful",
        "MEX",
        "a profile without documents",
        "404 Not Found",
        "https://b/{code}",
    )
    assert all(words(part) in shown for part in facts)


def test_one_reason_for_several_addresses_is_one_row() -> None:
    probes = [
        Probe("old", "https://b/{code}", code, f"https://b/{code}", f"https://b/{code} is not allowed")
        for code in ("MEX", "NER")
    ]
    shown = drawn(show.probes(probes), 100)
    assert shown.count("this address is not allowed") == 1
    assert "MEX NER" in shown


def hostile() -> dict[str, RenderableType]:
    bad = document(
        title=HOSTILE,
        doubt=HOSTILE,
        evidence=(Evidence("kind", HOSTILE, HOSTILE),),
        url=f"https://x/{HOSTILE}",
    )
    of = replace(
        dossier(known(bad)),
        failing=replace(FAILING, error=HOSTILE),
        held=Held(HOSTILE, NOW, Snapshot((), "")),
    )
    return {
        "documents": show.documents([(MEXICO, of)]),
        "history": show.history([change(ChangeKind.PUBLISHED, bad)]),
        "visits": show.visits([Visit("MEX", Outcome.FAILED, error=HOSTILE)]),
        "status": show.status(NIGER, of, SIGNED, CYCLES),
        "readings": show.readings([Reading(Link("https://x", ()), bad, HOSTILE)]),
        "mistakes": show.mistakes([Mistake(HOSTILE, HOSTILE, HOSTILE, HOSTILE)]),
        "probes": show.probes([Probe("old", "https://x", "MEX", "https://x", HOSTILE, (), 0)]),
    }


@pytest.mark.parametrize("name", hostile())
def test_hostile_words_are_shown_and_obeyed_by_nobody(name: str) -> None:
    shown = drawn(hostile()[name], 400)
    assert HARMLESS in shown
    assert not {"\x1b", "\x07", "\r", "\u202e", "\u202c"} & set(shown)


def test_hostile_words_are_not_styled_in_a_real_terminal() -> None:
    for what in hostile().values():
        shown = drawn(what, 400, is_terminal=True)
        assert "\x1b[2J" not in shown
        assert "\x1b]8;;evil" not in shown
        assert "\x07" not in shown


def test_an_endless_title_is_cut() -> None:
    shown = drawn(show.history([change(ChangeKind.PUBLISHED, document(K.OTHER, doubt="x" * 100_000))]))
    assert len(shown) < 2000


def test_things_are_shown_one_below_the_other() -> None:
    assert drawn(show.together(iter(("first", "second")))) == "first\nsecond\n"
