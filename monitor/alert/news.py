"""Changes gathered into what people would call one piece of news each, and its headline."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import reduce
from itertools import groupby
from typing import Final

from monitor.alert import texts
from monitor.evidence.files import host
from monitor.language.speech import Speech
from monitor.model import FILE_CHANGES, NEWS_KINDS, Change, ChangeKind, Country, DocumentKind, KnownDocument


class Happening(IntEnum):
    """What happened, the most important first."""

    PUBLISHED = 1
    REVISED = 2
    WITHDRAWN = 3
    NEW_LANGUAGE = 4
    LANGUAGE_GONE = 5
    LISTED = 6
    """Published, but by the UN or as a routine: the State alone decides only over the news kinds."""
    LINK_DEAD = 7
    FILE_REPLACED = 8
    FILE_MOVED = 9
    LINK_BACK = 10


_VERBS: Final = frozenset({Happening.PUBLISHED, Happening.REVISED, Happening.WITHDRAWN})
_OF_FILES: Final = {
    ChangeKind.LINK_DEAD: Happening.LINK_DEAD,
    ChangeKind.FILE_REPLACED: Happening.FILE_REPLACED,
    ChangeKind.FILE_MOVED: Happening.FILE_MOVED,
    ChangeKind.LINK_BACK: Happening.LINK_BACK,
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
        """The codes of its documents' languages, each once."""
        return tuple(dict.fromkeys(change.document.language or "" for change in self.changes))


def gather(changes: Iterable[Change], there: Iterable[KnownDocument] = ()) -> tuple[Item, ...]:
    """Gather one country's changes into pieces of news; what moved or came back is none.

    ``there``: what stands on the page now; a document that went while another version stands there is a language gone.
    """
    published = frozenset((known.document.kind, known.document.cycle) for known in there)
    groups: dict[tuple[Happening, str, DocumentKind], list[Change]] = {}
    for change in changes:
        if change.kind in texts.TOLD | FILE_CHANGES:
            key = (_happened(change, published), change.document.cycle or "", change.document.kind)
            groups.setdefault(key, []).append(change)
    ordered = sorted(groups, key=lambda key: (*key[:2], _KIND_ORDER.index(key[2])))
    return tuple(Item(key[0], key[2], groups[key][0].document.cycle, tuple(groups[key])) for key in ordered)


def headline(say: Speech, country: Country, items: tuple[Item, ...]) -> str:
    """Say the whole news in the one line that a locked phone shows."""
    clauses = [_clause(say, happening, tuple(group)) for happening, group in groupby(items, key=_happening)]
    news = in_a_row(say, clauses)
    if items[0].happening in _VERBS:
        return say("{country} {news}", country=say.country(country), news=news)
    return say("{country}: {news}", country=say.country(country), news=news)


def clause(say: Speech, item: Item) -> str:
    """Say one piece of news without its country."""
    return _clause(say, item.happening, (item,))


def clauses(say: Speech, items: Iterable[Item]) -> str:
    """Say pieces of news without their country, in one line."""
    return in_a_row(say, (clause(say, item) for item in items))


def in_a_row(say: Speech, clauses: Iterable[str]) -> str:
    """Say one thing after the other in one sentence; nothing where there is none."""
    kept = list(clauses)
    return (
        reduce(lambda before, after: say("{before}; {after}", before=before, after=after), kept)
        if kept
        else ""
    )


def _happened(change: Change, published: Collection[tuple[DocumentKind, str | None]]) -> Happening:
    document = change.document
    if change.kind in _OF_FILES:
        return _OF_FILES[change.kind]
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


def _clause(say: Speech, happening: Happening, items: tuple[Item, ...]) -> str:
    what = _what(say, items)
    match happening:
        case Happening.PUBLISHED:
            return say("published its {documents}", documents=what)
        case Happening.REVISED:
            return say("replaced its {documents}", documents=what)
        case Happening.WITHDRAWN:
            return say("no longer lists its {documents}", documents=what)
        case Happening.LISTED:
            return say("{documents} now listed", documents=what)
        case Happening.NEW_LANGUAGE | Happening.LANGUAGE_GONE:
            return in_a_row(say, (_language(say, item) for item in items))
        case _:
            return _file_clause(say, happening, what, items)


def _file_clause(say: Speech, happening: Happening, what: str, items: tuple[Item, ...]) -> str:
    match happening:
        case Happening.LINK_DEAD:
            return say("the link to its {documents} does not open any more", documents=what)
        case Happening.FILE_REPLACED:
            return say("the file of its {documents} was replaced", documents=what)
        case Happening.FILE_MOVED:
            hosts = dict.fromkeys(host(each.file) for item in items for each in item.changes if each.file)
            return say(
                "the file of its {documents} now comes from {hosts}", documents=what, hosts=say.listing(hosts)
            )
        case _:
            return say("the link to its {documents} opens now", documents=what)


def _language(say: Speech, item: Item) -> str:
    what = texts.kind_in(say, item.kind, item.cycle)
    languages = say.listing(filter(None, map(say.tongue, item.languages)))
    if item.happening is Happening.NEW_LANGUAGE:
        if languages:
            return say("{document} now also in {languages}", document=what, languages=languages)
        return say("{document} now also in another language", document=what)
    if languages:
        return say("{document} no longer in {languages}", document=what, languages=languages)
    return say("{document} no longer in one of its languages", document=what)


def _what(say: Speech, items: tuple[Item, ...]) -> str:
    by_cycle = groupby(items, key=lambda item: item.cycle)
    return say.listing(
        f"{say.listing(texts.kind(say, item.kind) for item in group)} ({texts.cycle(say, cycle)})"
        for cycle, group in by_cycle
    )
