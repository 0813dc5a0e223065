"""What a feed says of one piece of news, as HTML for readers: strangers' words are escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from monitor.alert import files, texts
from monitor.alert.markup import code, escape, tidy
from monitor.alert.message import cycle_heading, links
from monitor.board.view import View
from monitor.evidence.proof import proof_in
from monitor.language.speech import Speech, capital
from monitor.model import Dossier
from monitor.web.entries import Entry

_DECIDING: Final = frozenset({"kind", "cycle"})
_LONGEST_EVIDENCE: Final = 60
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold, not even escaped."""


def when(say: Speech, entry: Entry) -> str:
    """Say between which two looks it happened, as a sentence of plain text."""
    change = entry.item.changes[0]
    return capital(texts.happened(say, change.kind, change.not_before, change.seen_at))


def content(say: Speech, view: View, entry: Entry) -> str:
    """Say all that is known of it; nothing that changes later, or readers would be shown it again."""
    return _NO_XML.sub("", "".join(f"<p>{line}</p>" for line in _lines(say, view, entry)))


def _lines(say: Speech, view: View, entry: Entry) -> Iterator[str]:
    item = entry.item
    chapters = {cycle.id: texts.chapters(say, cycle) for cycle in view.cycles}.get(item.cycle or "", "")
    yield cycle_heading(say, item.cycle, chapters)
    label = say("It stood here") if item.is_gone else say("Read it")
    yield texts.labelled(say, escape(label), links(say, item.changes))
    yield escape(when(say, entry))
    yield from filter(None, (_evidence(say, entry),))
    yield from files.lines(say, (item,))
    yield _proofs(say, entry, view.world.dossiers.get(entry.country.code))


def _evidence(say: Speech, entry: Entry) -> str:
    decided = (each for each in entry.item.changes[0].document.evidence if each.of in _DECIDING)
    words = dict.fromkeys((tidy(each.words, _LONGEST_EVIDENCE), each.where) for each in decided)
    quotes = ", ".join(f"{texts.quoted(say, quote)} ({say.word(where)})" for quote, where in words)
    return escape(capital(say("read from: {evidence}", evidence=quotes))) if quotes else ""


def _proofs(say: Speech, entry: Entry, dossier: Dossier | None) -> str:
    known = dossier or Dossier(entry.country.code)
    names = dict.fromkeys(proof_in(known, change.document.url) for change in entry.item.changes)
    return texts.labelled(say, escape(say("Proof")), ", ".join(map(code, names)))
