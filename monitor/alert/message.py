"""The alert: what a chat is shown when a government published, replaced or withdrew a review document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from monitor.alert import files, texts
from monitor.alert.markup import block, bold, code, escape, link, split, tidy, web
from monitor.alert.news import Item, gather, headline
from monitor.alert.press import data
from monitor.board.status import MATRIX_KINDS, Cell, matrix, present
from monitor.evidence.proof import proof_in
from monitor.language.speech import Speech, capital
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
_MOST_PROOFS: Final = 6
_DECIDING: Final = frozenset({"kind", "cycle"})


def alert(
    say: Speech,
    country: Country,
    changes: tuple[Change, ...],
    before: Dossier | None,
    after: Dossier,
    *,
    pledge: Pledge,
    cycles: tuple[ReviewCycle, ...],
    profile_url: str,
) -> tuple[Message, ...]:
    """Tell one country's news of one sweep; nothing where documents only moved or came back."""
    items = gather(changes, present(after))
    if not items:
        return ()
    lines = [
        bold(headline(say, country, items)),
        *_sections(say, items, pledge, cycles, _matrices(say, _with(before, items), after, cycles)),
        *_shared(say, {item: _time(say, item) for item in items}),
        *_shared(say, {item: _evidence(say, item) for item in items}),
        *files.lines(say, items),
        _proof(say, items, after),
    ]
    return messages(lines, (*_opening(say, items), *about(say, country, profile_url)))


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


def about(say: Speech, country: Country, profile_url: str) -> tuple[Button, ...]:
    """Offer what can be done about a country under whatever tells of it."""
    return (
        *button(say("Country profile"), profile_url),
        press(say("Status"), "status", country.code),
        press(say("Mute {country}", country=say.name(country)), "mute", country.code, is_beside=True),
    )


def press(label: str, verb: str, *arguments: object, is_beside: bool = False) -> Button:
    """Make a button that tells the bot something."""
    return Button(tidy(label, 40), data=data(verb, *arguments), is_beside=is_beside)


def links(say: Speech, changes: Iterable[Change]) -> str:
    """Link a piece of news in each of its languages."""
    return linked(say, ((change.document, change.former_url) for change in changes))


def linked(say: Speech, documents: Iterable[tuple[Document, str]]) -> str:
    """Link documents by their languages' names; with the address before, where there is one."""
    seen: Counter[str] = Counter()
    shown = []
    for document, former_url in documents:
        label = capital(say.tongue(document.language)) or tidy(document.title) or say("document")
        seen[label] += 1
        name = label if seen[label] == 1 else f"{label} ({seen[label]})"
        earlier = f" ({link(say('the one before'), former_url)})" if web(former_url) else ""
        shown.append(f"{link(name, document.url)}{earlier}")
    return texts.BETWEEN_LINKS.join(shown)


def _sections(
    say: Speech,
    items: tuple[Item, ...],
    pledge: Pledge,
    cycles: tuple[ReviewCycle, ...],
    changed: Mapping[str, str],
) -> list[str]:
    by_cycle = _by_cycle(items)
    known = {cycle.id: texts.chapters(say, cycle) for cycle in cycles}
    is_alone = len(by_cycle) == 1
    chapters = [escape(known[cycle]) for cycle in by_cycle if is_alone and cycle in known]
    lines = [*chapters, escape(texts.pledge(say, pledge))]
    for cycle, found in by_cycle.items():
        heading = "" if is_alone else cycle_heading(say, cycle, known.get(cycle or "", ""))
        reads = _reads(say, found, is_alone=len(items) == 1)
        lines += ["", *filter(None, (heading, *reads, changed.get(cycle or "")))]
    return lines


def cycle_heading(say: Speech, cycle: str | None, chapters: str = "") -> str:
    """Write the line over what belongs to a cycle; ``chapters`` as texts.chapters says them."""
    title = bold(capital(texts.cycle(say, cycle)))
    return texts.labelled(say, title, escape(chapters)) if chapters else title


def _by_cycle(items: tuple[Item, ...]) -> dict[str | None, list[Item]]:
    cycles = dict.fromkeys(sorted((item.cycle for item in items), key=str))
    return {cycle: [item for item in items if item.cycle == cycle] for cycle in cycles}


def _reads(say: Speech, items: Iterable[Item], *, is_alone: bool) -> list[str]:
    labels = ((item, escape(_read_label(say, item, is_alone=is_alone))) for item in items)
    return [texts.labelled(say, label, links(say, item.changes)) for item, label in labels]


def _read_label(say: Speech, item: Item, *, is_alone: bool) -> str:
    if is_alone:
        return say("It stood here") if item.is_gone else say("Read it")
    kind = capital(texts.kind(say, item.kind))
    return say("{document} stood here", document=kind) if item.is_gone else kind


def _matrices(
    say: Speech, before: Dossier | None, after: Dossier, cycles: tuple[ReviewCycle, ...]
) -> dict[str, str]:
    rows = zip(cycles, matrix(before, cycles).rows, matrix(after, cycles).rows, strict=False)
    return {cycle.id: _turned(say, was.cells, now.cells) for cycle, was, now in rows}


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


def _turned(say: Speech, was: Mapping[DocumentKind, Cell], now: Mapping[DocumentKind, Cell]) -> str:
    names = {kind: capital(texts.kind(say, kind)) for kind in MATRIX_KINDS}
    width = max(map(len, names.values()))
    marks = {
        kind: dict.fromkeys((texts.MARKS[was[kind].mark], texts.MARKS[now[kind].mark]))
        for kind in MATRIX_KINDS
    }
    return block(f"{names[kind]:<{width}}  {texts.TURNS.join(marks[kind])}" for kind in MATRIX_KINDS)


def _shared(say: Speech, said: Mapping[Item, str]) -> list[str]:
    """Write each sentence once, naming what it is about where it is not about everything."""
    about: dict[str, list[Item]] = {}
    for item, sentence in said.items():
        about.setdefault(sentence, []).append(item)
    if len(about) == 1:
        return [escape(capital(sentence)) for sentence in about if sentence]
    are_cycles_told = len({item.cycle for item in said}) > 1
    named = ((_names(say, items, are_cycles_told=are_cycles_told), each) for each, items in about.items())
    return [
        escape(say("{documents} {sentence}", documents=names, sentence=sentence))
        for names, sentence in named
        if sentence
    ]


def _names(say: Speech, items: Iterable[Item], *, are_cycles_told: bool) -> str:
    names = (
        texts.kind_in(say, item.kind, item.cycle) if are_cycles_told else texts.kind(say, item.kind)
        for item in items
    )
    return capital(say.listing(dict.fromkeys(names)))


def _time(say: Speech, item: Item) -> str:
    change = item.changes[0]
    return texts.happened(say, change.kind, change.not_before, change.seen_at)


def _evidence(say: Speech, item: Item) -> str:
    decided = (evidence for evidence in item.changes[0].document.evidence if evidence.of in _DECIDING)
    words = dict.fromkeys((tidy(evidence.words, _LONGEST_EVIDENCE), evidence.where) for evidence in decided)
    quotes = ", ".join(f"{texts.quoted(say, quote)} ({say.word(where)})" for quote, where in words)
    return say("read from: {evidence}", evidence=quotes) if quotes else ""


def _proof(say: Speech, items: tuple[Item, ...], after: Dossier) -> str:
    names = dict.fromkeys(proof_in(after, change.document.url) for item in items for change in item.changes)
    shown = [code(name) for name in list(names)[:_MOST_PROOFS]]
    more = ["…"] if len(names) > _MOST_PROOFS else []
    return texts.labelled(say, escape(say("Proof")), ", ".join((*shown, *more)))


def _opening(say: Speech, items: tuple[Item, ...]) -> tuple[Button, ...]:
    there = [item for item in items if not item.is_gone][:_MOST_OPEN_BUTTONS]
    labels = [say("Open {document}", document=texts.kind_in(say, item.kind, item.cycle)) for item in there]
    named = labels if len(there) > 1 else [say("Open document")]
    opening = (button(label, _main(item).url) for label, item in zip(named, there, strict=False))
    return tuple(each for some in opening for each in some)


def _main(item: Item) -> Document:
    documents = [change.document for change in item.changes]
    return next((document for document in documents if document.language == "en"), documents[0])
