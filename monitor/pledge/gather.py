"""Lines that stand together become a roster: the States they name, and what only a person can judge."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Final

from monitor.pledge import words
from monitor.pledge.names import Found, Named, NameTable
from monitor.pledge.roster import Doubt, Entry, Group, Line, Roster, Shape
from monitor.pledge.table import header_of, read_table
from monitor.profile.words import shorten

_LONGEST: Final = 120
_MOST_ALIKE: Final = 40
"""Lines of a list that are compared with names they resemble; comparing takes milliseconds."""


def groups(lines: Iterable[Line], table: NameTable, today: date) -> Iterator[Group]:
    """Give every group of lines that names a State, in the order of their places."""
    ordered = sorted(lines, key=lambda line: line.place)  # keeps the order of the page inside each place
    for _, group in groupby(ordered, lambda line: (line.shape, line.place, line.over, line.is_navigation)):
        together = tuple(group)
        roster = _roster(together, table, today)
        if roster is not None:
            yield _group(together, roster, table, today)


def _group(lines: Sequence[Line], roster: Roster, table: NameTable, today: date) -> Group:
    first = lines[0]
    heads = header_of(lines, lambda text: table.find(text, today)) if first.shape is Shape.TABLE else ()
    headings = tuple(text for text in first.over if not table.find(text, today).is_date_only)
    return Group(roster, headings, tuple(filter(None, (first.lead, *heads))), first.is_navigation)


def _roster(lines: tuple[Line, ...], table: NameTable, today: date) -> Roster | None:
    first = lines[0]
    found = tuple(_read(lines, table, today))
    entries = tuple(_merged(_headed(each, first, table, today) for each in found if isinstance(each, Entry)))
    doubts = tuple(each for each in found if isinstance(each, Doubt))
    if not entries and not any(each.why for each in doubts):
        return None
    # Few names among many other lines are an address book: its other lines are no misspelt States.
    others = sum(not each.why for each in doubts)
    unclear = doubts if len(entries) * 2 >= others else tuple(each for each in doubts if each.why)
    shown = next(iter(first.over), first.lead)
    return Roster(shown, first.shape, entries, tuple(_judged(unclear, table)))


def _read(group: Sequence[Line], table: NameTable, today: date) -> Iterator[Entry | Doubt]:
    if group[0].shape is Shape.TABLE:
        yield from read_table(group, lambda text: table.find(text, today))
        return
    lines = tuple((line, table.find(line.text, today)) for line in group)
    beside = _dates(lines)
    for number, (line, found) in enumerate(lines):
        yield from _entries(line, found, beside.get(number, ""))


def _dates(lines: Sequence[tuple[Line, Found]]) -> Mapping[int, str]:
    """Give lines that name a State the date in a line of its own beside them: all below their names, or all above."""
    marks = [bool(_taken(*each)) or None if not _is_date(*each) else False for each in lines]
    is_above = next((mark for mark in marks if mark is not None), True) is False
    beside: dict[int, str] = {}
    holder = None
    for number in reversed(range(len(lines))) if is_above else range(len(lines)):
        if marks[number]:
            holder = number
        elif marks[number] is False and holder is not None:
            beside.setdefault(holder, lines[number][1].signed)
    return beside


def _is_date(line: Line, found: Found) -> bool:
    is_said = bool(found.signed) and not found.names and words.lists_signatories(line.text)
    return found.is_date_only or (is_said and not found.claims)


def _taken(line: Line, found: Found) -> tuple[Named, ...]:
    """Give the States that a line may count for: a list names them first, a text names nothing else or says it."""
    if line.shape is Shape.TEXT:
        return found.claims if found.has_more else found.names
    return found.names if found.is_name_first else found.claims


def _entries(line: Line, found: Found, beside: str) -> Iterator[Entry | Doubt]:
    said = shorten(line.text, _LONGEST)
    taken = _taken(line, found)
    if taken and words.denies_this(line.text):
        codes = tuple(each.code for each in taken)
        yield Doubt(said, codes, "its own words speak against it", is_against=True)
        return
    claimed = {each.code for each in found.claims}
    alone = beside if len(taken) == 1 else ""
    for named in taken:
        yield Entry(named.code, said, named.signed or alone, says_so=named.code in claimed)
    if not taken and not _is_date(line, found):
        yield Doubt(said, tuple(each.code for each in found.names), "")


def _headed(entry: Entry, first: Line, table: NameTable, today: date) -> Entry:
    """Take the date from the heading, where lists stand under years."""
    heading = table.find(next(iter(first.over), ""), today)
    return replace(entry, signed=heading.signed) if heading.is_date_only and not entry.signed else entry


def _merged(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Name every State once, with its date where any of its lines has one."""
    by_code: dict[str, Entry] = {}
    for entry in entries:
        known = by_code.setdefault(entry.code, entry)
        if entry.signed and not known.signed:
            by_code[entry.code] = entry
    yield from by_code.values()


def _judged(doubts: Iterable[Doubt], table: NameTable) -> Iterator[Doubt]:
    """Keep what a person must look at: what speaks against a name, names in a sentence, names that are only similar."""
    left = _MOST_ALIKE
    for doubt in doubts:
        if doubt.why:
            yield doubt
        elif doubt.codes:
            yield replace(doubt, why="the name stands in a sentence")
        elif left and (left := left - 1) and (alike := table.alike(doubt.words)):
            yield Doubt(doubt.words, alike, "no exact name of a State")
