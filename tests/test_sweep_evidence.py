"""A sweep keeps what proves its alerts: pages as served, looks, and the files of what is news."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from monitor.alert.tell import BUG
from monitor.dialogue.reply import SettleHeld
from monitor.errors import Blocked, FetchError
from monitor.evidence.looks import at
from monitor.language.speech import speak
from monitor.model import NEWS_KINDS, ChangeKind, DocumentKind, FileLook, FileState, Looks
from monitor.settle import settle
from tests.fakes import CHAT, Watch
from tests.remembered import reads_once


@pytest.fixture(autouse=True)
def _remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    reads_once(monkeypatch)


@pytest.fixture
async def watch(_remembered: None) -> Watch:
    watch = Watch()
    await watch.has_baseline()
    return watch


def there(watch: Watch, pages: int = 48) -> FileLook:
    return FileLook(
        watch.clock(), FileState.THERE, 200, content_type="application/pdf", sha256="f" * 64, pages=pages
    )


def runs(watch: Watch, code: str = "MEX") -> list[tuple[int, int | None, str]]:
    """How often, with which status and error, each run of looks."""
    return [(each.times, each.status, each.error) for each in watch.store.world.looks[code].looks]


async def test_the_alert_says_what_stands_at_the_address_and_the_change_keeps_it(watch: Watch) -> None:
    url = watch.site.publishes("MEX")
    watch.evidence.files[url] = look = there(watch)
    await watch.sweeps()
    [alert] = watch.told(CHAT)
    assert "File: PDF of 48 pages" in alert
    [change] = watch.store.world.changes
    assert change.file == look
    assert watch.store.world.files[url].looks == (look,)


async def test_a_link_that_leads_nowhere_is_said_in_the_alert(watch: Watch) -> None:
    url = watch.site.publishes("MEX")
    watch.evidence.files[url] = FileLook(watch.clock(), FileState.GONE, 404)
    await watch.sweeps()
    [alert] = watch.told(CHAT)
    assert "File: the link does not open yet (404); it is looked at again" in alert


async def test_an_alert_goes_out_all_the_same_where_no_file_could_be_looked_at(watch: Watch) -> None:
    watch.site.publishes("MEX")
    await watch.sweeps()
    [alert] = watch.told(CHAT)
    assert "File" not in alert
    assert "Proof: MEX-" in alert


async def test_only_the_files_of_news_are_looked_at(watch: Watch) -> None:
    watch.site.publishes("MEX", DocumentKind.EXECUTIVE_SUMMARY, language="fr")
    await watch.sweeps()
    assert watch.evidence.looked_at == []
    url = watch.site.publishes("FIN", DocumentKind.COUNTRY_REPORT)
    await watch.sweeps()
    assert watch.evidence.looked_at == [url]


async def test_what_is_withdrawn_is_looked_at_once_more(watch: Watch) -> None:
    url = watch.site.publishes("MEX")
    await watch.sweeps()
    watch.site.withdraws_all("MEX")
    watch.site.publishes("MEX", DocumentKind.EXECUTIVE_SUMMARY, "1")
    watch.site.publishes("MEX", DocumentKind.EXECUTIVE_SUMMARY, "2")
    await watch.sweeps()
    watch.evidence.files[url] = there(watch)
    await watch.sweeps(after_hours=80)
    assert "it can still be opened" in watch.told(CHAT)[-1]
    assert watch.store.world.changes[-1].kind is ChangeKind.WITHDRAWN


async def test_a_sweep_that_is_killed_while_it_looks_at_files_leaves_no_trace_and_the_next_one_tells(
    watch: Watch,
) -> None:
    url = watch.site.publishes("MEX")
    before = watch.store.world
    watch.evidence.interrupts = asyncio.CancelledError()
    with pytest.raises(asyncio.CancelledError):
        await watch.sweeps()
    assert watch.store.world == before
    watch.evidence.interrupts = None
    watch.evidence.files[url] = there(watch)
    await watch.sweeps()
    await watch.sweeps()
    assert len(watch.told(CHAT)) == 1


async def test_pages_are_kept_as_they_were_served_also_those_that_are_not_understood(watch: Watch) -> None:
    kept = set(watch.evidence.pages)
    watch.site.publishes("MEX")
    watch.reader.trips_on.add("FIN")
    watch.site.says("FIN", "<p>odd</p>")
    with capture_logs():  # written out, a traceback with all that a sweep holds takes seconds
        await watch.sweeps()
    fresh = {page.decode() for name, page in watch.evidence.pages.items() if name not in kept}
    assert len(fresh) == 2
    assert any("<p>odd</p>" in page for page in fresh)
    assert watch.store.world.looks["FIN"].looks[-1].body_hash in watch.evidence.pages


async def test_a_large_page_is_read_like_a_small_one(watch: Watch) -> None:
    watch.site.publishes("MEX")
    watch.site.says("MEX", f"<p>{'words ' * 20_000}</p>")
    await watch.sweeps()
    assert len(watch.told(CHAT)) == 1


async def test_a_fault_of_ours_in_fetching_is_one_countrys_and_is_told(watch: Watch) -> None:
    watch.site.publishes("MEX")
    watch.site.fails("FIN", RuntimeError("list index out of range"))
    with capture_logs():
        report = await watch.sweeps()
    assert [visit.code for visit in report.visits if visit.error.startswith(BUG)] == ["FIN"]
    assert len(watch.told(CHAT)) == 1


async def test_an_equal_page_is_not_kept_again(watch: Watch) -> None:
    watch.evidence.pages.clear()
    await watch.sweeps()
    assert watch.evidence.pages == {}


async def test_looks_are_remembered_whatever_came_of_them(watch: Watch) -> None:
    await watch.sweeps()
    assert runs(watch) == [(2, 200, "")]
    watch.site.fails("MEX", Blocked("it refuses the page", status=403))
    await watch.sweeps()
    watch.site.fails("MEX", FetchError("no connection"))
    await watch.sweeps("MEX", is_asked=True)
    watch.site.recovers("MEX")
    await watch.sweeps("MEX", is_asked=True)
    assert runs(watch) == [
        (2, 200, ""),
        (1, 403, "it refuses the page"),
        (1, None, "no connection"),
        (1, 200, ""),
    ]


async def test_a_304_goes_on_with_the_run_of_the_page_it_confirms(watch: Watch) -> None:
    watch.site.has_validators = True
    await watch.sweeps()
    watch.site.publishes("MEX")
    await watch.sweeps()
    await watch.sweeps()
    assert [each[:2] for each in runs(watch)] == [(2, 200), (2, 304)]


async def test_the_looks_around_a_change_lead_to_the_pages_without_it_and_with_it(watch: Watch) -> None:
    await watch.sweeps()
    url = watch.site.publishes("MEX")
    await watch.sweeps()
    [change] = watch.store.world.changes
    history = watch.store.world.looks["MEX"]
    assert change.not_before is not None
    without, shown = at(history, change.not_before), at(history, change.seen_at)
    assert isinstance(without, Looks)
    assert isinstance(shown, Looks)
    assert url not in watch.evidence.pages[without.body_hash].decode()
    assert url in watch.evidence.pages[shown.body_hash].decode()


async def test_a_held_look_is_remembered_with_its_reason_and_accepting_it_looks_at_the_files(
    watch: Watch,
) -> None:
    urls = [
        watch.site.publishes("MEX", kind, cycle, language)
        for kind in sorted(NEWS_KINDS)
        for cycle in ("1", "2")
        for language in ("en", "fr")
    ]
    await watch.sweeps()
    assert "8 new documents" in runs(watch)[-1][2]
    assert watch.evidence.looked_at == []
    for url in urls:
        watch.evidence.files[url] = there(watch, 142)
    await settle(speak(), watch.sweeper, SettleHeld("MEX", "accept"))
    assert set(watch.evidence.looked_at) == set(urls)
    [alert] = watch.told(CHAT)
    assert alert.count("PDF of 142 pages") == 4
    assert {url: watch.store.world.files[url].stands.pages for url in urls} == dict.fromkeys(urls, 142)


async def test_two_looks_at_once_are_told_apart_by_their_clock(watch: Watch) -> None:
    history = watch.store.world.looks["MEX"]
    assert at(history, watch.clock()) is not None
    assert at(history, watch.clock() - timedelta(seconds=1)) is None
