"""One input: a good page is known, the same page comes broken, and then well again; what is told must be true.

The oracle, as strict as can be without reading the page as the reader does:

- What was known from the good page is never news again, whatever comes.
- What breaks a page without touching addresses (``keeps_addresses``) can bring nothing new: every address on the broken
  page stood on the good one, so whatever is published, revised or moved there is false. One exception, where words or
  blocks were moved (``keeps_texts`` is not so): what is no news by its kind is not looked at.
- Where addresses themselves were touched, a careful person sees a link to another address where a document's was: that may
  be told, but of no more documents than are gone in the same look (or were there twice).
- What a trap hides (in a comment, in a script) is truly there once something else that broke has opened it.
- Nothing is withdrawn in a day, and after one broken look and a good one nothing has happened at all; where addresses
  were touched or links swapped, what moved moves back.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from monitor.errors import MonitorError
from monitor.model import NEWS_KINDS, Change, ChangeKind, Dossier, Outcome, Snapshot
from monitor.profile.tree import base_address, make_soup
from monitor.record.decide import Look
from tests.fuzz.invented import invented
from tests.fuzz.mutations import REVEALED, WAYS, Way
from tests.fuzz.pages import BEGINNING, Good, bad_pages, decided, good_pages, read

STEP = timedelta(hours=6)
EQUAL_LOOKS = 3
_APPEARED = frozenset({ChangeKind.PUBLISHED, ChangeKind.REVISED})
_MOVED_BACK = frozenset({ChangeKind.MOVED, ChangeKind.RETURNED})
_ELSEWHERE = Way(lambda _, html: html)
"""Another page altogether."""
KILOBYTE = 1_024


@dataclass(frozen=True, slots=True)
class Broken:
    """A good page and how it came."""

    good: Good
    html: str
    ways: tuple[Way, ...]
    name: str
    others: tuple[Dossier, ...] = ()
    """What is known of other countries."""

    @property
    def keeps_addresses(self) -> bool:
        if not all(way.keeps_addresses for way in self.ways):
            return False
        return "<base" not in self.good.html or _base_of(self.html) == _base_of(self.good.html)

    @property
    def doubles(self) -> bool:
        return self.good.doubles or any(way.doubles for way in self.ways)

    @property
    def keeps_texts(self) -> bool:
        return all(way.keeps_texts for way in self.ways)


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one input."""

    name: str
    outcome: str
    seconds: float
    """Of CPU, for reading it."""
    faults: tuple[str, ...]


def broken(seed: int, number: int) -> Broken:
    """Give one input of a run; the same every time."""
    random = Random(f"{seed} {number}")  # noqa: S311 - to be repeated by its seed
    good = random.choice(good_pages())
    lot = random.random()
    if lot < 0.03:
        return Broken(good, invented(random), (), "invented")
    if lot < 0.06:
        return _another(random, good)
    if lot < 0.2:
        size = random.randrange(len(good.html.encode()) // KILOBYTE + 1) * KILOBYTE
        text = good.html.encode()[:size].decode(errors="replace")
        return Broken(good, text, (WAYS["truncated"],), f"{good.name}: truncated at {size}")
    names = random.choices(list(WAYS), k=random.choice((1, 1, 1, 2, 3)))
    html = good.html
    for name in names:
        html = WAYS[name].mutate(random, html)
    return Broken(good, html, tuple(WAYS[name] for name in names), f"{good.name}: {', '.join(names)}")


def _another(random: Random, good: Good) -> Broken:
    """Give what is no profile, or another country's."""
    other = random.choice(good_pages())
    if random.randrange(2) or other.country.code == good.country.code:
        html = random.choice(bad_pages())
        # One of them may be this country's own, refused for another.
        html = "" if good.country.name in html else html
        return Broken(good, html, (_ELSEWHERE,), f"{good.name}: no profile")
    name = f"{good.name}: that of another country, {other.name}"
    return Broken(good, other.html, (_ELSEWHERE,), name, (other.known,))


def _base_of(html: str) -> str:
    try:
        return base_address(make_soup(html), "https://www.unodc.org/")
    except MonitorError:
        return ""


def tried(case: Broken) -> Result:
    """Send one input through reading and deciding, once and as often as it takes to be believed."""
    began = time.process_time()
    look = read(case.html, case.good.country)
    seconds = time.process_time() - began
    if not case.ways:
        return Result(case.name, _outcome(case, look), seconds, ())
    once = list(_told(case, [look, case.good.look]))
    often = list(_told(case, [look] * EQUAL_LOOKS + [case.good.look]))
    faults = (
        *_faults(case, look, once, broken_looks=1),
        *_faults(case, look, often, broken_looks=EQUAL_LOOKS),
    )
    return Result(case.name, _outcome(case, look), seconds, tuple(dict.fromkeys(faults)))


def _outcome(case: Broken, look: Look) -> str:
    if not isinstance(look, Snapshot):
        return type(look).__name__
    (visit,) = decided(case.good.known, look, BEGINNING + STEP, *case.others).visits
    return "held" if visit.outcome is Outcome.HELD else "read"


def _told(case: Broken, looks: Sequence[Look]) -> Iterator[tuple[Change, ...]]:
    """Give what each look brings."""
    known = case.good.known
    for number, look in enumerate(looks, 1):
        decision = decided(known, look, BEGINNING + number * STEP, *case.others)
        (known,) = decision.dossiers
        yield decision.changes


def _faults(
    case: Broken, look: Look, told: Sequence[tuple[Change, ...]], *, broken_looks: int
) -> Iterator[str]:
    while_broken = [change for changes in told[:broken_looks] for change in changes]
    yield from (f"while broken: {_shown(change)}" for change in _false(case, look, while_broken))
    for change in told[-1]:
        if (case.keeps_addresses and case.keeps_texts) or change.kind not in _MOVED_BACK:
            yield f"well again after {broken_looks}: {_shown(change)}"


def _false(case: Broken, look: Look, changes: Iterable[Change]) -> Iterator[Change]:
    known = {each.document.url for each in case.good.known.documents}
    there = {document.url for document, _ in look.documents} if isinstance(look, Snapshot) else set()
    room = 0 if case.keeps_addresses else len(known if case.doubles else known - there)
    for change in changes:
        is_known = change.document.url in known and change.kind is not ChangeKind.MOVED
        if change.kind not in _APPEARED | {ChangeKind.MOVED} or is_known:
            yield change
        elif len(case.ways) > 1 and change.document.url in REVEALED:
            continue
        elif room > 0:
            room -= 1
        elif case.keeps_texts or change.document.kind in NEWS_KINDS:
            yield change


def _shown(change: Change) -> str:
    document = change.document
    evidence = "; ".join(f"{one.of} by {one.where} “{one.words}”" for one in document.evidence)
    return f"{change.kind} {document.kind} {document.url} ({evidence})"
