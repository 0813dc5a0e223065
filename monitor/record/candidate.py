"""A reading on trial: what would follow if it were believed, and whether it is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from monitor.model import (
    NEWS_KINDS,
    Change,
    ChangeKind,
    DocumentKind,
    Dossier,
    Held,
    KnownDocument,
    Snapshot,
    Standing,
)
from monitor.record.believe import Limits, doubt, hold, is_same_as_held, is_settled
from monitor.record.diff import diff
from monitor.record.reread import Classify, reclassified
from monitor.record.review import is_review, meaning, origin, present

_COUNTED: Final = frozenset([ChangeKind.PUBLISHED, ChangeKind.REVISED, ChangeKind.MOVED])
_APPEARED: Final = frozenset([ChangeKind.PUBLISHED, ChangeKind.REVISED])


@dataclass(frozen=True, slots=True)
class Settings:
    """How much is believed, and how long a document may be gone before that is told."""

    limits: Limits
    grace: timedelta


@dataclass(frozen=True, slots=True)
class Candidate:
    """A country's reading, and what would follow from it."""

    dossier: Dossier
    """As it is stored."""
    snapshot: Snapshot
    before: Dossier
    """The stored one, read by today's rules: what the reading is compared with."""
    after: Dossier
    """If the reading is believed."""
    changes: tuple[Change, ...]
    doubt: str | None
    """Why it is hard to believe for this country alone."""

    @property
    def code(self) -> str:
        """The country's."""
        return self.dossier.code

    @property
    def is_again(self) -> bool:
        """Whether it says what is held already."""
        return is_same_as_held(self.dossier, self.snapshot)

    @property
    def has_loss(self) -> bool:
        """Whether a review document is gone, moved or no longer recognised."""
        return not _standing(self.before) <= _standing(self.after)

    @property
    def is_changed(self) -> bool:
        """Whether it changes anything in review documents."""
        told = any(change.kind in _COUNTED and is_review(change.document) for change in self.changes)
        asked = any(is_review(known.document) for known in newly_asked(self.before, self.after))
        return told or asked or self.has_loss

    @property
    def is_harmless(self) -> bool:
        """Whether it brings no news and takes nothing away: at most it moves documents."""
        is_news = any(
            change.kind in _APPEARED and change.document.kind in NEWS_KINDS for change in self.changes
        )
        return not is_news and not _lost(self.before, self.after)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a reading is believed by itself, and whether it counts among those that changed in this sweep."""

    candidate: Candidate
    held: Held | None
    """None where it is believed."""
    is_counted: bool


def stand(
    dossier: Dossier, snapshot: Snapshot, settings: Settings, classify: Classify, rules: str, *, now: datetime
) -> Candidate:
    """Work out what would follow from a reading."""
    by_rules = reclassified(dossier, classify, rules)
    # The hash is what tells a changed page from a page that better rules read differently.
    before = replace(by_rules, body_hash=dossier.body_hash)
    since = dossier.held.since if dossier.held and is_same_as_held(dossier, snapshot) else None
    after, changes = diff(before, snapshot, now, settings.grace, since)
    return Candidate(dossier, snapshot, before, after, changes, doubt(before, snapshot, settings.limits))


def try_alone(candidate: Candidate, limits: Limits, now: datetime) -> Verdict:
    """Judge a reading by its own country's past."""
    was = candidate.dossier.held
    if was is not None and was.is_rejected and candidate.is_again:
        return Verdict(candidate, held(candidate, was.reason, now, is_fleet=was.is_fleet), is_counted=False)
    if was is not None and was.is_fleet and not was.is_rejected and candidate.is_changed:
        # What many countries showed at once does not become true because one of them is looked at alone.
        trial = held(candidate, was.reason, now, is_fleet=True)
        is_believed = is_settled(trial, limits, is_harmless=candidate.is_harmless)
        return Verdict(candidate, None if is_believed else trial, is_counted=False)
    if candidate.doubt is None:
        return Verdict(candidate, None, candidate.is_changed)
    trial = held(candidate, candidate.doubt, now, is_fleet=False)
    is_believed = is_settled(trial, limits)
    return Verdict(candidate, None if is_believed else trial, is_believed or not candidate.is_again)


def held(candidate: Candidate, reason: str, now: datetime, *, is_fleet: bool) -> Held:
    """Give what is kept of a reading that is not believed."""
    dossier = hold(candidate.dossier, candidate.snapshot, reason, now, is_fleet=is_fleet)
    return dossier.held or Held(reason, now, candidate.snapshot)


def newly_asked(before: Dossier, after: Dossier) -> tuple[KnownDocument, ...]:
    """Give the documents that operators have to be asked about from now on."""
    old = {origin(known): known for known in before.documents}
    return tuple(known for known in after.documents if _is_new_question(old.get(origin(known)), known))


def _is_new_question(old: KnownDocument | None, known: KnownDocument) -> bool:
    if known.standing is not Standing.ASKED:
        return False
    if old is None or old.standing is not Standing.ASKED:
        return True
    return len(known.asked_words) > len(old.asked_words)


def _standing(dossier: Dossier) -> frozenset[tuple[str, DocumentKind]]:
    return frozenset((known.document.url, meaning(known.document)) for known in present(dossier))


def _lost(before: Dossier, after: Dossier) -> frozenset[str]:
    return frozenset(map(origin, present(before))) - frozenset(map(origin, present(after)))
