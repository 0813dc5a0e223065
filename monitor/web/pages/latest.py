"""The latest publications: the same pieces of news that the feeds tell."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from monitor.alert.news import clause
from monitor.board.view import View
from monitor.evidence.proof import proof_in
from monitor.language.speech import Speech, capital
from monitor.model import Dossier
from monitor.web.entries import Entry, entries
from monitor.web.feed_words import when
from monitor.web.pages import papers
from monitor.web.pages.papers import Link


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news, to be shown."""

    at: str
    day: str
    country: str
    href: str
    words: str
    when: str
    links: tuple[Link, ...]
    proof: str


def latest(say: Speech, view: View, most: int) -> tuple[News, ...]:
    """Give the last pieces of news, the newest first."""
    return tuple(_news(say, view, entry) for entry in islice(entries(view), most))


def _news(say: Speech, view: View, entry: Entry) -> News:
    country, changes = entry.country, entry.item.changes
    dossier = view.world.dossiers.get(country.code) or Dossier(country.code)
    return News(
        at=entry.seen_at.isoformat(),
        day=say.day(entry.seen_at),
        country=say.country(country),
        href=f"countries/{country.code}.html",
        words=capital(clause(say, entry.item)),
        when=when(say, entry),
        links=tuple(papers.link(say, change.document) for change in changes),
        proof=proof_in(dossier, changes[0].document.url),
    )
