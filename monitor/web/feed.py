"""Atom feeds: of all countries, of each region and of each country, in every language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Final
from xml.etree.ElementTree import Element, SubElement, tostring

from monitor.alert.markup import web
from monitor.alert.news import headline
from monitor.board.regions import regions
from monitor.board.view import View
from monitor.language.catalogs import languages
from monitor.language.speech import Speech, speak
from monitor.model import DEFAULT_LANGUAGE, Country
from monitor.web import feed_paths
from monitor.web.entries import Entry, entries, name
from monitor.web.feed_words import content, when
from monitor.web.files import ATOM, WebFile
from monitor.web.licences import TERMS

NEWEST: Final = 100
"""So many pieces of news stand in a feed of several countries; a country's holds all."""

_ATOM: Final = "http://www.w3.org/2005/Atom"

_Found = Callable[[], tuple[Entry, ...]]


@dataclass(frozen=True, slots=True)
class _Feed:
    """One feed: what it is called, where it and its page stand, and what it tells."""

    name: str
    title: str
    path: str
    page: str
    """The page that shows the same, relative to the board's root."""
    entries: tuple[Entry, ...]
    began: datetime
    """The first look: since when it says what it says as long as there is no news."""


def makers(view: View) -> Iterator[tuple[str, Callable[[], WebFile]]]:
    """Give every feed's path and what makes it; the news is gathered once, when the first of them is made."""
    found = cache(partial(entries, view))
    yield feed_paths.ALL, partial(_of_all, speak(DEFAULT_LANGUAGE), view, found, feed_paths.ALL)
    for code in languages():
        say = speak(code)
        path = feed_paths.of_all(code)
        yield path, partial(_of_all, say, view, found, path)
        for region in regions(view.countries):
            yield feed_paths.of_region(code, region), partial(_of_region, say, view, found, region)
        for country in view.countries:
            yield feed_paths.of_country(code, country.code), partial(_of_country, say, view, found, country)


def _of_all(say: Speech, view: View, found: _Found, path: str) -> WebFile:
    title = say("What governments publish of their UNCAC reviews")
    page = f"{say.code}/index.html"
    feed = _Feed(name("feed", say.code), title, path, page, found()[:NEWEST], _began(view))
    return _written(say, view, feed)


def _of_region(say: Speech, view: View, found: _Found, region: str) -> WebFile:
    title = say("{place}: what is published of UNCAC reviews", place=say.word(region))
    path = feed_paths.of_region(say.code, region)
    told = tuple(entry for entry in found() if entry.country.region == region)[:NEWEST]
    identity = name("feed", say.code, "region", feed_paths.slug(region))
    return _written(say, view, _Feed(identity, title, path, f"{say.code}/countries.html", told, _began(view)))


def _of_country(say: Speech, view: View, found: _Found, country: Country) -> WebFile:
    title = say("{place}: what is published of UNCAC reviews", place=say.name(country))
    path = feed_paths.of_country(say.code, country.code)
    told = tuple(entry for entry in found() if entry.country.code == country.code)
    identity = name("feed", say.code, "country", country.code)
    feed = _Feed(identity, title, path, _page_of(say, country), told, _began(view, country.code))
    return _written(say, view, feed)


def _page_of(say: Speech, country: Country) -> str:
    return f"{say.code}/countries/{country.code}.html"


def _began(view: View, code: str = "") -> datetime:
    """Give the first look at a country, or at any where that one was never read."""
    first = {name: dossier.first_read for name, dossier in view.world.dossiers.items() if dossier.first_read}
    began = first.get(code) or min(first.values(), default=view.as_of)
    return began.replace(microsecond=0)


def _written(say: Speech, view: View, feed: _Feed) -> WebFile:
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": say.code})
    _add(root, "id", feed.name)
    _add(root, "title", feed.title)
    _add(root, "subtitle", _subtitle(say))
    # Not when it was made: it stays the same file as long as nothing is published, whoever looks at what.
    _add(root, "updated", _moment(max((entry.seen_at for entry in feed.entries), default=feed.began)))
    _add_author(root, say, view)
    _add(root, "generator", "uncac-monitor")
    _add(root, "rights", f"{TERMS[view.licence].title} ({view.licence.value})")
    for link in _feed_links(view, feed):
        _add(root, "link", **link)
    for entry in feed.entries:
        _add_entry(root, say, view, entry)
    return WebFile(tostring(root, encoding="utf-8", xml_declaration=True), ATOM, view.as_of)


def _add(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    made = SubElement(parent, name, attributes)
    made.text = text or None
    return made


def _add_author(root: Element, say: Speech, view: View) -> None:
    author = _add(root, "author")
    _add(author, "name", say("UNCAC publication monitor"))
    if view.address:
        _add(author, "uri", view.address)


def _moment(moment: datetime) -> str:
    return moment.isoformat()


def _subtitle(say: Speech) -> str:
    return say(
        "Self-assessments, country reports and executive summaries as they appear on, are replaced on and "
        "disappear from the country profiles of UNODC. Read by a program; UNODC has no part in it."
    )


def _feed_links(view: View, feed: _Feed) -> list[dict[str, str]]:
    if not view.address:
        return []
    return [
        {"rel": "self", "href": f"{view.address}/{feed.path}", "type": "application/atom+xml"},
        {"rel": "alternate", "href": f"{view.address}/{feed.page}", "type": "text/html"},
    ]


def _add_entry(root: Element, say: Speech, view: View, entry: Entry) -> None:
    made = _add(root, "entry")
    _add(made, "id", entry.id)
    _add(made, "title", headline(say, entry.country, (entry.item,)))
    _add(made, "updated", _moment(entry.seen_at))
    _add(made, "published", _moment(entry.seen_at))
    _add(made, "summary", when(say, entry))
    _add(made, "content", content(say, view, entry), type="html")
    for category in _categories(say, entry):
        _add(made, "category", **category)
    for link in _links(say, view, entry):
        _add(made, "link", **link)


def _categories(say: Speech, entry: Entry) -> Iterator[dict[str, str]]:
    yield {"term": entry.country.code, "label": say.name(entry.country)}
    yield {"term": entry.item.kind.value}
    yield {"term": entry.item.changes[0].kind.value}


def _links(say: Speech, view: View, entry: Entry) -> Iterator[dict[str, str]]:
    """Lead to the documents; to the pages about the country where they are gone, so that nobody opens a dead link first."""
    profile = web(view.profile_url(entry.country))
    page = f"{view.address}/{_page_of(say, entry.country)}" if view.address else ""
    if entry.item.is_gone:
        yield from _unlike("alternate", [(page or profile, "")])
        yield from _unlike("related", _documents(entry))
    else:
        yield from _unlike("alternate", _documents(entry))
        yield from _unlike("related", [(page, "")])
    yield from _unlike("via", [(profile, "")])


def _documents(entry: Entry) -> list[tuple[str, str]]:
    return [(web(change.document.url), _tag(change.document.language)) for change in entry.item.changes]


def _tag(language: str | None) -> str:
    """Give a language as it may stand in hreflang; nothing where it is none."""
    return language if language and language.isascii() and language.isalpha() else ""


def _unlike(rel: str, places: Iterable[tuple[str, str]]) -> Iterator[dict[str, str]]:
    """Write links; a second alternate in one language is only related (RFC 4287, 4.1.2)."""
    seen: set[str] = set()
    for address, language in places:
        if address:
            is_second = language in seen
            seen.add(language)
            tongue = {"hreflang": language} if language else {}
            yield {"href": address, "rel": "related" if is_second else rel, **tongue}
