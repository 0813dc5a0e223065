"""The slow round over documents' files in little worlds: who is looked at, who hears what, and what nobody hears."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.console import Console

from monitor.alert.book import Book
from monitor.alert.digest import digests
from monitor.app import open_monitor
from monitor.assembly import belief, fetch_settings
from monitor.config import Config
from monitor.demo.site import SimulatedSite
from monitor.documents import DocumentRound
from monitor.evidence.archive import Archive
from monitor.evidence.inspect import PdfInspector
from monitor.evidence.keeper import Keeper
from monitor.evidence.looker import FileLooker
from monitor.model import (
    FILE_CHANGES,
    Commit,
    DocumentFile,
    Dossier,
    FileLook,
    FileState,
    Pledge,
    PledgeState,
    Scope,
    Subscription,
    When,
)
from monitor.profile.identify import CountryNames
from monitor.profile.read import Reader
from monitor.record.apply import after
from monitor.site.fetch import Fetcher
from monitor.sweep import Sweeper
from monitor.upkeep import document_round
from tests.alert.world import Clock, Memory
from tests.evidence.documents import DAY, GONE, LIMITS, UNREACHED, document, known, look
from tests.fakes import SHIPPED, K, country, profile_url, text

OPERATOR, PLAIN, CURIOUS = 777, 1, 2
CODES = ("CHE", "FIN", "MEX", "MNG", "NER", "NGA", "ESP", "BRA")


class Files:
    """What stands at documents' addresses, as far as a round needs it."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.found: dict[str, str | FileState] = {}
        self.asked: list[str] = []
        self.trips_on: set[str] = set()
        self.then: Callable[[], None] = lambda: None

    async def look(self, url: str, _: DocumentFile | None) -> FileLook:
        self.asked.append(url)
        self.then()
        if url in self.trips_on:
            raise ZeroDivisionError("odd")
        return look(self.clock(), self.found.get(url, "a"))


def url_of(code: str, number: int = 0) -> str:
    return f"https://www.unodc.org/documents/{code}-{number}.pdf"


class House:
    """A round's whole world: files, clock, store, chats."""

    def __init__(self, *readers: Subscription, codes: Iterable[str] = ("MEX",), documents: int = 1) -> None:
        self.clock = Clock()
        self.files = Files(self.clock)
        self.store = Memory()
        codes = tuple(codes)
        dossiers = tuple(
            Dossier(
                code,
                tuple(known(document(url_of(code, number))) for number in range(documents)),
                self.clock(),
                self.clock(),
            )
            for code in codes
        )
        operator = Subscription(OPERATOR, is_operator=True)
        self.commits(Commit(dossiers=dossiers, subscriptions=(operator, *readers)))

    def commits(self, commit: Commit) -> None:
        self.store.world = after(self.store.world, commit)

    @property
    def round(self) -> DocumentRound:
        countries = tuple(map(country, CODES))
        book = Book(countries, SHIPPED.pledges, SHIPPED.rules, profile_url)
        return DocumentRound(
            self.files, self.store, book, LIMITS, 30 * DAY, ("unodc.org", "*.unodc.org"), self.clock
        )

    async def passes(self, hours: float, every_hours: float = 0.25) -> None:
        """Let time pass, and the round go on in it."""
        end = self.clock() + timedelta(hours=hours)
        while self.clock() < end:
            self.clock.advance(every_hours * 3600)
            await self.round.look()

    def told(self, chat: int) -> list[str]:
        return [text(each.message) for each in self.store.world.deliveries if each.chat == chat]

    def headlines(self, chat: int) -> list[str]:
        return [each.split("\n")[0] for each in self.told(chat)]

    def held(self, chat: int) -> tuple[int, ...]:
        return next(each.held for each in self.store.world.subscriptions if each.chat == chat)


DEAD = "the link to its self-assessment (cycle 2) does not open any more"
BACK = "the link to its self-assessment (cycle 2) opens now"
REPLACED = "the file of its self-assessment (cycle 2) was replaced"


async def test_the_first_round_tells_nothing_and_knows_all() -> None:
    house = House(Subscription(CURIOUS, files=True), codes=CODES)
    await house.passes(24)
    assert sorted(house.store.world.files) == sorted(map(url_of, CODES))
    assert house.store.world.deliveries == ()
    assert len(house.files.asked) == len(CODES)


async def test_a_dead_link_is_told_once_to_who_chose_it_and_to_operators_and_so_is_its_return() -> None:
    house = House(Subscription(PLAIN), Subscription(CURIOUS, files=True))
    await house.passes(1)
    house.files.found[url_of("MEX")] = GONE
    await house.passes(33 * 24, every_hours=6)
    assert house.headlines(CURIOUS) == [f"🇲🇽 Mexico: {DEAD}"]
    await house.passes(10 * 24, every_hours=6)
    del house.files.found[url_of("MEX")]
    await house.passes(3 * 24, every_hours=1)
    assert house.headlines(CURIOUS) == [f"🇲🇽 Mexico: {DEAD}", f"🇲🇽 Mexico: {BACK}"]
    assert [each.split("\n")[1] for each in house.told(OPERATOR)] == [
        f"🇲🇽 Mexico: {DEAD}",
        f"🇲🇽 Mexico: {BACK}",
    ]
    assert house.told(PLAIN) == []


@pytest.mark.parametrize(
    ("reader", "hears"),
    [
        (Subscription(CURIOUS, files=True), True),
        (Subscription(CURIOUS, files=False), False),
        (Subscription(CURIOUS, files=True, scope=Scope(countries=frozenset({"MEX"}))), True),
        (Subscription(CURIOUS, files=True, scope=Scope(countries=frozenset({"CHE"}))), False),
        (Subscription(CURIOUS, files=True, muted=frozenset({"MEX"})), False),
        (Subscription(CURIOUS, files=True, kinds=frozenset({K.COUNTRY_REPORT})), False),
        (Subscription(CURIOUS, files=True, cycles=frozenset({"1"})), False),
        (Subscription(CURIOUS, files=True, withdrawals=False), True),
    ],
)
async def test_a_choice_holds_for_files_as_for_everything_else(reader: Subscription, *, hears: bool) -> None:
    house = House(reader)
    await house.passes(1)
    house.files.found[url_of("MEX")] = "b"
    await house.passes(32 * 24, every_hours=12)
    assert house.headlines(CURIOUS) == [f"🇲🇽 Mexico: {REPLACED}"] * hears
    assert len(house.told(OPERATOR)) == 1


@pytest.mark.parametrize(
    "reader",
    [
        Subscription(CURIOUS, files=True, when=When.DAILY),
        Subscription(CURIOUS, files=True, is_paused=True),
    ],
)
async def test_who_is_told_later_is_told_of_files_later(reader: Subscription) -> None:
    house = House(reader)
    await house.passes(1)
    house.files.found[url_of("MEX")] = "b"
    await house.passes(32 * 24, every_hours=12)
    assert house.told(CURIOUS) == []
    assert house.held(CURIOUS) == (0,)
    [ready] = (each for each in house.store.world.subscriptions if each.chat == CURIOUS)
    house.commits(Commit(subscriptions=(replace(ready, is_paused=False),)))
    house.commits(digests(house.store.world, house.round.book, house.clock() + 2 * DAY))
    [told] = house.told(CURIOUS)
    assert f"🇲🇽 Mexico: {REPLACED}" in told
    assert "Changed between" in told


@pytest.mark.parametrize("state", PledgeState)
async def test_what_operators_said_of_a_pledge_counts(state: PledgeState) -> None:
    house = House(Subscription(CURIOUS, files=True, scope=Scope(is_pledge=True)))
    house.commits(Commit(pledges={"MEX": Pledge(state)}))
    await house.passes(1)
    house.files.found[url_of("MEX")] = "b"
    await house.passes(32 * 24, every_hours=12)
    assert bool(house.told(CURIOUS)) is (state is PledgeState.SIGNATORY)


async def outage(house: House) -> None:
    await house.passes(36, every_hours=0.25)
    for code in CODES:
        for number in range(2):
            house.files.found[url_of(code, number)] = GONE
    await house.passes(34 * 24, every_hours=3)


async def test_an_outage_of_the_site_is_one_report_to_operators_and_nothing_to_anybody_else() -> None:
    house = House(Subscription(CURIOUS, files=True), codes=CODES, documents=2)
    await outage(house)
    reports = [each for each in house.told(OPERATOR) if "documents looked at lately" in each]
    assert len(reports) == 1
    house.files.found.clear()
    await house.passes(3 * 24, every_hours=0.25)
    assert house.headlines(OPERATOR)[-1] == "Over: many links to documents do not open"
    assert house.told(CURIOUS) == []
    assert house.store.world.incidents == {}


async def test_what_stays_dead_for_a_week_is_told_in_one_digest_a_chat() -> None:
    house = House(Subscription(PLAIN), Subscription(CURIOUS, files=True), codes=CODES, documents=2)
    await outage(house)
    await house.passes(9 * 24, every_hours=3)
    assert house.told(CURIOUS) == []
    assert len(house.held(CURIOUS)) == 2 * len(CODES)
    house.commits(digests(house.store.world, house.round.book, house.clock()))
    [told] = house.told(CURIOUS)
    assert told.startswith("Kept for you meanwhile: news of 8 countries")
    assert told.count(DEAD) == len(CODES)
    assert house.told(PLAIN) == []
    assert house.held(PLAIN) == ()


async def test_a_round_gives_way_to_a_sweep_and_keeps_what_it_saw() -> None:
    house = House(codes=CODES)
    free = [True, False]
    await house.round.look(is_free=lambda: free.pop(0))
    assert len(house.files.asked) == 1
    assert list(house.store.world.files) == house.files.asked


async def test_where_nothing_is_due_nothing_is_written() -> None:
    house = House()
    await house.passes(0.25)
    written = len(house.store.commits)
    assert written == 1
    assert await house.round.look() == timedelta(minutes=15)
    assert len(house.store.commits) == written


async def test_a_round_that_is_cancelled_leaves_no_trace_and_begins_again() -> None:
    house = House(codes=CODES)
    waiting = asyncio.Event()

    class Never:
        async def look(self, url: str, _: DocumentFile | None) -> FileLook:
            waiting.set()
            await asyncio.Event().wait()
            raise AssertionError(url)

    task = asyncio.create_task(replace(house.round, files=Never()).look())
    await waiting.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert house.store.commits == []
    await house.round.look()
    assert house.store.world.files != {}


async def test_a_fault_of_ours_says_nothing_about_a_file_and_stops_nobody() -> None:
    house = House(codes=CODES)
    bad = url_of("CHE")
    house.files.trips_on.add(bad)
    with pytest.raises(ZeroDivisionError):  # heard by whoever runs the job, and told to operators there
        await house.passes(1)
    assert house.files.asked.count(bad) == 1
    await house.passes(1)  # the second time it is no news to them
    assert house.store.world.files[bad].stands.state is UNREACHED
    assert "bug" in house.store.world.files[bad].stands.error
    assert house.files.asked.count(bad) == 2
    assert house.store.world.deliveries == ()


async def test_files_elsewhere_and_of_countries_that_left_the_configuration_are_never_asked_for() -> None:
    house = House(codes=("MEX", "XXX"))
    others = tuple(
        known(document(url))
        for url in ("https://elsewhere.example/a.pdf", "https://[/a.pdf", "not an address")
    )
    house.commits(Commit(dossiers=(Dossier("CHE", others, house.clock(), house.clock()),)))
    await house.passes(24)
    assert set(house.files.asked) == {url_of("MEX")}


async def test_a_choice_made_while_files_are_looked_at_is_kept() -> None:
    house = House(Subscription(CURIOUS, files=True, when=When.DAILY))
    await house.passes(1)
    house.files.found[url_of("MEX")] = "b"
    muted = Subscription(CURIOUS, files=True, when=When.DAILY, muted=frozenset({"MEX"}))
    house.files.then = lambda: house.commits(Commit(subscriptions=(muted,)))
    await house.passes(32 * 24, every_hours=12)
    assert house.held(CURIOUS) == ()


async def test_the_same_round_after_a_restart_tells_nothing_twice() -> None:
    house, other = (House(Subscription(CURIOUS, files=True)) for _ in range(2))
    await house.passes(1)
    house.files.found[url_of("MEX")] = "b"
    await house.passes(32 * 24, every_hours=12)
    other.store.world, other.clock.now = house.store.world, house.clock()
    other.files.found[url_of("MEX")] = "b"
    await other.passes(40 * 24, every_hours=12)
    assert other.told(CURIOUS) == house.told(CURIOUS)


class Street:
    """The simulated site, asked by the real fetcher and looker, and a clock that can be moved on."""

    def __init__(self, site: SimulatedSite, config: Config, fetcher: Fetcher, folder: Path) -> None:
        self.site, self.clock, self.store = site, Clock(), Memory()
        self.countries = config.countries
        archive = Archive(folder / "archive", 10_000_000)
        files = FileLooker(fetcher, archive, PdfInspector().look_into, self.clock, 1_000_000, 10.0)
        book = Book(config.countries, config.pledges, config.rules, config.profile_url)
        reader = Reader(config.rules, CountryNames(config.countries))
        keeper = Keeper(archive, files, 10.0)
        self.sweeper = Sweeper(fetcher, reader, self.store, belief(config), book, self.clock, keeper)
        self.round = DocumentRound(files, self.store, book, LIMITS, 30 * DAY, ("127.0.0.1",), self.clock)
        chats = (
            Subscription(PLAIN),
            Subscription(CURIOUS, files=True),
            Subscription(OPERATOR, is_operator=True),
        )
        self.store.world = after(self.store.world, Commit(subscriptions=chats))

    async def sweeps(self) -> None:
        self.clock.advance(3600)
        await self.sweeper.sweep(self.countries)

    async def passes(self, days: int) -> None:
        for _ in range(days * 4):
            self.clock.advance(6 * 3600)
            await self.round.look()

    def new(self, chat: int) -> list[str]:
        """Give the headlines of what a chat was told since the last time."""
        told = [
            text(each.message).split("\n")[0] for each in self.store.world.deliveries if each.chat == chat
        ]
        self.store.world = replace(
            self.store.world,
            deliveries=tuple(each for each in self.store.world.deliveries if each.chat != chat),
        )
        return told


async def test_from_publication_to_replacement_death_and_return(
    site: SimulatedSite, config: Config, tmp_path: Path
) -> None:
    async with Fetcher(fetch_settings(config), "1.0") as fetcher:
        street = Street(site, config, fetcher, tmp_path)
        await street.sweeps()
        [url] = site.publish("MEX", K.SELF_ASSESSMENT, "2")
        await street.sweeps()
        news = ["🇲🇽 Mexico published its self-assessment (cycle 2)"]
        assert (street.new(PLAIN), street.new(CURIOUS)) == (news, news)
        site.replace_file("MEX", url)
        await street.passes(33)
        assert street.new(CURIOUS) == [f"🇲🇽 Mexico: {REPLACED}"]
        site.sign_in_instead(url)
        await street.passes(33)
        assert street.new(CURIOUS) == [f"🇲🇽 Mexico: {DEAD}"]
        site.restore_file(url)
        await street.passes(3)
        assert street.new(CURIOUS) == [f"🇲🇽 Mexico: {BACK}"]
        assert street.new(PLAIN) == []
        kinds = [change.kind for change in street.store.world.changes]
        assert frozenset(kinds[1:]) < FILE_CHANGES
        replaced = street.store.world.changes[1]
        assert replaced.file is not None
        assert replaced.file_before is not None
        assert (replaced.file_before.pages, replaced.file.pages) == (48, 49)


async def test_a_document_announced_with_a_dead_link_is_told_when_it_opens(
    site: SimulatedSite, config: Config, tmp_path: Path
) -> None:
    async with Fetcher(fetch_settings(config), "1.0") as fetcher:
        street = Street(site, config, fetcher, tmp_path)
        await street.sweeps()
        [url] = site.publish("MEX", K.SELF_ASSESSMENT, "2")
        site.remove_file(url)
        await street.sweeps()
        street.new(CURIOUS)
        await street.passes(1)
        assert street.new(CURIOUS) == []
        site.restore_file(url)
        await street.passes(3)
        assert street.new(CURIOUS) == [f"🇲🇽 Mexico: {BACK}"]
        assert street.new(OPERATOR)[-1] == "What happened to documents after their publication"


QUIET = st.builds(
    Subscription,
    st.just(PLAIN),
    kinds=st.frozensets(st.sampled_from(K), min_size=1),
    withdrawals=st.booleans(),
    when=st.sampled_from(When),
    is_paused=st.booleans(),
)


@settings(max_examples=25)
@given(QUIET, st.lists(st.sampled_from(["a", "b", GONE]), min_size=1, max_size=5))
@example(Subscription(PLAIN), ["b", GONE])
def test_a_chat_that_did_not_choose_files_is_told_nothing_whatever_becomes_of_them(
    reader: Subscription, found: list[str | FileState]
) -> None:
    async def story() -> House:
        house = House(reader)
        await house.passes(1)
        for each in found:
            house.files.found[url_of("MEX")] = each
            await house.passes(33 * 24, every_hours=24)
        return house

    house = asyncio.run(story())
    assert house.told(PLAIN) == []
    assert house.held(PLAIN) == ()
    assert len(house.told(OPERATOR)) == len(house.store.world.changes)


async def test_a_composed_monitor_looks_at_files_again_and_asks_the_site_whether_they_changed(
    site: SimulatedSite, config: Config
) -> None:
    often = config.documents.model_copy(update={"check_days": 1e-9})
    quick = replace(config, documents=often)
    async with open_monitor(quick, command="test", console=Console(quiet=True)) as monitor:
        await monitor.sweep(quick.countries)
        [url] = site.publish("MEX", K.SELF_ASSESSMENT, "2")
        await monitor.sweep(quick.countries)
        site.forget_requests()
        assert monitor.files is not None
        await document_round(monitor, monitor.files).look()
        assert [each.path for each in site.seen] == [urlsplit(url).path]
        assert site.counts == {304: 1}
        file = monitor.store.load().files[url]
        assert file.last_alike == file.checked > file.stands.at
