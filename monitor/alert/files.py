"""What is said of a document's file: in the alert, on the card, in its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import escape
from monitor.alert.news import Item
from monitor.language.speech import Speech, capital
from monitor.model import Change, ChangeKind, FileLook, FileState

_MEGABYTE: Final = 1_000_000
_KILOBYTE: Final = 1_000
_SMALL: Final = 100_000
"""Bytes below which a size is said in kB."""


def lines(say: Speech, items: tuple[Item, ...]) -> Iterator[str]:
    """Say of each piece of news what stands at its addresses, as far as somebody looked."""
    for item in items:
        found = {change: words for change in item.changes if (words := _words(say, change))}
        if not found:
            continue
        label = say("File") if len(items) == 1 else capital(texts.kind_in(say, item.kind, item.cycle))
        yield escape(texts.labelled(say, label, _together(say, found)))


def _together(say: Speech, found: dict[Change, str]) -> str:
    if len(set(found.values())) == 1:
        return next(iter(found.values()))
    named = (
        texts.labelled(say, say.language(change.document.language) or say("document"), words)
        for change, words in found.items()
    )
    return "; ".join(named)


def _words(say: Speech, change: Change) -> str:
    if change.file is None:
        return ""
    if change.kind is ChangeKind.WITHDRAWN:
        return _left(say, change.file.state)
    if change.file.state is FileState.THERE:
        return ", ".join(described(say, change.file, change.document.language))
    return missing(say, change.file)


def _left(say: Speech, state: FileState) -> str:
    """Say of a document that is listed no longer whether its file can still be had."""
    if state is FileState.THERE:
        return say("it can still be opened, although the page no longer lists it")
    return say("it is gone, too") if state is FileState.GONE else ""


def missing(say: Speech, look: FileLook) -> str:
    """Say why a document cannot be opened."""
    match look.state:
        case FileState.GONE:
            return say("the link does not open yet ({status}); it is looked at again", status=look.status)
        case FileState.NO_DOCUMENT:
            return say("the link leads to a web page, not to a document; it is looked at again")
        case _:
            return say("it could not be looked at")


def described(say: Speech, look: FileLook, stated: str | None = None) -> Iterator[str]:
    """Describe a file in a few words; ``stated``: its language where the page says it, told only if the text differs."""
    if look.pages is not None:
        yield say.many("PDF of {number} page", "PDF of {number} pages", look.pages)
    elif "pdf" in look.content_type:
        yield say("PDF")
    if look.size is not None:
        yield size(say, look.size)
    if look.language and stated and look.language != stated:
        yield say(
            "its text is in {language}, the page says {other}",
            language=say.tongue(look.language),
            other=say.tongue(stated) or stated,
        )
    elif look.language and not stated:
        yield say("in {language}", language=say.tongue(look.language))
    if look.error:
        yield say("it could not be read to its end")


def size(say: Speech, number: int) -> str:
    """Say how large a file is: 1.3 MB, 48 kB."""
    if number < _SMALL:
        return say("{number} kB", number=say.decimal(number / _KILOBYTE))
    return say("{number} MB", number=say.decimal(number / _MEGABYTE))
