"""Pages that may hold the list of signatories, read; all of them are simulated."""

from __future__ import annotations

import functools
from datetime import date
from pathlib import Path

from monitor.config import Config, load_config
from monitor.model import Page
from monitor.pledge.read import ListReader
from monitor.pledge.roster import Roster

PAGES = Path(__file__).parent / "pages"
TODAY = date(2026, 11, 24)
KNOWN = frozenset("AUT MUS NLD TUN FIN MNE AUS MDA BRA UKR BEL CHE MEX".split())  # noqa: SIM905 - the shipped thirteen


@functools.cache
def config() -> Config:
    return load_config({})


@functools.cache
def reader() -> ListReader:
    return ListReader(config().rules, config().countries)


def read(html: str, known: frozenset[str] = KNOWN) -> tuple[Roster, ...]:
    return reader().read(Page("https://coalition.example/pledge/", html, ""), known, TODAY)


def body(html: str) -> str:
    """Give a page that speaks of the Pledge around some markup."""
    return f"<html><body><h1>Transparency Pledge</h1>{html}</body></html>"


def signatories(html: str, known: frozenset[str] = KNOWN) -> dict[str, str]:
    """Give what would be proposed from a page, with dates."""
    found = read(body(html), known)
    return {each.code: each.signed for roster in found if not roster.why_not for each in roster.entries}
