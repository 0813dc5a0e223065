"""One sweep of a little world, from the pages to what is owed to whom."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock, Thread, current_thread, main_thread
from time import sleep

import pytest
from structlog.testing import capture_logs

from monitor.errors import Blocked, FetchError, StoreError
from monitor.model import (
    ChangeKind,
    Commit,
    Country,
    Outcome,
    Page,
    Snapshot,
    Subscription,
    Validators,
)
from monitor.record.apply import after
from tests.alert.samples import ENGLISH
from tests.fakes import CHAT, CODES, OPERATOR, CountingReader, K, Watch
from tests.remembered import reads_once


@pytest.fixture(autouse=True)
def _remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    reads_once(monkeypatch)


def outcomes(report_visits: object) -> dict[str, Outcome]:
    return {visit.code: visit.outcome for visit in report_visits}  # type: ignore[attr-defined] # visits of a report


async def test_the_first_sweep_tells_operators_once_and_chats_nothing() -> None:
    watch = Watch()
    report = await watch.sweeps()
    assert set(outcomes(report.visits).values()) == {Outcome.READ}
    assert sum(visit.documents for visit in report.visits) == 2 * len(CODES)
    assert (report.decision.changes, watch.told(CHAT)) == ((), [])
    [first_look] = watch.told(OPERATOR)
    assert first_look.startswith("First look: 8 of 8 countries read, 16 review documents known")
    assert len(watch.store.commits) == 1


async def test_a_publication_becomes_one_delivery_a_chat_in_the_commit_that_makes_it_known() -> None:
    watch = Watch()
    await watch.has_baseline()
    url = watch.site.publishes("MEX")
    await watch.sweeps()
    [commit] = watch.store.commits
    [change] = commit.changes
    assert (change.code, change.kind, change.document.url) == ("MEX", ChangeKind.PUBLISHED, url)
    [delivery] = commit.deliveries
    assert (delivery.chat, delivery.due) == (CHAT, watch.clock())
    [alert] = watch.told(CHAT)
    assert "Mexico" in alert
    assert url in delivery.message.html
    mexico = next(dossier for dossier in commit.dossiers if dossier.code == "MEX")
    assert url in {known.document.url for known in mexico.documents}


async def test_what_was_published_is_told_once_in_its_life() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.publishes("MEX")
    await watch.sweeps()
    await watch.sweeps()
    await watch.sweeps()
    assert len(watch.told(CHAT)) == 1


async def test_a_country_that_cannot_be_read_is_its_visits_error_and_the_others_go_on() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.fails("CHE", Blocked("403 Forbidden"))
    url = watch.site.publishes("MEX")
    report = await watch.sweeps()
    [failed] = [visit for visit in report.visits if visit.error]
    assert (failed.code, failed.outcome, failed.error) == ("CHE", Outcome.FAILED, "403 Forbidden")
    assert url in watch.owed(CHAT)[0].message.html
    assert watch.told(OPERATOR) == []


async def test_a_bug_in_one_page_is_one_failed_look_that_is_logged_and_the_others_go_on() -> None:
    watch = Watch()
    watch.reader.trips_on.add("FIN")
    with capture_logs() as logs:
        report = await watch.sweeps()
        await watch.sweeps()
    [failed] = [visit for visit in report.visits if visit.error]
    assert (failed.code, failed.error) == (
        "FIN",
        "a bug in the monitor: RuntimeError: list index out of range",
    )
    said = [(line["event"], line["country"], line["log_level"]) for line in logs]
    assert said == [("bug", "FIN", "error")] * 2
    faults = [told for told in watch.told(OPERATOR) if told.startswith("A fault in the program")]
    assert [told.splitlines()[0] for told in faults] == [
        "A fault in the program while reading the profile of Finland"
    ]
    assert list(outcomes(report.visits).values()).count(Outcome.READ) == len(CODES) - 1


async def test_pages_are_read_one_by_one_off_the_event_loop(monkeypatch: pytest.MonkeyPatch) -> None:
    watch, threads, alone = Watch(), list[Thread](), Lock()
    read = CountingReader.read

    def noted(reader: CountingReader, page: Page, of: Country) -> Snapshot:
        assert alone.acquire(blocking=False), "two are read at once"
        threads.append(current_thread())
        sleep(0.005)  # as long as a page takes: another would begin
        alone.release()
        return read(reader, page, of)

    monkeypatch.setattr(CountingReader, "read", noted)
    report = await watch.sweeps()
    assert set(outcomes(report.visits).values()) == {Outcome.READ}
    assert len(threads) == len(CODES)
    assert main_thread() not in threads


async def test_a_country_that_rests_is_not_asked_and_its_failures_do_not_grow() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.fails("CHE", FetchError("no answer"))
    await watch.sweeps()
    await watch.sweeps()
    was = watch.store.world.dossiers["CHE"].failing
    watch.forgets()
    report = await watch.sweeps(after_hours=0.1)
    assert "CHE" not in watch.site.asked_codes
    assert watch.store.world.dossiers["CHE"].failing == was
    [resting] = [visit for visit in report.visits if visit.code == "CHE"]
    assert resting.outcome is Outcome.FAILED
    assert "left alone until" in resting.error
    assert resting.documents == 2


async def test_a_person_who_asks_is_given_a_look_at_a_country_that_rests() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.fails("CHE", FetchError("no answer"))
    await watch.sweeps()
    await watch.sweeps()
    watch.forgets()
    watch.site.recovers("CHE")
    report = await watch.sweeps("CHE", is_asked=True, after_hours=0.1)
    assert watch.site.asked_codes == ["CHE"]
    assert outcomes(report.visits) == {"CHE": Outcome.UNCHANGED}
    assert watch.store.world.dossiers["CHE"].failing is None


async def test_an_equal_body_is_not_parsed() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.publishes("MEX")
    report = await watch.sweeps()
    assert watch.site.asked_codes == [each.code for each in watch.countries]
    assert watch.reader.parsed == ["MEX"]
    assert outcomes(report.visits)["CHE"] is Outcome.UNCHANGED


async def test_a_page_that_is_not_modified_is_not_parsed_and_counts_as_a_good_look() -> None:
    watch = Watch()
    watch.site.has_validators = True
    await watch.has_baseline()
    report = await watch.sweeps()
    assert all(validators.etag for _, validators in watch.site.asked)
    assert watch.reader.parsed == []
    assert set(outcomes(report.visits).values()) == {Outcome.UNCHANGED}
    assert {dossier.last_read for dossier in watch.store.world.dossiers.values()} == {watch.clock()}


async def test_changed_rules_read_every_page_anew_without_validators() -> None:
    watch = Watch()
    watch.site.has_validators = True
    await watch.has_baseline()
    watch.has_rules_that_changed()
    await watch.sweeps()
    assert {validators for _, validators in watch.site.asked} == {Validators()}
    assert sorted(watch.reader.parsed) == sorted(CODES)
    assert (watch.told(CHAT), watch.told(OPERATOR)) == ([], [])
    watch.forgets()
    await watch.sweeps()
    assert watch.reader.parsed == []


async def test_changed_rules_parse_a_page_whose_body_is_equal() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.has_rules_that_changed()
    await watch.sweeps()
    assert sorted(watch.reader.parsed) == sorted(CODES)


async def test_two_sweeps_of_the_same_site_change_nothing_but_the_time_of_the_last_look() -> None:
    watch = Watch()
    await watch.has_baseline()
    before = watch.store.world
    await watch.sweeps()
    await watch.sweeps()
    assert len(watch.store.commits) == 2
    assert watch.store.world.changes == before.changes == ()
    assert watch.store.world.deliveries == ()
    documents = {code: dossier.documents for code, dossier in before.dossiers.items()}
    assert {code: each.documents for code, each in watch.store.world.dossiers.items()} == documents


async def test_a_page_left_without_documents_is_held_and_operators_are_told_once() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.withdraws_all("CHE")
    report = await watch.sweeps()
    assert outcomes(report.visits)["CHE"] is Outcome.HELD
    await watch.sweeps()
    [question] = watch.told(OPERATOR)
    assert "Switzerland" in question
    assert "uncac-monitor accept CHE" in question
    assert watch.told(CHAT) == []
    assert len(watch.store.world.dossiers["CHE"].documents) == 2


async def test_many_countries_that_change_in_one_sweep_are_held_and_are_one_question() -> None:
    watch = Watch()
    await watch.has_baseline()
    for code in CODES:
        watch.site.publishes(code)
    report = await watch.sweeps()
    assert set(outcomes(report.visits).values()) == {Outcome.HELD}
    [question] = watch.told(OPERATOR)
    assert question.startswith("8 of 8 countries changed in one sweep")
    assert watch.told(CHAT) == []


async def test_a_document_that_nobody_recognises_goes_to_the_operators_and_not_to_chats() -> None:
    watch = Watch()
    await watch.has_baseline()
    link = '<h2>Review documents</h2><p><a href="https://www.unodc.org/documents/x.pdf">Roadmap</a></p>'
    page = "<h3>Review cycle 2</h3>" + link
    watch.site.says("MEX", page)
    await watch.sweeps()
    assert watch.told(CHAT) == []
    [question] = watch.told(OPERATOR)
    assert question.startswith("Mexico: what is this document?\nRoadmap\n")
    assert "Mexico" in question


async def test_each_look_is_seen_as_it_ends_also_one_that_fails() -> None:
    watch = Watch()
    watch.site.fails("CHE", FetchError("no answer"))
    seen: list[str] = []
    await watch.sweeper.sweep(watch.countries, seen=seen.append)
    assert sorted(seen) == sorted(CODES)


async def test_a_store_that_cannot_be_written_ends_the_sweep_and_nothing_is_half_known() -> None:
    watch = Watch()
    await watch.has_baseline()
    before = watch.store.world
    watch.site.publishes("MEX")
    watch.store.refusals = 1
    with pytest.raises(StoreError, match="no space left"):
        await watch.sweeps()
    assert watch.store.world == before
    await watch.sweeps()
    assert len(watch.told(CHAT)) == 1


async def test_only_the_countries_named_are_looked_at() -> None:
    watch = Watch()
    report = await watch.sweeps("MEX", "NER")
    assert watch.site.asked_codes == ["MEX", "NER"]
    assert [visit.code for visit in report.visits] == ["MEX", "NER"]
    assert all(visit.outcome is not Outcome.FAILED for visit in report.visits)


async def test_a_kind_the_chat_did_not_ask_for_is_known_and_not_told() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.publishes("MEX", K.EXECUTIVE_SUMMARY, "2", "fr")
    await watch.sweeps()
    assert [change.document.language for change in watch.store.world.changes] == ["fr"]
    assert watch.store.world.deliveries == ()


async def test_a_look_at_all_countries_is_the_services_duty_done_and_one_at_a_few_is_not() -> None:
    watch = Watch()
    await watch.sweeps("MEX")
    assert watch.store.world.duty.swept is None
    await watch.sweeps()
    assert watch.store.world.duty.swept == watch.clock.now
    paused = replace(watch.store.world.duty, paused_since=watch.clock.now)
    watch.store.world = replace(watch.store.world, duty=paused)
    await watch.sweeps()
    assert watch.store.world.duty == replace(paused, swept=watch.clock.now)


async def test_a_choice_that_a_chat_makes_while_a_sweep_looks_is_kept_and_counts() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.publishes("MEX")

    def subscribes(_: str) -> None:
        watch.store.world = after(watch.store.world, Commit(subscriptions=(Subscription(-200),)))

    watch.clock.advance(3600)
    await watch.sweeper.sweep(watch.countries, seen=subscribes)
    assert len(watch.told(-200)) == 1
    assert Subscription(-200) in watch.store.world.subscriptions


async def test_a_sweep_says_in_one_sentence_how_it_went() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.publishes("MEX")
    watch.site.fails("CHE", FetchError("HTTP 403"))
    assert (await watch.sweeps("MEX", "CHE")).said(ENGLISH) == (
        "Looked at 2 of the countries: 1 read, 1 failed; 1 change. CHE: HTTP 403."
    )
    assert (await watch.sweeps("NER")).said(
        ENGLISH
    ) == "Looked at 1 of the countries: 1 unchanged; 0 changes."
