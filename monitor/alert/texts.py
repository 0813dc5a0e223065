"""The words people read about publications: one table, one language; every other module takes them from here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from monitor.board.status import Mark
from monitor.model import ChangeKind, Country, DocumentKind, Pledge, PledgeState, ReviewCycle

KINDS: Final = {
    DocumentKind.SELF_ASSESSMENT: "self-assessment",
    DocumentKind.COUNTRY_REPORT: "country report",
    DocumentKind.EXECUTIVE_SUMMARY: "executive summary",
    DocumentKind.EXPERT_LIST: "list of governmental experts",
    DocumentKind.FOLLOW_UP: "follow-up document",
    DocumentKind.OTHER: "other document",
}
LANGUAGES: Final = {
    "ar": "Arabic",
    "bs": "Bosnian",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "it": "Italian",
    "ko": "Korean",
    "pl": "Polish",
    "pt": "Portuguese",
    "ru": "Russian",
    "sr": "Serbian",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "zh": "Chinese",
}
MARKS: Final = {Mark.PUBLISHED: "✓", Mark.NOT_SEEN: "–", Mark.UNKNOWN: "?"}
LEGEND: Final = "✓ published   – not seen   ? unknown"
TURNS: Final = " → "
BETWEEN_LINKS: Final = " · "
UNNAMED_DOCUMENT: Final = "document"

OPEN_DOCUMENT: Final = "Open document"
OPEN: Final = "Open {what}"
COUNTRY_PROFILE: Final = "Country profile"

CHAPTERS: Final = "Chapters {chapters}"
CHAPTER: Final = "Chapter {chapters}"
READ_IT: Final = "Read it"
BEFORE_IT: Final = "the one before"
STOOD_AT: Final = "It stood here"
ITS_OLD_PLACE: Final = "{what} stood here"
READ_FROM: Final = "Read from: {evidence}"
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

PLEDGE: Final = {
    PledgeState.SIGNATORY: "Signatory of the Transparency Pledge",
    PledgeState.NOT_SIGNATORY: "Not a signatory of the Transparency Pledge",
    PledgeState.UNKNOWN: "Not known whether it signed the Transparency Pledge",
}
HAPPENED: Final = {
    ChangeKind.PUBLISHED: "Appeared",
    ChangeKind.REVISED: "Replaced",
    ChangeKind.WITHDRAWN: "Disappeared",
}
ANOTHER_LANGUAGE: Final = "another language"
ONE_LANGUAGE: Final = "one of its languages"
NO_LONGER_IN: Final = "{what} no longer in {languages}"
NOW_IN: Final = "{what} now also in {languages}"
LISTED: Final = "{what} now listed"
DID: Final = {
    ChangeKind.PUBLISHED: "published its {what}",
    ChangeKind.REVISED: "replaced its {what}",
    ChangeKind.WITHDRAWN: "no longer lists its {what}",
}

LOWER_APPEARED: Final = "appeared"
THERE_AT_FIRST: Final = "there at the first look, {day}"
NEVER_READ: Final = "Its profile was never read yet, so nothing is known."
LAST_READ: Final = "Last read {when}"
FAILING: Final = "Cannot be read since {since}: {why}"
HELD: Final = "A look is held since {since}, not believed yet: {why}"
UNSURE: Final = "Documents nobody recognises for sure: {number}"

WORLD: Final = "The world in numbers: {read} of {countries} countries read"
UNKNOWN: Final = "unknown"
SIGNATORIES: Final = "by signatories"
SIGNATORIES_ALL: Final = "Signatories of the Transparency Pledge: {number}"
SIGNATORIES_KNOWN: Final = (
    "Signatories of the Transparency Pledge known here: {number}; the list is not complete"
)
OLDEST_LOOK: Final = "Oldest look at a country: {when}"
FAILING_NOW: Final = "Cannot be read now: {number}"
HELD_NOW: Final = "Held, not believed yet: {number}"
RECENT: Final = "The last publications"
NO_NEWS: Final = "Nothing was published since the first look."
ASK: Final = "Questions"
SOURCE: Final = "Source: the country profiles of UNODC, www.unodc.org/corruption/en/country-profiles"


def country(country: Country) -> str:
    """Name a country with its flag, where it has one."""
    return f"{country.flag} {country.name}".strip()


def capital(text: str) -> str:
    """Start with a capital letter, leaving the rest as it is."""
    return text[:1].upper() + text[1:]


def listing(items: Iterable[str]) -> str:
    """Join words as a sentence does: a, b and c."""
    return _joined(items, "and")


def choice(items: Iterable[str]) -> str:
    """Join what a person may choose from: a, b or c."""
    return _joined(items, "or")


def cycle(cycle: str | None) -> str:
    """Name a cycle by its id; an unknown one says so."""
    return "cycle not stated" if cycle is None else f"cycle {cycle}"


def kind_in(kind: DocumentKind, cycle_id: str | None) -> str:
    """Name a kind with its cycle."""
    return f"{KINDS[kind]} ({cycle(cycle_id)})"


def chapters(cycle: ReviewCycle) -> str:
    """Say which chapters of the Convention a cycle reviews, with what they are about."""
    pairs = zip(cycle.chapters, cycle.subjects, strict=True)
    words = [f"{chapter} ({subject})" for chapter, subject in pairs]
    return (CHAPTERS if len(words) > 1 else CHAPTER).format(chapters=listing(words))


def pledge(pledge: Pledge) -> str:
    """Say whether a country signed the Transparency Pledge, and since when as far as that is known."""
    since = f" since {pledge.signed}" if pledge.state is PledgeState.SIGNATORY and pledge.signed else ""
    return f"{PLEDGE[pledge.state]}{since}"


def day(moment: datetime) -> str:
    """Write a date: 24 Nov 2026."""
    return f"{moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def moment(moment: datetime) -> str:
    """Write a date and time: 24 Nov 2026 08:00 UTC."""
    return f"{day(moment)} {moment:%H:%M} UTC"


def between(verb: str, earlier: datetime | None, later: datetime) -> str:
    """Say between which two looks something happened; seconds only where minutes are equal."""
    if earlier is None:
        return f"{verb} before {moment(later)}"
    is_same_minute = f"{earlier:%Y%m%d%H%M}" == f"{later:%Y%m%d%H%M}"
    clock = "%H:%M:%S" if is_same_minute else "%H:%M"
    start = f"{day(earlier)} {earlier.strftime(clock)}"
    if (later - earlier).total_seconds() < 1:
        return f"{verb} at {start} UTC"
    end = later.strftime(clock) if earlier.date() == later.date() else f"{day(later)} {later.strftime(clock)}"
    return f"{verb} between {start} and {end} UTC"


def _joined(items: Iterable[str], word: str) -> str:
    *most, last = items
    return f"{', '.join(most)} {word} {last}" if most else last
