"""Changes gathered into what people would call one piece of news each, and its headline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby
from typing import Final

from monitor.alert import texts
from monitor.model import NEWS_KINDS, Change, ChangeKind, Country, DocumentKind


class Happening(IntEnum):
    """What happened, the most important first."""

    PUBLISHED = 1
    REVISED = 2
    WITHDRAWN = 3
    NEW_LANGUAGE = 4
    LISTED = 5
    """Published, but by the UN or as a routine: the State alone decides only over the news kinds."""


_HAPPENINGS: Final = {ChangeKind.REVISED: Happening.REVISED, ChangeKind.WITHDRAWN: Happening.WITHDRAWN}
_VERBS: Final = {
    Happening.PUBLISHED: ChangeKind.PUBLISHED,
    Happening.REVISED: ChangeKind.REVISED,
    Happening.WITHDRAWN: ChangeKind.WITHDRAWN,
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
    def languages(self) -> tuple[str, ...]:
        """The names of the languages that are known, each once."""
        codes = dict.fromkeys(change.document.language for change in self.changes)
        return tuple(texts.LANGUAGES[code] for code in codes if code in texts.LANGUAGES)


def gather(changes: Iterable[Change]) -> tuple[Item, ...]:
    """Gather one country's changes into pieces of news; what moved or came back is none."""
    told = sorted((change for change in changes if change.kind in texts.HAPPENED), key=_order)
    return tuple(
        Item(happening, kind, found[0].document.cycle, found)
        for (happening, _, kind), group in groupby(told, key=_key)
        for found in (tuple(group),)
    )


def headline(country: Country, items: tuple[Item, ...]) -> str:
    """Say the whole news in the one line that a locked phone shows."""
    clauses = [_clause(happening, tuple(group)) for happening, group in groupby(items, key=_happening)]
    joint = " " if items[0].happening in _VERBS else ": "
    return f"{texts.country(country)}{joint}{'; '.join(clauses)}"


def clause(item: Item) -> str:
    """Say one piece of news without its country."""
    return _clause(item.happening, (item,))


def _order(change: Change) -> tuple[int, str, int]:
    happening, cycle, kind = _key(change)
    return happening, cycle, _KIND_ORDER.index(kind)


def _key(change: Change) -> tuple[Happening, str, DocumentKind]:
    return _happened(change), change.document.cycle or "", change.document.kind


def _happened(change: Change) -> Happening:
    if change.is_language_version:
        return Happening.NEW_LANGUAGE
    is_news = change.document.kind in NEWS_KINDS
    return _HAPPENINGS.get(change.kind, Happening.PUBLISHED if is_news else Happening.LISTED)


def _happening(item: Item) -> Happening:
    return item.happening


def _clause(happening: Happening, items: tuple[Item, ...]) -> str:
    if happening in _VERBS:
        return texts.DID[_VERBS[happening]].format(what=_what(items))
    if happening is Happening.LISTED:
        return texts.LISTED.format(what=_what(items))
    return "; ".join(_new_language(item) for item in items)


def _new_language(item: Item) -> str:
    languages = texts.listing(item.languages) if item.languages else texts.ANOTHER_LANGUAGE
    return texts.NOW_IN.format(what=texts.kind_in(item.kind, item.cycle), languages=languages)


def _what(items: tuple[Item, ...]) -> str:
    by_cycle = groupby(items, key=lambda item: item.cycle)
    return texts.listing(
        f"{texts.listing(texts.KINDS[item.kind] for item in group)} ({texts.cycle(cycle)})"
        for cycle, group in by_cycle
    )
