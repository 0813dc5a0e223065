"""What every word of the open data means, in English: shipped with the data, so that nobody has to guess."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from monitor.board.definitions import definition
from monitor.board.sheet import State
from monitor.board.status import Mark, Why
from monitor.language.speech import speak
from monitor.model import FILE_CHANGES, ChangeKind, DocumentKind, FileState, PledgeState

_ENGLISH: Final = speak()
CHANGES: Final = tuple(kind for kind in ChangeKind if kind not in FILE_CHANGES)
"""What happens on profile pages."""

_KIND: Final = {
    DocumentKind.SELF_ASSESSMENT: "The State's answers to the self-assessment checklist; it alone decides on publication.",
    DocumentKind.COUNTRY_REPORT: "The full report of the review; the State under review alone decides on publication.",
    DocumentKind.EXECUTIVE_SUMMARY: "The summary of the country report, published by the United Nations for every review.",
    DocumentKind.EXPERT_LIST: "The list of governmental experts who take part in reviews.",
    DocumentKind.FOLLOW_UP: "What a State reports after its review.",
    DocumentKind.OTHER: "Any other document, or one of which nobody is sure yet what it is.",
}
_CHANGE: Final = {
    ChangeKind.PUBLISHED: "The page began to list the document.",
    ChangeKind.REVISED: "The document took the place of another of the same kind, cycle and language (former_url).",
    ChangeKind.MOVED: "The same document is listed at another address (before: former_url).",
    ChangeKind.WITHDRAWN: "The page stopped listing the document, for longer than a few days.",
    ChangeKind.RETURNED: "The page lists the document again after it was called withdrawn.",
    ChangeKind.LINK_DEAD: "The document is listed, but its address leads nowhere, or to something else.",
    ChangeKind.LINK_BACK: "The document's address leads to it again, or for the first time.",
    ChangeKind.FILE_REPLACED: "Another file stands at the same address.",
    ChangeKind.FILE_MOVED: "The document's address leads to another host.",
}
_STATE: Final = {
    State.LISTED: "The page listed it when it was last read.",
    State.MISSING: "It is not on the page now, and that was not reported: not for long enough, or it is no review document.",
    State.WITHDRAWN: "It was on the page once, and is not any more; nobody said why.",
    State.SUPERSEDED: "Another document stands in its place, or the same page is read better now: nobody withdrew it.",
}
_FILE: Final = {
    FileState.THERE: "A document was found at the address.",
    FileState.GONE: "The server says that there is nothing (404 or 410).",
    FileState.NO_DOCUMENT: "A web page, or nothing, stands where the document should be.",
    FileState.UNREACHED: "It could not be looked at: this says nothing about the file.",
}
_PLEDGE: Final = {
    PledgeState.SIGNATORY: "The State is known to have signed the UNCAC Coalition's Transparency Pledge.",
    PledgeState.NOT_SIGNATORY: "The State is known not to have signed it.",
    PledgeState.UNKNOWN: "It is not known whether the State signed it.",
}


_TABLES: Final[Mapping[str, Mapping[Any, str]]] = {
    "kind": _KIND,
    "change": _CHANGE,
    "state": _STATE,
    "file_state": _FILE,
    "pledge": _PLEDGE,
}


def meanings() -> Mapping[str, Mapping[str, str]]:
    """Explain every word, by what it is said of."""
    return {
        "mark": {mark.value: definition(_ENGLISH, mark) for mark in Mark},
        "why": {why.value: definition(_ENGLISH, why) for why in Why},
        **{name: {word.value: words[word] for word in words} for name, words in _TABLES.items()},
    }


def told(name: str, words: tuple[StrEnum, ...]) -> str:
    """Explain some words of one sort in one line."""
    of = meanings()[name]
    return " ".join(f"{word.value}: {of[word.value]}" for word in words)
