"""One line of the page: its links, the words beside each, and whether it is a label for what follows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, takewhile, zip_longest

from monitor.model import Link, Where, Words
from monitor.profile.context import Context
from monitor.profile.tree import join
from monitor.profile.words import squeeze

LONGEST_LABEL = 160
"""Characters up to which a line without links serves as a label for what follows."""
_LONGEST_OWN = 1_000
_LONGEST_BEFORE = 1_000
_MOST_BEFORE = 3
_SENTENCE_WORDS = 6
_SEPARATOR = re.compile(r"([|;•·]|[.!?](?=\s)|。)")
_OWN_VALUE = re.compile(r"[:：–—]\s*\w")
_SENTENCE = re.compile(r"[.!?؟](?:\s|$)")


@dataclass(slots=True, eq=False)
class OpenLink:
    """A link whose line has not ended yet."""

    url: str
    own: list[Words]
    context: Context | None
    language: str
    is_navigation: bool
    tag: int = 0
    """The ``id`` of the tag that ends it."""
    label: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of one line: some text, or a link."""

    text: str
    is_bold: bool = False
    link: OpenLink | None = None


def links(line: Iterable[Run]) -> Iterator[Link]:
    """Give the links of a line, each with the words beside it: those before it, else those after."""
    pieces = list(_pieces(line))
    before: list[str] = []
    for index, piece in enumerate(pieces):
        if isinstance(piece, str):
            before = [*_segments(piece[-_LONGEST_BEFORE:]), *before][:_MOST_BEFORE]
        else:
            after = pieces[index + 1] if index + 1 < len(pieces) else None
            yield _link(piece, _beside(before, after))


def _pieces(line: Iterable[Run]) -> Iterator[str | OpenLink]:
    for link, runs in groupby(line, key=lambda run: run.link):
        yield link if link is not None else squeeze(join(run.text for run in runs))


def _beside(before: list[str], after: str | OpenLink | None) -> list[Words]:
    if before:
        return [Words(Where.BEFORE, text[-LONGEST_LABEL:]) for text in before]
    is_text = isinstance(after, str) and has_word(after)
    return [Words(Where.AFTER, after[:LONGEST_LABEL])] if isinstance(after, str) and is_text else []


def _segments(text: str) -> list[str]:
    """Cut the text before a link where something else ends ("Self-assessment: not published | …"), nearest first."""
    done, current = [], ""
    parts = _SEPARATOR.split(text)
    for part, separator in zip_longest(parts[::2], parts[1::2], fillvalue=""):
        current += part
        if separator in ".!?。" or _OWN_VALUE.search(current):
            done.append(current)
            current = ""
        else:
            current += separator
    return [squeeze(segment) for segment in reversed((*done, current)) if has_word(segment)]


def _link(link: OpenLink, beside: list[Words]) -> Link:
    label = squeeze(join(link.label))[:_LONGEST_OWN]
    own = [Words(Where.LABEL, label), *link.own] if label else link.own
    context = tuple(link.context) if link.context is not None else ()
    return Link(link.url, (*own, *beside, *context), link.language, link.is_navigation)


def label_of(line: list[Run]) -> tuple[str, bool]:
    """Give what a line says over what follows, and whether it is bold; nothing if it has links and no bold start."""
    texts = line
    if any(run.link for run in line):
        texts = list(takewhile(lambda run: run.link is None and _is_bold(run), line))
        texts = texts if any(run.is_bold for run in texts) else []
    return squeeze(join(run.text for run in texts)), all(map(_is_bold, texts))


def _is_bold(run: Run) -> bool:
    return run.is_bold or not has_word(run.text)


def is_prose(text: str) -> bool:
    """Tell whether a line is running text rather than a label."""
    is_sentence = len(text.split()) > _SENTENCE_WORDS and _SENTENCE.search(text)
    return len(text) > LONGEST_LABEL or "。" in text or bool(is_sentence)


def has_word(text: str) -> bool:
    """Tell whether a text holds more than punctuation."""
    return any(letter.isalnum() for letter in text)
