"""A cell stands under its row's and its column's headers, beside linkless cells, below its section's row."""

from __future__ import annotations

import pytest

from monitor.model import Where
from monitor.profile import tags
from monitor.profile.table import cell_words
from monitor.profile.tree import holders, make_soup

LINK = '<a href="x.pdf">PDF</a>'


def cells(rows: str) -> list[list[tuple[Where, str]]]:
    """Give the words over each cell with a link, in order."""
    soup = make_soup(f"<table>{rows}</table>")
    table = soup.find("table")
    assert table is not None
    found = cell_words(table, holders(soup, tags.is_link))
    return [[(words.where, words.text) for words in over] for over in found.values()]


def test_a_cell_stands_under_its_rows_and_its_columns_header() -> None:
    found = cells(
        f"<tr><th></th><th>First</th><th>Second</th></tr><tr><th>Kind</th><td>-</td><td>{LINK}</td></tr>"
    )
    assert found == [[(Where.ROW, "Kind"), (Where.COLUMN, "Second"), (Where.CELL, "First -")]]


def test_a_first_row_without_links_heads_a_table_without_th() -> None:
    found = cells(f"<tr><td>Name</td><td>File</td></tr><tr><td>Kind</td><td>{LINK}</td></tr>")
    assert found == [[(Where.ROW, "Kind"), (Where.COLUMN, "File")]]


@pytest.mark.parametrize(
    "first",
    [f"<tr><td>{LINK}</td><td>File</td></tr>", "<tr><td>Alone</td></tr>"],
    ids=["with a link", "of one cell"],
)
def test_such_a_first_row_heads_nothing(first: str) -> None:
    found = cells(f"{first}<tr><td>Kind</td><td>{LINK}</td></tr>")
    assert (Where.COLUMN, "File") not in found[-1]
    assert (Where.ROW, "Kind") in found[-1]


def test_a_single_row_has_no_header() -> None:
    assert cells(f"<tr><td>Kind</td><td>{LINK}</td></tr>") == [[(Where.ROW, "Kind")]]


def test_a_head_of_plain_cells_heads_the_columns() -> None:
    found = cells(
        f"<thead><tr><td>A</td><td>B</td></tr></thead><tbody><tr><td>x</td><td>{LINK}</td></tr></tbody>"
    )
    assert (Where.COLUMN, "B") in found[0]


def test_the_nearer_of_two_header_rows_comes_first() -> None:
    found = cells(
        '<tr><th rowspan="2">Kind</th><th colspan="2">First</th><th colspan="2">Second</th></tr>'
        "<tr><th>en</th><th>fr</th><th>en</th><th>fr</th></tr>"
        f"<tr><th>Report</th><td></td><td></td><td></td><td>{LINK}</td></tr>"
    )
    assert found == [[(Where.ROW, "Report"), (Where.COLUMN, "fr"), (Where.COLUMN, "Second")]]


def test_a_cell_across_rows_is_the_header_of_each() -> None:
    found = cells(
        f'<tr><td rowspan="2">Kind</td><td>English</td><td>{LINK}</td></tr><tr><td>French</td><td>{LINK}</td></tr>'
    )
    assert found[1] == [(Where.ROW, "Kind"), (Where.CELL, "French")]


def test_a_cell_across_rows_ends() -> None:
    found = cells(
        f'<tr><td rowspan="1">One</td><td>{LINK}</td></tr><tr><td>Two</td><td>{LINK}</td></tr>'
        f"<tr><td>{LINK}</td><td>x</td></tr>"
    )
    assert found[1] == [(Where.ROW, "Two")]


def test_a_wide_cell_stands_under_all_its_columns_each_once() -> None:
    found = cells(
        f'<tr><th>K</th><th>A</th><th colspan="2">B</th></tr><tr><th>k</th><td colspan="3">{LINK}</td></tr>'
    )
    assert found == [[(Where.ROW, "k"), (Where.COLUMN, "A"), (Where.COLUMN, "B")]]


def test_a_row_across_the_table_heads_those_that_follow_until_the_next() -> None:
    found = cells(
        f'<tr><td>{LINK}</td><td>0</td></tr><tr><td colspan="2">First</td></tr><tr><td>{LINK}</td><td>1</td></tr>'
        f'<tr><td colspan="2">Second</td></tr><tr><td>{LINK}</td><td>2</td></tr>'
    )
    assert [over[-1] for over in found] == [(Where.CELL, "0"), (Where.ROW, "First"), (Where.ROW, "Second")]


def test_a_row_across_the_table_with_a_link_heads_nothing() -> None:
    found = cells(f'<tr><td colspan="2">First {LINK}</td></tr><tr><td>{LINK}</td><td>1</td></tr>')
    assert found == [[], [(Where.CELL, "1")]]


def test_a_short_cell_is_named_by_its_column() -> None:
    found = cells(
        f"<tr><th>File</th><th>Cycle</th><th>Language</th></tr><tr><td>{LINK}</td><td>II</td><td>French</td></tr>"
    )
    assert found == [[(Where.COLUMN, "File"), (Where.CELL, "Cycle II"), (Where.CELL, "French")]]


def test_cells_with_links_say_nothing_about_their_neighbours() -> None:
    assert (
        cells(f"<tr><td>Kind</td><td>{LINK} one</td><td>{LINK} two</td></tr>") == [[(Where.ROW, "Kind")]] * 2
    )


def test_a_link_in_a_header_row_gets_no_words() -> None:
    assert cells(f"<tr><th>A</th><th>{LINK}</th></tr>") == []


def test_a_table_inside_belongs_to_its_own() -> None:
    inner = f"<table><tr><td>Inner</td><td>{LINK}</td></tr></table>"
    assert cells(f"<tr><td>Outer</td><td>{inner}</td></tr>") == [[(Where.ROW, "Outer")]]


@pytest.mark.parametrize("span", ["0", "-3", "x", "", "1.5", "²"])
def test_a_wrong_span_is_one(span: str) -> None:
    found = cells(f'<tr><th colspan="{span}">A</th><th>B</th></tr><tr><td>k</td><td>{LINK}</td></tr>')
    assert (Where.COLUMN, "B") in found[0]


def test_huge_spans_are_bounded() -> None:
    huge = "9" * 5_000
    found = cells(
        f'<tr><th colspan="{huge}" rowspan="{huge}">A</th></tr>' + f"<tr><td>{LINK}</td></tr>" * 300
    )
    assert len(found) == 300


def test_a_table_without_cells_has_no_words() -> None:
    assert cells("<tr></tr><caption>Empty</caption>") == []


def test_columns_past_the_most_share_the_last_place() -> None:
    row = "".join(f"<td>{number}</td>" for number in range(300))
    assert len(cells(f"<tr>{row}<td>{LINK}</td></tr><tr>{row}<td>{LINK}</td></tr>")) == 2


def test_a_fifth_row_of_headers_adds_nothing() -> None:
    heads = "".join(f"<tr><th>K</th><th>{level}</th></tr>" for level in range(6))
    (over,) = cells(f"{heads}<tr><td></td><td>{LINK}</td></tr>")
    assert [text for _, text in over] == ["5", "4", "3", "2"]
