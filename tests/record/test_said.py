"""What a person says a document is: told once, and never overruled silently."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from monitor.alert.press import short
from monitor.errors import Implausible
from monitor.model import (
    ChangeKind,
    Commit,
    DocumentKind,
    Evidence,
    Link,
    Proposal,
    Standing,
    Where,
    Words,
)
from monitor.record import codec
from monitor.record.decide import settle_held
from monitor.record.review import look_name
from monitor.record.said import say_what_it_is
from tests.record.histories import GRACE, HOUR, TRACK, WWW, Page, Watched, told, watched
from tests.record.values import filled, reopened

K = DocumentKind
SA, CR, ES, OTHER = K.SELF_ASSESSMENT, K.COUNTRY_REPORT, K.EXECUTIVE_SUMMARY, K.OTHER
BASE: Page = {WWW + "es.pdf": "executive-summary|1|en|Summary"}
NEW = WWW + "new.pdf"
ASKED: Page = {**BASE, NEW: "??|||Paper"}


def asked(words: str = "??|||Paper") -> Watched:
    """Give a country with one new document that nobody recognises."""
    country = watched(BASE)
    country.look({**BASE, NEW: words})
    assert country.known(NEW).standing is Standing.ASKED
    return country


@pytest.mark.parametrize("kind", [SA, CR, ES, K.EXPERT_LIST, K.FOLLOW_UP])
def test_what_a_person_recognises_is_published_between_the_two_looks_at_which_it_appeared(kind: K) -> None:
    country = asked()
    known = country.known(NEW)
    country.now += 5 * HOUR
    (change,) = country.says(NEW, kind, "2")
    assert (change.kind, change.document.kind, change.document.cycle) == (ChangeKind.PUBLISHED, kind, "2")
    assert (change.seen_at, change.not_before) == (known.first_seen, known.not_seen_at)
    after = country.known(NEW)
    assert (after.standing, after.document) == (Standing.TOLD, change.document)
    assert (after.document.doubt, after.document.likely) == ("", None)
    assert after.document.evidence[:2] == (
        Evidence("kind", "operator", kind.value),
        Evidence("cycle", "operator", "2"),
    )


def test_nothing_of_interest_is_entered_silently_and_not_asked_about_again() -> None:
    country = asked()
    assert country.says(NEW, OTHER) == ()
    known = country.known(NEW)
    assert (known.standing, known.document.kind, known.document.doubt) == (Standing.TOLD, OTHER, "")
    assert country.sweep({**ASKED, TRACK: "other|||More"}).doubtful == ()


def test_what_was_known_before_is_entered_and_told_nobody() -> None:
    country = asked()
    assert country.says(NEW, SA, "2", is_quiet=True) == ()
    assert country.known(NEW).document.kind is SA
    assert country.look(ASKED) == ()


def test_a_cycle_that_is_not_said_is_what_the_words_say() -> None:
    country = asked("?country-report|1|en|Report")
    (change,) = country.says(NEW, CR)
    assert change.document.cycle == "1"
    country = asked("?country-report|1|en|Report")
    (change,) = country.says(NEW, CR, "2")
    assert change.document.cycle == "2"


@pytest.mark.parametrize("name", [NEW, short(NEW)])
def test_a_document_is_found_by_its_address_and_by_its_short_name(name: str) -> None:
    assert len(asked().says(name, SA)) == 1


@pytest.mark.parametrize("name", [WWW + "new.pdf", TRACK + "new.pdf"])
def test_a_document_that_moved_answers_to_its_first_and_to_its_last_address(name: str) -> None:
    country = asked()
    country.look({**BASE, TRACK + "new.pdf": "??|||Paper"})
    (change,) = country.says(short(name), SA)
    assert change.document.url == TRACK + "new.pdf"


def test_a_name_that_is_nobodys_is_refused_with_where_to_look() -> None:
    with pytest.raises(Implausible, match="no document of MEX is called 0123: `uncac-monitor documents MEX`"):
        asked().says("0123", SA)


def test_where_nobody_has_to_be_asked_there_is_nothing_to_say() -> None:
    country = watched(BASE)
    country.look({**BASE, NEW: "self-assessment|2|en|SA"})
    with pytest.raises(Implausible, match="“SA” is known as self-assessment of cycle 2"):
        country.says(NEW, SA, "2")


@pytest.mark.parametrize("cycle", [None, "2"])
def test_the_same_word_again_is_refused(cycle: str | None) -> None:
    country = asked()
    country.says(NEW, SA, "2")
    with pytest.raises(Implausible, match="a person said so"):
        country.says(NEW, SA, cycle)


def test_a_word_can_be_put_right_and_what_was_told_is_not_told_again() -> None:
    country = asked()
    country.says(NEW, SA, "2")
    assert country.says(NEW, CR, "2") == ()
    assert country.known(NEW).document.kind is CR
    assert country.says(NEW, CR, "1") == ()
    assert country.known(NEW).document.cycle == "1"


def test_what_was_called_nothing_by_mistake_is_told_when_that_is_put_right() -> None:
    country = asked()
    country.says(NEW, OTHER)
    (change,) = country.says(NEW, SA, "2")
    assert change.kind is ChangeKind.PUBLISHED


def test_what_another_country_announced_at_that_address_does_not_keep_it_from_being_told() -> None:
    country = asked()
    (change,) = country.says(NEW, SA, "2")
    elsewhere = [replace(change, code="FIN"), replace(change, kind=ChangeKind.MOVED)]
    again = asked()
    again.changes += elsewhere
    assert len(again.says(NEW, SA, "2")) == 1


def test_what_was_announced_before_it_moved_is_not_told_again() -> None:
    country = watched(BASE)
    country.look({**BASE, NEW: "self-assessment|2|en|SA"})
    country.look({**BASE, TRACK + "new.pdf": "self-assessment|2|en|SA"})
    country.look({**BASE, TRACK + "new.pdf": "country-report|2|en|Report"})
    assert country.known(TRACK + "new.pdf").standing is Standing.ASKED
    assert country.says(TRACK + "new.pdf", CR) == ()
    assert country.known(TRACK + "new.pdf").document.kind is CR


def test_what_stood_there_at_the_first_look_is_entered_and_never_news() -> None:
    country = watched({**BASE, NEW: "??|||Paper"})
    assert country.says(NEW, SA, "2") == ()
    known = country.known(NEW)
    assert (known.standing, known.document.kind) == (Standing.BASELINE, SA)
    assert country.says(NEW, CR) == ()


def test_what_the_page_calls_news_later_is_told_when_a_person_says_so() -> None:
    country = watched({**BASE, NEW: "other|||Paper"})
    country.look({**BASE, NEW: "country-report|2|en|Report"})
    (change,) = country.says(NEW, CR)
    assert (change.not_before, change.document.cycle) == (None, "2")


def test_what_may_be_an_old_document_elsewhere_is_told_when_a_person_says_that_it_is_new() -> None:
    country = watched({**BASE, WWW + "1/view": "country-report||en|Report"})
    country.look({**BASE, WWW + "2/view": "country-report||en|Report"})
    known = country.known(WWW + "2/view")
    assert "it may be the document that stood at" in known.document.doubt
    assert told(country.says(WWW + "2/view", CR, "2")) == [("published", WWW + "2/view")]


def test_another_language_of_what_is_known_is_a_note() -> None:
    country = watched({**BASE, WWW + "fr.pdf": "self-assessment|2|fr|SA"})
    country.look({**BASE, WWW + "fr.pdf": "self-assessment|2|fr|SA", NEW: "?self-assessment|2|en|SA"})
    (change,) = country.says(NEW, SA)
    assert change.is_language_version


def test_a_document_that_is_gone_is_told_and_then_its_absence() -> None:
    country = asked()
    country.look(BASE)
    assert told(country.says(NEW, SA, "2")) == [("published", NEW)]
    assert told(country.look(BASE, GRACE)) == [("withdrawn", NEW)]


# A person's word lasts.


@pytest.mark.parametrize("words", ["??|||Paper", "?country-report|2|en|R", "?self-assessment|1|en|S"])
@pytest.mark.parametrize("kind", [SA, OTHER])
def test_a_persons_word_stays_whatever_the_rules_say(words: str, kind: K) -> None:
    country = asked(words)
    country.says(NEW, kind)
    for rules in ("r2", "r1", "r2"):
        country.turn_rules(rules)
        assert country.known(NEW).document.kind is kind
        assert country.look({**BASE, NEW: words}) == ()
        known = country.known(NEW)
        assert (known.document.kind, known.standing, known.document.doubt) == (kind, Standing.TOLD, "")


def test_what_the_rules_know_now_of_cycle_and_language_is_taken_where_nobody_said_it() -> None:
    country = asked("?country-report|2|en|R")
    country.says(NEW, SA)
    country.look({**BASE, NEW: "?country-report|1|fr|R"})
    document = country.known(NEW).document
    assert (document.kind, document.cycle, document.language) == (SA, "1", "fr")


@pytest.mark.parametrize(
    "words", ["??|||Paper, 2 MB", "executive-summary|2|en|S", "other|||Paper", "?country-report|2|en|R"]
)
def test_new_words_that_are_no_other_news_leave_a_persons_word(words: str) -> None:
    country = asked()
    country.says(NEW, SA, "2")
    decision = country.sweep({**BASE, NEW: words})
    assert (decision.changes, decision.doubtful) == ((), ())
    assert country.known(NEW).document.kind is SA


@pytest.mark.parametrize("words", ["self-assessment|2|en|SA", "?country-report|2|en|R"])
def test_what_a_person_took_for_nothing_is_asked_about_when_new_words_may_mean_news(words: str) -> None:
    country = asked()
    country.says(NEW, OTHER)
    decision = country.sweep({**BASE, NEW: words})
    assert [known.document.url for _, known in decision.doubtful] == [NEW]
    assert decision.changes == ()


def test_new_words_that_call_it_other_news_ask_again_and_the_old_words_end_the_question() -> None:
    country = asked()
    country.says(NEW, SA, "2")
    page = {**BASE, NEW: "country-report|2|en|Report"}
    ((_, known),) = country.sweep(page).doubtful
    assert known.document.likely is CR
    for _ in range(2):
        assert country.sweep({**page, TRACK: f"other|||{country.now}"}).doubtful == ()
        assert country.known(NEW).document.likely is CR
    country.turn_rules("r2")
    assert country.known(NEW).document.likely is CR
    assert country.sweep(ASKED).changes == ()
    known = country.known(NEW)
    assert (known.standing, known.document.kind, known.document.doubt) == (Standing.TOLD, SA, "")


def test_words_that_a_person_has_answered_are_not_asked_about_again() -> None:
    country = asked("?country-report|2|en|R")
    country.says(NEW, OTHER)
    page = {**BASE, NEW: "self-assessment|2|en|SA"}
    assert len(country.sweep(page).doubtful) == 1
    before = {**BASE, NEW: "?country-report|2|en|R"}
    assert country.sweep(before).doubtful == ()
    assert (country.known(NEW).standing, country.known(NEW).document.doubt) == (Standing.TOLD, "")
    country.sweep({**BASE, NEW: "self-assessment|2|en|SA, again"})
    country.says(NEW, OTHER)
    assert country.sweep(before).doubtful == ()
    assert country.known(NEW).document.doubt == ""


def test_a_question_ends_when_the_page_comes_round_to_what_the_person_said() -> None:
    country = asked()
    country.says(NEW, SA, "2")
    country.look({**BASE, NEW: "country-report|2|en|Report"})
    country.look({**BASE, NEW: "self-assessment|2|en|SA"})
    known = country.known(NEW)
    assert (known.standing, known.document.kind) == (Standing.TOLD, SA)


def test_the_page_that_did_not_change_asks_nothing_whatever_better_rules_find() -> None:
    country = asked()
    country.says(NEW, OTHER)
    body = country.dossier.body_hash
    country.rules = "r2"
    decision = country.sweep({**BASE, NEW: "self-assessment|2|en|SA"}, body=body)
    assert (decision.changes, decision.doubtful) == ((), ())
    assert country.known(NEW).document.kind is OTHER


def test_a_document_that_flickers_keeps_a_persons_word() -> None:
    country = asked()
    country.says(NEW, SA, "2")
    for page in (BASE, ASKED, BASE, ASKED):
        assert country.look(page) == ()
    assert country.known(NEW).document.kind is SA


@pytest.mark.parametrize("words", ["??|||Paper", "?country-report|2|en|R"])
@pytest.mark.parametrize("rules", ["r1", "r2"])
def test_a_file_that_moves_takes_a_persons_word_along(words: str, rules: str) -> None:
    country = asked(words)
    country.says(NEW, SA)
    country.turn_rules(rules)
    there = TRACK + "new.pdf"
    assert told(country.look({**BASE, there: words})) == [("moved", there)]
    assert country.known(there).document.kind is SA


def test_a_file_that_moves_and_is_called_what_the_person_said_is_the_same() -> None:
    country = asked()
    country.says(NEW, SA, "2")
    there = TRACK + "new.pdf"
    assert told(country.look({**BASE, there: "self-assessment|2||Paper"})) == [("moved", there)]


def test_only_a_title_without_a_cycle_is_not_enough_to_take_a_document_for_one_that_was_told() -> None:
    country = watched(BASE)
    country.look({**BASE, WWW + "1/view": "??|||Paper"})
    country.says(WWW + "1/view", SA, "2")
    decision = country.sweep({**BASE, WWW + "2/view": "??|||Paper"})
    ((_, known),) = decision.doubtful
    doubt = f"it may be the document that stood at {WWW}1/view"
    assert known.document.doubt == doubt
    country.sweep({**BASE, WWW + "2/view": "??|||Paper", TRACK: "other|||More"})
    assert country.known(WWW + "2/view").document.doubt == doubt


# Believing a look counts a person's word.


def test_a_country_whose_only_document_a_person_recognised_is_not_left_without_any() -> None:
    country = Watched()
    country.look({})
    country.dossier = replace(country.dossier, rules="r1")
    country.sweep({NEW: "??|||Paper"})
    country.says(NEW, SA, "2")
    decision = country.sweep({NEW: "??|||Paper", TRACK: "other|||More"})
    assert decision.held_now == ()
    assert [held.reason for held in country.sweep({}).held_now] == ["nothing is left of 1 known document"]


# What follows as a rule for all others.


def proposed(country: Watched, kind: K = SA) -> Proposal | None:
    _, _, proposal = say_what_it_is(country.dossier, short(NEW), kind, "2", country.now)
    return proposal


def with_title(country: Watched, title: str, *words: str) -> Watched:
    known = country.known(NEW)
    link = Link(NEW, tuple(Words(Where.LABEL, text) for text in words))
    changed = replace(known, link=link, document=replace(known.document, title=title))
    country.dossier = replace(country.dossier, documents=(changed,))
    return country


def test_the_words_that_nobody_knew_are_proposed_as_a_rule() -> None:
    country = with_title(asked(), "Informe nacional", "PDF", "» Informe nacional:")
    assert proposed(country) == Proposal("MEX", NEW, "Informe nacional", SA, "2", country.now)


def test_a_title_that_was_cut_is_proposed_without_its_ellipsis() -> None:
    found = proposed(with_title(asked(), "Informe…", "Informe nacional"))
    assert found is not None
    assert found.words == "Informe"


@pytest.mark.parametrize("title", ["new.pdf", ""])
def test_the_name_of_a_file_is_no_rule(title: str) -> None:
    assert proposed(with_title(asked(), title, "PDF")) is None


def test_what_was_in_doubt_for_its_history_only_is_no_rule() -> None:
    country = watched({**BASE, NEW: "other|||Paper"})
    country.look({**BASE, NEW: "country-report|2|en|Report"})
    assert proposed(country, CR) is None


# A held look has a name.


def test_only_the_look_that_was_shown_is_settled() -> None:
    country = watched(BASE)
    (first,) = country.sweep({}).held_now
    assert country.dossier.held is not None
    assert first.look == look_name(country.dossier.held)
    country.sweep({}, body="other bytes")
    assert look_name(country.dossier.held) == first.look
    (second,) = country.sweep({WWW + "x.pdf": "other|||X"}).held_now
    assert second.look != first.look
    with pytest.raises(Implausible, match="is held no longer: another one is"):
        settle_held(country.dossier, "accept", country.now, GRACE, first.look)
    after, _ = settle_held(country.dossier, "accept", country.now, GRACE, second.look)
    assert after.held is None


def test_other_words_over_the_same_documents_are_another_look() -> None:
    country = watched({f"{WWW}{each}.pdf": f"executive-summary|1|en|S{each}" for each in range(4)})
    (first,) = country.sweep({WWW + "0.pdf": "executive-summary|1|en|S0"}).held_now
    (second,) = country.sweep({WWW + "0.pdf": "executive-summary|1|en|S, new"}).held_now
    assert (len(first.look), first.look == second.look) == (12, False)


def test_a_word_touches_nothing_but_its_document() -> None:
    country = asked()
    before = country.dossier
    country.says(NEW, SA, "2")
    assert country.dossier.documents[:-1] == before.documents[:-1]
    assert replace(country.dossier, documents=before.documents) == before


def test_a_word_is_kept_by_the_store_and_older_stores_have_none(tmp_path: Path) -> None:
    country = asked()
    country.says(NEW, SA, "2")
    filled(tmp_path / "store.json", Commit((country.dossier,)))
    assert reopened(tmp_path / "store.json").dossiers["MEX"] == country.dossier
    record = codec.DOSSIERS.record(country.dossier)
    for each in record["documents"]:
        del each["said"]
    older = codec.DOSSIERS.value("MEX", record)
    assert {known.said for known in older.documents} == {None}
