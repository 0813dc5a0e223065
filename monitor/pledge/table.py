"""A table of States, row by row: which cell names the State, which says whether and when it signed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from monitor.pledge import words
from monitor.pledge.names import Found, Named
from monitor.pledge.roster import Doubt, Entry, Line
from monitor.profile.words import fold, shorten

_LONGEST: Final = 120
_NO: Final = frozenset({"no", "non", "n a", "na", "none", "pending"})
_AGAINST: Final = "its row speaks against it"
Find = Callable[[str], Found]
Cell = tuple[Line, Found]


@dataclass(frozen=True, slots=True)
class _Columns:
    """What the columns of a table are for; 0 for none."""

    name: int
    signing: int
    is_dated: bool
    """The column about signing holds dates."""


def read_table(lines: Sequence[Line], find: Find) -> Iterator[Entry | Doubt]:
    """Give what each row says: a State that signed, or a doubt."""
    rows = [[(line, find(line.text)) for line in row] for _, row in groupby(lines, lambda line: line.row)]
    heads = [row for row in rows if _is_head(row)]
    body = [row for row in rows if not _is_head(row)]
    columns = _columns(heads, body)
    for row in body:
        yield from _read_row(row, columns)


def header_of(lines: Sequence[Line], find: Find) -> tuple[str, ...]:
    """Give the words that head the table's columns."""
    rows = [[(line, find(line.text)) for line in row] for _, row in groupby(lines, lambda line: line.row)]
    return tuple(line.text for row in rows if _is_head(row) for line, _ in row)


def _is_head(row: Sequence[Cell]) -> bool:
    return all(line.is_header for line, _ in row) and not any(found.names for _, found in row)


def _columns(heads: Sequence[Sequence[Cell]], body: Sequence[Sequence[Cell]]) -> _Columns:
    named = Counter(line.column for row in body for line, found in row if found.is_name_first)
    # Without heads every cell may hold a name: a table only for looks.
    name = max(named, key=lambda column: (named[column], -column)) if heads and named else 0
    about = (line.column for row in heads for line, _ in row if words.speaks_of_signing(line.text))
    signing = next((column for column in about if column != name), 0)
    dates = [found for row in body for line, found in row if line.column == signing and found.is_date_only]
    return _Columns(name, signing, bool(signing and dates))


def _read_row(row: Sequence[Cell], columns: _Columns) -> Iterator[Entry | Doubt]:
    said = shorten(" | ".join(line.text for line, _ in row), _LONGEST)
    wanted = [found for line, found in row if columns.name in {0, line.column}]
    names = [named for found in wanted if found.is_name_first for named in found.names]
    doubt = _doubt(row, columns)
    for named in names:
        if doubt:
            yield Doubt(said, (named.code,), doubt, is_against=doubt is _AGAINST)
        else:
            yield Entry(named.code, said, _signed(named, row, columns), says_so=_claims(named, wanted))
    if not names:
        yield Doubt(said, (), "")


def _doubt(row: Sequence[Cell], columns: _Columns) -> str:
    """Say why a row's State may not have signed; nothing where it did."""
    about = " ".join(line.text for line, _ in row if columns.signing and line.column == columns.signing)
    if words.denies_this(about) or fold(about) in _NO:
        return _AGAINST
    if any(_speaks_against(line, found) for line, found in row):
        return _AGAINST
    if columns.signing and not fold(about) and not words.is_yes(about):
        return "nothing stands there where others have a date or a yes"
    return ""


def _speaks_against(line: Line, found: Found) -> bool:
    # Other columns may say of documents that they are not there.
    return words.denies_this(line.text) and bool(found.names or words.speaks_of_signing(line.text))


def _signed(named: Named, row: Sequence[Cell], columns: _Columns) -> str:
    """Give the date of signing: from its column, else the only one in the row."""
    if named.signed:
        return named.signed
    if columns.is_dated:
        return next((found.signed for line, found in row if line.column == columns.signing), "")
    dates = {found.signed for _, found in row if found.signed}
    return dates.pop() if len(dates) == 1 else ""


def _claims(named: Named, wanted: Sequence[Found]) -> bool:
    return any(claim.code == named.code for found in wanted for claim in found.claims)
