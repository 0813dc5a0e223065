"""What other rules would have made of the pages that were kept: the same looks, decided again from the first one on."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from monitor.errors import FetchError
from monitor.model import (
    FILE_CHANGES,
    Change,
    Dossier,
    LookHistory,
    Looks,
    NotModified,
    Snapshot,
    Verb,
    World,
)
from monitor.record.decide import REJECTED, Decision, Look, Settings, decide, settle_held
from monitor.record.reread import Classify
from monitor.record.said import BY

Read = Callable[[str, str], Look | None]
"""Reads the page of a country with this hash; None where it is not kept."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time at which pages were looked at, and the run of equal looks that each look belongs to."""

    at: datetime
    runs: Mapping[str, Looks]
    """By country."""


@dataclass(frozen=True, slots=True)
class Trial:
    """The rules that are tried."""

    settings: Settings
    classify: Classify
    rules: str
    """Their fingerprint."""


@dataclass(frozen=True, slots=True)
class Course:
    """What would be known and told by now."""

    world: World = field(default_factory=World)
    shown: Mapping[str, tuple[Looks, int]] = field(default_factory=dict)
    """By country, the run of looks it is at and how many of them were had."""
    doubted: Mapping[str, str] = field(default_factory=dict)
    """By country, the page that was held last, when it happened."""


def moments(histories: Iterable[LookHistory]) -> Iterator[Moment]:
    """Give in order of time each look that began or ended a run, and the runs that lasted then."""
    found = list(histories)
    times = sorted({at for each in found for run in each.looks for at in (run.first, run.last)})
    for at in times:
        runs = {each.code: run for each in found if (run := _lasting(each.looks, at))}
        yield Moment(at, runs)


def _lasting(runs: tuple[Looks, ...], at: datetime) -> Looks | None:
    place = bisect_left(runs, at, key=_last)
    return runs[place] if place < len(runs) and runs[place].first <= at else None


def _last(run: Looks) -> datetime:
    return run.last


def step(course: Course, moment: Moment, trial: Trial, read: Read) -> Course:
    """Go on by one moment, as a sweep would; each run gives no more looks than there were."""
    course = _with_words(course, moment, trial.settings)
    due = {code: run for code, run in moment.runs.items() if _is_due(course, code, run, moment.at)}
    course = _noted(course, due)
    looks = {code: _look(course, code, run, read) for code, run in due.items()}
    course = _decided(course, {code: look for code, look in looks.items() if look}, trial, moment.at)
    # Several equal looks stand as one run: what they would have settled is settled at its end.
    for code, run in due.items():
        course = _settled(course, code, run, trial, moment.at)
    return course


def _is_due(course: Course, code: str, run: Looks, at: datetime) -> bool:
    had = _had(course, code, run)
    return had < run.times and (had == 0 or at == run.last or had < run.times - 1)


def _had(course: Course, code: str, run: Looks) -> int:
    at, had = course.shown.get(code, (run, 0))
    return had if at.first == run.first else 0


def _noted(course: Course, due: Mapping[str, Looks]) -> Course:
    shown = {code: (run, _had(course, code, run) + 1) for code, run in due.items()}
    doubted = {code: run.body_hash for code, run in due.items() if run.error and run.body_hash}
    return replace(course, shown={**course.shown, **shown}, doubted={**course.doubted, **doubted})


def _look(course: Course, code: str, run: Looks, read: Read) -> Look | None:
    dossier = course.world.dossiers.get(code)
    if not run.body_hash:
        return FetchError(run.error)
    if dossier is not None and dossier.body_hash == run.body_hash:
        return NotModified("")
    return read(code, run.body_hash)


def _with_words(course: Course, moment: Moment, settings: Settings) -> Course:
    """Apply what persons said of held looks."""
    for code, run in moment.runs.items():
        dossier = course.world.dossiers.get(code)
        verb = _word(course, dossier, run) if dossier else None
        if dossier and verb:
            after, changes = settle_held(dossier, verb, moment.at, settings.grace)
            course = _with(course, (after,), changes)
    return course


def _word(course: Course, dossier: Dossier, run: Looks) -> Verb | None:
    """Say what was decided of a look that was held, and is held in the replay too; None where nothing was."""
    held = dossier.held
    if held is None or held.is_rejected or held.snapshot.body_hash != run.body_hash:
        return None
    if course.doubted.get(dossier.code) != run.body_hash:
        return None
    if run.error == REJECTED:
        return "reject"
    return None if run.error else "accept"


def _decided(course: Course, looks: Mapping[str, Look], trial: Trial, at: datetime) -> Course:
    if not looks:
        return course
    decision: Decision = decide(looks, course.world, trial.settings, trial.classify, trial.rules, at)
    return _with(course, decision.dossiers, decision.changes)


def _settled(course: Course, code: str, run: Looks, trial: Trial, at: datetime) -> Course:
    enough = min(run.times, trial.settings.limits.equal_looks)
    while at == run.last and (again := _still_held(course, code, run)) and _had(course, code, run) < enough:
        course = _decided(_noted(course, {code: run}), {code: again}, trial, at)
    return course


def _still_held(course: Course, code: str, run: Looks) -> Snapshot | None:
    dossier = course.world.dossiers.get(code)
    is_held = dossier and dossier.held and dossier.held.snapshot.body_hash == run.body_hash
    return dossier.held.snapshot if dossier and dossier.held and is_held else None


def _with(course: Course, dossiers: Iterable[Dossier], changes: Iterable[Change]) -> Course:
    world = course.world
    known = {**world.dossiers, **{each.code: each for each in dossiers}}
    return replace(course, world=replace(world, dossiers=known, changes=(*world.changes, *changes)))


@dataclass(frozen=True, slots=True)
class Otherwise:
    """One alert's line that would have been another one, or none, or only with the rules that are tried."""

    before: Change | None
    after: Change | None
    is_said: bool = False
    """A person's word told it all the same."""

    @property
    def change(self) -> Change:
        """One that is there."""
        return self.after or self.before  # type: ignore[return-value] # one of both is


def otherwise(
    before: Iterable[Change], after: Iterable[Change], said: Iterable[Change]
) -> tuple[Otherwise, ...]:
    """Lay two histories beside each other and give what differs, by time; ``said``: what people's words told."""
    old, new = ({_name(change): change for change in some} for some in (before, after))
    told = {_name(change) for change in said}
    found = [
        Otherwise(old.get(name), new.get(name), name in told)
        for name in dict.fromkeys((*old, *new))
        if _meaning(old.get(name)) != _meaning(new.get(name))
    ]
    return tuple(sorted(found, key=lambda each: (each.change.seen_at, each.change.code)))


def by_persons(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Give those that became news by a person's word on a document."""
    return tuple(change for change in changes if any(each.where == BY for each in change.document.evidence))


def of_pages(changes: Iterable[Change], since: Mapping[str, datetime]) -> tuple[Change, ...]:
    """Give those that pages told, after the first page of their country that is kept (``since``, by country)."""
    return tuple(
        change
        for change in changes
        if change.kind not in FILE_CHANGES and change.code in since and change.seen_at > since[change.code]
    )


def _name(change: Change) -> tuple[str, str, str]:
    return change.code, change.kind.value, change.document.url


def _meaning(change: Change | None) -> tuple[object, ...]:
    if change is None:
        return ()
    document = change.document
    return document.kind, document.cycle, document.language, change.is_language_version
