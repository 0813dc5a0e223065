"""One look at every country: calls, in order; decides nothing."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from http import HTTPStatus
from typing import Final, Protocol, TypeVar

import structlog

from monitor.alert.book import Book
from monitor.alert.tell import BUG, Telling, tell
from monitor.errors import MonitorError, ProfileError
from monitor.evidence.files import news_urls, noted, with_files
from monitor.evidence.keeps import KeepsEvidence, NoEvidence
from monitor.evidence.looked import Looked, histories
from monitor.language.speech import Speech
from monitor.model import (
    Commit,
    Country,
    Dossier,
    FileLook,
    NotModified,
    Outcome,
    Page,
    Validators,
    Visit,
    World,
)
from monitor.profile.read import Reader
from monitor.record.decide import Decision, Look, Settings, decide, resting_visit

log = structlog.get_logger()
Value = TypeVar("Value")
_MOST_NAMED: Final = 3
"""Countries in trouble that a sweep's one sentence names."""


class Fetches(Protocol):
    """Gives a page, or says that it is what it was."""

    async def fetch(self, url: str, validators: Validators) -> Page | NotModified:
        """Fetch one page; raises FetchError or Blocked."""
        ...


class Keeps(Protocol):
    """Remembers everything."""

    def load(self) -> World:
        """Give all that is known."""
        ...

    async def acommit(self, commit: Commit | Callable[[World], Commit]) -> None:
        """Write whole what is decided, of the newest world where it is a function; raises StoreError."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class SweepReport:
    """How a sweep went."""

    # Without a repr: asyncio.run writes out twice what a task gave, and all documents of 190 countries take a while.

    visits: tuple[Visit, ...]
    decision: Decision
    telling: Telling
    looked: Mapping[str, Looked] = field(default_factory=dict)
    """What came, by country; those left alone for a while are not in it."""
    known_changes: int = 0
    """Changes that were known before: the number of this sweep's first one."""

    def said(self, say: Speech) -> str:
        """Say in one line how it went."""
        counts = Counter(visit.outcome for visit in self.visits)
        went = ", ".join(_went(say, outcome, counts[outcome]) for outcome in Outcome if counts[outcome])
        line = say(
            "Looked at {number} of the countries: {outcomes}; {changes}.",
            number=say.number(len(self.visits)),
            outcomes=went or say("nothing to do"),
            changes=say.many("{number} change", "{number} changes", len(self.decision.changes)),
        )
        troubles = [f"{visit.code}: {visit.error}." for visit in self.visits if visit.error]
        return " ".join((line, *troubles[:_MOST_NAMED]))


def _went(say: Speech, outcome: Outcome, number: int) -> str:
    counted = say.number(number)
    return {
        Outcome.READ: say("{number} read", number=counted),
        Outcome.UNCHANGED: say("{number} unchanged", number=counted),
        Outcome.HELD: say("{number} held", number=counted),
        Outcome.FAILED: say("{number} failed", number=counted),
    }[outcome]


def commit_of(decision: Decision, telling: Telling) -> Commit:
    """Give what a decision changes and who is owed a word about it, to be written in one piece."""
    return Commit(decision.dossiers, decision.changes, telling.holding, deliveries=telling.deliveries)


async def write(store: Keeps, decide_on: Callable[[World], tuple[Commit, Value]]) -> Value:
    """Decide on the newest world and write that, so that no choice a chat made meanwhile is overwritten."""
    found: list[Value] = []

    def commit(world: World) -> Commit:
        decided, value = decide_on(world)
        found.append(value)
        return decided

    await store.acommit(commit)
    return found[-1]


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Looks at countries: fetch, read, decide, write down in one piece what is owed to whom."""

    fetcher: Fetches
    reader: Reader
    store: Keeps
    settings: Settings
    book: Book
    clock: Callable[[], datetime]
    evidence: KeepsEvidence = field(default_factory=NoEvidence)

    async def sweep(
        self,
        countries: Iterable[Country],
        *,
        is_asked: bool = False,
        seen: Callable[[str], None] = lambda _: None,
    ) -> SweepReport:
        """Look at the countries; ``is_asked``: by a person, so also at those that are left alone for a while.

        ``seen`` is called with each country's code as its look ends. Raises StoreError.
        """
        dossiers, now = self.store.load().dossiers, self.clock()
        wanted = {country.code: dossiers.get(country.code, Dossier(country.code)) for country in countries}
        resting = (
            {}
            if is_asked
            else {code: rest for code, each in wanted.items() if (rest := resting_visit(each, now))}
        )
        due = [
            country
            for country in self.book.countries
            if country.code in wanted and country.code not in resting
        ]
        found = await self._looks([(country, wanted[country.code]) for country in due], seen)
        is_whole = len(wanted) == len(self.book.countries)
        files = await self.look_at_news(lambda world: self._decide(found, world, self.clock()))
        report = await write(self.store, lambda world: self._decided(found, files, world, is_whole=is_whole))
        return replace(report, visits=(*report.visits, *resting.values()))

    async def look_at_news(self, decide_on: Callable[[World], Decision]) -> Mapping[str, FileLook]:
        """Look at the files of what will be news, before anybody is told; nothing is decided by it."""
        world = self.store.load()
        urls = news_urls((await asyncio.to_thread(decide_on, world)).changes)
        return await self.evidence.look_at_files(urls, world.files) if urls else {}

    def _decide(self, found: Mapping[str, Looked], world: World, now: datetime) -> Decision:
        looks = {code: looked.look for code, looked in found.items()}
        reader = self.reader
        return decide(looks, world, self.settings, reader.classifier.document, reader.rules.fingerprint, now)

    def _decided(
        self, found: Mapping[str, Looked], files: Mapping[str, FileLook], world: World, *, is_whole: bool
    ) -> tuple[Commit, SweepReport]:
        now = self.clock()
        decision = with_files(self._decide(found, world, now), files)
        telling = tell(decision, world, self.book, now)
        # Only a look at all countries shows that the service does its duty.
        duty = replace(world.duty, swept=now) if is_whole else None
        commit = replace(
            commit_of(decision, telling),
            incidents=telling.incidents,
            duty=duty,
            files=noted(world.files, files),
            looks=histories(found, decision, world, now),
        )
        return commit, SweepReport(decision.visits, decision, telling, found, len(world.changes))

    async def _looks(
        self, due: Iterable[tuple[Country, Dossier]], seen: Callable[[str], None]
    ) -> Mapping[str, Looked]:
        reading, looks = asyncio.Lock(), dict[str, asyncio.Task[Looked]]()
        async with asyncio.TaskGroup() as group:
            for country, dossier in due:
                looks[country.code] = group.create_task(self._look(country, dossier, reading, seen))
                await asyncio.sleep(0)  # two hundred that begin in one breath would hold up everybody else
        return {code: look.result() for code, look in looks.items()}

    async def _look(
        self, country: Country, dossier: Dossier, reading: asyncio.Lock, seen: Callable[[str], None]
    ) -> Looked:
        try:
            return await self._read(country, dossier, reading)
        except MonitorError as error:
            return Looked(error, getattr(error, "status", None))
        except (
            Exception
        ) as error:  # one page that trips a bug must not hide the other 191; the operators are told
            log.exception("bug", country=country.code)
            return Looked(_bug(error))
        finally:
            seen(country.code)

    async def _read(self, country: Country, dossier: Dossier, reading: asyncio.Lock) -> Looked:
        is_same_rules = dossier.rules == self.reader.rules.fingerprint
        validators = dossier.validators if is_same_rules else Validators()
        page = await self.fetcher.fetch(self.book.profile_url(country), validators)
        if isinstance(page, NotModified):
            return Looked(page, HTTPStatus.NOT_MODIFIED, dossier.body_hash)
        if is_same_rules and page.body_hash == dossier.body_hash:
            return Looked(NotModified(page.url), HTTPStatus.OK, page.body_hash)
        await self.evidence.keep_page(page)
        return Looked(await self._understood(page, country, reading), HTTPStatus.OK, page.body_hash)

    async def _understood(self, page: Page, country: Country, reading: asyncio.Lock) -> Look:
        try:
            async with reading:
                # One after the other: threads that read at once would only hinder each other.
                return await asyncio.to_thread(self.reader.read, page, country)
        except MonitorError as error:
            return error
        except Exception as error:  # as in _look; here it is known which page trips it
            log.exception("bug", country=country.code, page=page.body_hash)
            return _bug(error)


def _bug(error: Exception) -> ProfileError:
    return ProfileError(f"{BUG}: {type(error).__name__}: {error}")
