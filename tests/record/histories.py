"""A little world: pages as plain words, a reader for them, and one country looked at again and again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from monitor.model import (
    Change,
    Document,
    DocumentKind,
    Dossier,
    KnownDocument,
    Link,
    NotModified,
    Snapshot,
    Validators,
    Where,
    Words,
    World,
)
from monitor.record.believe import Limits
from monitor.record.decide import Decision, Look, Settings, decide
from monitor.record.diff import diff
from monitor.record.reread import Classify, reclassified
from monitor.record.said import say_what_it_is

START = datetime(2026, 11, 24, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
GRACE = timedelta(hours=72)
LIMITS = Limits(gone_ratio=0.5, new_count=6, fleet_countries=5, fleet_ratio=0.05, equal_looks=3)
SETTINGS = Settings(LIMITS, GRACE)
WWW = "https://www.unodc.org/documents/"
TRACK = "https://track.unodc.org/uploads/"

Page = Mapping[str, str]
"""Address → the words over it: ``kind|cycle|language|title``; ``?kind`` is in doubt until the rules are r2,
``new-kind`` is other and ``hidden-kind`` no document at all until then, ``??`` is a doubt that no rule settles."""


def reader(rules: str = "r1") -> Classify:
    def classify(link: Link) -> Document | None:
        if link.label == "navigation":
            return None
        said, cycle, language, title = link.label.split("|")
        is_known = rules != "r1"
        if said.startswith("hidden-") and not is_known:
            return None
        if said == "??":
            return Document(link.url, title, DocumentKind.OTHER, doubt="nobody recognises it")
        if said.startswith("?") and not is_known:
            likely = DocumentKind(said[1:])
            return Document(
                link.url,
                title,
                DocumentKind.OTHER,
                cycle or None,
                language or None,
                doubt="unclear",
                likely=likely,
            )
        kind = DocumentKind.OTHER if said.startswith("new-") and not is_known else said
        kind = DocumentKind(kind.removeprefix("?").removeprefix("new-").removeprefix("hidden-"))
        return Document(link.url, title, kind, cycle or None, language or None)

    return classify


def link_to(url: str, words: str) -> Link:
    return Link(url, (Words(Where.LABEL, words),))


def read(page: Page, rules: str = "r1", body: str | None = None) -> Snapshot:
    links = [link_to(url, words) for url, words in page.items()]
    documents = [(document, link) for link in links if (document := reader(rules)(link))]
    digest = hashlib.sha256(repr(sorted(page.items())).encode()).hexdigest() if body is None else body
    return Snapshot(tuple(documents), digest, Validators(etag=digest[:8]), "https://www.unodc.org/MEX.html")


@dataclass
class Watched:
    """One country through many looks, an hour apart."""

    dossier: Dossier = field(default_factory=lambda: Dossier("MEX"))
    now: datetime = START
    rules: str = "r1"
    changes: list[Change] = field(default_factory=list)

    def look(self, page: Page, after: timedelta = HOUR) -> tuple[Change, ...]:
        """Believe a look without asking whether it can be true."""
        self.now += after
        self.dossier, changes = diff(self.dossier, read(page, self.rules), self.now, GRACE)
        self.changes += changes
        return changes

    def sweep(self, look: Look | Page, after: timedelta = HOUR, body: str | None = None) -> Decision:
        """Judge a look as a sweep does."""
        if isinstance(look, Mapping):
            look = read(look, self.rules, body)
        if isinstance(look, Snapshot) and (look.body_hash, self.rules) == (
            self.dossier.body_hash,
            self.dossier.rules,
        ):
            look = NotModified(look.page_url)
        self.now += after
        world = World({"MEX": self.dossier})
        decision = decide({"MEX": look}, world, SETTINGS, reader(self.rules), self.rules, self.now)
        (self.dossier,) = decision.dossiers
        self.changes += decision.changes
        return decision

    def says(
        self, name: str, kind: DocumentKind, cycle: str | None = None, *, is_quiet: bool = False
    ) -> tuple[Change, ...]:
        """Let a person say what a document is."""
        self.dossier, changes, _ = say_what_it_is(
            self.dossier, name, kind, cycle, self.now, history=self.changes, is_quiet=is_quiet
        )
        self.changes += changes
        return changes

    def turn_rules(self, rules: str) -> None:
        """Read what is stored by other rules; so do all looks from now on."""
        self.rules = rules
        self.dossier = reclassified(self.dossier, reader(rules), rules)

    def known(self, url: str) -> KnownDocument:
        return next(known for known in self.dossier.documents if known.document.url == url)


def watched(page: Page, rules: str = "r1") -> Watched:
    """Start with a baseline."""
    country = Watched(rules=rules)
    assert country.look(page) == ()
    country.dossier = replace(country.dossier, rules=rules)
    return country


def told(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(change.kind.value, change.document.url) for change in changes]
