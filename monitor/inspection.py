"""One page through today's rules, nothing stored: for operators, and for whoever adds a layout."""

from __future__ import annotations

import hashlib
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson

from monitor.assembly import fetch_page, fetch_settings
from monitor.board.export import reading_json
from monitor.config import Config
from monitor.errors import FetchError, MonitorError
from monitor.model import Country, Page, Reading, Snapshot
from monitor.profile.identify import CountryNames
from monitor.profile.read import Reader
from monitor.site.fetch import FetchSettings

_PLAIN_NAME = re.compile(r"[\w-]+")


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a page was read as, and whether it would be believed to be the country's profile."""

    country: Country
    page: Page
    readings: tuple[Reading, ...]
    snapshot: Snapshot | None
    error: str = ""

    @property
    def verdict(self) -> str:
        """Say in one line what a sweep would make of the page."""
        if self.error:
            return f"A sweep would count this as a failure to read, never as “no documents”: {self.error}"
        number = len(self.snapshot.documents) if self.snapshot else 0
        return f"A sweep would read this as the profile of {self.country.name}, with {number} documents."

    def as_json(self) -> dict[str, Any]:
        """Give the inspection as docs/json.md names it."""
        links = [reading_json(self.country.code, reading) for reading in self.readings]
        return {
            "country": self.country.code,
            "url": self.page.url,
            "error": self.error or None,
            "links": links,
        }


async def inspect(config: Config, source: str, country: Country) -> Inspection:
    """Read a file, an address or stdin (``-``); raises FetchError where there is nothing to read."""
    page = await _page(config, source, country)
    reader = Reader(config.rules, CountryNames(config.countries))
    readings = reader.readings(page)
    try:
        return Inspection(country, page, readings, reader.read(page, country))
    except MonitorError as error:
        return Inspection(country, page, readings, None, str(error))


async def _page(config: Config, source: str, country: Country) -> Page:
    return await page_from(source, fetch_settings(config), config.profile_url(country))


async def page_from(source: str, settings: FetchSettings, url: str) -> Page:
    """Give a page from a file, an address or stdin (``-``); ``url``: what a file's links are taken to stand on.

    Raises FetchError where there is nothing to read.
    """
    if source.startswith(("https://", "http://")):
        return await fetch_page(settings, source)
    try:
        body = _bytes(source)
    except OSError as error:
        raise FetchError(
            f"{source} cannot be read: {error.strerror}. Give a file, an address or - for stdin"
        ) from error
    html = body.decode("utf-8", errors="replace")
    return Page(url, html, hashlib.sha256(body).hexdigest())


def _bytes(source: str) -> bytes:
    return sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()


def save_case(folder: Path, name: str, inspection: Inspection) -> tuple[Path, Path]:
    """Keep a page and what was read as a test case, to be reviewed by a person; raises FetchError where it cannot."""
    if not _PLAIN_NAME.fullmatch(name):
        raise FetchError(f"{name!r} is no name for a test case: give a plain name such as two_tables")
    page_file, expected_file = folder / f"{name}.html", folder / f"{name}.json"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        page_file.write_text(inspection.page.html, encoding="utf-8")
        expected_file.write_bytes(orjson.dumps(_expected(inspection), option=orjson.OPT_INDENT_2) + b"\n")
    except OSError as error:
        raise FetchError(
            f"{folder} cannot be written: {error.strerror}. Run this in a checkout of the project"
        ) from error
    return page_file, expected_file


def _expected(inspection: Inspection) -> dict[str, Any]:
    documents = inspection.snapshot.documents if inspection.snapshot else ()
    return {
        "country": inspection.country.code,
        "note": f"recorded from {inspection.page.url}; please review",
        "documents": [
            {
                "url": document.url,
                "title": document.title,
                "kind": document.kind.value,
                "cycle": document.cycle,
                "language": document.language,
                "symbol": document.symbol,
                "doubt": bool(document.doubt),
                "likely": document.likely.value if document.likely else None,
            }
            for document, _ in documents
        ],
        "error": inspection.error or None,
    }
