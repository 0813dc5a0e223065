"""Whether what was read of the site is plausible, against expectations that are kept as data.

No profile page has been seen before the first contact: the first baseline has to find out by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from monitor.board.status import present
from monitor.model import NEWS_KINDS, DocumentKind, Dossier
from monitor.profile.rules import Expectation


def countries_with(dossiers: Iterable[Dossier]) -> Mapping[DocumentKind, frozenset[str]]:
    """Name for each kind the countries whose page lists a document of it."""
    kinds = {dossier.code: {known.document.kind for known in present(dossier)} for dossier in dossiers}
    return {kind: frozenset(code for code, found in kinds.items() if kind in found) for kind in DocumentKind}


def remarks(dossiers: Iterable[Dossier], expectations: Iterable[Expectation]) -> tuple[str, ...]:
    """Say in plain sentences what was found less often than expected, and what to do about it."""
    read = [dossier for dossier in dossiers if dossier.last_read is not None]
    having = countries_with(read)
    short = [each for each in expectations if len(having[each.kind]) < each.share * len(read)]
    if not short:
        return ("What was found is plausible.",) if read else ()
    return (*(_shortfall(each, len(having[each.kind]), len(read)) for each in short), *_advice(short))


def _shortfall(expected: Expectation, found: int, read: int) -> str:
    kind = expected.kind.value.replace("-", " ")
    where = f"for {found} of {read} countries" if found else "nowhere"
    return f"A document of the kind {kind} was found {where}; at least {expected.share:.0%} of the countries were expected to have one."


def _advice(short: Iterable[Expectation]) -> tuple[str, ...]:
    is_news = bool(NEWS_KINDS & {each.kind for each in short})
    trust = "Alerts cannot be trusted yet." if is_news else "The reading may be incomplete."
    todo = "Open a profile that should list one, run “uncac-monitor read ADDRESS --country CODE” on it, and add the page's words to classification.toml."
    return (f"{trust} {todo}",)
