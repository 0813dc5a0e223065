"""A country's card: what it has published per cycle, its pledge, and how fresh that knowledge is."""

from __future__ import annotations

from typing import Final

from monitor.alert import texts
from monitor.alert.markup import bold, clip, escape, tidy
from monitor.alert.message import button, linked
from monitor.board.status import Cell, Mark, Row, is_held, matrix, present
from monitor.model import Country, DocumentKind, Dossier, KnownDocument, Message, Pledge, ReviewCycle

_LONGEST_REASON: Final = 200
STRAY_CYCLE: Final = "Cycle unknown"


def card(
    country: Country,
    dossier: Dossier | None,
    pledge: Pledge,
    cycles: tuple[ReviewCycle, ...],
    profile_url: str,
) -> Message:
    """Show what is known of one country."""
    rows = matrix(dossier, cycles).rows if dossier and dossier.first_read else ()
    lines = [
        bold(texts.country(country)),
        escape(texts.pledge(pledge)),
        *(line for row in rows for line in ("", *_row(row))),
        "",
        *(escape(line) for line in _freshness(dossier)),
    ]
    return Message(clip(lines), button(texts.COUNTRY_PROFILE, profile_url))


def _row(row: Row) -> list[str]:
    title = texts.capital(texts.cycle(row.cycle.id)) if row.cycle else STRAY_CYCLE
    about = f": {texts.chapters(row.cycle)}" if row.cycle else ""
    shown = {kind: cell for kind, cell in row.cells.items() if row.cycle or cell.documents}
    return [f"{bold(title)}{escape(about)}", *(_cell(kind, cell) for kind, cell in shown.items())]


def _cell(kind: DocumentKind, cell: Cell) -> str:
    name = escape(f"{texts.MARKS[cell.mark]} {texts.capital(texts.KINDS[kind])}")
    documents = linked((known.document, "") for known in cell.documents)
    if cell.mark is Mark.PUBLISHED:
        return f"{name}: {documents}{escape(_since(cell.documents))}"
    if cell.why is None:
        return name + escape(f": {Mark.NOT_SEEN}")
    return f"{name}: {Mark.UNKNOWN}, {escape(cell.why)}{f': {documents}' if documents else ''}"


def _since(documents: tuple[KnownDocument, ...]) -> str:
    """Say when the first of the language versions appeared, as far as it was seen."""
    known = min(documents, key=lambda each: each.first_seen)
    if known.not_seen_at is None:
        return f" ({texts.THERE_AT_FIRST.format(day=texts.day(known.first_seen))})"
    return f" ({texts.between(texts.LOWER_APPEARED, known.not_seen_at, known.first_seen)})"


def _freshness(dossier: Dossier | None) -> list[str]:
    if dossier is None:
        return [texts.NEVER_READ]
    unsure = sum(bool(known.document.doubt) for known in present(dossier))
    read = (
        texts.LAST_READ.format(when=texts.moment(dossier.last_read))
        if dossier.last_read
        else texts.NEVER_READ
    )
    return [
        read,
        *_failing(dossier),
        *_held(dossier),
        *([texts.UNSURE.format(number=unsure)] if unsure else []),
    ]


def _failing(dossier: Dossier) -> list[str]:
    failing = dossier.failing
    if failing is None:
        return []
    why = tidy(failing.error, _LONGEST_REASON)
    return [texts.FAILING.format(since=texts.moment(failing.since), why=why)]


def _held(dossier: Dossier) -> list[str]:
    if dossier.held is None or not is_held(dossier):
        return []
    why = tidy(dossier.held.reason, _LONGEST_REASON)
    return [texts.HELD.format(since=texts.moment(dossier.held.since), why=why)]
