from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from monitor.errors import Blocked, FetchError, Implausible, ProfileError
from monitor.model import Dossier, KnownDocument, NotModified, Outcome, Standing, Validators, World
from monitor.record.decide import Decision, Look, NewlyHeld, decide, resting_visit, settle_held
from monitor.record.diff import unchanged
from tests.record.histories import (
    GRACE,
    HOUR,
    LIMITS,
    SETTINGS,
    START,
    TRACK,
    WWW,
    Page,
    Watched,
    read,
    reader,
    told,
    watched,
)

NEW = WWW + "new.pdf"
SAME = NotModified("https://www.unodc.org/MEX.html")
PAGE: Page = {f"{WWW}{name}.pdf": f"executive-summary|1|{name}|{name}" for name in ("en", "fr", "es", "ar")}
PUBLISHED: Page = {**PAGE, NEW: "self-assessment|2|en|SA"}
REDESIGNED: Page = {WWW + "en.pdf": "executive-summary|1|en|en", NEW: "self-assessment|2|en|SA"}
"""Three of four documents are gone, and there is news."""


def only(decision: Decision) -> tuple[Outcome, list[tuple[str, str]], str]:
    (visit,) = decision.visits
    assert decision.changes == visit.changes
    return visit.outcome, told(visit.changes), visit.error


# One country.


def test_the_first_look_is_named_as_a_baseline_and_brings_no_news() -> None:
    country = Watched()
    decision = country.sweep(PUBLISHED)
    assert only(decision) == (Outcome.READ, [], "")
    assert decision.baseline == ("MEX",)
    assert decision.visits[0].documents == 5
    assert country.dossier.rules == "r1"
    assert country.sweep(PAGE).baseline == ()


def test_a_publication_is_a_change_of_a_read_page() -> None:
    country = watched(PAGE)
    decision = country.sweep(PUBLISHED)
    assert only(decision) == (Outcome.READ, [("published", NEW)], "")
    assert (decision.held_now, decision.doubtful, decision.baseline) == ((), (), ())


@pytest.mark.parametrize("error", [FetchError("no answer"), Blocked("empty"), ProfileError("no landmarks")])
def test_a_page_that_cannot_be_read_changes_nothing_but_the_failure(error: FetchError | ProfileError) -> None:
    country = watched(PAGE)
    before = country.dossier
    assert only(country.sweep(error)) == (Outcome.FAILED, [], str(error))
    assert country.dossier.failing is not None
    assert replace(country.dossier, failing=None) == before
    country.sweep(PAGE)
    assert country.dossier.failing is None


def test_a_server_that_asks_for_time_gets_it() -> None:
    country = watched(PAGE)
    country.sweep(Blocked("429", retry_after=3600))
    assert country.dossier.failing is not None
    assert country.dossier.failing.not_before == country.now + HOUR


def test_a_page_that_did_not_change_is_a_good_look_and_may_end_a_grace_period() -> None:
    country = watched({**PAGE, NEW: "self-assessment|2|en|SA"})
    country.sweep(PAGE)
    decision = country.sweep(SAME)
    assert only(decision) == (Outcome.UNCHANGED, [], "")
    assert decision.visits[0].documents == 4
    assert country.dossier.last_read == country.now
    assert only(country.sweep(SAME, GRACE)) == (Outcome.UNCHANGED, [("withdrawn", NEW)], "")


def test_not_modified_of_a_page_that_was_never_read_is_a_failure() -> None:
    country = Watched()
    outcome, _, error = only(country.sweep(SAME))
    assert (outcome, "never read" in error) == (Outcome.FAILED, True)
    assert country.dossier.first_read is country.dossier.last_read is None


def test_a_country_that_keeps_failing_rests_until_its_time_and_says_why() -> None:
    country = watched(PAGE)
    assert resting_visit(country.dossier, country.now) is None
    country.sweep(FetchError("503"))
    country.sweep(FetchError("503"))
    visit = resting_visit(country.dossier, country.now)
    assert visit is not None
    assert (visit.outcome, visit.documents) == (Outcome.FAILED, 4)
    assert visit.error.endswith("UTC after 2 failures: 503")
    assert resting_visit(country.dossier, country.now + HOUR) is None


def test_new_questions_are_handed_on_once() -> None:
    country = watched({**PAGE, WWW + "paper.pdf": "other|||Paper"})
    page = {**PAGE, WWW + "paper.pdf": "other|||Paper", NEW: "??|||Nobody knows"}
    assert [(code, known.document.url) for code, known in country.sweep(page).doubtful] == [("MEX", NEW)]
    assert country.sweep({**page, TRACK: "other|||Another"}).doubtful == ()
    page[WWW + "paper.pdf"] = "country-report|2|en|Report"
    ((_, known),) = country.sweep(page).doubtful
    assert known.document.url == WWW + "paper.pdf"
    assert country.sweep({**page, TRACK: "other|||Yet another"}).doubtful == ()
    page[WWW + "paper.pdf"] = "executive-summary|2|en|Report"
    assert country.sweep(page).doubtful == ()
    page[WWW + "paper.pdf"] = "self-assessment|2|en|Report"
    assert len(country.sweep(page).doubtful) == 1


def test_a_question_that_moves_is_not_asked_again() -> None:
    country = watched(PAGE)
    country.sweep({**PAGE, WWW + "n.pdf": "?country-report|2|en|N"})
    assert country.sweep({**PAGE, TRACK + "n.pdf": "?country-report|2|en|N"}).doubtful == ()
    assert country.known(TRACK + "n.pdf").standing is Standing.ASKED


# Held looks of one country.


def test_a_doubtful_look_is_held_told_once_and_believed_after_equal_looks_with_its_first_interval() -> None:
    country = watched(PAGE)
    before = country.dossier
    decision = country.sweep(REDESIGNED)
    first_held = country.now
    reason = "3 of 4 known documents are gone"
    assert only(decision) == (Outcome.HELD, [], reason)
    assert decision.visits[0].documents == 4
    ((held),) = decision.held_now
    assert isinstance(held, NewlyHeld)
    assert (held.code, held.reason, told(held.changes), held.is_fleet) == (
        "MEX",
        reason,
        [("published", NEW)],
        False,
    )
    assert replace(country.dossier, held=None) == before
    decision = country.sweep(REDESIGNED, body="other bytes")
    assert only(decision)[0] is Outcome.HELD
    assert decision.held_now == ()
    decision = country.sweep(REDESIGNED, body="third")
    assert only(decision) == (Outcome.READ, [("published", NEW)], "")
    assert [(each.not_before, each.seen_at) for each in decision.changes] == [(before.last_read, first_held)]
    assert country.dossier.held is None
    assert country.known(WWW + "fr.pdf").missing_since == first_held


def test_another_doubtful_content_is_another_incident() -> None:
    country = watched(PAGE)
    country.sweep(REDESIGNED)
    decision = country.sweep({})
    assert [held.reason for held in decision.held_now] == ["nothing is left of 4 known documents"]
    assert country.dossier.held is not None
    assert country.dossier.held.looks == 1


@pytest.mark.parametrize("look", [PAGE, SAME, PUBLISHED])
def test_a_page_that_can_be_believed_again_ends_what_was_held(look: Look | Page) -> None:
    country = watched(PAGE)
    country.sweep({})
    assert country.dossier.held is not None
    country.sweep(look)
    assert country.dossier.held is None
    assert not any(known.missing_since for known in country.dossier.documents)


def test_a_failure_between_equal_looks_does_not_end_what_is_held() -> None:
    country = watched(PAGE)
    country.sweep(REDESIGNED)
    country.sweep(FetchError("no answer"))
    country.sweep(REDESIGNED)
    assert only(country.sweep(REDESIGNED))[0] is Outcome.READ


def test_a_person_accepts_and_it_happened_before_the_first_held_look() -> None:
    country = watched(PAGE)
    last = country.now
    country.sweep(REDESIGNED)
    first_held = country.now
    dossier, changes = settle_held(country.dossier, "accept", first_held + 30 * HOUR, GRACE)
    assert told(changes) == [("published", NEW)]
    assert [(each.not_before, each.seen_at) for each in changes] == [(last, first_held)]
    assert (dossier.held, dossier.last_read) == (None, first_held)
    country.dossier = dossier
    assert only(country.sweep(REDESIGNED)) == (Outcome.UNCHANGED, [], "")


def test_a_person_rejects_and_is_not_asked_about_the_same_content_again_for_ever() -> None:
    country = watched(PAGE)
    country.sweep(REDESIGNED)
    dossier, changes = settle_held(country.dossier, "reject", country.now, GRACE)
    assert changes == ()
    country.dossier = dossier
    for _ in range(2 * LIMITS.equal_looks):
        decision = country.sweep(REDESIGNED)
        assert only(decision) == (Outcome.HELD, [], "rejected by a person")
        assert decision.held_now == ()
    decision = country.sweep({})
    assert [held.code for held in decision.held_now] == ["MEX"]
    assert only(decision)[2] != "rejected by a person"


@pytest.mark.parametrize("verb", ["accept", "reject"])
def test_nothing_held_is_nothing_to_settle(verb: str) -> None:
    with pytest.raises(Implausible, match=f"nothing is held for MEX: there is nothing to {verb}"):
        settle_held(Dossier("MEX"), "accept" if verb == "accept" else "reject", START, GRACE)


# Rules that change.


def test_better_rules_make_an_asked_document_news_and_read_the_rest_silently() -> None:
    page = {**PAGE, WWW + "old.pdf": "new-country-report|1|en|Old"}
    country = watched(page)
    last = country.now
    page |= {NEW: "?self-assessment|2|en|SA"}
    country.sweep(page)
    seen = country.now
    country.rules = "r2"
    decision = country.sweep({**page, WWW + "late.pdf": "country-report|2|en|CR"})
    assert sorted(told(decision.changes)) == [("published", WWW + "late.pdf"), ("published", NEW)]
    asked = next(change for change in decision.changes if change.document.url == NEW)
    assert (asked.not_before, asked.seen_at) == (last, seen)
    assert country.dossier.rules == "r2"
    assert country.sweep(page).changes == ()


def test_what_new_rules_find_on_an_unchanged_page_stood_there_before_and_is_no_news() -> None:
    country = Watched()
    country.sweep(PAGE)
    country.rules = "r2"
    decision = country.sweep(PUBLISHED, body=country.dossier.body_hash)
    assert only(decision) == (Outcome.READ, [], "")
    assert decision.doubtful == ()
    assert (country.known(NEW).standing, country.known(NEW).not_seen_at) == (Standing.BASELINE, None)


def test_a_304_under_new_rules_makes_the_next_look_a_full_one_and_keeps_what_tells_a_changed_page() -> None:
    country = Watched()
    country.sweep(PAGE)
    country.rules = "r2"
    country.sweep(SAME)
    assert country.dossier.validators == Validators()
    assert country.dossier.rules == "r1"
    body = country.dossier.body_hash
    assert only(country.sweep(PUBLISHED, body=body)) == (Outcome.READ, [], "")
    assert country.known(NEW).standing is Standing.BASELINE


def test_a_held_look_under_new_rules_leaves_the_old_reading_whole() -> None:
    country = Watched()
    country.sweep(PAGE)
    before, country.rules = country.dossier, "r2"
    country.sweep({})
    assert replace(country.dossier, held=None) == before


# Many countries.


@dataclass
class Fleet:
    """Twenty countries, each with four summaries of its own."""

    dossiers: dict[str, Dossier] = field(default_factory=dict)
    now: datetime = START
    rules: str = "r1"

    def __post_init__(self) -> None:
        self.sweep({f"C{each:02}": own(f"C{each:02}", PAGE) for each in range(20)})

    def sweep(self, looks: Mapping[str, Look | Page], after: timedelta = HOUR) -> Decision:
        self.now += after
        given = {
            code: read(look, self.rules) if isinstance(look, Mapping) else look
            for code, look in looks.items()
        }
        world = World(dict(self.dossiers))
        decision = decide(given, world, SETTINGS, reader(self.rules), self.rules, self.now)
        self.dossiers |= {dossier.code: dossier for dossier in decision.dossiers}
        return decision

    def change(self, codes: int, page: Page, first: int = 0) -> dict[str, Look | Page]:
        """Let some countries show a page of their own and the others what they showed."""
        changed = {f"C{each:02}" for each in range(first, first + codes)}
        return {code: own(code, page) if code in changed else SAME for code in self.dossiers}

    def documents(self, code: str) -> tuple[KnownDocument, ...]:
        return self.dossiers[code].documents


def own(code: str, page: Page) -> Page:
    return {
        url.replace(WWW, f"{WWW}{code}/").replace(TRACK, f"{TRACK}{code}/"): words
        for url, words in page.items()
    }


def outcomes(decision: Decision, outcome: Outcome) -> list[str]:
    return [visit.code for visit in decision.visits if visit.outcome is outcome]


CORRECTED: Page = {**PAGE, WWW + "en.pdf": "country-report|1|en|Report"}
MOVED: Page = {url.replace(WWW, TRACK): words for url, words in PAGE.items()}
SHORTER: Page = dict(list(PAGE.items())[1:])
REPLACED: Page = {**SHORTER, NEW: "executive-summary|1|en|Revised"}
ASKED: Page = {**PAGE, NEW: "?country-report|2|en|Maybe"}
UNRECOGNISED: Page = {**PAGE, WWW + "en.pdf": "other|||What"}


@pytest.mark.parametrize("page", [PUBLISHED, CORRECTED, MOVED, SHORTER, REPLACED, ASKED, UNRECOGNISED])
def test_one_change_in_many_countries_at_once_is_held_as_one_incident_and_told_once(page: Page) -> None:
    fleet = Fleet()
    before = dict(fleet.dossiers)
    decision = fleet.sweep(fleet.change(6, page))
    held = outcomes(decision, Outcome.HELD)
    assert held == [each.code for each in decision.held_now] == [f"C{each:02}" for each in range(6)]
    assert {each.reason for each in decision.held_now} == {"6 of 20 countries changed in one sweep"}
    assert all(each.is_fleet for each in decision.held_now)
    assert (decision.changes, decision.doubtful) == ((), ())
    for code in held:
        assert replace(fleet.dossiers[code], held=None) == before[code]
    assert fleet.sweep(fleet.change(6, page)).held_now == ()


@pytest.mark.parametrize(
    "page",
    [
        {**PAGE, NEW: "other|||Thematic report"},
        {**PAGE, NEW: "??|||Nobody knows"},
        {**PAGE, WWW + "en.pdf": "executive-summary|1|en|Another title"},
    ],
)
def test_changes_in_what_is_no_review_document_are_no_incident(page: Page) -> None:
    fleet = Fleet()
    decision = fleet.sweep(fleet.change(20, page))
    assert outcomes(decision, Outcome.READ) == list(fleet.dossiers)


def test_a_few_countries_are_believed_and_so_are_all_within_the_ratio() -> None:
    fleet = Fleet()
    decision = fleet.sweep(fleet.change(5, PUBLISHED))
    assert len(decision.changes) == 5
    assert outcomes(decision, Outcome.HELD) == []


def test_only_countries_that_could_be_read_are_counted() -> None:
    settings = replace(SETTINGS, limits=replace(LIMITS, fleet_ratio=0.5))
    fleet = Fleet()
    looks = fleet.change(6, PUBLISHED)
    given = {code: read(look) if isinstance(look, Mapping) else look for code, look in looks.items()}
    assert not decide(given, World(fleet.dossiers), settings, reader(), "r1", fleet.now).held_now
    given |= {code: FetchError("down") for code in list(given)[-10:]}
    decision = decide(given, World(fleet.dossiers), settings, reader(), "r1", fleet.now)
    assert {held.reason for held in decision.held_now} == {"6 of 10 countries changed in one sweep"}


def test_many_baselines_are_no_incident() -> None:
    fleet = Fleet()
    assert all(dossier.first_read for dossier in fleet.dossiers.values())
    assert not any(dossier.held for dossier in fleet.dossiers.values())


def test_news_of_many_countries_waits_for_a_person_however_often_it_is_seen() -> None:
    fleet = Fleet()
    for _ in range(3 * LIMITS.equal_looks):
        fleet.sweep(fleet.change(6, PUBLISHED))
    assert fleet.dossiers["C00"].held is not None
    # Nor does it become true because one country is looked at alone, or shows still more.
    assert fleet.sweep({"C00": own("C00", PUBLISHED)}).changes == ()
    decision = fleet.sweep({"C00": own("C00", {**PUBLISHED, WWW + "x.pdf": "country-report|2|en|CR"})})
    assert [held.code for held in decision.held_now] == ["C00"]
    _, changes = settle_held(fleet.dossiers["C00"], "accept", fleet.now, GRACE)
    assert len(changes) == 2


@pytest.mark.parametrize("page", [SHORTER, REPLACED, UNRECOGNISED])
def test_what_many_countries_lost_waits_for_a_person(page: Page) -> None:
    fleet = Fleet()
    for _ in range(2 * LIMITS.equal_looks):
        fleet.sweep(fleet.change(6, page))
    assert fleet.dossiers["C00"].held is not None


@pytest.mark.parametrize(
    ("page", "expected"), [(MOVED, "moved"), ({**PAGE, NEW: "executive-summary|2|en|S"}, "published")]
)
def test_many_moves_are_believed_after_equal_looks_without_a_person(page: Page, expected: str) -> None:
    fleet = Fleet()
    for _ in range(LIMITS.equal_looks - 1):
        assert fleet.sweep(fleet.change(20, page)).changes == ()
    decision = fleet.sweep(fleet.change(20, page))
    assert {change.kind.value for change in decision.changes} == {expected}
    assert outcomes(decision, Outcome.READ) == list(fleet.dossiers)


def test_an_open_incident_does_not_lock_a_country_outside_it() -> None:
    fleet = Fleet()
    fleet.sweep(fleet.change(8, PUBLISHED))
    looks = fleet.change(8, PUBLISHED) | {"C19": own("C19", PUBLISHED)}
    assert [change.code for change in fleet.sweep(looks).changes] == ["C19"]


def test_an_incident_ends_for_a_country_whose_page_is_what_it_was() -> None:
    fleet = Fleet()
    fleet.sweep(fleet.change(8, PUBLISHED))
    decision = fleet.sweep({"C00": own("C00", {**PAGE, TRACK: "other|||New menu"}), "C01": SAME})
    assert outcomes(decision, Outcome.HELD) == []
    assert fleet.dossiers["C00"].held is fleet.dossiers["C01"].held is None


def test_a_rejected_incident_stays_rejected_and_what_is_new_after_it_is_judged_afresh() -> None:
    fleet = Fleet()
    fleet.sweep(fleet.change(8, SHORTER))
    for code in list(fleet.dossiers)[:8]:
        fleet.dossiers[code], _ = settle_held(fleet.dossiers[code], "reject", fleet.now, GRACE)
    alone = fleet.sweep({"C00": own("C00", SHORTER)})
    assert only(alone) == (Outcome.HELD, [], "rejected by a person")
    for _ in range(LIMITS.equal_looks):
        decision = fleet.sweep(fleet.change(8, SHORTER))
        assert {visit.error for visit in decision.visits if visit.outcome is Outcome.HELD} == {
            "rejected by a person"
        }
        assert decision.held_now == ()
    assert [change.code for change in fleet.sweep({"C00": own("C00", PUBLISHED)}).changes] == ["C00"]


def test_countries_doubted_for_themselves_count_and_join_the_incident() -> None:
    fleet = Fleet()
    looks = fleet.change(4, REDESIGNED) | fleet.change(2, PUBLISHED, first=4)
    looks |= {code: own(code, REDESIGNED) for code in list(fleet.dossiers)[:4]}
    decision = fleet.sweep(looks)
    assert [held.is_fleet for held in decision.held_now] == [True] * 6


def test_what_is_believed_at_last_in_many_countries_at_once_still_needs_a_person_and_says_so() -> None:
    fleet = Fleet()
    codes = list(fleet.dossiers)[:8]
    looks = {code: own(code, REDESIGNED) for code in codes}
    for some in (codes[:4], codes[4:]):
        assert {held.is_fleet for held in fleet.sweep({code: looks[code] for code in some}).held_now} == {
            False
        }
    assert fleet.sweep(looks).held_now == ()
    decision = fleet.sweep(looks)
    assert [held.code for held in decision.held_now] == codes
    assert all(held.is_fleet for held in decision.held_now)
    assert fleet.sweep(looks).held_now == ()


def test_pages_that_are_alike_are_failures_of_each_and_nobodys_first_look() -> None:
    world = {"BRA": Dossier("BRA"), "MEX": watched(PAGE).dossier}
    looks = {"BRA": read(REDESIGNED), "CHE": read(REDESIGNED), "MEX": read(PUBLISHED)}
    decision = decide(looks, World(world), SETTINGS, reader(), "r1", START + 9 * HOUR)
    assert outcomes(decision, Outcome.FAILED) == ["BRA", "CHE"]
    assert [visit.code for visit in decision.visits] == ["BRA", "CHE", "MEX"]
    assert decision.visits[0].error == "not this country's page: it shows the same as that of CHE"
    assert told(decision.changes) == [("published", NEW)]
    assert decision.baseline == ()
    assert decision.dossiers[0].failing is not None


def test_a_country_that_is_unchanged_lends_its_page_to_nobody() -> None:
    fleet = Fleet()
    decision = fleet.sweep({"C00": SAME, "C01": own("C00", PAGE)})
    assert outcomes(decision, Outcome.FAILED) == ["C01"]


def test_an_absence_told_on_an_unchanged_page_needs_no_second_judgement() -> None:
    country = watched({**PAGE, NEW: "self-assessment|2|en|SA"})
    country.sweep(PAGE)
    _, changes = unchanged(country.dossier, country.now + GRACE, GRACE)
    assert told(changes) == [("withdrawn", NEW)]
