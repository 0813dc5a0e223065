"""The tables a person edits: countries.csv and pledge.csv. Every mistake is returned, none raised."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from monitor.config.sources import did_you_mean
from monitor.errors import Mistake
from monitor.model import Country, Pledge, PledgeState
from monitor.names import find_country, name_key, spellings

PLEDGE_COLUMNS = ("code", "signed", "source")
LANGUAGES = ("en", "fr", "es")
COUNTRY_COLUMNS = (
    "code",
    *(f"name_{language}" for language in LANGUAGES),
    "aliases",
    "region",
    "profile_code",
    "flag",
)
_CODE = re.compile(r"[A-Z]{2,3}")
_PROFILE_CODE = re.compile(r"[A-Za-z0-9_-]*")
_COMPLETE = re.compile(r"\W*complete\W*(?P<answer>\w*)", re.IGNORECASE)
_DATE = re.compile(r"\d{4}(-\d\d){0,2}")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table: where it stands, and its cells by column."""

    line: int
    cells: Mapping[str, str]


@dataclass(slots=True)
class Report:
    """Collects the mistakes of one file."""

    file: str
    found: list[tuple[int, Mistake]] = field(default_factory=list)

    def add(self, line: int, column: str, value: str, expected: str) -> None:
        """Note a mistake by its line and column."""
        mistake = Mistake(self.file, f"line {line}, {column}", f'"{value}"', expected)
        self.found.append((line, mistake))

    def check(self, row: Row, column: str, is_right: Callable[[str], object], expected: str) -> None:
        """Note a mistake where a cell is not right."""
        if not is_right(row.cells[column]):
            self.add(row.line, column, row.cells[column], expected)

    def in_order(self) -> tuple[Mistake, ...]:
        """Give the mistakes as a person meets them in the file."""
        return tuple(mistake for _, mistake in sorted(self.found, key=lambda pair: pair[0]))


@dataclass(frozen=True, slots=True)
class Pledges:
    """Who signed the Transparency Pledge, for every country, and whether the list names all who did."""

    by_code: Mapping[str, Pledge]
    is_complete: bool


def read_countries(text: str, file: str) -> tuple[tuple[Country, ...], tuple[Mistake, ...]]:
    """Read countries.csv; a row with mistakes is still a country, so that pledge.csv is not blamed for it."""
    report = Report(file)
    rows = _rows(text, COUNTRY_COLUMNS, report)
    for row in rows:
        report.check(row, "code", _CODE.fullmatch, "two or three capital letters, such as MEX")
        for language in LANGUAGES:
            report.check(row, f"name_{language}", bool, "the country's UN name in this language")
        report.check(row, "profile_code", _PROFILE_CODE.fullmatch, "letters and digits, or nothing")
    countries = tuple(_country(row.cells) for row in rows)
    _check_unique(rows, countries, report)
    return countries, report.in_order()


def read_pledges(text: str, file: str, countries: tuple[Country, ...]) -> tuple[Pledges, tuple[Mistake, ...]]:
    """Read pledge.csv; a country that is not in it is no signatory only if the list says that it is complete."""
    report = Report(file)
    is_complete = _is_complete(text, report)
    rows = _rows(text, PLEDGE_COLUMNS, report)
    _check_codes(rows, countries, report)
    for row in rows:
        report.check(row, "signed", _is_date, "a date as YYYY-MM-DD, YYYY-MM, YYYY or nothing")
    signed = {
        row.cells["code"].upper(): Pledge(PledgeState.SIGNATORY, row.cells["signed"], row.cells["source"])
        for row in rows
    }
    absent = Pledge(PledgeState.NOT_SIGNATORY if is_complete else PledgeState.UNKNOWN)
    by_code = {country.code: signed.get(country.code, absent) for country in countries}
    return Pledges(MappingProxyType(by_code), is_complete), report.in_order()


def _rows(text: str, columns: tuple[str, ...], report: Report) -> list[Row]:
    # Remarks become empty lines: csv passes over them and still counts.
    lines = ["" if _is_remark(line) else line for line in text.splitlines()]
    reader = csv.reader(lines, strict=True)
    rows: list[Row] = []
    try:
        header = next((cells for cells in reader if any(cells)), [])
        if not _is_header(header, columns, reader.line_num, report):
            return []
        for cells in reader:
            rows += _row(cells, header, reader.line_num, report)
    except csv.Error as error:
        report.add(reader.line_num, "whole line", "not shown", f"valid CSV ({error})")
    return rows


def _is_remark(line: str) -> bool:
    # A spreadsheet puts a remark that has a comma into quotes.
    return line.lstrip('" ').startswith("#")


def _is_header(header: list[str], columns: tuple[str, ...], line: int, report: Report) -> bool:
    names = [cell.strip() for cell in header]
    missing = [column for column in columns if column not in names]
    if missing:
        report.add(line, "header", ",".join(names), f"the columns {','.join(columns)}, separated by commas")
    for name in [name for name in names if name and name not in columns and not missing]:
        report.add(
            line, "header", name, f"no other column than {','.join(columns)}{did_you_mean(name, columns)}"
        )
    return not missing


def _row(cells: list[str], header: list[str], line: int, report: Report) -> Iterator[Row]:
    if not any(cell.strip() for cell in cells):
        return
    if len(cells) != len(header):
        expected = f"{len(header)} columns, not {len(cells)} (a text with a comma stands in double quotes)"
        report.add(line, "whole line", ",".join(cells), expected)
    padded = [*cells, *([""] * len(header))]
    yield Row(line, {name.strip(): cell.strip() for name, cell in zip(header, padded, strict=False)})


def _country(cells: Mapping[str, str]) -> Country:
    return Country(
        code=cells["code"],
        names=MappingProxyType({language: cells[f"name_{language}"] for language in LANGUAGES}),
        aliases=tuple(alias.strip() for alias in cells["aliases"].split(";") if alias.strip()),
        region=cells["region"],
        profile_code=cells["profile_code"] or cells["code"],
        flag=cells["flag"],
    )


def _check_unique(rows: list[Row], countries: Iterable[Country], report: Report) -> None:
    first: dict[str, tuple[int, Country]] = {}
    for row, country in zip(rows, countries, strict=True):
        for key, spelling in {name_key(spelling): spelling for spelling in spellings(country)}.items():
            line, other = first.setdefault(key, (row.line, country))
            is_code = spelling == country.code == other.code
            if line != row.line and spelling and (is_code or other.code != country.code):
                column = "code" if is_code else "name or alias"
                report.add(row.line, column, spelling, f"one country only; line {line} ({other.name}) has it")


def _check_codes(rows: list[Row], countries: tuple[Country, ...], report: Report) -> None:
    known = {country.code for country in countries}
    first: dict[str, int] = {}
    for row in rows:
        code = row.cells["code"].upper()
        line = first.setdefault(code, row.line)
        if line != row.line:
            report.add(row.line, "code", code, f"every country once; line {line} has it")
        # Without any country, countries.csv is what is wrong.
        elif known and code not in known:
            meant = find_country(row.cells["code"], countries)
            hint = f"; did you mean {meant.code}?" if meant else did_you_mean(code, known)
            report.add(row.line, "code", row.cells["code"], f"a code from countries.csv{hint}")


def _is_complete(text: str, report: Report) -> bool:
    remarks = ((number, line) for number, line in enumerate(text.splitlines(), 1) if _is_remark(line))
    found = [
        (number, match["answer"].lower()) for number, line in remarks if (match := _COMPLETE.match(line))
    ]
    if len(found) != 1 or found[0][1] not in ("yes", "no"):
        line, answer = found[-1] if found else (1, "")
        expected = 'one line "# complete: yes" or "# complete: no": whether every signatory is listed'
        report.add(line, "complete", answer, expected)
        return False
    return found[0][1] == "yes"


def _is_date(text: str) -> bool:
    if not text:
        return True
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return bool(_DATE.fullmatch(text))
