"""A piece of writing: title, paragraphs, parts with lines or a table; and its forms for page, newsletter and chat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from monitor.board.style import Style


@dataclass(frozen=True, slots=True)
class Table:
    """Numbers beside each other; the first column names what they are of."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    told: tuple[str, ...]
    """Each row as a line, for where there are no tables."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one heading."""

    heading: str
    """Plain text; everything else is marked up."""
    lines: tuple[str, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of writing, marked up in one style."""

    title: str
    """Plain text, like every heading; all else is marked up."""
    intro: tuple[str, ...]
    parts: tuple[Part, ...]
    outro: tuple[str, ...] = ()


def as_html(piece: Piece, style: Style, language: str, level: int = 2) -> str:
    """Write it as an HTML fragment that needs nothing around it; ``level``: of its first heading."""
    return "\n".join(
        (
            f'<article lang="{style.escape(language)}">',
            f"<h{level}>{style.escape(piece.title)}</h{level}>",
            *_paragraphs(piece.intro),
            *(line for part in piece.parts for line in _section(part, style, level + 1)),
            *_paragraphs(piece.outro),
            "</article>\n",
        )
    )


def as_markdown(piece: Piece, style: Style) -> str:
    """Write it as Markdown, with a table as GitHub and most newsletters' editors take it."""
    blocks = (
        f"## {style.escape(piece.title)}",
        *piece.intro,
        *(block for part in piece.parts for block in _blocks(part, style)),
        *piece.outro,
    )
    return "\n\n".join(blocks) + "\n"


def as_lines(piece: Piece, style: Style) -> tuple[str, ...]:
    """Write it as lines of a chat message or of plain text."""
    return (
        style.strong(piece.title),
        *piece.intro,
        *(line for part in piece.parts for line in ("", style.strong(part.heading), *_listed(part))),
        *(("", *piece.outro) if piece.outro else ()),
    )


_BULLET: Final = "• "


def _paragraphs(texts: Iterable[str]) -> Iterator[str]:
    return (f"<p>{text}</p>" for text in texts)


def _section(part: Part, style: Style, level: int) -> Iterator[str]:
    yield f"<section>\n<h{level}>{style.escape(part.heading)}</h{level}>"
    if part.lines:
        yield "<ul>"
        yield from (f"<li>{line}</li>" for line in part.lines)
        yield "</ul>"
    if part.table:
        yield from _html_table(part.table)
    yield "</section>"


def _html_table(table: Table) -> Iterator[str]:
    head = "".join(f'<th scope="col">{cell}</th>' for cell in table.head)
    yield f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>"
    for name, *numbers in table.rows:
        cells = "".join(f"<td>{number}</td>" for number in numbers)
        yield f'<tr><th scope="row">{name}</th>{cells}</tr>'
    yield "</tbody>\n</table>"


def _blocks(part: Part, style: Style) -> Iterator[str]:
    yield f"### {style.escape(part.heading)}"
    if part.lines:
        yield "\n".join(f"- {line}" for line in part.lines)
    if part.table:
        ruler = ["---", *("---:" for _ in part.table.head[1:])]
        yield "\n".join(f"| {' | '.join(row)} |" for row in (part.table.head, ruler, *part.table.rows))


def _listed(part: Part) -> Iterator[str]:
    return (f"{_BULLET}{line}" for line in (*part.lines, *(part.table.told if part.table else ())))
