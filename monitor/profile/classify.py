"""What a link is: kind, cycle and language, each with the words that decided it.

The order of trust is fixed. For the kind: the link's own words; the words beside it (same line, row, column, term);
what its address gives away; the words over it (tab, summary, card, caption, headings), nearest first; never the
page's own heading. The link is OTHER with a doubt, and a person is asked, where two kinds stand in one place, words
beside it contradict the address, only an unconfirmed phrase speaks, the words say that it is not there, a part of the
page nobody understands lies in between, or news stands among parallel reports. For the cycle and the language the
address comes before the words beside it: a UN symbol or file name does not stand in the wrong row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from monitor.model import NEWS_KINDS, Document, DocumentKind, Evidence, Link, Reading, Where, Words
from monitor.profile import address
from monitor.profile.rules import Rules
from monitor.profile.tell import Told, is_only_language, tell_cycle, tell_language
from monitor.profile.verdict import Verdict, doubtful_page, said, settled, unrecognised
from monitor.profile.words import fold, shorten

OWN = frozenset([Where.LABEL, Where.TITLE, Where.ARIA])
NEAR = frozenset([Where.BEFORE, Where.AFTER, Where.ROW, Where.COLUMN, Where.CELL, Where.TERM])
_HEADINGS = frozenset([Where.HEADING, Where.SUMMARY, Where.TAB, Where.CARD, Where.LEGEND])
_TITLE_LONGEST = 200


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
            return verdict or unrecognised(link)
        if verdict is None or (verdict.kind is DocumentKind.OTHER and not verdict.doubt):
            return None
        if not self._is_in_review(link, verdict):
            return doubtful_page(
                link, verdict, "a web page, not a file, and stands outside the review's part"
            )
        # Menus are made of these: where a broken page no longer shows that it is one, a person is asked.
        is_plain = not urlsplit(link.url).query
        return doubtful_page(link, verdict, "a plain web page, not a file") if is_plain else verdict

    def _by_words(self, link: Link) -> Verdict | None:
        beside = self._in(link, OWN) or self._in(link, NEAR)
        by_address = self._by_address(link)
        if beside is not None:
            return self._unless_under_false_friend(settled(replace(beside, is_near=True), by_address), link)
        found = by_address or self._over(link)
        return found and self._unless_under_false_friend(found, link)

    def _unless_under_false_friend(self, verdict: Verdict, link: Link) -> Verdict:
        """Doubt news that stands in a part of the page about parallel reports or the like."""
        if verdict.kind not in NEWS_KINDS:
            return verdict
        for words in _around(link):
            if any(hit.meaning.is_final for hit in self.rules.kinds.find(fold(words.text))):
                doubt = f"it is called {verdict.kind}, but stands under “{words.text}”"
                evidence = (*verdict.evidence, Evidence("doubt", words.where, shorten(words.text, 120)))
                return replace(
                    verdict, kind=DocumentKind.OTHER, evidence=evidence, doubt=doubt, likely=verdict.kind
                )
        return verdict

    def _in(self, link: Link, places: frozenset[Where]) -> Verdict | None:
        for words in link.words:
            if words.where in places and (verdict := said(words, self.rules)):
                return verdict
        return None

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
            verdict = said(words, self.rules)
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
            words.where not in _HEADINGS
            or self.rules.cycle_words.find(folded)
            or self.rules.languages.find(folded)
            or self.rules.sections.find(folded)
            or self.rules.generic.find(folded)
        )
        return "" if is_clear else words.text

    def _is_in_review(self, link: Link, verdict: Verdict) -> bool:
        """Tell whether a web page (no file) is offered as a document: it is called one, or only "English", in the right place."""
        is_called = any(evidence.where in OWN for evidence in verdict.evidence)
        # A link without words of its own may be one that nobody sees, beside words that belong to another.
        is_mute = all(words.where not in OWN for words in link.words)
        if not is_called and (is_mute or self._is_substantive(link.label)):
            return False
        around = [words for words in link.words if words.where not in OWN | {Where.PAGE}]
        return any(self._is_review_word(fold(words.text)) for words in around)

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


def _around(link: Link) -> Iterator[Words]:
    """Give the words that say which part of the page it is: those over the link, its row's, and what stands just before."""
    just_before = next((words for words in link.words if words.where is Where.BEFORE), None)
    for words in link.words:
        if words is just_before or words.where not in OWN | {Where.BEFORE, Where.AFTER, Where.PAGE}:
            yield words


def _because(document: Document) -> str:
    parts = [f"{evidence.of}: “{evidence.words}” ({evidence.where})" for evidence in document.evidence]
    return "; ".join(parts)
