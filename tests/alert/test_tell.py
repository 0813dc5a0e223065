"""What follows from a decision for chats and operators."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.alert.book import numbers
from monitor.alert.tell import UNREADABLE
from monitor.errors import Blocked, FetchError
from monitor.model import Chat, Commit, Subscription
from monitor.record.apply import after
from tests.fakes import CHAT, OPERATOR, K, Watch, country


async def test_most_countries_unreadable_is_told_once_when_it_begins_and_once_when_it_ends() -> None:
    watch = Watch()
    await watch.has_baseline()
    for each in watch.countries[:5]:
        watch.site.fails(each.code, Blocked("403 Forbidden"))
    await watch.sweeps()
    began = watch.clock()
    await watch.sweeps()
    assert watch.store.world.incidents == {UNREADABLE: began}
    [incident] = watch.told(OPERATOR)
    assert incident.startswith("5 of 8 countries could not be read")
    assert "403 Forbidden: 5" in incident
    for each in watch.countries[:5]:
        watch.site.recovers(each.code)
    await watch.sweeps(after_hours=24)
    await watch.sweeps()
    [_, over] = watch.told(OPERATOR)
    assert over.startswith("Over: many countries cannot be read")
    assert watch.store.world.incidents == {}
    assert watch.told(CHAT) == []


async def test_an_incident_is_not_over_because_those_that_fail_are_left_alone_for_a_while() -> None:
    watch = Watch()
    await watch.has_baseline()
    for each in watch.countries[:5]:
        watch.site.fails(each.code, FetchError("no answer"))
    await watch.sweeps()
    await watch.sweeps()
    watch.forgets()
    report = await watch.sweeps(after_hours=0.1)
    assert len(report.decision.visits) == 3
    assert list(watch.store.world.incidents) == [UNREADABLE]
    assert watch.told(OPERATOR) == []


async def test_an_incident_is_neither_begun_nor_over_because_of_a_few_that_are_looked_at_more_often() -> None:
    watch = Watch()
    await watch.has_baseline()
    failing = [each.code for each in watch.countries[:2]]
    for code in failing:
        watch.site.fails(code, FetchError("no answer"))
    await watch.sweeps(*failing, watch.countries[2].code)
    assert watch.told(OPERATOR) == []
    for each in watch.countries[:5]:
        watch.site.fails(each.code, FetchError("no answer"))
    await watch.sweeps()
    await watch.sweeps(*(each.code for each in watch.countries[5:]))
    [incident] = watch.told(OPERATOR)
    assert incident.startswith("5 of 8 countries could not be read")


async def test_a_quarter_of_the_countries_unreadable_is_no_incident() -> None:
    watch = Watch()
    await watch.has_baseline()
    for each in watch.countries[:2]:
        watch.site.fails(each.code, FetchError("no answer"))
    await watch.sweeps()
    assert (watch.store.world.incidents, watch.told(OPERATOR)) == ({}, [])


async def test_a_look_at_two_countries_neither_begins_nor_ends_an_incident() -> None:
    watch = Watch()
    await watch.has_baseline()
    for each in watch.countries:
        watch.site.fails(each.code, FetchError("no answer"))
    await watch.sweeps("MEX", "NER")
    assert watch.store.world.incidents == {}
    await watch.sweeps()
    watch.site.recovers("MEX")
    watch.site.recovers("NER")
    await watch.sweeps("MEX", "NER", is_asked=True)
    assert list(watch.store.world.incidents) == [UNREADABLE]


async def test_a_look_at_three_countries_can_begin_an_incident() -> None:
    watch = Watch(("MEX", "NER", "NGA"))
    for each in watch.countries[:2]:
        watch.site.fails(each.code, FetchError("no answer"))
    await watch.sweeps()
    assert list(watch.store.world.incidents) == [UNREADABLE]


async def test_an_incident_of_another_name_stays_as_it_is() -> None:
    watch = Watch()
    since = datetime(2026, 1, 1, tzinfo=UTC)
    watch.store.world = after(watch.store.world, Commit(incidents={"disk": since}))
    await watch.sweeps()
    assert watch.store.world.incidents == {"disk": since}


async def test_the_first_report_judges_what_was_found() -> None:
    watch = Watch()
    await watch.sweeps()
    [report] = watch.told(OPERATOR)
    assert "Alerts cannot be trusted yet." in report


async def test_the_first_report_names_countries_that_could_not_be_read() -> None:
    watch = Watch()
    watch.site.fails("MEX", Blocked("an empty body"))
    await watch.sweeps()
    [report] = watch.told(OPERATOR)
    assert report.startswith("First look: 7 of 8 countries read")
    assert "Not read yet: Mexico" in report


async def test_a_country_read_later_for_the_first_time_is_a_report_of_its_own() -> None:
    watch = Watch()
    watch.site.fails("MEX", Blocked("an empty body"))
    await watch.has_baseline()
    watch.site.recovers("MEX")
    await watch.sweeps()
    [report] = watch.told(OPERATOR)
    assert report.startswith("First look: 1 of 1 country read, 2 review documents known")
    assert "trusted" not in report
    assert watch.told(CHAT) == []


async def test_every_operator_hears_every_notice_and_every_chat_every_alert() -> None:
    watch = Watch()
    others = (Subscription(-200), Subscription(888, is_operator=True))
    watch.store.world = after(watch.store.world, Commit(subscriptions=others))
    await watch.sweeps()
    assert watch.told(OPERATOR) == watch.told(888) != []
    watch.forgets()
    watch.site.publishes("MEX")
    watch.site.publishes("NER")
    await watch.sweeps()
    assert len(watch.told(CHAT)) == 2
    assert watch.told(CHAT) == watch.told(-200)
    assert watch.told(OPERATOR) == watch.told(888) == []


async def test_two_languages_of_one_document_are_one_message() -> None:
    watch = Watch()
    await watch.has_baseline()
    urls = [watch.site.publishes("MEX", language=language) for language in ("en", "es")]
    await watch.sweeps()
    [delivery] = watch.owed(CHAT)
    assert all(url in delivery.message.html for url in urls)


async def test_the_alert_compares_with_what_was_known_before() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.publishes("MEX", K.COUNTRY_REPORT)
    await watch.sweeps()
    [alert] = watch.told(CHAT)
    rows = [" ".join(line.split()) for line in alert.splitlines()]
    assert rows[rows.index("Self-assessment –") :][1:3] == ["Country report – → ✓", "Executive summary ✓"]


async def test_a_page_that_is_left_empty_while_the_fleet_changes_is_part_of_the_one_question() -> None:
    watch = Watch()
    await watch.has_baseline()
    watch.site.withdraws_all("CHE")
    for each in watch.countries[1:]:
        watch.site.publishes(each.code)
    await watch.sweeps()
    firsts = [question.splitlines()[0] for question in watch.told(OPERATOR)]
    assert firsts == ["8 of 8 countries changed in one sweep: all are held, nobody was told"]


async def test_alerts_and_notices_are_written_in_the_language_of_their_chat() -> None:
    watch = Watch()
    chats = (Chat(CHAT, language="fr"), Chat(OPERATOR, spoken="es"))
    watch.store.world = after(watch.store.world, Commit(chats=chats))
    await watch.has_baseline()
    watch.site.publishes("MEX")
    report = await watch.sweeps()
    [alert] = watch.told(CHAT)
    assert alert.splitlines()[0].endswith("Mexique – publication\u202f: auto-évaluation (cycle 2)")
    for each in watch.countries:
        watch.site.fails(each.code, FetchError("no answer"))
    report = await watch.sweeps()
    assert watch.told(OPERATOR)[-1].startswith("Páginas que no se pudieron leer: 8 de 8 países")
    assert report.telling.notices[0].html.startswith("<b>8 of 8 countries")


def test_numbers_sort_in_the_order_they_are_given_also_after_a_restart() -> None:
    now = datetime(2026, 11, 24, 9, tzinfo=UTC)
    sequence = numbers(now)
    given = [sequence() for _ in range(12)]
    later = [numbers(now + timedelta(microseconds=1))(), numbers(now + timedelta(days=40))()]
    assert [*given, *later] == sorted({*given, *later})


def test_the_book_knows_its_countries_by_code_and_no_others() -> None:
    book = Watch(("MEX", "NER")).book
    assert book.country("NER") == country("NER")
    with pytest.raises(KeyError):
        book.country("FJI")
