"""What operators are asked of documents that nobody recognises, with the buttons that answer."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import bold, clip, code, escape, link, tidy
from monitor.alert.message import button, press
from monitor.alert.notices import named, reason_line
from monitor.alert.press import short
from monitor.language.speech import Speech, capital
from monitor.model import Button, Country, Document, DocumentKind, KnownDocument, Message, ReviewCycle
from monitor.record.review import origin

NOT_STATED: Final = "-"
"""What a button says for a cycle that nobody knows."""
KNOWN_BEFORE: Final = "known"
"""What a button says instead of a kind for a document that is not new."""
BACK: Final = "back"
"""What a button says that asks for the kind again."""
_MOST_QUESTIONS: Final = 8
"""Documents that are asked about at once; a person who gets more reads none of them."""
_NEAREST_WORDS: Final = 3


def questions(say: Speech, documents: Iterable[tuple[Country, KnownDocument]]) -> tuple[Message, ...]:
    """Ask what new documents are, one message each; what stands on most pages first, the rest counted."""
    by_url: dict[str, list[tuple[Country, KnownDocument]]] = {}
    for country, known in documents:
        by_url.setdefault(known.document.url, []).append((country, known))
    found = sorted(by_url.values(), key=len, reverse=True)
    asked = (question(say, group[0][0], group[0][1], [each for each, _ in group]) for group in found)
    return tuple(
        chain([each for each, _ in zip(asked, range(_MOST_QUESTIONS), strict=False)], _rest(say, len(found)))
    )


def question(
    say: Speech, country: Country, known: KnownDocument, countries: Iterable[Country] = ()
) -> Message:
    """Ask what one document is; ``countries``: all whose pages have it."""
    where = tuple(countries) or (country,)
    title = say("{country}: what is this document?", country=named(say, where))
    lines = [
        bold(title),
        *described(say, known),
        *(
            [escape(say("The answer counts for {country}.", country=say.name(country)))]
            if len(where) > 1
            else []
        ),
        escape(say("Nobody was told. What you say is told as news, once, and proposed as a rule.")),
    ]
    return Message(
        clip(lines), (*_kinds(say, country, known), *button(say("Open document"), known.document.url))
    )


def which_cycle(
    say: Speech, country: Country, known: KnownDocument, kind: DocumentKind, cycles: Iterable[ReviewCycle]
) -> Message:
    """Ask of which cycle a document is whose kind a person said."""
    name = short(origin(known))
    chosen = [
        *(
            press(capital(texts.cycle(say, each.id)), "doc", country.code, name, kind, each.id)
            for each in cycles
        ),
        press(capital(texts.cycle(say, None)), "doc", country.code, name, kind, NOT_STATED),
        press(say("Back"), "doc", country.code, name, BACK),
    ]
    title = say(
        "{country}: of which review cycle is this {document}?",
        country=say.name(country),
        document=texts.kind(say, kind),
    )
    return Message(clip([bold(title), *described(say, known)]), tuple(chosen))


def described(say: Speech, known: KnownDocument) -> tuple[str, ...]:
    """Show a document with the words around it and why nobody is sure of it."""
    near = dict.fromkeys(tidy(words.text, 60) for words in known.link.words)
    words = " / ".join(texts.quoted(say, text) for text in list(near)[:_NEAREST_WORDS] if text)
    title = tidy(known.document.title) or say("document")
    return (
        link(title, known.document.url),
        escape(_doubt(say, known.document)),
        *([escape(say("Words nearby: {words}", words=words))] if words else []),
    )


def _kinds(say: Speech, country: Country, known: KnownDocument) -> tuple[Button, ...]:
    name = short(origin(known))
    kinds = [kind for kind in DocumentKind if kind is not DocumentKind.OTHER]
    return (
        *(
            press(capital(texts.kind(say, kind)), "doc", country.code, name, kind, is_beside=index % 2 > 0)
            for index, kind in enumerate(kinds)
        ),
        press(say("Nothing of interest"), "doc", country.code, name, DocumentKind.OTHER),
        *(
            [press(say("Not new: tell nobody"), "doc", country.code, name, KNOWN_BEFORE, is_beside=True)]
            if known.document.likely
            else []
        ),
    )


def _doubt(say: Speech, document: Document) -> str:
    why = capital(reason_line(say.word(document.doubt) or say("no words that are known")))
    if document.likely is None:
        return f"{why}."
    return say("{reason}. Perhaps its {document}.", reason=why, document=texts.kind(say, document.likely))


def _rest(say: Speech, found: int) -> Iterable[Message]:
    if found > _MOST_QUESTIONS:
        more = say.many(
            "{number} more document nobody recognises: {command} shows it",
            "{number} more documents nobody recognises: {command} shows them",
            found - _MOST_QUESTIONS,
            command=code("/health"),
        )
        yield Message(more)
