from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.model import ChangeKind, DocumentKind, Dossier, Failing, Standing, Validators
from monitor.record.diff import LONGEST, diff, failed, unchanged
from monitor.record.reread import reclassified
from tests.record.histories import GRACE, HOUR, START, TRACK, WWW, Page, read, reader, told, watched

SUMMARY = WWW + "ExecutiveSummaries/V1601967e.pdf"
REPORT = WWW + "reports/Mexico_Cycle_II.pdf"
OTHER = WWW + "convention.pdf"
BASE: Page = {SUMMARY: "executive-summary|1|en|Summary", OTHER: "other|||Convention"}
NEW = WWW + "new.pdf"


def test_the_first_look_is_a_silent_baseline() -> None:
    country = watched({**BASE, REPORT: "country-report|2|en|Report", NEW: "?self-assessment|2|en|Doubtful"})
    assert [known.standing for known in country.dossier.documents] == [Standing.BASELINE] * 4
    assert country.known(REPORT).not_seen_at is None
    assert country.dossier.first_read == country.dossier.last_read == country.now
    assert country.dossier.page_url.endswith("MEX.html")


@pytest.mark.parametrize(
    ("words", "standing", "expected"),
    [
        ("self-assessment|2|es|SA", Standing.TOLD, ["published"]),
        ("country-report|||Report without a cycle", Standing.TOLD, ["published"]),
        ("executive-summary|2|en|Summary", Standing.TOLD, ["published"]),
        ("expert-list|||Experts", Standing.TOLD, ["published"]),
        ("other|||Thematic report", Standing.TOLD, []),
        ("?country-report|2|en|Maybe", Standing.ASKED, []),
        ("??|||Nobody knows", Standing.ASKED, []),
    ],
)
def test_what_is_new_is_announced_asked_about_or_entered_quietly(
    words: str, standing: Standing, expected: list[str]
) -> None:
    country = watched(BASE)
    last = country.now
    changes = country.look({**BASE, NEW: words})
    assert [change.kind.value for change in changes] == expected
    known = country.known(NEW)
    assert (known.standing, known.first_seen, known.not_seen_at) == (standing, country.now, last)
    assert all((change.seen_at, change.not_before) == (country.now, last) for change in changes)
    assert country.look({**BASE, NEW: words}) == ()


def test_a_page_that_flickers_announces_nothing_twice() -> None:
    country = watched(BASE)
    page = {**BASE, NEW: "country-report|2|en|R"}
    assert told(country.look(page)) == [("published", NEW)]
    for _ in range(3):
        assert country.look(BASE) == ()
        assert country.known(NEW).missing_since == country.now
        assert country.look(page) == ()
        assert country.known(NEW).missing_since is country.known(NEW).last_there is None


def test_an_absence_is_told_once_in_a_life_with_its_interval_and_a_return_is_kept_in_the_history() -> None:
    country = watched({**BASE, REPORT: "country-report|2|en|R"})
    there = country.now
    assert country.look(BASE) == ()
    gone = country.now
    assert country.look(BASE, GRACE - HOUR) == ()
    (withdrawn,) = country.look(BASE)
    assert (withdrawn.kind, withdrawn.document.url) == (ChangeKind.WITHDRAWN, REPORT)
    assert (withdrawn.not_before, withdrawn.seen_at) == (there, gone)
    assert country.look(BASE) == ()
    assert not country.known(REPORT).is_absence_explained
    assert told(country.look({**BASE, REPORT: "country-report|2|en|R"})) == [("returned", REPORT)]
    assert country.known(REPORT).is_absence_told
    assert country.look(BASE) == ()
    assert country.look(BASE, 2 * GRACE) == ()


def test_a_document_that_is_no_news_goes_and_comes_back_without_a_word() -> None:
    country = watched(BASE)
    rest = {SUMMARY: BASE[SUMMARY]}
    assert country.look(rest) == ()
    assert country.look(rest, GRACE) == ()
    assert country.look(BASE) == ()
    assert not country.known(OTHER).is_absence_told


def test_an_absence_is_told_once_whatever_the_page_calls_the_document_in_between() -> None:
    country = watched({**BASE, REPORT: "country-report|2|en|R"})
    country.look(BASE)
    assert told(country.look(BASE, GRACE)) == [("withdrawn", REPORT)]
    for words in ("other|||R", "country-report|2|en|R"):
        country.look({**BASE, REPORT: words})
        country.look(BASE)
        assert country.look(BASE, GRACE) == ()


def test_a_long_absence_is_told_on_an_unchanged_page_too() -> None:
    country = watched({**BASE, REPORT: "country-report|2|en|R"})
    country.look(BASE)
    dossier, changes = unchanged(country.dossier, country.now + GRACE - HOUR, GRACE)
    assert changes == ()
    assert dossier.last_read == country.now + GRACE - HOUR
    dossier, changes = unchanged(dossier, country.now + GRACE, GRACE)
    assert told(changes) == [("withdrawn", REPORT)]
    assert unchanged(dossier, country.now + 2 * GRACE, GRACE)[1] == ()


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (TRACK + "x/V1601967e.pdf", "executive-summary|1|en|Another title"),
        (TRACK + "x/v1601967E.PDF", "executive-summary|1|en|Another title"),
        (TRACK + "other-name.pdf", "executive-summary|1|en|  SUMMARY "),
    ],
)
def test_the_same_file_or_title_elsewhere_has_moved_and_keeps_its_history(url: str, words: str) -> None:
    country = watched(BASE)
    first_seen, last = country.known(SUMMARY).first_seen, country.now
    (change,) = country.look({url: words, OTHER: BASE[OTHER]})
    assert (change.kind, change.document.url, change.former_url) == (ChangeKind.MOVED, url, SUMMARY)
    assert (change.not_before, change.seen_at) == (last, country.now)
    known = country.known(url)
    assert (known.first_seen, known.former_urls, known.standing) == (
        first_seen,
        (SUMMARY,),
        Standing.BASELINE,
    )
    assert len(country.dossier.documents) == 2


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (TRACK + "V1601967e.pdf", "executive-summary|2|en|Summary"),
        (TRACK + "V1601967e.pdf", "executive-summary|1|fr|Summary"),
        (TRACK + "V1601967e.pdf", "country-report|1|en|Summary"),
    ],
)
def test_another_kind_cycle_or_language_has_not_moved(url: str, words: str) -> None:
    country = watched(BASE)
    assert told(country.look({url: words, OTHER: BASE[OTHER]})) == [("published", url)]
    assert country.known(SUMMARY).missing_since == country.now


@pytest.mark.parametrize("name", ["index.html", "download.pdf", "View.aspx", "view", "4711"])
def test_a_name_that_says_nothing_is_no_sign_of_a_move(name: str) -> None:
    country = watched({WWW + name: "executive-summary|1|en|One"})
    changes = country.look({TRACK + name: "executive-summary|1|en|Two"})
    assert told(changes) == [("revised", TRACK + name)]


def test_the_file_name_decides_before_the_title_and_each_document_moves_once() -> None:
    a, b = WWW + "a.pdf", WWW + "b.pdf"
    country = watched({a: "executive-summary|1|en|Summary", b: "executive-summary|1|en|Summary"})
    words = "executive-summary|1|en|Summary"
    changes = country.look({TRACK + "b.pdf": words, TRACK + "c.pdf": words, TRACK + "d.pdf": words})
    moved = {change.document.url: change.former_url for change in changes if change.kind is ChangeKind.MOVED}
    assert moved == {TRACK + "b.pdf": b, TRACK + "c.pdf": a}
    assert ("published", TRACK + "d.pdf") in told(changes)


def test_what_went_in_this_look_is_found_before_what_went_long_ago() -> None:
    urls = [WWW + f"{name}.pdf" for name in "abcd"]
    words = "executive-summary|1|en|Summary"
    country = watched(dict.fromkeys(urls, words))
    country.look(dict.fromkeys(urls[1:], words))
    country.look(dict.fromkeys(urls[2:], words))
    for new, old in [("x", "c"), ("y", "b"), ("z", "a")]:
        present = {
            known.document.url: words for known in country.dossier.documents if not known.missing_since
        }
        present.pop(WWW + f"{old}.pdf", None)
        (change,) = country.look({**present, TRACK + f"{new}.pdf": words})
        assert change.former_url == WWW + f"{old}.pdf"


def test_a_withdrawn_document_that_comes_back_elsewhere_has_moved() -> None:
    country = watched({**BASE, REPORT: "country-report|2|en|R"})
    country.look(BASE)
    assert told(country.look(BASE, GRACE)) == [("withdrawn", REPORT)]
    page = {**BASE, TRACK + "Mexico_Cycle_II.pdf": "country-report|2|en|R"}
    assert told(country.look(page)) == [("moved", TRACK + "Mexico_Cycle_II.pdf")]
    assert country.known(TRACK + "Mexico_Cycle_II.pdf").missing_since is None


def test_a_document_that_goes_back_to_an_earlier_address_is_followed_silently_again_and_again() -> None:
    country = watched(BASE)
    moved = {TRACK + "V1601967e.pdf": BASE[SUMMARY], OTHER: BASE[OTHER]}
    back = {**BASE, SUMMARY: "executive-summary|1|en|Quite another title"}
    assert told(country.look(moved)) == [("moved", TRACK + "V1601967e.pdf")]
    assert told(country.look(back)) == [("moved", SUMMARY)]
    assert told(country.look(moved)) == [("moved", TRACK + "V1601967e.pdf")]
    assert country.known(TRACK + "V1601967e.pdf").former_urls == (SUMMARY, TRACK + "V1601967e.pdf")
    assert len(country.dossier.documents) == 2


def test_a_document_listed_at_its_old_and_its_new_address_is_one() -> None:
    country = watched(BASE)
    new = TRACK + "V1601967e.pdf"
    country.look({new: BASE[SUMMARY], OTHER: BASE[OTHER]})
    assert country.look({**BASE, new: BASE[SUMMARY]}) == ()
    assert country.known(new).missing_since is None
    assert len(country.dossier.documents) == 2


def test_a_move_of_what_is_no_review_document_is_not_even_history() -> None:
    country = watched(BASE)
    assert country.look({SUMMARY: BASE[SUMMARY], TRACK + "convention.pdf": "other|||Convention"}) == ()
    assert country.known(TRACK + "convention.pdf").former_urls == (OTHER,)


def test_an_unrecognised_document_is_asked_about_even_where_an_irrelevant_one_with_its_title_is_gone() -> (
    None
):
    country = watched(BASE)
    assert country.look({SUMMARY: BASE[SUMMARY], TRACK + "a.pdf": "??|||Convention"}) == ()
    assert country.known(TRACK + "a.pdf").standing is Standing.ASKED
    # Its own kind of doubt moves with it: nobody is asked again.
    country.look({SUMMARY: BASE[SUMMARY], TRACK + "b.pdf": "??|||Convention"})
    assert country.known(TRACK + "b.pdf").former_urls == (TRACK + "a.pdf",)


@pytest.mark.parametrize("kind", ["country-report", "self-assessment"])
def test_a_report_of_no_stated_cycle_under_another_name_may_be_new_so_a_person_is_asked(kind: str) -> None:
    country = watched({**BASE, REPORT: f"{kind}|||Report"})
    assert country.look({**BASE, NEW: f"{kind}|||Report"}) == ()
    known = country.known(NEW)
    assert known.standing is Standing.ASKED
    assert (known.document.kind, known.document.likely) == (DocumentKind.OTHER, DocumentKind(kind))
    assert REPORT in known.document.doubt
    assert known.document.evidence[-1].words == known.document.doubt
    assert country.known(REPORT).missing_since == country.now
    doubt = known.document
    assert country.look({**BASE, NEW: f"{kind}|||Report"}) == ()
    assert country.known(NEW).document == doubt
    # No rule makes it news: its doubt is about what was known before.
    country.turn_rules("r2")
    assert country.look({**BASE, NEW: f"{kind}|||Report"}) == ()
    assert country.known(NEW).document.doubt == doubt.doubt


def test_a_report_of_no_stated_cycle_with_its_old_file_name_has_moved() -> None:
    country = watched({**BASE, REPORT: "country-report|||Report"})
    page = {**BASE, TRACK + "Mexico_Cycle_II.pdf": "country-report|||Report"}
    assert told(country.look(page)) == [("moved", TRACK + "Mexico_Cycle_II.pdf")]


def test_what_nobody_was_told_of_does_not_keep_the_next_one_from_being_told() -> None:
    country = watched(BASE)
    country.look({**BASE, REPORT: "?country-report|||Report"})
    assert told(country.look({**BASE, NEW: "country-report|||Report"})) == [("published", NEW)]


def test_a_new_file_in_the_place_of_an_old_one_is_a_revision_and_the_old_ones_absence_is_explained() -> None:
    country = watched({**BASE, REPORT: "country-report|2|en|Report of 2023"})
    last = country.now
    page = {**BASE, NEW: "country-report|2|en|Report of 2026, corrected"}
    (change,) = country.look(page)
    assert (change.kind, change.document.url, change.former_url) == (ChangeKind.REVISED, NEW, REPORT)
    assert (change.not_before, change.seen_at) == (last, country.now)
    assert not change.is_language_version
    old, new = country.known(REPORT), country.known(NEW)
    assert (old.missing_since, old.is_absence_told, old.last_there) == (country.now, True, last)
    assert (old.is_absence_explained, new.is_absence_explained) == (True, False)
    assert (new.standing, new.first_seen, new.not_seen_at) == (Standing.TOLD, country.now, last)
    assert country.look(page, 2 * GRACE) == ()
    assert country.known(REPORT).is_absence_explained


def test_an_absence_is_long_after_the_days_of_grace_each_time_anew() -> None:
    country = watched({**BASE, REPORT: "country-report|2|en|Report"})
    for _ in range(2):
        country.look(BASE)
        assert not country.known(REPORT).is_missing_long
        country.look(BASE, GRACE)
        assert country.known(REPORT).is_missing_long
        country.look({**BASE, REPORT: "country-report|2|en|Report"})
        assert not country.known(REPORT).is_missing_long
        assert country.known(REPORT).is_absence_told


def test_a_replaced_file_that_comes_back_and_goes_again_is_gone_without_an_explanation() -> None:
    old, new = {REPORT: "country-report|2|en|Report"}, {NEW: "country-report|2|en|Report, corrected"}
    country = watched({**BASE, **old})
    country.look({**BASE, **new})
    assert country.known(REPORT).is_absence_explained
    country.look({**BASE, **old, **new})
    assert not country.known(REPORT).is_absence_explained
    country.look({**BASE, **new})
    assert not country.known(REPORT).is_absence_explained


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("country-report|2|en|Old", "country-report|2|fr|New"),
        ("country-report|2|en|Old", "country-report|1|en|New"),
        ("country-report|||Old", "country-report|||New"),
        ("self-assessment|2|en|Old", "country-report|2|en|New"),
    ],
)
def test_a_file_of_another_sort_replaces_nothing(old: str, new: str) -> None:
    country = watched({**BASE, REPORT: old})
    assert told(country.look({**BASE, NEW: new})) == [("published", NEW)]
    assert not country.known(REPORT).is_absence_told


def test_a_file_that_went_earlier_is_not_replaced_by_a_later_one() -> None:
    country = watched({**BASE, REPORT: "country-report|2|en|Old"})
    country.look(BASE)
    assert told(country.look({**BASE, NEW: "country-report|2|en|New"})) == [("published", NEW)]


def test_other_documents_do_not_replace_each_other() -> None:
    country = watched({**BASE, REPORT: "other|2|en|Old"})
    assert country.look({**BASE, NEW: "other|2|en|New"}) == ()
    assert not country.known(REPORT).is_absence_told


def test_a_language_added_later_is_a_note_but_languages_together_are_one_publication() -> None:
    country = watched(BASE)
    en, fr, es, page = WWW + "en.pdf", WWW + "fr.pdf", WWW + "es.pdf", dict(BASE)
    page |= {en: "country-report|2|en|Report", fr: "country-report|2|fr|Rapport"}
    assert [change.is_language_version for change in country.look(page)] == [False, False]
    page |= {es: "country-report|2|es|Informe"}
    assert [change.is_language_version for change in country.look(page)] == [True]


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("country-report|2|en|One", "country-report|2|en|Two"),
        ("country-report|2|en|One", "country-report|2||Two"),
        ("country-report|2||One", "country-report|2|fr|Two"),
        ("country-report||en|One", "country-report||fr|Two"),
        ("country-report|1|en|One", "country-report|2|fr|Two"),
        ("self-assessment|2|en|One", "country-report|2|fr|Two"),
    ],
)
def test_what_is_not_surely_another_language_of_the_same_is_a_publication(earlier: str, later: str) -> None:
    country = watched({**BASE, REPORT: earlier})
    (change,) = country.look({**BASE, REPORT: earlier, NEW: later})
    assert not change.is_language_version


def test_another_language_of_what_is_gone_is_a_publication() -> None:
    country = watched({**BASE, REPORT: "country-report|2|en|One"})
    country.look(BASE)
    (change,) = country.look({**BASE, NEW: "country-report|2|fr|Two"})
    assert not change.is_language_version


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("other|||Paper", "country-report|2|en|Report"),
        ("other|||Paper", "?country-report|2|en|Report"),
        ("executive-summary|2|en|Summary", "self-assessment|2|en|SA"),
        ("self-assessment|2|en|SA", "country-report|2|en|Report"),
        ("?country-report|2|en|Report", "country-report|2|en|Report"),
        ("??|||Paper", "country-report|2|en|Report"),
    ],
)
def test_a_known_document_that_the_page_calls_news_now_is_asked_about_once(before: str, after: str) -> None:
    country = watched({**BASE, REPORT: before})
    assert country.look({**BASE, REPORT: after}) == ()
    known = country.known(REPORT)
    assert (known.standing, known.document.kind) == (Standing.ASKED, DocumentKind.OTHER)
    assert known.document.likely is not None
    assert known.document.doubt.startswith(
        f"the page now calls it a {known.document.likely.value.replace('-', ' ')}"
    )
    assert len(known.asked_words) == 1 + (before.startswith("self"))
    asked = known.asked_words
    country.look({**BASE, REPORT: before})
    country.look({**BASE, REPORT: after})
    assert country.known(REPORT).document.doubt
    assert country.known(REPORT).asked_words == asked
    country.look({**BASE, REPORT: after + ", corrected"})
    assert country.known(REPORT).asked_words == asked
    assert country.known(REPORT).document.title.endswith("corrected")


def test_an_announced_document_that_becomes_another_kind_is_asked_about_and_never_announced_again() -> None:
    country = watched(BASE)
    country.look({**BASE, REPORT: "executive-summary|2|en|Summary"})
    country.look({**BASE, REPORT: "?country-report|2|en|Report"})
    assert country.known(REPORT).standing is Standing.ASKED
    country.turn_rules("r2")
    assert country.look({**BASE, REPORT: "?country-report|2|en|Report"}) == ()
    assert country.known(REPORT).document.likely is DocumentKind.COUNTRY_REPORT


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("country-report|2|en|R", "country-report|1|fr|Rapport"),
        ("other|||Paper", "executive-summary|1|en|Summary"),
        ("country-report|2|en|R", "other|||Paper"),
        ("?country-report|2|en|R", "?country-report|2|en|Q"),
        ("other|||Paper", "??|||Paper"),
    ],
)
def test_other_new_words_are_taken_over_silently(before: str, after: str) -> None:
    country = watched({**BASE, REPORT: before})
    assert country.look({**BASE, REPORT: after}) == ()
    known = country.known(REPORT)
    assert known.standing is Standing.BASELINE
    assert known.document == read({REPORT: after}).documents[0][0]


def test_words_that_a_page_loses_and_gets_back_are_no_question() -> None:
    country = watched({**BASE, REPORT: "country-report|2|en|R"})
    country.look({**BASE, REPORT: "??|||R"})
    country.look({**BASE, REPORT: "country-report|2|en|R"})
    assert country.known(REPORT).standing is Standing.BASELINE
    assert not country.known(REPORT).document.doubt


def test_a_question_that_the_page_takes_back_is_over() -> None:
    country = watched({**BASE, REPORT: "other|||Paper"})
    country.look({**BASE, REPORT: "country-report|2|en|R"})
    country.look({**BASE, REPORT: "executive-summary|2|en|R"})
    assert country.known(REPORT).document.kind is DocumentKind.EXECUTIVE_SUMMARY
    assert not country.known(REPORT).document.doubt


def test_a_new_doubtful_document_is_news_once_the_page_says_clearly_what_it_is() -> None:
    country = watched(BASE)
    last = country.now
    country.look({**BASE, NEW: "?country-report|2|en|R"})
    seen = country.now
    country.look({**BASE, NEW: "?country-report|2|en|Report"})
    page = {**BASE, NEW: "country-report|2|en|R"}
    (change,) = country.look(page)
    assert (change.kind, change.not_before, change.seen_at) == (ChangeKind.PUBLISHED, last, seen)
    assert country.look(page) == ()


def test_a_new_doubtful_document_that_moves_and_becomes_clear_is_news_once() -> None:
    country = watched(BASE)
    country.look({**BASE, WWW + "n.pdf": "?country-report|2|en|R"})
    page = {**BASE, TRACK + "n.pdf": "country-report|2|en|R"}
    assert told(country.look(page)) == [("moved", TRACK + "n.pdf"), ("published", TRACK + "n.pdf")]
    assert country.look(page) == ()


def test_a_new_doubtful_document_that_turns_out_to_be_nothing_is_settled_silently() -> None:
    country = watched(BASE)
    country.look({**BASE, NEW: "??|||Paper"})
    assert country.look({**BASE, NEW: "other|||Paper"}) == ()
    assert country.known(NEW).standing is Standing.TOLD


# Rules that change.


def test_better_rules_read_everything_again_and_make_only_asked_documents_news_with_their_interval() -> None:
    country = watched(
        {**BASE, REPORT: "new-country-report|2|en|Old report", WWW + "old.pdf": "?self-assessment|1|en|S"}
    )
    last = country.now
    page = {
        **BASE,
        REPORT: "new-country-report|2|en|Old report",
        WWW + "old.pdf": "?self-assessment|1|en|S",
        NEW: "?self-assessment|2|en|Asked",
        WWW + "quiet.pdf": "new-self-assessment|1|en|Quiet",
        WWW + "never.pdf": "??|||Nobody knows",
    }
    country.look(page)
    seen = country.now
    country.turn_rules("r2")
    dossier = country.dossier
    assert (dossier.rules, dossier.body_hash, dossier.validators) == ("r2", "", Validators())
    assert reclassified(dossier, reader("r2"), "r2") == dossier
    (change,) = country.look(page)
    assert (change.kind, change.document.url, change.document.kind) == (
        ChangeKind.PUBLISHED,
        NEW,
        DocumentKind.SELF_ASSESSMENT,
    )
    assert (change.not_before, change.seen_at) == (last, seen)
    by_url = {known.document.url: known for known in country.dossier.documents}
    assert by_url[REPORT].document.kind is DocumentKind.COUNTRY_REPORT
    assert by_url[REPORT].standing is by_url[WWW + "old.pdf"].standing is Standing.BASELINE
    assert by_url[NEW].standing is by_url[WWW + "quiet.pdf"].standing is Standing.TOLD
    assert by_url[WWW + "never.pdf"].standing is Standing.ASKED
    assert country.look(page) == ()


@pytest.mark.parametrize("words", ["?country-report|2|en|R", "country-report|2|en|R"])
def test_what_better_rules_recognise_is_announced_where_it_stands_now_or_not_at_all(words: str) -> None:
    country = watched(BASE)
    country.look({**BASE, WWW + "n.pdf": "?country-report|2|en|R"})
    country.turn_rules("r2")
    assert ("published", TRACK + "n.pdf") in told(country.look({**BASE, TRACK + "n.pdf": words}))
    country = watched(BASE)
    country.look({**BASE, WWW + "n.pdf": "?country-report|2|en|R"})
    country.turn_rules("r2")
    assert country.look(BASE) == ()


def test_what_replaces_a_document_that_nobody_was_told_of_is_published() -> None:
    country = watched(BASE)
    country.look({**BASE, REPORT: "?country-report|2|en|R"})
    country.turn_rules("r2")
    assert told(country.look({**BASE, NEW: "country-report|2|en|Final R"})) == [("published", NEW)]


def test_worse_rules_and_back_again_announce_nothing() -> None:
    country = watched(BASE, rules="r2")
    page = {**BASE, NEW: "new-country-report|2|en|R"}
    country.look(page)
    document = country.known(NEW).document
    for rules in ("r1", "r2"):
        country.turn_rules(rules)
        assert country.look(page) == ()
    assert country.known(NEW).document == document


def test_what_the_rules_take_for_plain_navigation_now_is_kept_as_other() -> None:
    country = watched({**BASE, REPORT: "country-report|2|en|R"})
    dossier = reclassified(country.dossier, lambda _: None, "r2")
    assert {known.document.kind for known in dossier.documents} == {DocumentKind.OTHER}
    assert [known.document.title for known in dossier.documents] == ["Summary", "Convention", "R"]


def test_what_is_gone_is_no_news_for_better_rules_until_it_comes_back() -> None:
    country = watched(BASE)
    page = {**BASE, NEW: "?country-report|2|en|R"}
    country.look(page)
    country.look(BASE)
    country.turn_rules("r2")
    assert country.look(BASE, 2 * GRACE) == ()
    assert told(country.look(page)) == [("published", NEW)]
    country.look(BASE)
    assert told(country.look(BASE, GRACE)) == [("withdrawn", NEW)]


def test_better_rules_tell_no_absence_that_the_old_ones_kept_quiet_about() -> None:
    country = watched({**BASE, REPORT: "new-country-report|2|en|R"})
    country.look(BASE)
    country.turn_rules("r2")
    assert country.look(BASE, 2 * GRACE) == ()


def test_a_rules_change_between_doubts_about_a_missing_document_keeps_it_able_to_become_news() -> None:
    country = watched(BASE)
    page = {**BASE, NEW: "?country-report|2|en|R"}
    country.look(page)
    country.look(BASE)
    for rules in ["r2", "r1"]:
        country.turn_rules(rules)
    assert country.look(page) == ()
    country.turn_rules("r2")
    assert told(country.look(page)) == [("published", NEW)]


def test_what_better_rules_find_on_the_same_page_is_not_news_and_what_they_miss_is_not_gone() -> None:
    country = watched({**BASE, REPORT: "country-report|||Report"})
    found = read(
        {
            SUMMARY: "self-assessment|1|en|Other words for it",
            NEW: "country-report|||Report",
            WWW + "s.pdf": "self-assessment|2|en|S",
        },
        body=country.dossier.body_hash,
    )
    dossier, changes = diff(country.dossier, found, country.now + HOUR, GRACE)
    assert changes == ()
    assert {known.standing for known in dossier.documents} == {Standing.BASELINE}
    missed = next(known for known in dossier.documents if known.document.url == REPORT)
    assert missed.missing_since is not None
    assert missed.is_absence_explained
    assert diff(dossier, found, country.now + 3 * GRACE, GRACE)[1] == ()


def test_without_a_body_hash_no_page_is_taken_for_the_same() -> None:
    dossier, _ = diff(Dossier("MEX"), read(BASE, body=""), START, GRACE)
    _, changes = diff(dossier, read({**BASE, NEW: "country-report|2|en|R"}, body=""), START + HOUR, GRACE)
    assert told(changes) == [("published", NEW)]


# Looks that do not come to a reading.


def test_a_held_look_believed_later_happened_when_it_was_first_seen() -> None:
    country = watched(BASE)
    last = country.now
    snapshot = read({NEW: "country-report|2|en|R"})
    dossier, changes = diff(country.dossier, snapshot, last + 9 * HOUR, GRACE, since=last + HOUR)
    assert [(change.not_before, change.seen_at) for change in changes] == [(last, last + HOUR)]
    assert dossier.last_read == last + 9 * HOUR
    assert dossier.documents[0].missing_since == last + HOUR


def test_failures_leave_what_is_known_alone_and_back_off_up_to_a_day() -> None:
    country = watched(BASE)
    dossier, now, waits = country.dossier, country.now, []
    for _ in range(9):
        dossier = failed(dossier, "no answer", now)
        assert dossier.failing is not None
        waits.append((dossier.failing.not_before - now) / timedelta(minutes=1))
        now = dossier.failing.not_before
    assert waits == [0, 30, 60, 120, 240, 480, 960, 1440, 1440]
    assert dossier.failing == Failing(country.now, "no answer", 9, now)
    assert dossier.documents == country.dossier.documents
    assert dossier.last_read == country.dossier.last_read
    assert country.dossier.failing is None
    assert unchanged(dossier, now, GRACE)[0].failing is None


def test_a_server_that_asks_for_time_gets_it() -> None:
    dossier = failed(Dossier("MEX"), "429", START, retry_after=7200)
    assert dossier.failing is not None
    assert dossier.failing.not_before == START + 2 * HOUR


def test_a_country_asked_before_its_time_does_not_wait_longer_for_it() -> None:
    waiting = failed(failed(Dossier("MEX"), "503", START), "503", START)
    assert failed(waiting, "left alone", START + timedelta(minutes=5)) == waiting
    later = failed(waiting, "429", START + timedelta(minutes=5), retry_after=7200)
    assert later.failing is not None
    assert later.failing.times == 2
    assert later.failing.not_before == START + timedelta(hours=2, minutes=5)


@given(st.integers(1, 5000))
def test_no_wait_ever_exceeds_a_day(times: int) -> None:
    dossier = Dossier("MEX", failing=Failing(START, "", times, START))
    failing = failed(dossier, "", START).failing
    assert failing is not None
    assert timedelta() < failing.not_before - START <= LONGEST
