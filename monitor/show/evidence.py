"""Evidence for a terminal: the documents by their proofs, and the whole chain of one."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import RenderableType

from monitor.evidence.account import account
from monitor.evidence.chain import Chain
from monitor.evidence.proof import proof_of
from monitor.language.speech import speak
from monitor.model import Country, KnownDocument
from monitor.show.tables import line, link, listing, what

_SAY = speak()


def proofs(country: Country, found: Iterable[KnownDocument]) -> RenderableType:
    """List a country's documents by the names under which their evidence is found."""
    text = listing()
    text.append(f"{_SAY.country(country)} ({country.code})\n", "bold")
    for known in found:
        text.append(f"  {proof_of(country.code, known)}  ", "bold").append_text(line(what(known.document)))
        text.append("\n      ").append_text(link(known.document.url)).append("\n")
    return text


def accounts(country: Country, found: Iterable[Chain]) -> RenderableType:
    """Tell the whole chain of each document."""
    text = listing()
    for each in found:
        for section in account(_SAY, country, each):
            text.append_text(line(section.heading, "bold")).append("\n")
            for words in section.lines:
                text.append("  ").append_text(line(words)).append("\n")
            text.append("\n")
    return text
