"""What a configuration becomes, part by part; app.py puts the parts together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Final
from urllib.parse import urlsplit

from monitor import __version__
from monitor.alert.book import Book
from monitor.board.view import View
from monitor.config import Config
from monitor.errors import FetchError
from monitor.evidence.archive import Archive, NoArchive
from monitor.evidence.inspect import PdfInspector
from monitor.evidence.keeper import Keeper
from monitor.evidence.looker import FileLooker
from monitor.evidence.needs import needs_of
from monitor.evidence.witness import HOST, Witness
from monitor.model import Page, Validators, World
from monitor.pinging import Pinging
from monitor.pledge.read import ListReader
from monitor.pledge.weekly import Listed
from monitor.pledging import Pledging
from monitor.profile.identify import CountryNames
from monitor.profile.read import Reader
from monitor.record.believe import Limits
from monitor.record.decide import Settings
from monitor.record.store import Store
from monitor.site.fetch import Fetcher, FetchSettings
from monitor.site.wire import locate

_ANSWER_BYTES: Final = 65_536
_ANSWER_TIME: Final = 20.0
"""Of a dead-man switch: bytes, and seconds with all tries together."""


def utc_now() -> datetime:
    """Give the time as everything here takes it: aware, in UTC."""
    return datetime.now(UTC)


def evidence(config: Config, fetcher: Fetcher, archive: Archive | None) -> Keeper:
    """Compose what keeps pages and looks at files; an archive gets the configuration's limit."""
    documents = config.documents
    if archive is not None:
        archive.limit = _limit(config)
    looker = FileLooker(
        fetcher,
        archive or NoArchive(),
        PdfInspector().look_into,
        utc_now,
        documents.max_file_bytes,
        documents.timeout,
    )
    return Keeper(archive, looker, documents.alert_waits)


@asynccontextmanager
async def witness(config: Config) -> AsyncIterator[Witness | None]:
    """Compose the second witness, where the operator wants one; it has a gate of its own, with one host behind it."""
    if not config.archive.wayback:
        yield None
        return
    settings = replace(
        fetch_settings(config),
        allowed_hosts=(HOST,),
        allow_http=False,
        spacing=15.0,
        concurrency=1,
        retries=0,
        respect_robots=False,
    )
    async with Fetcher(settings, __version__) as fetcher:
        yield Witness(lambda url: fetcher.fetch(url, Validators()))


@asynccontextmanager
async def pinging(config: Config) -> AsyncIterator[Pinging | None]:
    """Compose the dead-man switch, where the operator has one; it may be a machine of their own, behind their door."""
    address = config.signals.ping.get_secret_value()
    if not address:
        yield None
        return
    settings = replace(
        fetch_settings(config),
        allowed_hosts=(locate(address).host,),
        allow_http=True,
        spacing=0.0,
        concurrency=1,
        retries=2,
        respect_robots=False,
        is_private=True,
    )
    async with Fetcher(settings, __version__) as fetcher:

        async def ask(url: str) -> None:
            await fetcher.fetch_file(url, Validators(), BytesIO(), limit=_ANSWER_BYTES, timeout=_ANSWER_TIME)

        yield Pinging(ask, address)


def view_of(config: Config, world: World, now: datetime, sweeping_since: datetime | None = None) -> View:
    """Give what answers and pages are made of."""
    return View(
        world=world,
        countries=config.countries,
        pledges={**config.pledges, **world.pledges},
        cycles=config.rules.cycles,
        is_pledge_complete=config.is_pledge_complete,
        profile_url=config.profile_url,
        now=now,
        version=__version__,
        contact=config.source.contact,
        period=timedelta(minutes=config.schedule.all_minutes),
        sweeping_since=sweeping_since,
        configured=frozenset(config.telegram.chats),
        grace=timedelta(hours=config.believe.grace_hours),
        address=config.web.address,
        licence=config.web.licence,
    )


def pledging(config: Config, store: Store) -> Pledging | None:
    """Compose what reads the list of the Pledge's signatories, where the operator names one and a time for it."""
    page, every = config.pledge.page, timedelta(days=config.pledge.check_days)
    if not (page and every):
        return None
    listed = Listed(config.countries, config.pledges, page)
    reader = ListReader(config.rules, config.countries)
    settings = list_settings(config, page)
    return Pledging(lambda: fetch_page(settings, page), reader, store, listed, every, utc_now)


async def fetch_page(settings: FetchSettings, url: str) -> Page:
    """Fetch one page with a client of its own, where nothing is at hand to compare it with; raises FetchError or Blocked."""
    async with Fetcher(settings, __version__) as fetcher:
        page = await fetcher.fetch(url, Validators())
    if isinstance(page, Page):
        return page
    raise FetchError(f"{url} answered 304 although nothing was sent to compare")


def list_settings(config: Config, url: str) -> FetchSettings:
    """Give how that page is fetched: as politely as profiles, but from its own host, with www. or without."""
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    return replace(fetch_settings(config), allowed_hosts=(host, f"www.{host}"))


def open_archive(config: Config, store: Store) -> Archive:
    """Open the archive of a configuration; what must stay in it is what the store knows."""
    archive = Archive(config.archive_folder, _limit(config), lambda: needs_of(store.load()))
    if not store.is_reader:
        archive.clean()
    return archive


def _limit(config: Config) -> int:
    return config.archive.max_megabytes * 1_000_000


def book(config: Config) -> Book:
    """Take from the configuration what messages are made of."""
    return Book(config.countries, config.pledges, config.rules, config.profile_url)


def reader(config: Config) -> Reader:
    """Compose what understands pages."""
    return Reader(config.rules, CountryNames(config.countries))


def fetch_settings(config: Config) -> FetchSettings:
    """Take from the configuration what fetching needs."""
    source = config.source
    return FetchSettings(
        allowed_hosts=source.allowed_hosts,
        allow_http=source.allow_http,
        contact=source.contact,
        spacing=source.spacing,
        concurrency=source.concurrency,
        timeout=source.timeout,
        retries=source.retries,
        max_page_bytes=source.max_page_bytes,
        respect_robots=source.respect_robots,
    )


def belief(config: Config) -> Settings:
    """Take from the configuration what is believed, and how long absences are waited for."""
    believe = config.believe
    limits = Limits(
        believe.gone_ratio,
        believe.new_count,
        believe.fleet_countries,
        believe.fleet_ratio,
        believe.equal_looks,
    )
    return Settings(limits, timedelta(hours=believe.grace_hours))
