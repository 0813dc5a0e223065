"""What is said of documents after their publication: a link that is dead, a file that was replaced, too many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from monitor.alert import texts
from monitor.alert.files import described
from monitor.alert.health import duration, incident
from monitor.alert.markup import bold, clip, code, escape, link
from monitor.alert.message import about, button, messages
from monitor.alert.news import Item, clause, clauses, gather, headline
from monitor.alert.notices import MOST_NAMED, frequent
from monitor.evidence.files import DEAD, host
from monitor.evidence.judge import SETTLED, Many, hosts
from monitor.evidence.proof import proof_in
from monitor.language.speech import Speech, capital
from monitor.model import Change, ChangeKind, Country, Dossier, FileLook, FileState, Message

_SHOWN_OF_HASH: Final = 12
"""Digits of a hash that tell two files apart; the whole one stands in the evidence."""
_MOST_EXAMPLES: Final = 5


def told(
    say: Speech, country: Country, changes: tuple[Change, ...], dossier: Dossier, profile_url: str
) -> tuple[Message, ...]:
    """Tell a chat that chose it what happened to one country's documents after their publication."""
    items = gather(changes)
    lines = [bold(headline(say, country, items))]
    for item in items:
        lines += ["", *_item(say, item, is_alone=len(items) == 1)]
    proofs = dict.fromkeys(code(proof_in(dossier, change.document.url)) for change in changes)
    lines += ["", texts.labelled(say, escape(say("Proof")), ", ".join(proofs))]
    there = next((each.document.url for each in changes if each.kind is not ChangeKind.LINK_DEAD), "")
    return messages(lines, (*button(say("Open document"), there), *about(say, country, profile_url)))


def noticed(say: Speech, changes: Iterable[Change], country_of: Callable[[str], Country]) -> Message:
    """Tell the operators, in short, what happened to documents after their publication."""
    by_code: dict[str, list[Change]] = {}
    for change in changes:
        by_code.setdefault(change.code, []).append(change)
    lines = [
        escape(texts.labelled(say, say.country(country_of(code)), clauses(say, gather(each))))
        for code, each in by_code.items()
    ]
    more = len(lines) - MOST_NAMED
    rest = [escape(say.many("… and {number} more country", "… and {number} more countries", more))]
    title = bold(say("What happened to documents after their publication"))
    means = escape(say("Only chats that chose it are told. Nothing to do."))
    return Message(clip([title, *lines[:MOST_NAMED], *(rest if more > 0 else []), means]), is_silent=True)


def held(say: Speech, many: Many) -> Message:
    """Tell the operators, once, that too many documents changed at once to be true of each."""
    names = ", ".join(link(host_path(file.url), file.url) for file in many.files[:_MOST_EXAMPLES])
    first = min(file.doubted.at for file in many.files if file.doubted)
    where = frequent(say, hosts(many.files).elements())
    todo = say(
        "Examples: {documents}. Open one in a browser; if it is as it should be, there is nothing to do.",
        documents=names,
    )
    means = say(
        "First seen {when}, on {hosts}. So many at once is more often a fault of the site than the doing of "
        "governments: chats are told nothing. What stays so for {duration} is believed and told in one message.",
        when=say.moment(first),
        hosts=where,
        duration=duration(say, SETTLED),
    )
    return incident(_title(say, many), means, todo)


def host_path(url: str) -> str:
    """Name an address by the end of its path, as a person would."""
    return url.rstrip("/").rpartition("/")[2] or url


def _title(say: Speech, many: Many) -> str:
    number, looked_at = len(many.files), say.number(many.looked_at)
    match many.kind:
        case ChangeKind.LINK_DEAD:
            return say.many(
                "{number} of {all} documents looked at lately does not open any more",
                "{number} of {all} documents looked at lately do not open any more",
                number,
                all=looked_at,
            )
        case ChangeKind.FILE_REPLACED:
            return say.many(
                "{number} of {all} documents looked at lately is another file now",
                "{number} of {all} documents looked at lately are other files now",
                number,
                all=looked_at,
            )
        case _:
            return say.many(
                "{number} of {all} documents looked at lately comes from another host now",
                "{number} of {all} documents looked at lately come from another host now",
                number,
                all=looked_at,
            )


def _item(say: Speech, item: Item, *, is_alone: bool) -> Iterator[str]:
    if not is_alone:
        yield bold(capital(clause(say, item)))
    for change in item.changes:
        name = capital(say.tongue(change.document.language)) or change.document.title or say("document")
        yield texts.labelled(say, link(name, change.document.url), escape(_facts(say, change)))
        when = texts.happened(say, change.kind, change.not_before, change.seen_at)
        yield from (*_hashes(say, change), escape(capital(when)))


def _facts(say: Speech, change: Change) -> str:
    was, now = change.file_before, change.file
    if now is None:
        return ""
    is_other = was is not None and was.state is FileState.THERE and was.sha256 != now.sha256
    match change.kind:
        case ChangeKind.LINK_DEAD:
            return _dead(say, now)
        case ChangeKind.FILE_MOVED:
            return say(
                "comes from {host}, before from {other}", host=host(now), other=host(was) if was else "?"
            )
        case _ if is_other and was is not None:
            return say("before: {before}; now: {now}", before=_file(say, was), now=_file(say, now))
        case _:
            return _file(say, now)


def _dead(say: Speech, now: FileLook) -> str:
    if now.state is FileState.GONE:
        return say("the server says that there is nothing ({status})", status=now.status)
    return say("something else stands there, which is no document")


def _file(say: Speech, look: FileLook) -> str:
    return ", ".join(described(say, look)) or say("a file")


def _hashes(say: Speech, change: Change) -> Iterator[str]:
    """Show how two files differ where their sizes may not."""
    looks: Mapping[str, FileLook | None] = {"before": change.file_before, "now": change.file}
    shown = [code(look.sha256[:_SHOWN_OF_HASH]) for look in looks.values() if look and look.state not in DEAD]
    if len(set(shown)) > 1:
        yield say("sha256: {hashes}", hashes=texts.TURNS.join(shown))
