"""What operators are told of the monitor's own health: the first look, incidents, recoveries, bugs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from monitor.alert import texts
from monitor.alert.markup import bold, clip, escape
from monitor.alert.message import messages
from monitor.alert.notices import MOST_NAMED, command, counted, frequent, named, reason_line
from monitor.board.status import MATRIX_KINDS, present
from monitor.model import Country, Document, DocumentKind, Dossier, KnownDocument, Message


def baseline_report(
    countries: tuple[Country, ...], dossiers: Mapping[str, Dossier], remarks: tuple[str, ...] = ()
) -> tuple[Message, ...]:
    """Report the first look at countries; ``remarks``: sentences on whether what was found is plausible."""
    read = [
        each for each in countries if each.code in dossiers and dossiers[each.code].first_read is not None
    ]
    unread = [each for each in countries if each not in read]
    documents = {each.code: [known.document for known in present(dossiers[each.code])] for each in read}
    found = [document for group in documents.values() for document in group]
    reviewed = [document for document in found if document.kind is not DocumentKind.OTHER]
    without = [each for each in read if not _has_summary(documents[each.code])]
    lines = [
        bold(
            f"First look: {len(read)} of {counted(len(countries), 'country')} read, {counted(len(reviewed), 'review document')} known"
        ),
        escape("All of it is entered as known and nothing was announced. What is new from now on is told."),
        *(escape(remark) for remark in remarks),
        "",
        *_kinds(found),
        *_said("Languages", frequent(_language(document) for document in reviewed)),
        *_said("Without an executive summary", named(without)),
        *_unread(unread, dossiers),
        *_unrecognised([known for each in read for known in present(dossiers[each.code])]),
        "",
        f"See how a page is read: {command('read', 'PAGE', '--country', 'CODE')}",
    ]
    return messages(lines)


def unreadable(failed: tuple[tuple[Country, str], ...], looked_at: int) -> Message:
    """Tell, once an incident, that many countries could not be read; ``failed``: with their errors."""
    return incident(
        f"{len(failed)} of {counted(looked_at, 'country')} could not be read",
        f"Until that changes, what they publish is not seen. Reasons: {frequent(reason_line(error) for _, error in failed)}.",
        f"Open one profile in a browser. If the site works, check our side: {command('check', '--online')}",
    )


def incident(what: str, means: str, todo: str) -> Message:
    """Tell that something is wrong; ``todo`` is markup, so that it can hold a command."""
    return Message(clip([bold(what), escape(means), todo]))


def recovered(what: str, since: datetime, now: datetime) -> Message:
    """Tell that an incident is over."""
    over = f"Over: {reason_line(what)}"
    return Message(
        clip([bold(over), escape(f"Since {texts.moment(since)}, {_lasted(now - since)}. Nothing to do.")]),
        is_silent=True,
    )


def bug(doing: str, error: str) -> Message:
    """Tell loudly that the program itself failed while ``doing`` something (secrets already taken out)."""
    return incident(
        f"A fault in the program while {reason_line(doing)}",
        f"{reason_line(error)}. What is known and what chats are owed is kept; nothing is told twice.",
        f"Report it with the log of this minute. If the service ended: {command('run')}",
    )


def _has_summary(documents: Iterable[Document]) -> bool:
    return any(document.kind is DocumentKind.EXECUTIVE_SUMMARY for document in documents)


def _kinds(found: list[Document]) -> list[str]:
    kinds = [*MATRIX_KINDS, *(kind for kind in DocumentKind if kind not in MATRIX_KINDS)]
    by_kind = {kind: [document for document in found if document.kind is kind] for kind in kinds}
    return [
        escape(f"{texts.capital(texts.KINDS[kind])}: {_by_cycle(group)}")
        for kind, group in by_kind.items()
        if group or kind in MATRIX_KINDS
    ]


def _by_cycle(documents: list[Document]) -> str:
    cycles = frequent(
        texts.cycle(document.cycle) for document in sorted(documents, key=lambda each: str(each.cycle))
    )
    return f"{len(documents)} ({cycles})" if documents else "none"


def _language(document: Document) -> str:
    return texts.LANGUAGES.get(document.language or "", document.language or "not stated")


def _said(label: str, words: str) -> list[str]:
    return [escape(f"{label}: {words}")] if words else []


def _unread(countries: list[Country], dossiers: Mapping[str, Dossier]) -> list[str]:
    failing = {each.name: dossiers[each.code].failing for each in countries if each.code in dossiers}
    errors = {name: reason_line(why.error) for name, why in failing.items() if why is not None}
    reasons = [escape(f"- {name}: {error}") for name, error in list(errors.items())[:MOST_NAMED]]
    return [*_said("Not read yet", named(countries)), *reasons]


def _unrecognised(documents: Iterable[KnownDocument]) -> list[str]:
    labels = [
        reason_line(known.link.label or known.document.title) for known in documents if known.document.doubt
    ]
    return _said(f"{counted(len(labels), 'document')} nobody recognises for sure", frequent(labels))


def _lasted(time: timedelta) -> str:
    minutes = max(1, round(time.total_seconds() / 60))
    hours = round(minutes / 60)
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return counted(minutes, "minute")
    return counted(hours, "hour") if hours < 48 else counted(round(hours / 24), "day")  # noqa: PLR2004 - two days
