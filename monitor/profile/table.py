"""What the cells of a table stand under: row headers, column headers, and the linkless cells beside them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import Tag

from monitor.model import Where, Words
from monitor.profile.words import squeeze

_WIDEST = 60
_TALLEST = 200
_MOST_CELLS = 12
_SHORT_CELL = 4


@dataclass(slots=True, eq=False)
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

    def covers(self, other: _Cell) -> bool:
        """Tell whether this cell stands over a column of the other."""
        return self.column < other.column + other.width and other.column < self.column + self.width

    def is_beside(self, other: _Cell) -> bool:
        """Tell whether this cell, without a link and with words, shares a row with the other."""
        is_other = self is not other and bool(self.text) and not self.has_link
        return is_other and self.row <= other.row < self.row + self.height


def cell_words(table: Tag) -> dict[int, tuple[Words, ...]]:
    """Give for each cell with a link, by ``id`` of its tag, the words over it, nearest first."""
    cells = list(_cells(table))
    heads = _header_rows(cells)
    sections = _section_rows(cells, heads)
    columns = [cell for cell in cells if cell.row in heads]
    by_row = _by_row(cells)
    return {
        id(cell.tag): tuple(_over(cell, by_row[cell.row], columns, sections))
        for cell in cells
        if cell.has_link and cell.row not in heads
    }


def _over(cell: _Cell, in_row: list[_Cell], columns: list[_Cell], sections: list[_Cell]) -> Iterator[Words]:
    """Give the words over one cell: its row's header, its column's, the linkless cells beside it, its section's."""
    beside = [other for other in in_row[:_MOST_CELLS] if other.is_beside(cell) and other not in columns]
    headers = [other for other in beside if other.is_header or other.column == 0]
    yield from (Words(Where.ROW, header.text) for header in reversed(headers))
    yield from (
        Words(Where.COLUMN, head.text) for head in reversed(columns) if head.text and head.covers(cell)
    )
    for other in beside:
        if other not in headers:
            yield Words(Where.CELL, other.text if len(other.text) > _SHORT_CELL else _named(other, columns))
    above = [section for section in sections if section.row < cell.row]
    yield from (Words(Where.ROW, section.text) for section in above[-1:])


def _named(cell: _Cell, columns: list[_Cell]) -> str:
    """Put the column's header before a short cell: "II" says something only under "Cycle"."""
    names = [head.text for head in columns if head.covers(cell)]
    return squeeze(" ".join((*names, cell.text)))


def _cells(table: Tag) -> Iterator[_Cell]:
    taken: dict[int, int] = {}
    for row, tr in enumerate(_rows(table)):
        column = 0
        for tag in tr.find_all(("td", "th"), recursive=False):
            while taken.get(column, 0) > row:
                column += 1
            width, height = _span(tag, "colspan", _WIDEST), _span(tag, "rowspan", _TALLEST)
            has_link = tag.find("a", href=True) is not None
            yield _Cell(tag, row, column, width, height, squeeze(tag.get_text(" ")), has_link)
            taken.update(dict.fromkeys(range(column, column + width), row + height))
            column += width


def _rows(table: Tag) -> Iterator[Tag]:
    for child in table.find_all(("tr", "thead", "tbody", "tfoot"), recursive=False):
        yield from [child] if child.name == "tr" else child.find_all("tr", recursive=False)


def _span(tag: Tag, name: str, most: int) -> int:
    value = str(tag.get(name, "1")).strip()
    return min(max(int(value), 1), most) if value.isdecimal() else 1


def _by_row(cells: list[_Cell]) -> dict[int, list[_Cell]]:
    rows: dict[int, list[_Cell]] = {}
    for cell in cells:
        for row in range(cell.row, cell.row + cell.height):
            rows.setdefault(row, []).append(cell)
    return rows


def _header_rows(cells: list[_Cell]) -> frozenset[int]:
    rows: dict[int, list[_Cell]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    heads = {row for row, members in rows.items() if _is_head(members)}
    if not heads and not any(cell.is_header for cell in cells) and len(rows) > 1:
        first = next(iter(rows.values()))
        heads = {first[0].row} if len(first) > 1 and not any(cell.has_link for cell in first) else set()
    return frozenset(heads)


def _is_head(members: list[_Cell]) -> bool:
    in_head = members[0].tag.find_parent(("thead", "table"))
    if in_head is not None and in_head.name == "thead":
        return True
    return len(members) > 1 and all(cell.is_header for cell in members)


def _section_rows(cells: list[_Cell], heads: frozenset[int]) -> list[_Cell]:
    """Find the rows of one linkless cell across the table: they head the rows that follow."""
    width = max((cell.column + cell.width for cell in cells), default=0)
    return [
        cell
        for cell in cells
        if width > 1 and cell.width == width and not cell.has_link and cell.text and cell.row not in heads
    ]
