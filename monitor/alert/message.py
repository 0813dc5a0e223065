"""The alert: what a chat is shown when a government published, replaced or withdrew a review document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import block, bold, escape, link, split, tidy, web
from monitor.alert.news import Item, gather, headline
from monitor.board.status import MATRIX_KINDS, Cell, matrix, present
from monitor.model import (
    Button,
    Change,
    Country,
    Document,
    DocumentKind,
    Dossier,
    Message,
    Pledge,
    ReviewCycle,
)

_MOST_OPEN_BUTTONS: Final = 3
_LONGEST_EVIDENCE: Final = 60
_DECIDING: Final = frozenset({"kind", "cycle"})


def alert(
    country: Country,
    changes: tuple[Change, ...],
    before: Dossier | None,
    after: Dossier,
    pledge: Pledge,
    *,
    cycles: tuple[ReviewCycle, ...],
    profile_url: str,
) -> tuple[Message, ...]:
    """Tell one country's news of one sweep; nothing where documents only moved or came back."""
    items = gather(changes, present(after))
    if not items:
        return ()
    lines = [
        bold(headline(country, items)),
        *_sections(items, pledge, cycles, _matrices(_with(before, items), after, cycles)),
        *_shared({item: _time(item) for item in items}),
        *_shared({item: _evidence(item) for item in items}),
    ]
    return messages(lines, _buttons(items, profile_url))


def messages(lines: Iterable[str], buttons: tuple[Button, ...] = ()) -> tuple[Message, ...]:
    """Make messages of lines: the first one rings, the last one has the buttons."""
    parts = split(lines)
    last = len(parts) - 1
    return tuple(
        Message(part, buttons if number == last else (), is_silent=number > 0)
        for number, part in enumerate(parts)
    )


def button(label: str, url: str) -> tuple[Button, ...]:
    """Make a button, or none where the address is no web address."""
    address = web(url)
    return (Button(tidy(label, 40), address),) if address else ()


def links(changes: Iterable[Change]) -> str:
    """Link a piece of news in each of its languages."""
    return linked((change.document, change.former_url) for change in changes)


def linked(documents: Iterable[tuple[Document, str]]) -> str:
    """Link documents by their languages' names; with the address before, where there is one."""
    seen: Counter[str] = Counter()
    shown = []
    for document, former_url in documents:
        label = texts.LANGUAGES.get(document.language or "") or tidy(document.title) or texts.UNNAMED_DOCUMENT
        seen[label] += 1
        name = label if seen[label] == 1 else f"{label} ({seen[label]})"
        earlier = f" ({link(texts.BEFORE_IT, former_url)})" if web(former_url) else ""
        shown.append(f"{link(name, document.url)}{earlier}")
    return texts.BETWEEN_LINKS.join(shown)


def _sections(
    items: tuple[Item, ...], pledge: Pledge, cycles: tuple[ReviewCycle, ...], changed: Mapping[str, str]
) -> list[str]:
    by_cycle = _by_cycle(items)
    known = {cycle.id: texts.chapters(cycle) for cycle in cycles}
    is_alone = len(by_cycle) == 1
    chapters = [escape(known[cycle]) for cycle in by_cycle if is_alone and cycle in known]
    lines = [*chapters, escape(texts.pledge(pledge))]
    for cycle, found in by_cycle.items():
        title = texts.capital(texts.cycle(cycle))
        about = f": {known[cycle]}" if cycle in known else ""
        heading = "" if is_alone else f"{bold(title)}{escape(about)}"
        lines += [
            "",
            *filter(None, (heading, *_reads(found, is_alone=len(items) == 1), changed.get(cycle or ""))),
        ]
    return lines


def _by_cycle(items: tuple[Item, ...]) -> dict[str | None, list[Item]]:
    cycles = dict.fromkeys(sorted((item.cycle for item in items), key=str))
    return {cycle: [item for item in items if item.cycle == cycle] for cycle in cycles}


def _reads(items: Iterable[Item], *, is_alone: bool) -> list[str]:
    return [f"{escape(_read_label(item, is_alone=is_alone))}: {links(item.changes)}" for item in items]


def _read_label(item: Item, *, is_alone: bool) -> str:
    if is_alone:
        return texts.STOOD_AT if item.is_gone else texts.READ_IT
    kind = texts.capital(texts.KINDS[item.kind])
    return texts.ITS_OLD_PLACE.format(what=kind) if item.is_gone else kind


def _matrices(before: Dossier | None, after: Dossier, cycles: tuple[ReviewCycle, ...]) -> dict[str, str]:
    rows = zip(cycles, matrix(before, cycles).rows, matrix(after, cycles).rows, strict=False)
    return {cycle.id: _turned(was.cells, now.cells) for cycle, was, now in rows}


def _with(before: Dossier | None, items: tuple[Item, ...]) -> Dossier | None:
    """Put back what is told as withdrawn only now, after the grace period in which it was missing."""
    gone = [item for item in items if item.is_gone]
    urls = {change.document.url for item in gone for change in item.changes}
    return before and replace(
        before,
        documents=tuple(
            replace(known, missing_since=None) if known.document.url in urls else known
            for known in before.documents
        ),
    )


def _turned(was: Mapping[DocumentKind, Cell], now: Mapping[DocumentKind, Cell]) -> str:
    width = max(len(texts.KINDS[kind]) for kind in MATRIX_KINDS)
    marks = {
        kind: dict.fromkeys((texts.MARKS[was[kind].mark], texts.MARKS[now[kind].mark]))
        for kind in MATRIX_KINDS
    }
    return block(
        f"{texts.capital(texts.KINDS[kind]):<{width}}  {texts.TURNS.join(marks[kind])}"
        for kind in MATRIX_KINDS
    )


def _shared(said: Mapping[Item, str]) -> list[str]:
    """Write each sentence once, naming what it is about where it is not about everything."""
    about: dict[str, list[Item]] = {}
    for item, sentence in said.items():
        about.setdefault(sentence, []).append(item)
    if len(about) == 1:
        return [escape(sentence) for sentence in about if sentence]
    are_cycles_told = len({item.cycle for item in said}) > 1
    return [
        escape(f"{_names(items, are_cycles_told=are_cycles_told)} {sentence[:1].lower()}{sentence[1:]}")
        for sentence, items in about.items()
        if sentence
    ]


def _names(items: Iterable[Item], *, are_cycles_told: bool) -> str:
    names = (
        texts.kind_in(item.kind, item.cycle) if are_cycles_told else texts.KINDS[item.kind] for item in items
    )
    return texts.capital(texts.listing(dict.fromkeys(names)))


def _time(item: Item) -> str:
    change = item.changes[0]
    return texts.between(texts.HAPPENED[change.kind], change.not_before, change.seen_at)


def _evidence(item: Item) -> str:
    decided = (evidence for evidence in item.changes[0].document.evidence if evidence.of in _DECIDING)
    words = dict.fromkeys((tidy(evidence.words, _LONGEST_EVIDENCE), evidence.where) for evidence in decided)
    quoted = ", ".join(f"“{quote}” ({where})" for quote, where in words)
    return texts.READ_FROM.format(evidence=quoted) if quoted else ""


def _buttons(items: tuple[Item, ...], profile_url: str) -> tuple[Button, ...]:
    there = [item for item in items if not item.is_gone][:_MOST_OPEN_BUTTONS]
    labels = [texts.OPEN.format(what=texts.kind_in(item.kind, item.cycle)) for item in there]
    named = labels if len(there) > 1 else [texts.OPEN_DOCUMENT]
    opening = (button(label, _main(item).url) for label, item in zip(named, there, strict=False))
    return (*(each for some in opening for each in some), *button(texts.COUNTRY_PROFILE, profile_url))


def _main(item: Item) -> Document:
    documents = [change.document for change in item.changes]
    return next((document for document in documents if document.language == "en"), documents[0])
