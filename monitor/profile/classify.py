"""What a link is: kind, cycle and language, each with the words that decided it.

The order of trust is fixed. For the kind: the link's own words; the words beside it (same line, row, column, term);
what its address gives away; the words over it (tab, summary, card, caption, headings), nearest first. Where two
kinds stand in one place, or words beside it contradict the address, or only an unconfirmed phrase speaks, the link
is OTHER with a doubt, and a person is asked. For the cycle and the language the address comes before the words
beside it: a UN symbol or file name does not stand in the wrong row.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.model import NEWS_KINDS, Document, DocumentKind, Evidence, Link, Reading, Where, Words
from monitor.profile import address
from monitor.profile.rules import Meaning, Rules
from monitor.profile.tell import Told, is_only_language, tell_cycle, tell_language
from monitor.profile.words import Hit, fold, shorten

OWN = frozenset([Where.LABEL, Where.TITLE, Where.ARIA])
NEAR = frozenset([Where.BEFORE, Where.AFTER, Where.ROW, Where.COLUMN, Where.CELL, Where.TERM])
_TITLE_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Verdict:
    """A kind and what decided it, or a doubt about it."""

    kind: DocumentKind
    evidence: tuple[Evidence, ...] = ()
    doubt: str = ""
    likely: DocumentKind | None = None
    is_near: bool = False
    """Decided by the link's own words or those beside it."""


@dataclass(frozen=True, slots=True)
class Classifier:
    """Says what links are, by one set of rules."""

    rules: Rules

    def document(self, link: Link) -> Document | None:
        """Say what a link is taken for; None for plain navigation."""
        return self.reading(link).document

    def reading(self, link: Link) -> Reading:
        """Say what a link is taken for and why."""
        is_file = address.is_file(link.url)
        if link.is_navigation and not is_file:
            return Reading(link, None, "navigation")
        verdict = self._verdict(link, is_file=is_file)
        if verdict is None:
            return Reading(link, None, "a plain link: no word or address of a review document")
        document = self._document(link, verdict)
        return Reading(link, document, document.doubt or _because(document))

    def _verdict(self, link: Link, *, is_file: bool) -> Verdict | None:
        verdict = self._by_words(link)
        if is_file:
            return verdict or self._unrecognised(link)
        if verdict is None or (verdict.kind is DocumentKind.OTHER and not verdict.doubt):
            return None
        return verdict if self._is_in_review(link, verdict) else _doubtful_page(link, verdict)

    def _by_words(self, link: Link) -> Verdict | None:
        own = self._in(link, OWN)
        beside = own or self._in(link, NEAR)
        by_address = self._by_address(link)
        if beside is not None:
            return self._unless_under_false_friend(_settled(replace(beside, is_near=True), by_address), link)
        return by_address or self._over(link)

    def _unless_under_false_friend(self, verdict: Verdict, link: Link) -> Verdict:
        """Doubt news that stands in a part of the page about parallel reports or the like."""
        if verdict.kind not in NEWS_KINDS:
            return verdict
        for words in link.words:
            if words.where not in OWN | NEAR | {Where.PAGE} and self._is_false_friend(fold(words.text)):
                doubt = f"it is called {verdict.kind}, but stands under “{words.text}”"
                return Verdict(DocumentKind.OTHER, verdict.evidence, doubt, verdict.kind, is_near=True)
        return verdict

    def _is_false_friend(self, folded: str) -> bool:
        return any(hit.meaning.is_final for hit in self.rules.kinds.find(folded))

    def _in(self, link: Link, places: frozenset[Where]) -> Verdict | None:
        for words in link.words:
            if words.where in places and (verdict := self._said(words)):
                return verdict
        return None

    def _said(self, words: Words) -> Verdict | None:
        """Say what one piece of text names: one kind, none, or a doubt where it names several."""
        folded = fold(words.text)
        hits = _heads(self.rules.kinds.find(folded), folded, self.rules.connectors)
        if not hits:
            return None
        evidence = (Evidence("kind", words.where, shorten(words.text, 120)),)
        if any(hit.meaning.is_final for hit in hits):
            return Verdict(DocumentKind.OTHER, evidence)
        kinds = list(dict.fromkeys(hit.meaning.kind for hit in hits))
        if len(kinds) > 1:
            names = " and ".join(kinds)
            return Verdict(DocumentKind.OTHER, evidence, f"“{words.text}” names {names}", _likeliest(kinds))
        if not any(hit.meaning.is_confirmed for hit in hits):
            return Verdict(DocumentKind.OTHER, evidence, f"“{words.text}” is no confirmed name", kinds[0])
        return Verdict(kinds[0], evidence)

    def _by_address(self, link: Link) -> Verdict | None:
        for rule in self.rules.addresses:
            if rule.kind is not None and (found := rule.pattern.search(link.url)):
                return Verdict(rule.kind, (Evidence("kind", Where.ADDRESS, found.group()),))
        if address.is_image(link.url):
            return Verdict(DocumentKind.OTHER, (Evidence("kind", Where.ADDRESS, address.suffix(link.url)),))
        return None

    def _over(self, link: Link) -> Verdict | None:
        """Say what the words over a link name; a heading nobody understands in between makes it a doubt."""
        unclear = ""
        # The page's own heading may say "country reports" over everything: too far away to decide.
        far = [words for words in link.words if words.where not in OWN | NEAR | {Where.PAGE}]
        for words in far:
            verdict = self._said(words)
            if verdict is None:
                unclear = unclear or self._unclear(words)
                continue
            if unclear and verdict.kind in NEWS_KINDS:
                doubt = f"it stands under “{unclear}”, which nobody recognises, below “{words.text}”"
                return Verdict(DocumentKind.OTHER, verdict.evidence, doubt, verdict.kind)
            return verdict
        return None

    def _unclear(self, words: Words) -> str:
        folded = fold(words.text)
        is_clear = (
            words.where is not Where.HEADING
            or self.rules.cycle_words.find(folded)
            or self.rules.languages.find(folded)
            or self.rules.sections.find(folded)
            or self.rules.generic.find(folded)
        )
        return "" if is_clear else words.text

    def _unrecognised(self, link: Link) -> Verdict:
        if link.is_navigation:
            return Verdict(DocumentKind.OTHER, (Evidence("kind", "place", "navigation"),))
        return Verdict(DocumentKind.OTHER, doubt="a document that no word or address says anything about")

    def _is_in_review(self, link: Link, verdict: Verdict) -> bool:
        """Tell whether a web page (no file) is offered as a document: beside a kind, or under review words."""
        if verdict.is_near and not any(evidence.where in OWN for evidence in verdict.evidence):
            return True
        around = [words for words in link.words if words.where not in OWN | {Where.PAGE}]
        is_review = any(self._is_review_word(fold(words.text)) for words in around)
        return is_review and (verdict.is_near or not self._is_substantive(link.label))

    def _is_review_word(self, folded: str) -> bool:
        rules = self.rules
        return bool(rules.sections.find(folded) or rules.cycle_words.find(folded) or rules.kinds.find(folded))

    def _is_substantive(self, text: str) -> bool:
        """Tell whether a label says more than a language, a format or "download"."""
        return not is_only_language(fold(text), self.rules) and address.symbol_in_text(text) is None

    def _document(self, link: Link, verdict: Verdict) -> Document:
        cycle, language = tell_cycle(link, self.rules), tell_language(link, self.rules)
        symbol = self._symbol(link)
        doubt = (Evidence("doubt", "reader", verdict.doubt),) if verdict.doubt else ()
        return Document(
            url=link.url,
            title=self._title(link, verdict),
            kind=verdict.kind,
            cycle=cycle.value,
            language=language.value,
            symbol=symbol.value,
            evidence=(*verdict.evidence, *cycle.evidence, *language.evidence, *symbol.evidence, *doubt),
            doubt=verdict.doubt,
            likely=verdict.likely,
        )

    def _symbol(self, link: Link) -> Told:
        for words in link.words:
            if words.where in OWN | NEAR and (symbol := address.symbol_in_text(words.text)):
                return Told(symbol, (Evidence("symbol", words.where, symbol),))
        symbol = address.symbol_in_address(link.url)
        return Told(symbol, (Evidence("symbol", Where.ADDRESS, symbol),)) if symbol else Told()

    def _title(self, link: Link, verdict: Verdict) -> str:
        """Give the label if it says something, else the words that decided the kind, else the nearest that say something."""
        deciding = [evidence.words for evidence in verdict.evidence if evidence.where != Where.ADDRESS]
        around = [words.text for words in link.words if words.where is not Where.CELL]
        telling = [text for text in around if self.rules.kinds.find(fold(text))]
        candidates = [link.label, *deciding, *telling, *around]
        title = next(filter(self._is_substantive, candidates), link.label or address.file_name(link.url))
        return shorten(title.lstrip(" :：–—-|•·),;").rstrip(" :：–—-|•·(,;"), _TITLE_LONGEST)


def _heads(hits: list[Hit[Meaning]], folded: str, connectors: frozenset[str]) -> list[Hit[Meaning]]:
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


def _settled(beside: Verdict, by_address: Verdict | None) -> Verdict:
    """Weigh the words beside a link against its address: agreement decides, contradiction is a doubt."""
    if by_address is None or by_address.kind is beside.kind:
        return beside
    if beside.doubt:
        return by_address if by_address.kind is not DocumentKind.OTHER else beside
    found = by_address.evidence[0].words
    doubt = f"the page says {beside.kind}, the address ({found}) {by_address.kind}"
    likely = by_address.kind if beside.kind is DocumentKind.OTHER else beside.kind
    return Verdict(DocumentKind.OTHER, (*beside.evidence, *by_address.evidence), doubt, likely)


def _doubtful_page(link: Link, verdict: Verdict) -> Verdict:
    likely = verdict.likely or verdict.kind
    doubt = verdict.doubt or f"“{link.label}” is a web page, not a file, and stands outside the review's part"
    return Verdict(DocumentKind.OTHER, verdict.evidence, doubt, likely)


def _because(document: Document) -> str:
    parts = [f"{evidence.of}: “{evidence.words}” ({evidence.where})" for evidence in document.evidence]
    return "; ".join(parts)
