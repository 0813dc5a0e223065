"""A page becomes a snapshot: parse it, classify its links, see that it is the country's profile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from monitor.model import NEWS_KINDS, Country, Document, DocumentKind, Evidence, Link, Page, Reading, Snapshot
from monitor.profile.classify import Classifier
from monitor.profile.identify import CountryNames, judge
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
        judge(page, soup, country, self.names, self.rules, has_reviews=any(map(_is_review, documents)))
        return Snapshot(documents, page.body_hash, page.validators, page.url)

    def readings(self, page: Page) -> tuple[Reading, ...]:
        """Say of every link on a page what it is taken for and why; judges nothing."""
        return tuple(self._readings(parse(make_soup(page.html), page.url)))

    def _readings(self, links: Iterable[Link]) -> Iterable[Reading]:
        classifier = self.classifier
        return (classifier.reading(link) for link in links)


Found = tuple[Document, Link]
# Lists of experts and "other" files stand on many pages: they do not show that this is a profile.
_NO_REVIEW = frozenset([DocumentKind.OTHER, DocumentKind.EXPERT_LIST, DocumentKind.FOLLOW_UP])


def _is_review(found: Found) -> bool:
    document, link = found
    return (document.likely or document.kind) not in _NO_REVIEW and not link.is_navigation


def read(page: Page, country: Country, rules: Rules, countries: Iterable[Country]) -> Snapshot:
    """Read one page; a Reader does the same for many."""
    return Reader(rules, CountryNames(countries)).read(page, country)


def _once(readings: Iterable[Reading]) -> tuple[Found, ...]:
    """Keep each address once: where it is linked several times, the reading that is surest."""
    found: dict[str, list[Found]] = {}
    menus: set[str] = set()
    for reading in readings:
        if reading.document is not None:
            found.setdefault(reading.document.url, []).append((reading.document, reading.link))
        elif reading.link.is_navigation:
            menus.add(reading.link.url)
    return tuple(_surest(several, is_in_menu=url in menus) for url, several in found.items())


def _surest(several: list[Found], *, is_in_menu: bool) -> Found:
    """Choose among the readings of one address; news that is also called something else is a doubt."""
    kinds = list(dict.fromkeys(document.kind for document, _ in several if _is_named(document)))
    if NEWS_KINDS.isdisjoint(kinds):
        return max(several, key=lambda found: (_rank(found[0]), _filled(found[0])))
    if len(kinds) > 1:
        return _in_doubt(several, kinds, f"the page links it as {' and as '.join(kinds)}")
    if is_in_menu:
        return _in_doubt(
            several, kinds, f"it is called {kinds[0]}, but is a web page that a menu leads to as well"
        )
    disputed = next((found for found in several if _is_disputed(found[0])), None)
    return disputed or max(several, key=lambda found: (_rank(found[0]), _filled(found[0])))


def _in_doubt(several: list[Found], kinds: list[DocumentKind], doubt: str) -> Found:
    named = [found for found in several if _is_named(found[0])]
    evidence = dict.fromkeys(each for document, _ in named for each in document.evidence)
    likely = next(kind for kind in DocumentKind if kind in NEWS_KINDS and kind in kinds)
    document, link = named[0]
    whole = (*evidence, Evidence("doubt", "reader", doubt))
    return replace(document, kind=DocumentKind.OTHER, doubt=doubt, likely=likely, evidence=whole), link


def _is_named(document: Document) -> bool:
    """Tell whether words or an address say, without a doubt, what it is; standing in a menu says nothing."""
    says = any(evidence.of == "kind" and evidence.where != "place" for evidence in document.evidence)
    return says and not document.doubt


def _is_disputed(document: Document) -> bool:
    """Tell whether it stands somewhere in a part of the page about parallel reports or the like."""
    return any(evidence.of == "doubt" and evidence.where != "reader" for evidence in document.evidence)


def _rank(document: Document) -> int:
    """Order readings of one address: a sure kind, then a doubt with a likely kind, then any doubt, then none."""
    if document.kind is not DocumentKind.OTHER:
        return 3
    return 2 if document.likely else int(bool(document.doubt))


def _filled(document: Document) -> int:
    return sum(value is not None for value in (document.cycle, document.language, document.symbol))
