"""What operators are told of the monitor's own health: the first look, incidents, recoveries, bugs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from monitor.alert import texts
from monitor.alert.markup import bold, clip, escape
from monitor.alert.message import messages
from monitor.alert.notices import MOST_NAMED, command, frequent, named, reason_line
from monitor.alert.notices import countries as counted
from monitor.board.status import MATRIX_KINDS, present
from monitor.language.speech import Speech, capital
from monitor.model import Country, Document, DocumentKind, Dossier, KnownDocument, Message


def baseline_report(
    say: Speech,
    countries: tuple[Country, ...],
    dossiers: Mapping[str, Dossier],
    remarks: tuple[str, ...] = (),
) -> tuple[Message, ...]:
    """Report the first look at countries; ``remarks``: sentences on whether what was found is plausible."""
    read = [
        each for each in countries if each.code in dossiers and dossiers[each.code].first_read is not None
    ]
    known = {each.code for each in read}
    unread = [each for each in countries if each.code not in known]
    documents = {each.code: [known.document for known in present(dossiers[each.code])] for each in read}
    found = [document for group in documents.values() for document in group]
    reviewed = [document for document in found if document.kind is not DocumentKind.OTHER]
    without = [each for each in read if not _has_summary(documents[each.code])]
    means = say("All of it is entered as known and nothing was announced. What is new from now on is told.")
    see = command("read", "PAGE", "--country", "CODE")
    lines = [
        bold(_first_look(say, len(read), len(countries), len(reviewed))),
        escape(means),
        *(escape(remark) for remark in remarks),
        "",
        *_kinds(say, found),
        *_said(say, say("Languages"), frequent(say, (_language(say, document) for document in reviewed))),
        *_said(say, say("Without an executive summary"), named(say, without)),
        *_unread(say, unread, dossiers),
        *_unrecognised(say, [known for each in read for known in present(dossiers[each.code])]),
        "",
        say("See how a page is read: {command}", command=see),
    ]
    return messages(lines)


def unreadable(say: Speech, failed: tuple[tuple[Country, str], ...], looked_at: int) -> Message:
    """Tell, once an incident, that many countries could not be read; ``failed``: with their errors."""
    what = say(
        "{number} of {countries} could not be read",
        number=say.number(len(failed)),
        countries=counted(say, looked_at),
    )
    means = say(
        "Until that changes, what they publish is not seen. Reasons: {reasons}.",
        reasons=frequent(say, (reason_line(error) for _, error in failed)),
    )
    todo = say(
        "Open one profile in a browser. If the site works, check our side: {command}",
        command=command("check", "--online"),
    )
    return incident(what, means, todo)


def incident(what: str, means: str, todo: str) -> Message:
    """Tell that something is wrong; ``todo`` is markup, so that it can hold a command."""
    return Message(clip([bold(what), escape(means), todo]))


def recovered(say: Speech, what: str, since: datetime, now: datetime) -> Message:
    """Tell that an incident is over; ``what``: its name, marked for translators where it is given."""
    over = say("Over: {incident}", incident=reason_line(say.word(what)))
    lasted = say(
        "Since {when}, {duration}. Nothing to do.",
        when=say.moment(since),
        duration=duration(say, now - since),
    )
    return Message(clip([bold(over), escape(lasted)]), is_silent=True)


def bug(say: Speech, doing: str, error: str) -> Message:
    """Tell loudly that the program itself failed while ``doing`` something (secrets already taken out)."""
    return incident(
        say("A fault in the program while {doing}", doing=reason_line(doing)),
        say(
            "{error}. What is known and what chats are owed is kept; nothing is told twice.",
            error=reason_line(error),
        ),
        say("Report it with the log of this minute. If the service ended: {command}", command=command("run")),
    )


def duration(say: Speech, time: timedelta) -> str:
    """Say how long something lasts in its largest sensible unit; at least a minute."""
    minutes = max(1, round(time.total_seconds() / 60))
    hours = round(minutes / 60)
    if minutes < 60:  # noqa: PLR2004 - minutes of an hour
        return say.many("{number} minute", "{number} minutes", minutes)
    if hours < 48:  # noqa: PLR2004 - two days
        return say.many("{number} hour", "{number} hours", hours)
    return say.many("{number} day", "{number} days", round(hours / 24))


def _first_look(say: Speech, read: int, looked_at: int, documents: int) -> str:
    known = say.many("{number} review document known", "{number} review documents known", documents)
    return say(
        "First look: {number} of {countries} read, {documents}",
        number=say.number(read),
        countries=counted(say, looked_at),
        documents=known,
    )


def _has_summary(documents: Iterable[Document]) -> bool:
    return any(document.kind is DocumentKind.EXECUTIVE_SUMMARY for document in documents)


def _kinds(say: Speech, found: list[Document]) -> list[str]:
    kinds = [*MATRIX_KINDS, *(kind for kind in DocumentKind if kind not in MATRIX_KINDS)]
    by_kind = {kind: [document for document in found if document.kind is kind] for kind in kinds}
    return [
        escape(texts.labelled(say, capital(texts.kind(say, kind)), _by_cycle(say, group)))
        for kind, group in by_kind.items()
        if group or kind in MATRIX_KINDS
    ]


def _by_cycle(say: Speech, documents: list[Document]) -> str:
    ordered = sorted(documents, key=lambda each: str(each.cycle))
    cycles = frequent(say, (texts.cycle(say, document.cycle) for document in ordered))
    return f"{say.number(len(documents))} ({cycles})" if documents else say("none")


def _language(say: Speech, document: Document) -> str:
    return say.tongue(document.language) or document.language or say("not stated")


def _said(say: Speech, label: str, words: str) -> list[str]:
    return [escape(texts.labelled(say, label, words))] if words else []


def _unread(say: Speech, countries: list[Country], dossiers: Mapping[str, Dossier]) -> list[str]:
    failing = {say.name(each): dossiers[each.code].failing for each in countries if each.code in dossiers}
    errors = {name: reason_line(why.error) for name, why in failing.items() if why is not None}
    reasons = (texts.labelled(say, name, error) for name, error in list(errors.items())[:MOST_NAMED])
    return [
        *_said(say, say("Not read yet"), named(say, countries)),
        *(escape(f"- {reason}") for reason in reasons),
    ]


def _unrecognised(say: Speech, documents: Iterable[KnownDocument]) -> list[str]:
    labels = [
        reason_line(known.link.label or known.document.title) for known in documents if known.document.doubt
    ]
    label = say.many(
        "{number} document nobody recognises for sure",
        "{number} documents nobody recognises for sure",
        len(labels),
    )
    return _said(say, label, frequent(say, labels))
