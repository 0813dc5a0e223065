"""What one piece of evidence says a link is, and how two of them are weighed against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.model import NEWS_KINDS, DocumentKind, Evidence, Link, Words
from monitor.profile.rules import Meaning, Rules
from monitor.profile.words import Hit, fold, shorten

_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind and what decided it, or a doubt about it."""

    kind: DocumentKind
    evidence: tuple[Evidence, ...] = ()
    doubt: str = ""
    likely: DocumentKind | None = None
    is_near: bool = False
    """Decided by the link's own words or those beside it."""


def said(words: Words, rules: Rules) -> Verdict | None:
    """Say what one piece of text names: one kind, none, or a doubt where it names several or denies that it is there."""
    folded = fold(words.text)
    hits = _heads(rules.kinds.find(folded), folded, rules.connectors)
    if not hits:
        return None
    evidence = (Evidence("kind", words.where, shorten(words.text, _LONGEST)),)
    if any(hit.meaning.is_final for hit in hits):
        return Verdict(DocumentKind.OTHER, evidence)
    kinds = list(dict.fromkeys(hit.meaning.kind for hit in hits))
    doubt = _doubt(words.text, hits, kinds, is_absent=bool(rules.absent.find(folded)))
    return (
        Verdict(DocumentKind.OTHER, evidence, doubt, _likeliest(kinds))
        if doubt
        else Verdict(kinds[0], evidence)
    )


def _doubt(text: str, hits: list[Hit[Meaning]], kinds: list[DocumentKind], *, is_absent: bool) -> str:
    quoted = f"“{shorten(text, _LONGEST)}”"
    if len(kinds) > 1:
        return f"{quoted} names {' and '.join(kinds)}"
    if not any(hit.meaning.is_confirmed for hit in hits):
        return f"{quoted} is no confirmed name"
    return f"{quoted} says that it is not there" if is_absent and kinds[0] in NEWS_KINDS else ""


def _heads(hits: Iterable[Hit[Meaning]], folded: str, connectors: frozenset[str]) -> list[Hit[Meaning]]:
    """Drop what only completes the kind before it: "executive summary of the country report" is a summary."""
    heads: list[Hit[Meaning]] = []
    end = None
    for hit in hits:
        between = folded[end : hit.start].strip() if end is not None else ""
        if between not in connectors or not between:
            heads.append(hit)
        end = hit.end
    return heads


def _likeliest(kinds: list[DocumentKind]) -> DocumentKind:
    return next((kind for kind in kinds if kind in NEWS_KINDS), kinds[0])


def settled(beside: Verdict, by_address: Verdict | None) -> Verdict:
    """Weigh the words beside a link against its address: agreement decides, contradiction is a doubt."""
    if by_address is None or by_address.kind is beside.kind:
        return beside
    if beside.doubt:
        return beside if _is_news_in_doubt(beside, by_address) else by_address
    found = by_address.evidence[0].words
    doubt = f"the page says {beside.kind}, the address ({found}) {by_address.kind}"
    likely = by_address.kind if beside.kind is DocumentKind.OTHER else beside.kind
    return Verdict(DocumentKind.OTHER, (*beside.evidence, *by_address.evidence), doubt, likely)


def _is_news_in_doubt(beside: Verdict, by_address: Verdict) -> bool:
    """Tell whether the words may mean news that the address knows nothing of."""
    is_confirmed = by_address.kind is beside.likely
    return by_address.kind is DocumentKind.OTHER or (beside.likely in NEWS_KINDS and not is_confirmed)


def doubtful_page(link: Link, verdict: Verdict, what: str) -> Verdict:
    """Doubt a web page that is called like a document; ``what`` it is instead."""
    likely = verdict.likely or verdict.kind
    doubt = verdict.doubt or f"“{shorten(link.label, _LONGEST)}” is {what}"
    return Verdict(DocumentKind.OTHER, verdict.evidence, doubt, likely)


def unrecognised(link: Link) -> Verdict:
    """Say of a file that nothing tells what it is: a doubt, unless it stands in a menu."""
    if link.is_navigation:
        return Verdict(DocumentKind.OTHER, (Evidence("kind", "place", "navigation"),))
    return Verdict(DocumentKind.OTHER, doubt="a document that no word or address says anything about")
