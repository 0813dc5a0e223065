"""What the cells of a table stand under: row headers, column headers, and the linkless cells beside them.

Everything is bounded: a hostile table is as large as the page allows.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass, field

from bs4 import Tag

from monitor.model import Where, Words
from monitor.profile.tree import children, text_of
from monitor.profile.words import squeeze

_WIDEST = 60
_TALLEST = 200
_MOST_COLUMNS = 200
_MOST_BESIDE = 12
_MOST_HEADS = 4
_SHORT_CELL = 4


@dataclass(frozen=True, slots=True, eq=False)
class _Cell:
    tag: Tag
    row: int
    column: int
    width: int
    height: int
    text: str
    has_link: bool

    @property
    def is_header(self) -> bool:
        return self.tag.name == "th"

    @property
    def is_silent(self) -> bool:
        """Without a link and with words: it says something about the links beside it."""
        return bool(self.text) and not self.has_link


@dataclass(slots=True)
class _Table:
    """The cells by row, and what stands over each column and row."""

    rows: dict[int, list[_Cell]] = field(default_factory=dict)
    heads: frozenset[int] = frozenset()
    columns: dict[int, list[_Cell]] = field(default_factory=dict)
    """Header cells over a column, the nearest first."""
    width: int = 0

    def over(self, cell: _Cell) -> list[_Cell]:
        """Give the header cells over a cell, nearest first."""
        found = [
            head
            for column in range(cell.column, cell.column + cell.width)
            for head in self.columns.get(column, ())
        ]
        return sorted(dict.fromkeys(found), key=lambda head: -head.row)

    def is_section(self, cell: _Cell) -> bool:
        """Tell whether one linkless cell goes across the table: it heads the rows that follow."""
        return self.width > 1 and cell.width == self.width and cell.is_silent and cell.row not in self.heads


def cell_words(table: Tag, linking: Container[int]) -> dict[int, tuple[Words, ...]]:
    """Give for each cell with a link, by ``id`` of its tag, the words over it, nearest first.

    ``linking``: the ``id`` of every tag with a link inside.
    """
    read = _read(table, linking)
    found: dict[int, tuple[Words, ...]] = {}
    section = ""
    spanning: list[_Cell] = []
    for row, cells in read.rows.items():
        spanning = [cell for cell in (*spanning, *cells) if cell.row + cell.height > row and cell.is_silent]
        spanning = spanning[:_MOST_BESIDE]
        if row in read.heads:
            continue
        for cell in cells:
            if cell.has_link:
                found[id(cell.tag)] = tuple(_over(cell, spanning, read, section))
        section = next((cell.text for cell in cells if read.is_section(cell)), section)
    return found


def _over(cell: _Cell, spanning: list[_Cell], table: _Table, section: str) -> Iterator[Words]:
    """Give the words over one cell: its row's header, its column's, the linkless cells beside it, its section's."""
    beside = [other for other in spanning if other.row not in table.heads]
    headers = [other for other in beside if other.is_header or other.column == 0]
    yield from (Words(Where.ROW, header.text) for header in reversed(headers))
    yield from (Words(Where.COLUMN, head.text) for head in table.over(cell) if head.text)
    for other in beside:
        if other not in headers:
            yield Words(Where.CELL, other.text if len(other.text) > _SHORT_CELL else _named(other, table))
    if section:
        yield Words(Where.ROW, section)


def _named(cell: _Cell, table: _Table) -> str:
    """Put the column's header before a short cell: "II" says something only under "Cycle"."""
    names = [head.text for head in reversed(table.over(cell))]
    return squeeze(" ".join((*names, cell.text)))


def _read(table: Tag, linking: Container[int]) -> _Table:
    read = _Table()
    for cell in _cells(table, linking):
        read.rows.setdefault(cell.row, []).append(cell)
        read.width = max(read.width, cell.column + cell.width)
    read.heads = _header_rows(read.rows)
    for row in sorted(read.heads, reverse=True):
        for cell in read.rows[row]:
            for column in range(cell.column, cell.column + cell.width):
                over = read.columns.setdefault(column, [])
                if len(over) < _MOST_HEADS:
                    over.append(cell)
    return read


def _cells(table: Tag, linking: Container[int]) -> Iterator[_Cell]:
    """Give the cells with their places; those past the most columns share the last one."""
    taken: dict[int, int] = {}
    for row, tr in enumerate(_rows(table)):
        column = 0
        for tag in children(tr, "td", "th"):
            while column < _MOST_COLUMNS and taken.get(column, 0) > row:
                column += 1
            width, height = _span(tag, "colspan", _WIDEST), _span(tag, "rowspan", _TALLEST)
            yield _Cell(tag, row, column, width, height, text_of(tag), id(tag) in linking)
            taken.update(dict.fromkeys(range(column, column + width), row + height))
            column = min(column + width, _MOST_COLUMNS)


def _rows(table: Tag) -> Iterator[Tag]:
    for child in children(table, "tr", "thead", "tbody", "tfoot"):
        yield from [child] if child.name == "tr" else children(child, "tr")


def _span(tag: Tag, name: str, most: int) -> int:
    value = str(tag.get(name, "1")).strip()
    return min(max(int(value[:9]), 1), most) if value.isdecimal() else 1


def _header_rows(rows: dict[int, list[_Cell]]) -> frozenset[int]:
    heads = {row for row, members in rows.items() if _is_head(members)}
    if not heads and len(rows) > 1 and not any(cell.is_header for cells in rows.values() for cell in cells):
        first = next(iter(rows))
        is_header = len(rows[first]) > 1 and not any(cell.has_link for cell in rows[first])
        heads = {first} if is_header else set()
    return frozenset(heads)


def _is_head(members: list[_Cell]) -> bool:
    in_head = members[0].tag.find_parent(("thead", "table"))
    if in_head is not None and in_head.name == "thead":
        return True
    return len(members) > 1 and all(cell.is_header for cell in members)
