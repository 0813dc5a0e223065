"""Documents as pages show them: where they are, when they appeared, what their file is, how that is proven."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from monitor.alert import texts
from monitor.alert.files import described, missing
from monitor.alert.markup import tidy, web
from monitor.evidence.proof import proof_of
from monitor.language.speech import Speech, capital
from monitor.model import ChangeKind, Document, DocumentFile, FileState, KnownDocument

_LONGEST: Final = 160
_LONGEST_WORDS: Final = 200
_CODE: Final = 3
"""Letters of the longest language codes that pages are marked with."""


@dataclass(frozen=True, slots=True)
class Link:
    """A document in one language, to be opened."""

    href: str
    """Empty where the address is no web address."""
    label: str
    lang: str
    """The language of what it opens, as in an attribute; empty where nobody knows."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One document with its evidence."""

    proof: str
    href: str
    address: str
    kind: str
    title: str
    """In the words of the page."""
    lang: str
    language: str
    is_gone: bool
    when: tuple[str, ...]
    """What is known of its coming and going, a sentence each."""
    file: str
    sha256: str
    words: tuple[tuple[str, str, str], ...]
    """Words that decided: what they decided, the words, where they stood."""
    doubt: bool


def links(say: Speech, documents: Iterable[KnownDocument]) -> tuple[Link, ...]:
    """Link to documents of one kind, by their languages."""
    return tuple(link(say, known.document) for known in documents)


def paper(say: Speech, code: str, known: KnownDocument, files: Mapping[str, DocumentFile]) -> Paper:
    """Show a document."""
    document, file = known.document, files.get(known.document.url)
    return Paper(
        proof=proof_of(code, known),
        href=web(document.url),
        address=tidy(document.url, _LONGEST),
        kind=capital(texts.kind(say, document.kind)),
        title=tidy(document.title, _LONGEST),
        lang=lang(document.language),
        language=say.language(document.language) or say("language not stated"),
        is_gone=known.missing_since is not None,
        when=tuple(when(say, known)),
        file=_file(say, file, document.language),
        sha256=file.stands.sha256 if file and file.stands.state is FileState.THERE else "",
        words=tuple(_words(say, known)),
        doubt=bool(document.doubt),
    )


def when(say: Speech, known: KnownDocument) -> Iterator[str]:
    """Say when a document came and went, as far as that was seen."""
    if known.not_seen_at is None:
        yield say(
            "It stood on the page at the first look, {when}. When it was published is not known.",
            when=say.moment(known.first_seen),
        )
    else:
        happened = texts.happened(say, ChangeKind.PUBLISHED, known.not_seen_at, known.first_seen)
        yield capital(happened)
    if known.missing_since is not None:
        happened = texts.happened(say, ChangeKind.WITHDRAWN, known.last_there, known.missing_since)
        yield capital(happened)
    if known.is_absence_explained:
        yield say("Another document stands in its place.")


def lang(code: str | None) -> str:
    """Give a language's code for an attribute; nothing for what is no code."""
    plain = (code or "").lower()
    return plain if plain.isascii() and plain.isalpha() and len(plain) <= _CODE else ""


def link(say: Speech, document: Document) -> Link:
    """Link to a document by its language, else by what it is called."""
    label = say.language(document.language) or tidy(document.title, _LONGEST) or say("document")
    return Link(web(document.url), label, lang(document.language))


def _file(say: Speech, file: DocumentFile | None, stated: str | None) -> str:
    if file is None:
        return ""
    if file.stands.state is FileState.THERE:
        return ", ".join(described(say, file.stands, stated))
    return missing(say, file.stands)


def _words(say: Speech, known: KnownDocument) -> Iterator[tuple[str, str, str]]:
    for evidence in known.document.evidence:
        yield say.word(evidence.of), tidy(evidence.words, _LONGEST_WORDS), say.word(evidence.where)
