"""Little worlds with verbs: a site that publishes, a clock that advances, a store in memory, chats that listen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from monitor.alert.book import Book
from monitor.config import load_config
from monitor.demo.documents import SimulatedDocument, simulated_url
from monitor.demo.render import LAYOUTS, render
from monitor.model import (
    Commit,
    Country,
    Delivery,
    DocumentFile,
    DocumentKind,
    FileLook,
    Message,
    NotModified,
    Page,
    Snapshot,
    Subscription,
    Validators,
)
from monitor.profile.identify import CountryNames
from monitor.profile.read import Reader
from monitor.record.apply import after
from monitor.record.believe import Limits
from monitor.record.decide import Settings
from monitor.sweep import Sweeper, SweepReport
from tests.alert.as_telegram import parsed
from tests.alert.world import Clock, Memory

SHIPPED = load_config({})
CODES = ("CHE", "FIN", "MEX", "MNG", "NER", "NGA", "ESP", "BRA")
CHAT, OPERATOR = -100, 777
K = DocumentKind


def country(code: str) -> Country:
    return SHIPPED.country(code)


def profile_url(of: Country) -> str:
    return f"https://profiles.example/{of.code}.html"


def text(message: Message) -> str:
    """Give what a person reads of a message."""
    return parsed(message.html)


class Site:
    """The profile pages, as far as a sweep needs them; every country begins with two executive summaries."""

    def __init__(self, codes: Iterable[str]) -> None:
        self.asked: list[tuple[str, Validators]] = []
        self.has_validators = False
        self._countries = {profile_url(country(code)): country(code) for code in codes}
        self._failures: dict[str, BaseException] = {}
        self._documents = {code: _begins_with(code) for code in codes}
        self._remarks: dict[str, str] = {}

    async def fetch(self, url: str, validators: Validators) -> Page | NotModified:
        of = self._countries[url]
        self.asked.append((of.code, validators))
        if of.code in self._failures:
            raise self._failures[of.code]
        html = render(of, self._documents[of.code], next(iter(LAYOUTS))) + self._remarks.get(of.code, "")
        digest = hashlib.sha256(html.encode()).hexdigest()
        offered = Validators(etag=f'"{digest}"') if self.has_validators else Validators()
        if self.has_validators and validators == offered:
            return NotModified(url)
        return Page(url, html, digest, offered, html.encode())

    @property
    def asked_codes(self) -> list[str]:
        return [code for code, _ in self.asked]

    def publishes(
        self, code: str, kind: DocumentKind = K.SELF_ASSESSMENT, cycle: str = "2", language: str = "en"
    ) -> str:
        url = simulated_url(code, kind, cycle, language)
        self._documents[code] = (*self._documents[code], SimulatedDocument(kind, cycle, language, url))
        return url

    def withdraws_all(self, code: str) -> None:
        self._documents[code] = ()

    def says(self, code: str, html: str) -> None:
        """Add something to a page."""
        self._remarks[code] = html

    def fails(self, code: str, error: BaseException) -> None:
        self._failures[code] = error

    def recovers(self, code: str) -> None:
        self._failures.pop(code)


def _begins_with(code: str) -> tuple[SimulatedDocument, ...]:
    kind = K.EXECUTIVE_SUMMARY
    return tuple(
        SimulatedDocument(kind, cycle, "en", simulated_url(code, kind, cycle, "en")) for cycle in ("1", "2")
    )


@dataclass
class Evidence:
    """Keeps pages in memory, and finds at documents' addresses what a test says."""

    pages: dict[str, bytes] = field(default_factory=dict)
    files: dict[str, FileLook] = field(default_factory=dict)
    looked_at: list[str] = field(default_factory=list)
    interrupts: BaseException | None = None

    async def keep_page(self, page: Page) -> None:
        self.pages[page.body_hash] = page.body

    async def look_at_files(
        self, urls: Iterable[str], known: Mapping[str, DocumentFile]
    ) -> Mapping[str, FileLook]:
        wanted = list(urls)
        self.looked_at += wanted
        assert set(known) <= set(self.looked_at)
        if self.interrupts is not None:
            raise self.interrupts
        return {url: self.files[url] for url in wanted if url in self.files}


@dataclass(frozen=True)
class CountingReader(Reader):
    """The real reader; it keeps count, and can be made to trip."""

    parsed: list[str] = field(default_factory=list)
    trips_on: set[str] = field(default_factory=set)

    def read(self, page: Page, of: Country) -> Snapshot:
        self.parsed.append(of.code)
        if of.code in self.trips_on:
            raise RuntimeError("list index out of range")
        return super().read(page, of)


class Watch:
    """A sweep's whole world: site, clock, store, one chat and one operator."""

    def __init__(self, codes: Iterable[str] = CODES) -> None:
        self.countries = tuple(country(code) for code in codes)
        self.site = Site([each.code for each in self.countries])
        self.clock = Clock()
        self.store = Memory()
        self.evidence = Evidence()
        self.reader = CountingReader(SHIPPED.rules, CountryNames(SHIPPED.countries))
        chats = (Subscription(CHAT), Subscription(OPERATOR, is_operator=True))
        self.store.world = after(self.store.world, Commit(subscriptions=chats))

    @property
    def book(self) -> Book:
        return Book(self.countries, SHIPPED.pledges, self.reader.rules, profile_url)

    @property
    def sweeper(self) -> Sweeper:
        settings = Settings(Limits(0.5, 6, 5, 0.05, 3), timedelta(hours=72))
        return Sweeper(self.site, self.reader, self.store, settings, self.book, self.clock, self.evidence)

    async def sweeps(self, *codes: str, is_asked: bool = False, after_hours: float = 6) -> SweepReport:
        """Let time pass, then look at the countries named, or all."""
        self.clock.advance(after_hours * 3600)
        wanted = [each for each in self.countries if not codes or each.code in codes]
        return await self.sweeper.sweep(wanted, is_asked=is_asked)

    async def has_baseline(self) -> None:
        """Look at all once, and forget that it was done."""
        await self.sweeps()
        self.forgets()

    def forgets(self) -> None:
        """Start the lists of requests, parses, commits and deliveries anew."""
        self.site.asked.clear()
        self.reader.parsed.clear()
        self.store.commits.clear()
        self.store.world = replace(self.store.world, deliveries=())

    def has_rules_that_changed(self) -> None:
        rules = replace(self.reader.rules, fingerprint="other rules")
        self.reader = CountingReader(rules, self.reader.names)

    def told(self, chat: int) -> list[str]:
        """Give what a chat is owed, as it would read it."""
        return [text(delivery.message) for delivery in self.owed(chat)]

    def owed(self, chat: int) -> list[Delivery]:
        return [delivery for delivery in self.store.world.deliveries if delivery.chat == chat]
