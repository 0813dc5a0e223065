"""A page becomes a snapshot: parse it, classify its links, see that it is the country's profile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from monitor.model import NEWS_KINDS, Country, Document, DocumentKind, Evidence, Link, Page, Reading, Snapshot
from monitor.profile.classify import Classifier
from monitor.profile.identify import CountryNames, face, judge
from monitor.profile.parse import parse
from monitor.profile.rules import Rules
from monitor.profile.tree import make_soup


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads profile pages by one set of rules."""

    rules: Rules
    names: CountryNames

    @property
    def classifier(self) -> Classifier:
        """What says of a link what it is."""
        return Classifier(self.rules)

    def read(self, page: Page, country: Country) -> Snapshot:
        """Read a country's profile; raises Blocked for what is not it, ProfileError for what is not understood."""
        soup = make_soup(page.html)
        documents = _once(self._readings(parse(soup, page.url)))
        has_reviews = any((document.likely or document.kind) not in _NO_REVIEW for document, _ in documents)
        judge(page, face(soup), country, self.names, self.rules, has_reviews=has_reviews)
        return Snapshot(documents, page.body_hash, page.validators, page.url)

    def readings(self, page: Page) -> tuple[Reading, ...]:
        """Say of every link on a page what it is taken for and why; judges nothing."""
        return tuple(self._readings(parse(make_soup(page.html), page.url)))

    def _readings(self, links: Iterable[Link]) -> Iterable[Reading]:
        classifier = self.classifier
        return (classifier.reading(link) for link in links)


# Lists of experts and "other" files stand on many pages: they do not show that this is a profile.
_NO_REVIEW = frozenset([DocumentKind.OTHER, DocumentKind.EXPERT_LIST, DocumentKind.FOLLOW_UP])


def read(page: Page, country: Country, rules: Rules, countries: Iterable[Country]) -> Snapshot:
    """Read one page; a Reader does the same for many."""
    return Reader(rules, CountryNames(countries)).read(page, country)


def _once(readings: Iterable[Reading]) -> tuple[tuple[Document, Link], ...]:
    """Keep each address once: where it is linked twice, the reading that is surest."""
    found: dict[str, tuple[Document, Link]] = {}
    for reading in readings:
        if reading.document is not None:
            new = (reading.document, reading.link)
            url = reading.document.url
            found[url] = _surer(found[url], new) if url in found else new
    return tuple(found.values())


def _surer(first: tuple[Document, Link], second: tuple[Document, Link]) -> tuple[Document, Link]:
    kinds = [first[0].kind, second[0].kind]
    if DocumentKind.OTHER in kinds:
        return second if _rank(second[0]) > _rank(first[0]) else first
    if kinds[0] is not kinds[1] and NEWS_KINDS & set(kinds):
        likely = next(kind for kind in kinds if kind in NEWS_KINDS)
        doubt = f"the page links it as {kinds[0]} and as {kinds[1]}"
        evidence = (*first[0].evidence, *second[0].evidence, Evidence("doubt", "reader", doubt))
        return replace(
            first[0], kind=DocumentKind.OTHER, doubt=doubt, likely=likely, evidence=evidence
        ), first[1]
    return second if _filled(second[0]) > _filled(first[0]) else first


def _rank(document: Document) -> int:
    """Order readings of one address: a sure kind, then a doubt with a likely kind, then any doubt, then none."""
    if document.kind is not DocumentKind.OTHER:
        return 3
    return 2 if document.likely else int(bool(document.doubt))


def _filled(document: Document) -> int:
    return sum(value is not None for value in (document.cycle, document.language, document.symbol))
