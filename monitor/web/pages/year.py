"""The year: what happened since the last International Anti-Corruption Day, ready to be pasted elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from monitor.board.piece import Part, Table, as_lines, as_markdown
from monitor.board.stocktake import Stocktake, stocktake
from monitor.board.style import HTML, MARKDOWN, PLAIN
from monitor.board.view import View
from monitor.board.year import year
from monitor.language.speech import Speech
from monitor.web.files import WebFile
from monitor.web.render import render


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading; all but the heading is marked up already."""

    anchor: str
    heading: str
    lines: tuple[Markup, ...]
    head: tuple[Markup, ...]
    rows: tuple[tuple[Markup, ...], ...]


def page(say: Speech, view: View) -> WebFile:
    """Make the page of the year."""
    found = stocktake(view)
    piece = year(say, found, HTML)
    return render(
        "year.html",
        say,
        view,
        "year.html",
        title=piece.title,
        description=say(
            "What was published, replaced and withdrawn since the last International Anti-Corruption Day, 9 December."
        ),
        intro=_marked(piece.intro),
        sections=tuple(_section(part, number) for number, part in enumerate(piece.parts, 1)),
        outro=_marked(piece.outro),
        pastes=tuple(_pastes(say, found)),
    )


def _section(part: Part, number: int) -> Section:
    table = part.table or Table((), (), ())
    return Section(
        f"part-{number}",
        part.heading,
        _marked(part.lines),
        _marked(table.head),
        tuple(_marked(row) for row in table.rows),
    )


def _marked(texts: Iterable[str]) -> tuple[Markup, ...]:
    return tuple(Markup(text) for text in texts)  # noqa: S704 - board/style.py has escaped it


def _pastes(say: Speech, found: Stocktake) -> tuple[tuple[str, str], ...]:
    return (
        (say("As Markdown, for a newsletter"), as_markdown(year(say, found, MARKDOWN), MARKDOWN)),
        (say("As plain text"), "\n".join(as_lines(year(say, found, PLAIN), PLAIN))),
    )
