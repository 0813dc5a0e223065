"""Changes gathered into what people would call one piece of news each, and its headline."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from typing import Final

from monitor.alert import texts
from monitor.model import NEWS_KINDS, Change, ChangeKind, Country, DocumentKind, KnownDocument


class Happening(IntEnum):
    """What happened, the most important first."""

    PUBLISHED = 1
    REVISED = 2
    WITHDRAWN = 3
    NEW_LANGUAGE = 4
    LANGUAGE_GONE = 5
    LISTED = 6
    """Published, but by the UN or as a routine: the State alone decides only over the news kinds."""


_VERBS: Final = {
    Happening.PUBLISHED: ChangeKind.PUBLISHED,
    Happening.REVISED: ChangeKind.REVISED,
    Happening.WITHDRAWN: ChangeKind.WITHDRAWN,
}
_LANGUAGE_FORMS: Final = {
    Happening.NEW_LANGUAGE: (texts.NOW_IN, texts.ANOTHER_LANGUAGE),
    Happening.LANGUAGE_GONE: (texts.NO_LONGER_IN, texts.ONE_LANGUAGE),
}
_KIND_ORDER: Final = tuple(DocumentKind)


@dataclass(frozen=True, slots=True)
class Item:
    """One piece of news: one thing happened to one kind of document of one cycle, in any number of languages."""

    happening: Happening
    kind: DocumentKind
    cycle: str | None
    changes: tuple[Change, ...]

    @property
    def is_gone(self) -> bool:
        """Tells of documents that are not there any more."""
        return self.happening in {Happening.WITHDRAWN, Happening.LANGUAGE_GONE}

    @property
    def languages(self) -> tuple[str, ...]:
        """The names of the languages that are known, each once."""
        codes = dict.fromkeys(change.document.language for change in self.changes)
        return tuple(texts.LANGUAGES[code] for code in codes if code in texts.LANGUAGES)


def gather(changes: Iterable[Change], there: Iterable[KnownDocument] = ()) -> tuple[Item, ...]:
    """Gather one country's changes into pieces of news; what moved or came back is none.

    ``there``: what stands on the page now; a document that went while another version stands there is a language gone.
    """
    published = frozenset((known.document.kind, known.document.cycle) for known in there)
    groups: dict[tuple[Happening, str, DocumentKind], list[Change]] = {}
    for change in changes:
        if change.kind in texts.HAPPENED:
            key = (_happened(change, published), change.document.cycle or "", change.document.kind)
            groups.setdefault(key, []).append(change)
    ordered = sorted(groups, key=lambda key: (*key[:2], _KIND_ORDER.index(key[2])))
    return tuple(Item(key[0], key[2], groups[key][0].document.cycle, tuple(groups[key])) for key in ordered)


def headline(country: Country, items: tuple[Item, ...]) -> str:
    """Say the whole news in the one line that a locked phone shows."""
    clauses = [_clause(happening, tuple(group)) for happening, group in groupby(items, key=_happening)]
    joint = " " if items[0].happening in _VERBS else ": "
    return f"{texts.country(country)}{joint}{'; '.join(clauses)}"


def clause(item: Item) -> str:
    """Say one piece of news without its country."""
    return _clause(item.happening, (item,))


def _happened(change: Change, published: Collection[tuple[DocumentKind, str | None]]) -> Happening:
    document = change.document
    if change.kind is ChangeKind.REVISED:
        return Happening.REVISED
    if change.kind is ChangeKind.WITHDRAWN:
        is_one_of_several = (document.kind, document.cycle) in published
        return Happening.LANGUAGE_GONE if is_one_of_several else Happening.WITHDRAWN
    if change.is_language_version:
        return Happening.NEW_LANGUAGE
    return Happening.PUBLISHED if document.kind in NEWS_KINDS else Happening.LISTED


def _happening(item: Item) -> Happening:
    return item.happening


def _clause(happening: Happening, items: tuple[Item, ...]) -> str:
    if happening in _VERBS:
        return texts.DID[_VERBS[happening]].format(what=_what(items))
    if happening is Happening.LISTED:
        return texts.LISTED.format(what=_what(items))
    return "; ".join(_language(item) for item in items)


def _language(item: Item) -> str:
    form, unnamed = _LANGUAGE_FORMS[item.happening]
    languages = texts.listing(item.languages) if item.languages else unnamed
    return form.format(what=texts.kind_in(item.kind, item.cycle), languages=languages)


def _what(items: tuple[Item, ...]) -> str:
    by_cycle = groupby(items, key=lambda item: item.cycle)
    return texts.listing(
        f"{texts.listing(texts.KINDS[item.kind] for item in group)} ({texts.cycle(cycle)})"
        for cycle, group in by_cycle
    )
