"""The words people read about publications: what a kind, a cycle, a pledge and a time are called."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from monitor.board.status import Mark
from monitor.language.speech import Speech
from monitor.model import FILE_CHANGES, ChangeKind, DocumentKind, Pledge, PledgeState, ReviewCycle

MARKS: Final = {Mark.PUBLISHED: "✓", Mark.WITHDRAWN: "×", Mark.NOT_SEEN: "–", Mark.UNKNOWN: "?"}
TURNS: Final = " → "
BETWEEN_LINKS: Final = " · "
TOLD: Final = frozenset({ChangeKind.PUBLISHED, ChangeKind.REVISED, ChangeKind.WITHDRAWN})
"""What chats are told of; what moved or came back is no news."""
_MONTH: Final = len("2023-11")
_DAY: Final = len("2023-11-30")


def kind(say: Speech, kind: DocumentKind) -> str:
    """Name a kind as inside a sentence."""
    return {
        DocumentKind.SELF_ASSESSMENT: say("self-assessment"),
        DocumentKind.COUNTRY_REPORT: say("country report"),
        DocumentKind.EXECUTIVE_SUMMARY: say("executive summary"),
        DocumentKind.EXPERT_LIST: say("list of governmental experts"),
        DocumentKind.FOLLOW_UP: say("follow-up document"),
        DocumentKind.OTHER: say("other document"),
    }[kind]


def kinds(say: Speech, kind: DocumentKind) -> str:
    """Name several documents of a kind as inside a sentence."""
    return {
        DocumentKind.SELF_ASSESSMENT: say("self-assessments"),
        DocumentKind.COUNTRY_REPORT: say("country reports"),
        DocumentKind.EXECUTIVE_SUMMARY: say("executive summaries"),
        DocumentKind.EXPERT_LIST: say("lists of governmental experts"),
        DocumentKind.FOLLOW_UP: say("follow-up documents"),
        DocumentKind.OTHER: say("other documents"),
    }[kind]


def afterwards(say: Speech) -> str:
    """Name what can happen to documents' files, as inside a sentence."""
    return say("what happens to documents later")


def mark(say: Speech, mark: Mark) -> str:
    """Say what is known of one kind in one cycle."""
    return {
        Mark.PUBLISHED: say("published"),
        Mark.WITHDRAWN: say("withdrawn"),
        Mark.NOT_SEEN: say("not seen"),
        Mark.UNKNOWN: say("unknown"),
    }[mark]


def legend(say: Speech) -> str:
    """Explain the signs of the marks."""
    return "   ".join(f"{sign} {mark(say, each)}" for each, sign in MARKS.items())


def cycle(say: Speech, cycle: str | None) -> str:
    """Name a cycle by its id as inside a sentence; an unknown one says so."""
    return say("cycle not stated") if cycle is None else say("cycle {number}", number=cycle)


def kind_in(say: Speech, of: DocumentKind, cycle_id: str | None) -> str:
    """Name a kind with its cycle."""
    return f"{kind(say, of)} ({cycle(say, cycle_id)})"


def chapters(say: Speech, cycle: ReviewCycle) -> str:
    """Say which chapters of the Convention a cycle reviews, with what they are about."""
    pairs = zip(cycle.chapters, cycle.subjects, strict=True)
    words = say.listing(f"{chapter} ({say.word(subject)})" for chapter, subject in pairs)
    if len(cycle.chapters) == 1:
        return say("Chapter {chapters}", chapters=words)
    return say("Chapters {chapters}", chapters=words)


def pledge(say: Speech, pledge: Pledge) -> str:
    """Say whether a country signed the Transparency Pledge, and since when as far as that is known."""
    if pledge.state is PledgeState.NOT_SIGNATORY:
        return say("Not a signatory of the Transparency Pledge")
    if pledge.state is PledgeState.UNKNOWN:
        return say("Not known whether it signed the Transparency Pledge")
    if pledge.signed:
        return say("Signatory of the Transparency Pledge since {date}", date=date(say, pledge.signed))
    return say("Signatory of the Transparency Pledge")


def date(say: Speech, written: str) -> str:
    """Write a date that is known as YYYY-MM-DD, YYYY-MM or less; what is no date stands for itself."""
    try:
        if len(written) == _DAY:
            return say.day(datetime.fromisoformat(written))
        if len(written) == _MONTH:
            return say.month(datetime.fromisoformat(f"{written}-01"))
    except ValueError:
        pass
    return written


def interval(say: Speech, earlier: datetime | None, later: datetime) -> str:
    """Say between which two looks something happened; seconds only where minutes are equal."""
    if earlier is None:
        return say("before {moment}", moment=say.moment(later))
    is_same_minute = f"{earlier:%Y%m%d%H%M}" == f"{later:%Y%m%d%H%M}"
    clock = "%H:%M:%S" if is_same_minute else "%H:%M"
    day, start, end = say.day(earlier), earlier.strftime(clock), later.strftime(clock)
    if (later - earlier).total_seconds() < 1:
        return say("at {day} {time} UTC", day=day, time=start)
    if earlier.date() == later.date():
        return say("between {day} {start} and {end} UTC", day=day, start=start, end=end)
    return say("between {start} and {end} UTC", start=f"{day} {start}", end=f"{say.day(later)} {end}")


def happened(say: Speech, kind: ChangeKind, earlier: datetime | None, later: datetime) -> str:
    """Say what happened between which two looks, as the end of a sentence."""
    when = interval(say, earlier, later)
    if kind is ChangeKind.REVISED:
        return say("replaced {when}", when=when)
    if kind is ChangeKind.WITHDRAWN:
        return say("disappeared {when}", when=when)
    if kind in FILE_CHANGES:
        return _happened_to_file(say, kind, when)
    return say("appeared {when}", when=when)


def _happened_to_file(say: Speech, kind: ChangeKind, when: str) -> str:
    if kind is ChangeKind.LINK_DEAD:
        return say("ceased to open {when}", when=when)
    if kind is ChangeKind.LINK_BACK:
        return say("began to open {when}", when=when)
    return say("changed {when}", when=when)


def labelled(say: Speech, label: str, words: object) -> str:
    """Put a label before words: Languages: English."""
    return say("{label}: {words}", label=label, words=words)


def quoted(say: Speech, words: str) -> str:
    """Put words between the language's quotation marks."""
    return say("“{words}”", words=words)
