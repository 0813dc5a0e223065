"""One look at every country: calls, in order; decides nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

import structlog

from monitor.alert.tell import BUG, Book, Telling, tell
from monitor.errors import MonitorError, ProfileError
from monitor.model import Commit, Country, Dossier, NotModified, Page, Validators, Visit, World
from monitor.profile.read import Reader
from monitor.record.decide import Decision, Look, Settings, decide, resting_visit

log = structlog.get_logger()


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

    async def acommit(self, commit: Commit) -> None:
        """Write one decision whole; raises StoreError."""
        ...


@dataclass(frozen=True, slots=True)
class SweepReport:
    """How a sweep went."""

    visits: tuple[Visit, ...]
    decision: Decision
    telling: Telling


@dataclass(frozen=True, slots=True)
class Sweeper:
    """Looks at countries: fetch, read, decide, write down in one piece what is owed to whom."""

    fetcher: Fetches
    reader: Reader
    store: Keeps
    settings: Settings
    book: Book
    clock: Callable[[], datetime]

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
        looks = await asyncio.gather(*(self._look(country, wanted[country.code], seen) for country in due))
        found = dict(zip((country.code for country in due), looks, strict=True))
        report = await self._write(found, self.store.load())
        return replace(report, visits=(*report.visits, *resting.values()))

    async def _write(self, looks: Mapping[str, Look], world: World) -> SweepReport:
        now = self.clock()
        rules = self.reader.rules.fingerprint
        decision = decide(looks, world, self.settings, self.reader.classifier.document, rules, now)
        telling = tell(decision, world, self.book, now)
        await self.store.acommit(
            Commit(
                decision.dossiers,
                decision.changes,
                deliveries=telling.deliveries,
                incidents=telling.incidents,
            )
        )
        return SweepReport(decision.visits, decision, telling)

    async def _look(self, country: Country, dossier: Dossier, seen: Callable[[str], None]) -> Look:
        try:
            return await self._read(country, dossier)
        except MonitorError as error:
            return error
        except (
            Exception
        ) as error:  # one page that trips a bug must not hide the other 191; the operators are told
            log.exception("bug", country=country.code)
            return ProfileError(f"{BUG}: {type(error).__name__}: {error}")
        finally:
            seen(country.code)

    async def _read(self, country: Country, dossier: Dossier) -> Look:
        is_same_rules = dossier.rules == self.reader.rules.fingerprint
        validators = dossier.validators if is_same_rules else Validators()
        page = await self.fetcher.fetch(self.book.profile_url(country), validators)
        if isinstance(page, NotModified):
            return page
        if is_same_rules and page.body_hash == dossier.body_hash:
            return NotModified(page.url)
        return self.reader.read(page, country)
