"""The good pages that are broken, and what is known of their countries once they were read."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from monitor.assembly import belief
from monitor.demo.documents import first_documents
from monitor.demo.render import LAYOUTS, render
from monitor.errors import MonitorError
from monitor.model import Country, Dossier, Page, Snapshot, World
from monitor.record.decide import Decision, Look, decide
from tests.profile.reading import config, reader

FOLDER = Path(__file__).parent.parent / "pages"
PROFILE_URL = "https://www.unodc.org/corruption/en/country-profiles/data/{code}.html"
BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
_GENEROUS = 6
"""Simulated pages in each layout."""


@dataclass(frozen=True, slots=True)
class Good:
    """A page that is read without trouble."""

    name: str
    country: Country
    html: str
    look: Snapshot
    known: Dossier
    """The baseline it gives."""
    doubles: bool
    """It links a document more than once."""


def page(html: str, code: str) -> Page:
    """Give a page as if it had been fetched."""
    body = html.encode(errors="replace")
    return Page(PROFILE_URL.format(code=code), html, hashlib.sha256(body).hexdigest())


def read(html: str, country: Country) -> Look:
    """Read a page as the sweep does."""
    try:
        return reader().read(page(html, country.code), country)
    except MonitorError as error:
        return error


def decided(known: Dossier, look: Look, now: datetime, *others: Dossier) -> Decision:
    """Decide on one country's look as the sweep does; ``others``: what is known of other countries."""
    rules = reader().rules.fingerprint
    world = World({dossier.code: dossier for dossier in (*others, known)})
    return decide({known.code: look}, world, belief(config()), reader().classifier.document, rules, now)


@functools.cache
def good_pages() -> tuple[Good, ...]:
    """Give every page that has documents: those of tests/pages, and simulated ones in every layout."""
    return tuple(
        good for name, code, html in (*_recorded(), *_simulated()) if (good := _good(name, code, html))
    )


@functools.cache
def bad_pages() -> tuple[str, ...]:
    """Give every page of tests/pages that is no profile."""
    good = {good.name for good in good_pages()}
    return tuple(html for name, _, html in _recorded() if name not in good)


def _good(name: str, code: str, html: str) -> Good | None:
    country = config().country(code)
    look = read(html, country)
    if not isinstance(look, Snapshot):
        return None
    (known,) = decided(Dossier(code), look, BEGINNING).dossiers
    # One look with today's rules, so that the rules are none of the news.
    known = replace(known, rules=reader().rules.fingerprint)
    addresses = [reading.link.url for reading in reader().readings(page(html, code)) if reading.document]
    return Good(name, country, html, look, known, len(set(addresses)) < len(addresses))


def _recorded() -> Iterator[tuple[str, str, str]]:
    for path in sorted(FOLDER.glob("*.json")):
        expected = json.loads(path.read_text("utf-8"))
        # The others stand at an address of their own.
        if not expected.get("url"):
            yield path.stem, expected["country"], path.with_suffix(".html").read_text("utf-8")


def _simulated() -> Iterator[tuple[str, str, str]]:
    countries = config().countries[: _GENEROUS * len(LAYOUTS)]
    documents = first_documents(countries)
    for number, country in enumerate(countries):
        layout = tuple(LAYOUTS)[number % len(LAYOUTS)]
        yield (
            f"simulated {layout} {country.code}",
            country.code,
            render(country, documents[country.code], layout),
        )
