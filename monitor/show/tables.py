"""Tables for a terminal: what the commands show people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from monitor.alert import texts
from monitor.alert.markup import tidy
from monitor.board.status import MATRIX_KINDS, Cell, Mark, is_held, matrix
from monitor.errors import Mistake
from monitor.evidence.proof import proof_of
from monitor.language.speech import capital, speak
from monitor.model import (
    Change,
    Country,
    Document,
    Dossier,
    KnownDocument,
    Outcome,
    Pledge,
    Reading,
    ReviewCycle,
    Visit,
)
from monitor.profile.probe import Probe

_SAY = speak()
"""The terminal speaks English."""
_OUTCOME_STYLES = {Outcome.FAILED: "red", Outcome.HELD: "yellow"}
_MARK_STYLES = {Mark.PUBLISHED: "green", Mark.UNKNOWN: "yellow", Mark.NOT_SEEN: "dim", Mark.WITHDRAWN: "red"}
_MOST_CODES = 12
_LONGEST = 1000
"""Characters of a stranger's text that are shown: titles and errors can be as long as a page."""


def line(text: str, style: str = "") -> Text:
    """Show a stranger's text as one line: what a terminal would obey is taken out, markup stays text."""
    return Text(tidy(text, _LONGEST), style)


def listing() -> Text:
    """Start a list whose lines only the terminal wraps, so that an address can be copied and found whole."""
    return Text(no_wrap=True, overflow="ignore")


def _table(*columns: str, title: str | None = None) -> Table:
    table = Table(title=title, title_justify="left", show_edge=False, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    return table


def visits(found: Iterable[Visit]) -> RenderableType:
    """Sum up a sweep: how many of each outcome, then what failed or was held and why, then the changes."""
    every = list(found)
    counts = Counter(visit.outcome for visit in every)
    changes = [change for visit in every for change in visit.changes]
    summary = _table("read", "unchanged", "failed", "held", "changes")
    outcomes = (Outcome.READ, Outcome.UNCHANGED, Outcome.FAILED, Outcome.HELD)
    summary.add_row(*(str(counts[outcome]) for outcome in outcomes), str(len(changes)))
    parts: list[RenderableType] = [summary]
    troubled = _troubled(every)
    if troubled.row_count:
        parts += [Text(), troubled]
    if changes:
        parts += [Text(), history(changes)]
    return Group(*parts)


def _troubled(every: Iterable[Visit]) -> Table:
    reasons: dict[tuple[Outcome, str], list[str]] = {}
    for visit in every:
        if visit.outcome in _OUTCOME_STYLES:
            reasons.setdefault((visit.outcome, visit.error), []).append(visit.code)
    table = _table("outcome", "countries", "why")
    for (outcome, error), codes in reasons.items():
        more = f" and {len(codes) - _MOST_CODES} more" if len(codes) > _MOST_CODES else ""
        named = f"{' '.join(codes[:_MOST_CODES])}{more}"
        table.add_row(Text(outcome, _OUTCOME_STYLES[outcome]), Text(named), line(error))
    return table


def history(changes: Iterable[Change]) -> RenderableType:
    """List changes with the two looks between which each happened."""
    text = listing()
    for change in changes:
        kind = f"{change.kind}, another language" if change.is_language_version else str(change.kind)
        text.append(f"{change.code} {kind}: ", "bold").append_text(line(what(change.document))).append("\n")
        text.append(f"    between {_time(change.not_before)} and {_time(change.seen_at)} UTC\n    ", "dim")
        text.append_text(link(change.document.url)).append("\n")
    return text or Text("No changes.")


def documents(found: Iterable[tuple[Country, Dossier]]) -> RenderableType:
    """List what is known of each country, with the words that decided it: a few lines a document, for any width."""
    text = listing()
    for country, dossier in found:
        text.append(f"{_SAY.country(country)} ({country.code})\n", "bold")
        for known in dossier.documents:
            _describe(text, country.code, known)
        text.append("\n")
    return text or Text("Nothing is known yet: look once with `uncac-monitor sweep`.")


def _describe(text: Text, code: str, known: KnownDocument) -> None:
    _put_document(text, known.document)
    text.append(f"    {proof_of(code, known)} · {_history(known)}\n    ", "dim")
    text.append_text(line(_evidence(known.document), "dim")).append("\n")


def _put_document(text: Text, document: Document) -> None:
    language = document.language or "language not stated"
    sort = f"{document.kind} · {texts.cycle(_SAY, document.cycle)} · {language}"
    text.append("  ").append_text(line(sort, "yellow" if document.doubt else ""))
    text.append("\n    ").append_text(line(document.title)).append("\n    ")
    text.append_text(link(document.url)).append("\n")


def _history(known: KnownDocument) -> str:
    seen = _time(known.first_seen)
    start = (
        f"appeared between {_time(known.not_seen_at)} and {seen}"
        if known.not_seen_at
        else f"there at the first look, {seen}"
    )
    gone = f"; gone since {_time(known.missing_since)}" if known.missing_since else ""
    return f"{start} UTC{gone}"


def status(
    country: Country, dossier: Dossier | None, pledge: Pledge, cycles: tuple[ReviewCycle, ...]
) -> RenderableType:
    """Show one country's matrix, its pledge, and when it was last read."""
    table = _table(
        "", *(capital(texts.kind(_SAY, kind)) for kind in MATRIX_KINDS), title=_SAY.country(country)
    )
    for row in matrix(dossier, cycles).rows:
        name = texts.cycle(_SAY, row.cycle.id if row.cycle else None)
        table.add_row(capital(name), *(_cell(row.cells[kind]) for kind in MATRIX_KINDS))
    return Group(table, line(f"{texts.pledge(_SAY, pledge)}. {_look(dossier)}"), Text())


def together(parts: Iterable[RenderableType]) -> RenderableType:
    """Show one thing below the other."""
    return Group(*parts)


def _cell(cell: Cell) -> Text:
    languages = " ".join(dict.fromkeys(known.document.language or "?" for known in cell.documents))
    text = f"{cell.mark} {languages}" if cell.mark in {Mark.PUBLISHED, Mark.WITHDRAWN} else str(cell.mark)
    return Text(f"{text} ({cell.why})" if cell.why else text, _MARK_STYLES[cell.mark])


def _look(dossier: Dossier | None) -> str:
    if dossier is None or dossier.last_read is None:
        return (
            "Never read."
            if dossier is None or not dossier.failing
            else f"Never read: {dossier.failing.error}"
        )
    failing = (
        f" Failing since {_time(dossier.failing.since)}: {dossier.failing.error}" if dossier.failing else ""
    )
    held = f" Held: {dossier.held.reason}" if dossier.held and is_held(dossier) else ""
    return f"Last read {_time(dossier.last_read)}.{failing}{held}"


def readings(found: Iterable[Reading]) -> RenderableType:
    """Show what each link of a page was taken for and why; plain links are only counted."""
    every = list(found)
    text = listing()
    for reading in every:
        if reading.document is not None:
            _put_document(text, reading.document)
            text.append("    ").append_text(
                line(reading.reason, "yellow" if reading.document.doubt else "dim")
            )
            text.append("\n")
    plain = sum(reading.document is None for reading in every)
    return text.append(f"Other links (navigation, plain links): {plain}")


def mistakes(found: Iterable[Mistake]) -> Table:
    """List every mistake in the configuration."""
    table = _table("file", "key", "value", "expected")
    for mistake in found:
        table.add_row(*(line(text) for text in (mistake.file, mistake.key, mistake.value, mistake.expected)))
    return table


def probes(found: Iterable[Probe]) -> Table:
    """Show which form of address answered with a profile."""
    table = _table("address form", "countries", "answer")
    answers: dict[tuple[str, str], list[Probe]] = {}
    for each in found:
        answers.setdefault((f"{each.form}\n{each.template}", _answer(each)), []).append(each)
    for (form, answer), group in answers.items():
        codes = " ".join(each.code for each in group)
        table.add_row(Text(form), codes, line(answer, "green" if group[0].is_profile else "red"))
    return table


def _answer(each: Probe) -> str:
    kinds = ", ".join(f"{number} {kind}" for kind, number in each.kinds) or "a profile without documents"
    if each.error:
        return each.error.replace(each.url, "this address")  # so that one reason is one row
    return f"{kinds}{f', {each.doubtful} doubtful' if each.doubtful else ''}"


def what(document: Document) -> str:
    """Say in one line what a document is."""
    return f"{_kind(document)}, {texts.cycle(_SAY, document.cycle)}, {document.language or 'language not stated'}"


def _kind(document: Document) -> str:
    return f"{document.kind}: {document.doubt}" if document.doubt else str(document.kind)


def _evidence(document: Document) -> str:
    return "; ".join(
        f"{evidence.of}: “{evidence.words}” ({evidence.where})" for evidence in document.evidence
    )


def link(url: str) -> Text:
    """Show an address that the terminal may open."""
    # Only the style carries the address a second time: hostile markup in it stays text.
    shown = line(url)
    is_web = url.startswith("http") and shown.plain == url and " " not in url
    return Text(shown.plain, f"link {url}" if is_web else "")


def _time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "-"
