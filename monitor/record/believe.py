"""Whether a look can be true: for one country, for all of them at once, and how long a doubtful one is held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from monitor.model import Dossier, Held, Snapshot
from monitor.record.match import Pairing, match
from monitor.record.reread import reread
from monitor.record.review import content, is_review, present, review_urls

_FEWEST_FOR_RATIO: Final = 3
_FEWEST_ALIKE: Final = 2
"""Finland and Spain share one file: a single address in common proves nothing."""
_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may change before a person is asked."""

    gone_ratio: float
    """The part of a country's documents that may be gone in one look."""
    new_count: int
    """So many new documents, and more than were known, are not believed."""
    fleet_countries: int
    fleet_ratio: float
    """More countries than both allow, changing in one sweep, are not believed."""
    equal_looks: int
    """So many looks with the same content are believed after all."""


def doubt(dossier: Dossier, snapshot: Snapshot, limits: Limits) -> str | None:
    """Say why a country's look is hard to believe by itself; None where it is not."""
    if dossier.first_read is None:
        return None
    known = present(dossier)
    found = match(dossier, snapshot)
    kept = {
        pairing.known.document.url for pairing in (*found.there, *found.moved) if _is_read_as_review(pairing)
    }
    if known and not kept and not review_urls(snapshot):
        return f"nothing is left of {_counted(len(known))}"
    gone = [one for one in known if one.document.url not in kept]
    if len(known) >= _FEWEST_FOR_RATIO and len(gone) > limits.gone_ratio * len(known):
        is_there = {pairing.known.document.url for pairing in found.there}
        is_lost = any(one.document.url in is_there for one in gone)
        return (
            f"{len(gone)} of {_counted(len(known))} are gone{' or no longer recognised' if is_lost else ''}"
        )
    others = (
        *found.fresh,
        *((pairing.document, pairing.link) for pairing in (*found.revised, *found.unsure)),
    )
    new = sum(is_review(document) for document, _ in others)
    # On a page that did not change, better rules may find as many as they like: none of them is news.
    is_same_page = bool(snapshot.body_hash) and snapshot.body_hash == dossier.body_hash
    if new >= limits.new_count and new > len(known) and not is_same_page:
        return f"{new} new documents beside {_counted(len(known))}"
    return None


def is_fleet_change(changed: int, looked_at: int, limits: Limits) -> bool:
    """Tell whether more countries changed in one sweep than the world's governments would bring about."""
    return changed > limits.fleet_countries and changed > limits.fleet_ratio * looked_at


def alike(readings: Mapping[str, Snapshot], dossiers: Mapping[str, Dossier]) -> Mapping[str, str]:
    """Name the readings that are not their country's own, because others show the same, and say which others."""
    owners: defaultdict[Hashable, set[str]] = defaultdict(set)
    for code, snapshot in readings.items():
        for mark in _marks(snapshot.body_hash, review_urls(snapshot)):
            owners[mark].add(code)
    for code, dossier in dossiers.items():
        if code not in readings:
            for mark in _own_marks(dossier):
                owners[mark].add(code)
    found: dict[str, str] = {}
    for code, snapshot in readings.items():
        own = _own_marks(dossiers.get(code, Dossier(code)))
        marks = set(_marks(snapshot.body_hash, review_urls(snapshot))) - own
        others = sorted({other for mark in marks for other in owners[mark]} - {code})
        if others:
            found[code] = f"not this country's page: it shows the same as that of {_named(others)}"
    return found


def hold(dossier: Dossier, snapshot: Snapshot, reason: str, now: datetime, *, is_fleet: bool) -> Dossier:
    """Keep a look aside, unbelieved; the same content again is one look more, and what a person said stays said."""
    was = dossier.held
    if is_same_as_held(dossier, snapshot) and was is not None:
        held = replace(was, snapshot=snapshot, reason=reason, looks=was.looks + 1, is_fleet=is_fleet)
    else:
        held = Held(reason, now, snapshot, is_fleet=is_fleet)
    return replace(dossier, held=held, failing=None)


def is_same_as_held(dossier: Dossier, snapshot: Snapshot) -> bool:
    """Tell whether a reading says what the held one says, whatever the bytes."""
    return dossier.held is not None and content(dossier.held.snapshot) == content(snapshot)


def is_settled(held: Held, limits: Limits, *, is_harmless: bool = False) -> bool:
    """Tell whether a held look was seen often enough to be believed.

    Many countries at once are a person's to believe, unless the look is harmless: no news and nothing gone.
    """
    is_enough = held.looks >= limits.equal_looks
    return is_enough and not held.is_rejected and (is_harmless or not held.is_fleet)


def _is_read_as_review(pairing: Pairing) -> bool:
    # A person's word counts: rules that do not know the words do not lose the document.
    return is_review(reread(pairing.known, pairing.document, pairing.link).document)


def _own_marks(dossier: Dossier) -> set[Hashable]:
    return set(_marks(dossier.body_hash, frozenset(known.document.url for known in present(dossier))))


def _marks(body_hash: str, urls: frozenset[str]) -> Iterable[Hashable]:
    if body_hash:
        yield body_hash
    if len(urls) >= _FEWEST_ALIKE:
        yield urls


def _named(codes: list[str]) -> str:
    more = len(codes) - _MOST_NAMED
    return ", ".join(codes[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _counted(known: int) -> str:
    return f"{known} known document{'' if known == 1 else 's'}"
