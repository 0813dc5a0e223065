"""The chain told in words: sections of plain lines, for a terminal, a file or a chat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from monitor.alert import files, texts
from monitor.alert.markup import plain, tidy
from monitor.evidence.chain import Chain, Happened, Told, replaced
from monitor.language.speech import N_, Speech, capital
from monitor.model import (
    FILE_CHANGES,
    ChangeKind,
    Country,
    DeliveryState,
    FileLook,
    FileState,
    KnownDocument,
    Looks,
)

_LONGEST: Final = 200
DECIDED: Final = (N_("kind"), N_("cycle"), N_("language"), N_("symbol"), N_("doubt"))
"""What words can decide: data, named here so that translators find it."""
_STATES: Final = {
    DeliveryState.SENT: N_("chats that got it"),
    DeliveryState.WAITING: N_("waiting"),
    DeliveryState.UNCERTAIN: N_("perhaps arrived"),
    DeliveryState.GIVEN_UP: N_("given up"),
}
_SINCE: Final = {
    ChangeKind.REVISED: N_("replaced an older document"),
    ChangeKind.MOVED: N_("moved to another address"),
    ChangeKind.WITHDRAWN: N_("not listed any more"),
    ChangeKind.RETURNED: N_("listed again"),
    ChangeKind.LINK_DEAD: N_("the link does not open any more"),
    ChangeKind.LINK_BACK: N_("the link opens"),
    ChangeKind.FILE_REPLACED: N_("another file at the same address"),
    ChangeKind.FILE_MOVED: N_("the file comes from another host"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    heading: str
    lines: tuple[str, ...]


def account(say: Speech, country: Country, found: Chain) -> tuple[Section, ...]:
    """Tell the whole chain; what is not remembered is said."""
    document = found.known.document
    language = say.language(document.language) or say("language not stated")
    name = f"{capital(texts.kind_in(say, document.kind, document.cycle))}, {language}"
    sections = (
        Section(texts.labelled(say, say.name(country), name), tuple(_where(say, found))),
        Section(say("When it appeared"), tuple(_appeared(say, found))),
        Section(say("Words that decided"), tuple(_words(say, found.known))),
        Section(say("The file"), tuple(_files(say, found))),
        Section(say("What happened since"), tuple(_since(say, found))),
        Section(say("Who was told"), tuple(_told(say, found))),
    )
    return tuple(section for section in sections if section.lines)


def as_text(sections: tuple[Section, ...]) -> str:
    """Write sections as plain text."""
    return "\n\n".join("\n".join((each.heading, *(f"  {line}" for line in each.lines))) for each in sections)


def _where(say: Speech, found: Chain) -> Iterator[str]:
    yield texts.labelled(say, say("Proof"), found.proof)
    yield found.known.document.url
    yield from (say("before: {address}", address=url) for url in reversed(found.known.former_urls))


def _appeared(say: Speech, found: Chain) -> Iterator[str]:
    known = found.known
    if known.not_seen_at is None:
        yield say(
            "It stood on the page at the first look, {when}. When it was published is not known.",
            when=say.moment(known.first_seen),
        )
    else:
        yield say("Not on the page at the look of {when}", when=say.moment(known.not_seen_at))
        yield _page(say, found.without)
        yield say("On the page at the look of {when}", when=say.moment(known.first_seen))
    yield _page(say, found.shown)
    looks = sum(each.times for each in found.later)
    failed = sum(each.times for each in found.later if each.error)
    if looks:
        yield say.many(
            "{number} look at the page since that found another answer, {failed} of them not read or not believed",
            "{number} looks at the page since that found another answer, {failed} of them not read or not believed",
            looks,
            failed=say.number(failed),
        )


def _page(say: Speech, looks: Looks | None) -> str:
    if looks is None:
        return say("that look is not remembered: it was before looks were kept, or long ago")
    status = str(looks.status or say("no answer"))
    words = say(
        "status {status}, page with sha256 {hash}", status=status, hash=looks.body_hash or say("not known")
    )
    if looks.times > 1:
        equal = say.many("{number} look found the same", "{number} looks found the same", looks.times)
        return f"{words}; {equal}"
    return words


def _words(say: Speech, known: KnownDocument) -> Iterator[str]:
    for evidence in known.document.evidence:
        quote = texts.quoted(say, tidy(evidence.words, _LONGEST))
        yield texts.labelled(say, say.word(evidence.of), f"{quote} ({say.word(evidence.where)})")
    if known.said is not None:
        yield say("A person said what it is; that stands, whatever the page says.")


def _files(say: Speech, found: Chain) -> Iterator[str]:
    if found.file is None:
        yield say("nobody looked at the file yet")
        return
    for look in found.file.looks:
        yield from file_lines(say, look)
    if found.file.doubted is not None:
        yield say("the newest look found something else, which is not believed yet:")
        yield from file_lines(say, found.file.doubted)
    yield say("last looked at {when}", when=say.moment(found.file.checked))


def file_lines(say: Speech, look: FileLook) -> Iterator[str]:
    """Say what one look at a file found, with all that proves it."""
    when = say.moment(look.at)
    if look.state is not FileState.THERE:
        why = f" ({tidy(look.error, _LONGEST)})" if look.error else ""
        yield texts.labelled(say, when, f"{files.missing(say, look)}{why}")
        return
    yield texts.labelled(say, when, ", ".join(files.described(say, look)))
    yield f"sha256 {look.sha256}"
    if look.title:
        yield say("it calls itself {title}", title=texts.quoted(say, tidy(look.title, _LONGEST)))
    if look.last_modified:
        yield f"Last-Modified: {tidy(look.last_modified)}"


def _since(say: Speech, found: Chain) -> Iterator[str]:
    for each in found.happened:
        change = each.change
        if replaced(found, change):
            what = texts.labelled(say, say("replaced by another document"), change.document.url)
        elif change.kind in _SINCE:
            what = say.word(_SINCE[change.kind])
        else:
            continue
        yield texts.labelled(say, what, texts.interval(say, change.not_before, change.seen_at))
        # Of what happened to its file, the file's own looks are the proof.
        yield from () if change.kind in FILE_CHANGES else _around(say, each)


def _around(say: Speech, each: Happened) -> Iterator[str]:
    yield _page(say, each.before)
    yield _page(say, each.after)


def _told(say: Speech, found: Chain) -> Iterator[str]:
    if not found.told:
        yield say("No message about it is kept: it was no news, nobody had asked, or it was long ago.")
    for told in found.told:
        yield texts.quoted(say, tidy(plain(told.html).partition("\n")[0], _LONGEST))
        yield _count(say, told)


def _count(say: Speech, told: Told) -> str:
    named = (
        texts.labelled(say, say.word(name), say.number(told.counts[state]))
        for state, name in _STATES.items()
        if told.counts.get(state)
    )
    owed = say("owed since {when}", when=say.moment(told.owed))
    went = [texts.interval(say, told.first, told.last)] if told.first and told.last else []
    return "; ".join((owed, *named, *went))
