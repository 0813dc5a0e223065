"""The list of signatories, read by the service: when it is due, and written in one piece."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from monitor.alert.tell import tell
from monitor.assembly import fetch_page, list_settings, pledging, utc_now
from monitor.dialogue.reply import SayWhoSigned
from monitor.errors import Blocked, FetchError, Implausible, StoreError
from monitor.model import Commit, Duty, Page, Pledge, PledgeState, Scope, Subscription
from monitor.pledge.weekly import Listed
from monitor.pledging import Pledging
from monitor.record.apply import after
from tests.alert.samples import ENGLISH
from tests.alert.world import Clock, Memory
from tests.fakes import CHAT, OPERATOR, SHIPPED, Watch, text
from tests.pledge.reading import PAGES, reader
from tests.test_service import Running
from tests.webserver import Reply, WebServer

LIST = (PAGES / "list_under_a_heading.html").read_text("utf-8")
URL = "https://coalition.example/pledge/"


@dataclass
class Coalition:
    """The Coalition's page, a clock and a store."""

    html: str = LIST
    error: BaseException | None = None
    asked: int = 0
    clock: Clock = field(default_factory=Clock)
    store: Memory = field(default_factory=Memory)

    def __post_init__(self) -> None:
        self.store.world = after(
            self.store.world, Commit(subscriptions=(Subscription(OPERATOR, is_operator=True),))
        )

    async def fetch(self) -> Page:
        self.asked += 1
        if self.error:
            raise self.error
        return Page(URL, self.html, "")

    async def is_looked_at(self, after_days: float = 0) -> None:
        self.clock.advance(after_days * 86_400)
        listed = Listed(SHIPPED.countries, SHIPPED.pledges, URL)
        week = timedelta(days=7)
        await Pledging(self.fetch, reader(), self.store, listed, week, self.clock).look()

    def told(self) -> list[str]:
        return [text(each.message).splitlines()[0] for each in self.store.world.deliveries]


async def test_what_is_new_on_the_list_is_proposed_and_nothing_else_changes() -> None:
    coalition = Coalition()
    await coalition.is_looked_at()
    assert coalition.told() == ["1 State may have signed the Transparency Pledge"]
    [commit] = coalition.store.commits
    assert commit.duty == Duty(pledge_checked=coalition.clock())
    assert coalition.store.world.pledges == {}


async def test_a_restart_does_not_read_it_again_before_the_week_is_over() -> None:
    coalition = Coalition()
    for days in (0, 0.1, 6.8):
        await coalition.is_looked_at(days)
    assert coalition.asked == 1
    await coalition.is_looked_at(0.2)
    assert coalition.asked == 2


@pytest.mark.parametrize("error", [FetchError("timed out"), Blocked("robots.txt forbids it")])
async def test_a_page_that_does_not_come_is_an_incident_told_once_and_tried_daily(error: FetchError) -> None:
    coalition = Coalition(error=error)
    with capture_logs() as logs:
        for days in (0, 0.5, 0.6, 1):
            await coalition.is_looked_at(days)
    assert coalition.asked == 3
    assert coalition.told() == ["The list of the Pledge’s signatories cannot be read"]
    assert {line["why"] for line in logs} == {str(error)}
    coalition.error = None
    await coalition.is_looked_at(1)
    assert coalition.told()[1:] == [
        "Over: the list of the Pledge cannot be read",
        "1 State may have signed the Transparency Pledge",
    ]


@pytest.mark.parametrize("case", ["empty", "challenge", "another_page", "not_found", "drawn_by_a_script"])
async def test_a_page_that_is_not_the_list_never_counts_as_nobody_signed(case: str) -> None:
    coalition = Coalition((PAGES / f"{case}.html").read_text("utf-8"))
    await coalition.is_looked_at()
    assert coalition.told() == ["The list of the Pledge’s signatories cannot be read"]


async def test_a_list_that_became_shorter_removes_nobody() -> None:
    coalition = Coalition("<h1>Pledge</h1><h2>Signatories</h2><ul><li>Austria</li></ul>")
    await coalition.is_looked_at()
    assert (coalition.told(), coalition.store.world.pledges) == ([], {})


async def test_a_fault_of_ours_is_loud_once_and_not_at_every_hour() -> None:
    coalition = Coalition(error=ZeroDivisionError("odd"))
    with pytest.raises(ZeroDivisionError):
        await coalition.is_looked_at()
    await coalition.is_looked_at(0.1)
    assert coalition.asked == 1


async def test_where_the_store_cannot_be_written_it_is_read_again() -> None:
    coalition = Coalition()
    coalition.store.refusals = 1
    with pytest.raises(StoreError):
        await coalition.is_looked_at()
    assert coalition.told() == []
    await coalition.is_looked_at(0.05)
    assert len(coalition.told()) == 1


async def test_who_an_operator_says_signed_is_told_of_to_those_who_follow_signatories_at_once() -> None:
    watch = Watch()
    await watch.has_baseline()
    follower = Subscription(CHAT, scope=Scope(is_pledge=True))
    watch.store.world = after(watch.store.world, Commit(subscriptions=(follower,)))
    watch.site.publishes("NGA")
    before = await watch.sweeps()
    assert watch.told(CHAT) == []
    pledge = replace(SHIPPED.pledges["MEX"], source="said by an operator")
    world = after(watch.store.world, Commit(pledges={"NGA": pledge}))
    assert [each.chat for each in tell(before.decision, world, watch.book, watch.clock()).deliveries] == [
        CHAT
    ]


@pytest.mark.parametrize(("page", "days"), [("", 7.0), (URL, 0.0)])
def test_without_a_page_or_a_time_nobody_reads_it(page: str, days: float) -> None:
    settings = SHIPPED.pledge.model_copy(update={"page": page, "check_days": days})
    assert pledging(replace(SHIPPED, pledge=settings), Memory()) is None  # type: ignore[arg-type] # nothing is stored
    assert pledging(SHIPPED, Memory()) is not None  # type: ignore[arg-type] # nothing is stored


async def test_the_page_is_fetched_from_its_own_host_only_and_robots_are_obeyed() -> None:
    source = SHIPPED.source.model_copy(update={"allow_http": True, "spacing": 0.0, "retries": 0})
    config = replace(SHIPPED, source=source)
    assert list_settings(config, "https://www.x.example/").allowed_hosts == ("x.example", "www.x.example")
    async with WebServer() as server:
        server.on("/robots.txt", Reply(404))
        url = server.on("/pledge/", Reply(body=LIST))
        away = server.on("/away/", Reply(302, headers={"Location": "https://elsewhere.example/"}))
        settings = list_settings(config, url)
        assert (await fetch_page(settings, url)).html == LIST
        with pytest.raises(Blocked, match="not on a host"):
            await fetch_page(settings, away)
        server.on("/robots.txt", Reply(body="User-agent: *\nDisallow: /"))
        with pytest.raises(Blocked, match=r"robots\.txt"):
            await fetch_page(settings, url)


async def test_the_service_reads_the_list_in_a_job_of_its_own_where_it_is_composed(tmp_path: Path) -> None:
    running = Running(tmp_path)
    assert "list of the Pledge" not in {each.name for each in running.service._jobs()}
    coalition = Coalition()
    listed = Listed(SHIPPED.countries, SHIPPED.pledges, URL)
    week = timedelta(days=7)
    running.monitor.pledging = Pledging(coalition.fetch, reader(), running.store, listed, week, utc_now)
    [job] = [each for each in running.service._jobs() if each.name == "list of the Pledge"]
    assert job.first > timedelta()
    await job.job()
    await job.job()
    assert coalition.asked == 1
    assert [text(each.message)[:7] for each in running.store.load().deliveries] == ["1 State"]
    running.store.close()


async def test_who_signed_is_written_down_at_once_also_while_a_sweep_is_under_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = Running(tmp_path)
    # No look at all countries is near, which would do that of the signatories.
    monkeypatch.setattr(running.service._schedule, "until", lambda _: timedelta(hours=1))
    word = SayWhoSigned("NGA", Pledge(PledgeState.SIGNATORY, "2019"))
    async with running.monitor.sweeping, asyncio.timeout(5):
        said = await running.monitor.act(ENGLISH, word)
    assert said == "Nigeria: Signatory of the Transparency Pledge since 2019."
    await running.service._sweep_signatories()
    assert "NGA" in running.watch.site.asked_codes
    running.watch.site.asked.clear()
    await running.monitor.act(ENGLISH, SayWhoSigned("NGA", Pledge(PledgeState.UNKNOWN)))
    await running.service._sweep_signatories()
    assert "NGA" not in running.watch.site.asked_codes
    with pytest.raises(Implausible, match="no State party has the code XXX"):
        await running.monitor.act(ENGLISH, replace(word, code="XXX"))
    running.store.close()
