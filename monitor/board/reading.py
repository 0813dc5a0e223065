"""Whether what was read of the site is plausible, against expectations that are kept as data.

No profile page has been seen before the first contact: the first baseline has to find out by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monitor.alert import texts
from monitor.board.status import present
from monitor.language.speech import Speech
from monitor.model import NEWS_KINDS, DocumentKind, Dossier
from monitor.profile.rules import Expectation


def countries_with(dossiers: Iterable[Dossier]) -> Mapping[DocumentKind, frozenset[str]]:
    """Name for each kind the countries whose page lists a document of it."""
    kinds = {dossier.code: {known.document.kind for known in present(dossier)} for dossier in dossiers}
    return {kind: frozenset(code for code, found in kinds.items() if kind in found) for kind in DocumentKind}


def remarks(say: Speech, dossiers: Iterable[Dossier], expectations: Iterable[Expectation]) -> tuple[str, ...]:
    """Say in plain sentences what was found less often than expected, and what to do about it."""
    read = [dossier for dossier in dossiers if dossier.last_read is not None]
    having = countries_with(read)
    short = [each for each in expectations if len(having[each.kind]) < each.share * len(read)]
    if not short:
        return (say("What was found is plausible."),) if read else ()
    shortfalls = (_shortfall(say, each, len(having[each.kind]), len(read)) for each in short)
    return (*shortfalls, _advice(say, short))


def _shortfall(say: Speech, expected: Expectation, found: int, read: int) -> str:
    kind, share = texts.kind(say, expected.kind), say.share(expected.share)
    if not found:
        return say(
            "A document of the kind {kind} was found nowhere; "
            "at least {share} of the countries were expected to have one.",
            kind=kind,
            share=share,
        )
    return say(
        "A document of the kind {kind} was found for {found} of {read} countries; "
        "at least {share} of the countries were expected to have one.",
        kind=kind,
        share=share,
        found=say.number(found),
        read=say.number(read),
    )


def _advice(say: Speech, short: Iterable[Expectation]) -> str:
    is_news = bool(NEWS_KINDS & {each.kind for each in short})
    trust = say("Alerts cannot be trusted yet.") if is_news else say("The reading may be incomplete.")
    todo = say(
        "Open a profile that should list one, run “{command}” on it, and add the page's words to {file}.",
        command="uncac-monitor read ADDRESS --country CODE",
        file="classification.toml",
    )
    return f"{trust} {todo}"
