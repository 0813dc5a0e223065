"""One size of the register, in process: filled by a first look, then used by a process of its own. Prints one JSON line.

What is asked of the network is not in it: pages come from memory, and what they hold is prepared, so that only the
program's own steps are measured. Reading real HTML of that size is measured beside it, on a few pages.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import json
import resource
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any

from monitor.alert.book import Book
from monitor.assembly import belief
from monitor.config import Config, load_config
from monitor.demo.documents import ALL_KINDS, SimulatedDocument, simulated_url
from monitor.demo.render import LAYOUTS, render
from monitor.model import (
    Commit,
    Country,
    NotModified,
    Page,
    Pledge,
    PledgeState,
    Snapshot,
    Subscription,
    Validators,
    World,
)
from monitor.profile.identify import CountryNames
from monitor.profile.read import Reader
from monitor.record.store import Store
from monitor.sweep import Sweeper

SAMPLE = 3
"""Pages of real HTML that are read."""
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh", "pt")
NOW = datetime(2026, 11, 24, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Prepared(Reader):
    """Finds on each country's page what was prepared, under addresses of its own."""

    template: Snapshot

    def read(self, page: Page, country: Country) -> Snapshot:
        mine = (
            (
                replace(document, url=f"{document.url}?{country.code}"),
                replace(link, url=f"{link.url}?{country.code}"),
            )
            for document, link in self.template.documents
        )
        documents = tuple(mine)
        is_longer = page.body_hash.endswith("-2")
        return Snapshot(documents if is_longer else documents[:-1], page.body_hash, page.validators, page.url)


@dataclass(slots=True)
class Site:
    """Gives pages out of memory; only ``changed`` has another than before."""

    is_first: bool
    changed: str = ""

    async def fetch(self, url: str, validators: Validators) -> Page | NotModified:
        del validators
        code = url.rpartition("/")[2]
        if not self.is_first and code != self.changed:
            return NotModified(url)
        number = 1 if self.is_first else 2
        return Page(url, "", f"{code}-{number}", Validators(f'"{code}-{number}"'))


@dataclass(slots=True)
class Timed:
    """A store whose writes are timed."""

    store: Store
    seconds: float = 0.0

    def load(self) -> World:
        return self.store.load()

    async def acommit(self, commit: Commit | Callable[[World], Commit]) -> None:
        decided = commit(self.store.load()) if callable(commit) else commit
        began = time.perf_counter()
        await self.store.acommit(decided)
        self.seconds = time.perf_counter() - began


def countries_of(known: tuple[Country, ...], number: int) -> tuple[Country, ...]:
    """Give so many countries, all but the first invented; none with words that others have in their names."""
    invented = (Country(f"X{at:05}", {"en": f"Land{at:05}"}, region=known[0].region) for at in range(number))
    return (known[0], *islice(invented, number - 1))


def documents_of(country: Country, number: int) -> tuple[SimulatedDocument, ...]:
    """List one more than ``number``: the last one is published later."""
    named = product(ALL_KINDS, ("1", "2"), LANGUAGES)
    return tuple(
        SimulatedDocument(kind, phase, language, f"{simulated_url(country.code, kind, phase, language)}?{at}")
        for at, (kind, phase, language) in zip(range(number + 1), cycle(named), strict=False)
    )


def read_pages(reader: Reader, country: Country, documents: int) -> tuple[Snapshot, float]:
    """Read real HTML with so many documents; gives what stands there, and the CPU seconds of a page."""
    html = render(country, documents_of(country, documents), next(iter(LAYOUTS)))
    page = Page("https://www.unodc.org/page.html", html, "template")
    took = []
    for _ in range(SAMPLE):
        began = time.process_time()
        snapshot = reader.read(page, country)
        took.append(time.process_time() - began)
    return snapshot, min(took)


def memory() -> float:
    """Say how many MiB this process holds."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


@dataclass(frozen=True, slots=True)
class Cell:
    """One size."""

    config: Config
    countries: tuple[Country, ...]
    reader: Reader
    path: Path

    def steps(self, *, is_first: bool) -> Iterator[tuple[str, Any]]:
        """Do what was asked and give the figures, one after the other."""
        before, began = memory(), time.process_time()
        store = Store.open(self.path)
        world = store.load()
        gc.freeze()  # as the service does at its start
        yield "start_cpu", time.process_time() - began
        yield "memory", memory() - before
        timed = Timed(store)
        if is_first:
            store.commit(Commit(subscriptions=(Subscription(1), Subscription(2, is_operator=True))))
            yield from self.swept(timed, Site(is_first=True), "first")
        else:
            yield "documents", sum(len(dossier.documents) for dossier in world.dossiers.values())
            yield from self.swept(timed, Site(is_first=False), "unchanged")
            yield from self.swept(timed, Site(is_first=False, changed=self.countries[0].code), "changed")
            yield "file", self.path.stat().st_size / 1e6
            yield "memory_peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        store.close()

    def swept(self, store: Timed, site: Site, name: str) -> Iterator[tuple[str, Any]]:
        sweeper = self.sweeper(store, site)
        began = time.process_time()
        report = asyncio.run(sweeper.sweep(self.countries))
        yield f"{name}_cpu", time.process_time() - began
        yield f"{name}_write", store.seconds
        yield f"{name}_changes", len(report.decision.changes)
        yield f"{name}_failed", [visit.error for visit in report.visits if visit.error][:2]

    def sweeper(self, store: Timed, site: Site) -> Sweeper:
        pledges = {country.code: Pledge(PledgeState.UNKNOWN) for country in self.countries}
        book = Book(
            self.countries,
            pledges,
            self.config.rules,
            lambda country: f"https://www.unodc.org/{country.code}",
        )
        ticks = (NOW + timedelta(minutes=at) for at in range(10**9))
        return Sweeper(site, self.reader, store, belief(self.config), book, lambda: next(ticks))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("task", choices=("fill", "use"))
    options.add_argument("--countries", type=int, required=True)
    options.add_argument("--documents", type=int, required=True)
    options.add_argument("--folder", type=Path, required=True)
    chosen = options.parse_args()
    config = load_config({})
    countries = countries_of(config.countries, chosen.countries)
    reader = Reader(config.rules, CountryNames(countries))
    template, read_cpu = read_pages(reader, countries[0], chosen.documents)
    prepared = Prepared(config.rules, reader.names, template)
    cell = Cell(config, countries, prepared, chosen.folder / "store.json")
    found = dict(cell.steps(is_first=chosen.task == "fill"))
    print(json.dumps({"read_cpu": read_cpu, **found}))


if __name__ == "__main__":
    main()
