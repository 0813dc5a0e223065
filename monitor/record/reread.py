"""What a known document becomes when its link is read again: other words on the page, or other rules."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from monitor.model import (
    NEWS_KINDS,
    Document,
    DocumentKind,
    Dossier,
    KnownDocument,
    Link,
    Said,
    Standing,
    Validators,
)
from monitor.record.review import fingerprint, in_doubt, is_doubted_for_history, meaning
from monitor.record.said import settled

Classify = Callable[[Link], Document | None]
"""Says what a link is taken for; None for plain navigation."""


def reclassified(dossier: Dossier, classify: Classify, rules: str) -> Dossier:
    """Read every stored link with today's rules (``rules``: their fingerprint), silently; the next look is a full one.

    What operators were asked about and is clear now becomes news with the look that finds it on the page.
    """
    if dossier.rules == rules:
        return dossier
    documents = tuple(_reread_by_rules(known, classify) for known in dossier.documents)
    return replace(dossier, documents=documents, rules=rules, body_hash="", validators=Validators())


def reread(known: KnownDocument, document: Document, link: Link) -> KnownDocument:
    """Take over what is read now; where that would make a known document news, a person is asked instead.

    What a person said stays, until the page itself calls the document another kind of news: then they are asked again.
    """
    if known.said is not None:
        said = replace(known.said, read=document)
        if not _is_contradicted(known, said, link):
            return settled(replace(known, link=link), said)
        known = replace(known, said=said)
    read = replace(known, document=document, link=link, asked_words=_settled_words(known, document))
    if is_for_the_rules(known):
        return replace(read, standing=Standing.ASKED if document.doubt else Standing.TOLD)
    if _is_question(known, document, link):
        asked_words = (*read.asked_words, fingerprint(link))
        doubt = in_doubt(document, _renamed(known, document))
        return replace(read, document=doubt, standing=Standing.ASKED, asked_words=asked_words)
    if _is_still_asked(known, document, link):
        return replace(read, document=in_doubt(document, known.document.doubt or _renamed(known, document)))
    return read


def is_for_the_rules(known: KnownDocument) -> bool:
    """Tell whether it is new and doubtful, so that it becomes news as soon as the rules or the page are clear."""
    return known.standing is Standing.ASKED and not known.asked_words


def is_news_now(before: KnownDocument, after: KnownDocument) -> bool:
    """Tell whether reading it again has settled the doubt that kept it from being announced."""
    is_settled = is_for_the_rules(before) and after.standing is Standing.TOLD
    return is_settled and after.document.kind is not DocumentKind.OTHER


def _reread_by_rules(known: KnownDocument, classify: Classify) -> KnownDocument:
    old = known.document
    document = classify(known.link) or Document(old.url, old.title, DocumentKind.OTHER)
    read = reread(known, document, known.link)
    # Better rules tell nobody of an absence that the old ones kept quiet about.
    is_quiet = old.kind is DocumentKind.OTHER and not is_for_the_rules(known)
    is_told = known.is_absence_told or (known.missing_since is not None and is_quiet)
    return replace(read, standing=known.standing, is_absence_told=is_told)


def _is_question(known: KnownDocument, document: Document, link: Link) -> bool:
    old = known.document
    is_surer = bool(old.doubt) and not document.doubt and known.standing is not Standing.ASKED
    return (
        link.words != known.link.words
        and meaning(document) in NEWS_KINDS
        and (meaning(document) is not meaning(old) or is_surer)
        and fingerprint(link) not in known.asked_words
    )


def _is_still_asked(known: KnownDocument, document: Document, link: Link) -> bool:
    is_same = link.words == known.link.words and bool(document.doubt)
    is_open = meaning(document) in NEWS_KINDS or (is_same and is_doubted_for_history(known.document))
    return known.standing is Standing.ASKED and is_open


def _is_contradicted(known: KnownDocument, said: Said, link: Link) -> bool:
    is_other_news = meaning(said.read) in NEWS_KINDS and meaning(said.read) is not said.kind
    # Only where a person saw no news at all, a page that may mean some is enough to ask again.
    is_clear = not said.read.doubt or said.kind not in NEWS_KINDS
    is_asked = known.standing is Standing.ASKED or _is_question(known, said.read, link)
    return is_other_news and is_clear and fingerprint(link) != said.words and is_asked


def _settled_words(known: KnownDocument, document: Document) -> tuple[str, ...]:
    kind = known.document.kind
    is_news_lost = kind in NEWS_KINDS and document.kind is not kind and not is_for_the_rules(known)
    # When the old words come back, they are no news to anybody.
    return (*known.asked_words, fingerprint(known.link)) if is_news_lost else known.asked_words


def _renamed(known: KnownDocument, document: Document) -> str:
    now, before = (kind.value.replace("-", " ") for kind in (meaning(document), meaning(known.document)))
    return f"the page now calls it a {now}; it was known before, as: {before}"
