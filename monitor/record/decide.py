"""What follows from a sweep: which looks are believed, what is known now, and what is news."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.errors import FetchError, Implausible, MonitorError
from monitor.model import (
    Change,
    Dossier,
    Held,
    KnownDocument,
    NotModified,
    Outcome,
    Snapshot,
    Validators,
    Verb,
    Visit,
    World,
)
from monitor.record.believe import Limits, alike, is_fleet_change
from monitor.record.candidate import Candidate, Settings, Verdict, held, newly_asked, stand, try_alone
from monitor.record.diff import diff, failed, unchanged
from monitor.record.reread import Classify
from monitor.record.review import look_name, present

__all__ = ["Decision", "Limits", "Look", "NewlyHeld", "Settings", "decide", "resting_visit", "settle_held"]

Look = Snapshot | NotModified | MonitorError
"""How a look ended: read, not changed (by 304 or an equal body), or why it could not be read."""

REJECTED = "rejected by a person"


@dataclass(frozen=True, slots=True)
class NewlyHeld:
    """A look that operators have to be told is held."""

    code: str
    reason: str
    changes: tuple[Change, ...]
    """What would follow from accepting it."""
    is_fleet: bool = False
    """One of many: all of a sweep's are one incident, with one reason."""
    look: str = ""
    """The look's name, so that a button settles this one and no other."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from a sweep."""

    dossiers: tuple[Dossier, ...]
    changes: tuple[Change, ...]
    visits: tuple[Visit, ...]
    held_now: tuple[NewlyHeld, ...]
    doubtful: tuple[tuple[str, KnownDocument], ...]
    """New questions to operators, by country."""
    baseline: tuple[str, ...]
    """Countries read for the first time."""


@dataclass(frozen=True, slots=True)
class _Fate:
    dossier: Dossier
    visit: Visit
    newly_held: NewlyHeld | None = None
    asked: tuple[KnownDocument, ...] = ()
    is_baseline: bool = False


def decide(  # noqa: PLR0917 - one caller, and each is needed
    looks: Mapping[str, Look],
    world: World,
    settings: Settings,
    classify: Classify,
    rules: str,
    now: datetime,
) -> Decision:
    """Judge a sweep's looks together; ``rules``: the fingerprint of what ``classify`` goes by."""
    known = {code: world.dossiers.get(code, Dossier(code)) for code in looks}
    readings = {code: look for code, look in looks.items() if isinstance(look, Snapshot)}
    strangers = alike(readings, world.dossiers)
    candidates = [
        stand(known[code], snapshot, settings, classify, rules, now=now)
        for code, snapshot in readings.items()
        if code not in strangers
    ]
    unread = {code: look for code, look in looks.items() if not isinstance(look, Snapshot)}
    looked_at = len(candidates) + sum(isinstance(look, NotModified) for look in unread.values())
    fates = {code: _unread(known[code], look, settings, rules, now) for code, look in unread.items()}
    fates |= {code: _failed(known[code], reason, now) for code, reason in strangers.items()}
    fates |= _judged(candidates, looked_at, settings, now)
    return _decision([fates[code] for code in looks])


def resting_visit(dossier: Dossier, now: datetime) -> Visit | None:
    """Say how a look goes at a country that failed so often that it is left alone for now; None where it is due."""
    failing = dossier.failing
    if failing is None or now >= failing.not_before:
        return None
    rest = f"left alone until {failing.not_before:%d %b %H:%M} UTC after {failing.times} failures: {failing.error}"
    return Visit(dossier.code, Outcome.FAILED, len(present(dossier)), error=rest)


def settle_held(
    dossier: Dossier, verb: Verb, now: datetime, grace: timedelta, shown: str = ""
) -> tuple[Dossier, tuple[Change, ...]]:
    """Apply a person's word on what is held; raises Implausible where nothing is, or not the look ``shown`` names.

    What is accepted happened between the last believed look and the first held one, whenever it is accepted.
    """
    if dossier.held is None:
        raise Implausible(f"nothing is held for {dossier.code}: there is nothing to {verb}")
    if shown and look_name(dossier.held) != shown:
        raise Implausible(
            f"the look that was shown for {dossier.code} is held no longer: another one is, and waits for its own answer"
        )
    if verb == "reject":
        return replace(dossier, held=replace(dossier.held, is_rejected=True)), ()
    since = dossier.held.since
    after, changes = diff(dossier, dossier.held.snapshot, now, grace, since)
    # Nobody looked when the person spoke: the last look that shows this began no later than it was first held.
    return replace(after, last_read=since), changes


def _unread(
    dossier: Dossier, look: NotModified | MonitorError, settings: Settings, rules: str, now: datetime
) -> _Fate:
    if isinstance(look, MonitorError):
        retry_after = look.retry_after if isinstance(look, FetchError) else None
        return _failed(dossier, str(look), now, retry_after)
    if dossier.first_read is None:
        return _failed(dossier, "the server says “not modified” of a page that was never read", now)
    after, changes = unchanged(dossier, now, settings.grace)
    if dossier.rules != rules:
        # Today's rules have to read the page itself: links the old ones left out are not stored.
        after = replace(after, validators=Validators())
    return _Fate(after, Visit(dossier.code, Outcome.UNCHANGED, len(present(after)), changes))


def _failed(dossier: Dossier, error: str, now: datetime, retry_after: float | None = None) -> _Fate:
    after = failed(dossier, error, now, retry_after)
    return _Fate(after, Visit(dossier.code, Outcome.FAILED, len(present(dossier)), error=error))


def _judged(
    candidates: list[Candidate], looked_at: int, settings: Settings, now: datetime
) -> dict[str, _Fate]:
    verdicts = [try_alone(candidate, settings.limits, now) for candidate in candidates]
    changed = sum(verdict.is_counted for verdict in verdicts)
    if is_fleet_change(changed, looked_at, settings.limits):
        reason = f"{changed} of {looked_at} countries changed in one sweep"
        verdicts = [
            _with_fleet(verdict, reason, now) if verdict.is_counted else verdict for verdict in verdicts
        ]
    return {verdict.candidate.code: _fate(verdict) for verdict in verdicts}


def _with_fleet(verdict: Verdict, reason: str, now: datetime) -> Verdict:
    return replace(verdict, held=held(verdict.candidate, reason, now, is_fleet=True))


def _fate(verdict: Verdict) -> _Fate:
    candidate = verdict.candidate
    if verdict.held is not None:
        return _held(candidate, verdict.held)
    after = candidate.after
    visit = Visit(candidate.code, Outcome.READ, len(present(after)), candidate.changes)
    asked = newly_asked(candidate.dossier, after)
    return _Fate(after, visit, asked=asked, is_baseline=candidate.dossier.first_read is None)


def _held(candidate: Candidate, look: Held) -> _Fate:
    dossier = replace(candidate.dossier, held=look, failing=None)
    was = candidate.dossier.held
    is_told = was is not None and candidate.is_again and (was.is_fleet or not look.is_fleet)
    error = REJECTED if look.is_rejected else look.reason
    visit = Visit(candidate.code, Outcome.HELD, len(present(dossier)), error=error)
    newly_held = NewlyHeld(candidate.code, look.reason, candidate.changes, look.is_fleet, look_name(look))
    return _Fate(dossier, visit, None if is_told else newly_held)


def _decision(fates: list[_Fate]) -> Decision:
    return Decision(
        dossiers=tuple(fate.dossier for fate in fates),
        changes=tuple(change for fate in fates for change in fate.visit.changes),
        visits=tuple(fate.visit for fate in fates),
        held_now=tuple(fate.newly_held for fate in fates if fate.newly_held),
        doubtful=tuple((fate.dossier.code, known) for fate in fates for known in fate.asked),
        baseline=tuple(fate.dossier.code for fate in fates if fate.is_baseline),
    )
