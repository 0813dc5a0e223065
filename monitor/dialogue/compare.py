"""Two to four countries side by side: /compare."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.alert import texts
from monitor.alert.markup import block, bold, clip, escape
from monitor.alert.message import cycle_heading
from monitor.board.compare import LEAST, MOST, Comparison, Line
from monitor.board.compare import compare as beside
from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.buttons import button, grid
from monitor.dialogue.card import freshness
from monitor.dialogue.lost import lost
from monitor.dialogue.reply import Reply
from monitor.dialogue.several import several
from monitor.language.speech import Speech, capital
from monitor.model import Country, Message


def compare(say: Speech, _ask: Ask, rest: str, view: View) -> Reply:
    """Show the countries named side by side."""
    named = several(rest, view.countries)
    if named.unknown:
        return Reply(lost(say, named.unknown, view))
    if not LEAST <= len(named.countries) <= MOST:
        return Reply(Message(escape(_how(say))))
    return Reply(_shown(say, beside(view, named.countries), view))


def _how(say: Speech) -> str:
    return say("Name two to four countries: /compare Mexico, Brazil")


def _shown(say: Speech, found: Comparison, view: View) -> Message:
    lines = [
        bold(say("Side by side: {countries}", countries=say.listing(map(say.name, found.countries)))),
        *(line for cycle, rows in found.cycles for line in ("", *_cycle(say, found, cycle.id, rows))),
        "",
        escape(texts.legend(say)),
        *(line for country in found.countries for line in ("", *_country(say, country, view))),
    ]
    cards = (button(say.country(country), "status", country.code) for country in found.countries)
    return Message(clip(lines), grid(cards, 2))


def _cycle(say: Speech, found: Comparison, cycle: str, rows: tuple[Line, ...]) -> Iterator[str]:
    codes = [country.code for country in found.countries]
    # Signs first: the columns stand straight in every language, and a narrow phone breaks names only.
    head = " ".join(codes)
    signs = (
        (
            line,
            (f"{texts.MARKS[cell.mark]:^{len(code)}}" for code, cell in zip(codes, line.cells, strict=True)),
        )
        for line in rows
    )
    yield cycle_heading(say, cycle)
    yield block((head, *(f"{' '.join(each)}  {capital(texts.kind(say, line.kind))}" for line, each in signs)))


def _country(say: Speech, country: Country, view: View) -> Iterator[str]:
    yield bold(say.country(country))
    yield escape(texts.pledge(say, view.pledges[country.code]))
    yield from map(escape, freshness(say, view.world.dossiers.get(country.code)))
