"""A country's card: what it has published per cycle, its pledge, and how fresh that knowledge is."""

from __future__ import annotations

from monitor.alert import texts
from monitor.alert.markup import bold, clip, code, escape
from monitor.alert.message import button, cycle_heading, linked, press
from monitor.board.status import Cell, Mark, Row, appeared, is_held, matrix, present, went
from monitor.evidence.proof import proof_of
from monitor.language.speech import Speech, capital
from monitor.model import (
    NEWS_KINDS,
    ChangeKind,
    Country,
    DocumentKind,
    Dossier,
    Message,
    Pledge,
    ReviewCycle,
)


def card(
    say: Speech,
    country: Country,
    dossier: Dossier | None,
    pledge: Pledge,
    cycles: tuple[ReviewCycle, ...],
    *,
    profile_url: str,
) -> Message:
    """Show what is known of one country."""
    rows = matrix(dossier, cycles).rows if dossier and dossier.first_read else ()
    lines = [
        bold(say.country(country)),
        escape(texts.pledge(say, pledge)),
        *(line for row in rows for line in ("", *_row(say, row))),
        "",
        *(escape(line) for line in freshness(say, dossier)),
        *_proof(say, country, dossier),
    ]
    proofs = (press(say("Evidence"), "proof", country.code),) if rows else ()
    return Message(clip(lines), (*button(say("Country profile"), profile_url), *proofs))


def _row(say: Speech, row: Row) -> list[str]:
    shown = {kind: cell for kind, cell in row.cells.items() if row.cycle or cell.documents}
    return [_title(say, row.cycle), *(_cell(say, kind, cell) for kind, cell in shown.items())]


def _title(say: Speech, cycle: ReviewCycle | None) -> str:
    if cycle is None:
        return bold(say("Cycle unknown"))
    return cycle_heading(say, cycle.id, texts.chapters(say, cycle))


def _cell(say: Speech, kind: DocumentKind, cell: Cell) -> str:
    name = escape(f"{texts.MARKS[cell.mark]} {capital(texts.kind(say, kind))}")
    return texts.labelled(say, name, _found(say, cell))


def _found(say: Speech, cell: Cell) -> str:
    documents = linked(say, ((known.document, "") for known in cell.documents))
    if cell.mark is Mark.PUBLISHED:
        return f"{documents} ({escape(_since(say, cell))})"
    state = escape(_state(say, cell))
    return texts.labelled(say, state, documents) if documents else state


def _since(say: Speech, cell: Cell) -> str:
    """Say when the first of the language versions appeared, as far as it was seen."""
    found = appeared(cell)
    if found and found.not_before:
        return texts.happened(say, ChangeKind.PUBLISHED, found.not_before, found.seen_at)
    return say("there at the first look, {day}", day=say.day(found.seen_at)) if found else ""


def _state(say: Speech, cell: Cell) -> str:
    state, gone = texts.mark(say, cell.mark), went(cell)
    if cell.why:
        return f"{state}, {say.word(cell.why)}"
    if gone is None:
        return state
    when = texts.happened(say, ChangeKind.WITHDRAWN, gone.not_before, gone.seen_at)
    return f"{state} ({when})"


def _proof(say: Speech, country: Country, dossier: Dossier | None) -> list[str]:
    """Name the newest document's proof, as the alert about it did."""
    known = [each for each in present(dossier) if each.document.kind in NEWS_KINDS] if dossier else []
    if not known:
        return []
    newest = max(known, key=lambda each: each.first_seen)
    return [texts.labelled(say, escape(say("Proof")), code(proof_of(country.code, newest)))]


def freshness(say: Speech, dossier: Dossier | None) -> list[str]:
    """Say when a country was last read, and what hinders or clouds what is known of it."""
    never = say("Its profile was never read yet, so nothing is known.")
    if dossier is None:
        return [never]
    read = say("Last read {when}", when=say.moment(dossier.last_read)) if dossier.last_read else never
    unsure = sum(bool(known.document.doubt) for known in present(dossier))
    doubts = say("Documents nobody recognises for sure: {number}", number=say.number(unsure))
    return [read, *_failing(say, dossier), *_held(say, dossier), *([doubts] if unsure else [])]


def _failing(say: Speech, dossier: Dossier) -> list[str]:
    # Why is for the operators: it is a developer's English, and nothing a reader of the card can act on.
    failing = dossier.failing
    return [say("Cannot be read since {since}", since=say.moment(failing.since))] if failing else []


def _held(say: Speech, dossier: Dossier) -> list[str]:
    held = dossier.held
    if held is None or not is_held(dossier):
        return []
    return [say("A look is held since {since}, not believed yet", since=say.moment(held.since))]
