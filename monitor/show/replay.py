"""What a replay found, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from rich.console import RenderableType
from rich.text import Text

from monitor.alert import texts
from monitor.alert.markup import tidy
from monitor.board.export import change_json, document_json, instant
from monitor.evidence.differences import Difference, Differently, PageName
from monitor.evidence.replay import Otherwise
from monitor.language.speech import speak
from monitor.model import Change, Document
from monitor.replay import Replayed

Json = dict[str, Any]
Line = tuple[str, str]
"""Text and its style."""
_SAY: Final = speak()
"""The terminal speaks English."""
_LONGEST: Final = 300
_LONGEST_LINK: Final = 2000
_NO_DOCUMENT: Final = "nothing of interest"


def replayed(found: Replayed) -> RenderableType:
    """List what would be read differently, which alerts would be others, and what a replay cannot know."""
    text = Text(no_wrap=True, overflow="ignore")
    for line, style in (*_documents(found), *_alerts(found), *_limits(found)):
        text.append(line, style).append("\n")
    text.rstrip()
    return text


def _documents(found: Replayed) -> Iterator[Line]:
    known = "today's rules" if found.is_trial else "what is known"
    yield f"Read differently from {known}: {len(found.documents)}", "bold"
    for each in found.documents:
        yield f"{each.page.code}, {_where(each.page)}", ""
        yield from _difference(each)
    yield "", ""


def _difference(each: Difference) -> Iterator[Line]:
    if not isinstance(each, Differently):
        for name, trouble in (("before", each.before), ("after", each.after)):
            yield f"    {name}: {tidy(trouble, _LONGEST) or 'the country’s profile'}", "yellow"
        return
    yield f"    {tidy(each.url, _LONGEST_LINK)}", ""
    yield f"    before: {_meant(each.before)}", "dim"
    yield f"    after:  {_meant(each.after)}", ""
    yield f"    {_words(each.after or each.before)}", "dim"
    if each.said:
        yield f"    a person said: {texts.kind(_SAY, each.said)}; that stays", "dim"


def _where(page: PageName) -> str:
    which = "the newest page that is kept" if page.is_newest else "an older page"
    return f"{which}, seen {page.seen:%Y-%m-%d %H:%M} UTC"


def _meant(document: Document | None) -> str:
    if document is None:
        return _NO_DOCUMENT
    if document.doubt:
        return f"operators would be asked: {tidy(document.doubt, _LONGEST)}"
    language = document.language or "language not stated"
    return f"{texts.kind(_SAY, document.kind)}, {texts.cycle(_SAY, document.cycle)}, {language}"


def _words(document: Document | None) -> str:
    evidence = document.evidence if document else ()
    return "; ".join(f"{each.of}: “{tidy(each.words, _LONGEST)}” ({each.where})" for each in evidence)


def _alerts(found: Replayed) -> Iterator[Line]:
    told = "today's rules tell" if found.is_trial else "was told"
    yield f"Alerts that would differ from what {told}: {len(found.alerts)}", "bold"
    for each in found.alerts:
        yield f"{each.change.code}, {each.change.seen_at:%Y-%m-%d %H:%M} UTC: {_told(each)}", ""
        yield f"    {tidy(each.change.document.url, _LONGEST_LINK)}", ""
    if found.held:
        yield f"A look would be held, waiting for a person: {' '.join(found.held)}", "yellow"
    yield "", ""


def _told(each: Otherwise) -> str:
    if each.before and each.after:
        return f"{_change(each.after)} instead of {_change(each.before)}"
    if each.before:
        return f"would not go out: {_change(each.before)}"
    said = " (a person’s word told it)" if each.is_said else ""
    return f"would go out: {_change(each.change)}{said}"


def _change(change: Change) -> str:
    version = ", another language" if change.is_language_version else ""
    return f"{change.kind} {_meant(change.document)}{version}"


def _limits(found: Replayed) -> Iterable[Line]:
    begin = f", from {found.since:%Y-%m-%d} on" if found.since else ""
    yield f"{found.pages} pages were read again{begin}. Nothing was stored, and nobody was told.", ""
    unknown = [
        *([f"{found.missing} pages were seen and are not in the archive"] if found.missing else []),
        *([f"no page is kept of {_codes(found.without)}"] if found.without else []),
        *(
            [f"{found.unjudged} changes are older than the first page of their country"]
            if found.unjudged
            else []
        ),
    ]
    if unknown:
        yield f"What this cannot know: {'; '.join(unknown)}.", "yellow"


def _codes(codes: tuple[str, ...], most: int = 12) -> str:
    more = f" and {len(codes) - most} more" if len(codes) > most else ""
    return f"{' '.join(codes[:most])}{more}"


def replayed_json(found: Replayed) -> Json:
    """Write what a replay found."""
    return {
        "pages": found.pages,
        "since": instant(found.since),
        "documents": [_difference_json(each) for each in found.documents if isinstance(each, Differently)],
        "not_profiles": [_page_json(each) for each in found.documents if not isinstance(each, Differently)],
        "alerts": [_alert_json(each) for each in found.alerts],
        "held": list(found.held),
        "unknown": {"pages": found.missing, "countries": list(found.without), "changes": found.unjudged},
    }


def _difference_json(each: Differently) -> Json:
    return _place(each.page) | {
        "url": each.url,
        "before": each.before and _document_json(each.page.code, each.before),
        "after": each.after and _document_json(each.page.code, each.after),
        "said": each.said.value if each.said else None,
    }


def _document_json(code: str, document: Document) -> Json:
    return document_json(code, document) | {"doubt": document.doubt or None}


def _page_json(each: Difference) -> Json:
    return _place(each.page) | {"before": each.before or None, "after": each.after or None}


def _place(page: PageName) -> Json:
    return {"country": page.code, "page": page.hash, "seen": instant(page.seen), "is_newest": page.is_newest}


def _alert_json(each: Otherwise) -> Json:
    before, after = (change and change_json(change) for change in (each.before, each.after))
    return {"before": before, "after": after, "is_said": each.is_said}
