import pytest

from monitor.alert.press import data, parts
from monitor.dialogue.buttons import Leaf, chosen, grid, leaf, number, row, turning
from monitor.model import Button

A, B, C = (Button(letter, data=letter) for letter in "abc")


def test_a_row_stands_beside_its_first_button_and_a_grid_breaks_into_rows() -> None:
    assert [each.is_beside for each in row(A, B, C)] == [False, True, True]
    assert [each.is_beside for each in grid((A, B, C), 2)] == [False, True, False]
    assert chosen(A) == Button("✓ a", data="a")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("0", 0),
        ("7", 7),
        ("9", 9),
        ("10", 9),
        ("999999", 9),
        ("1000000", 0),
        ("-1", 0),
        ("x", 0),
        ("", 0),
        ("²", 0),
        ("٣", 0),
    ],
)
def test_a_number_is_read_within_its_bounds_however_forged(written: str, read: int) -> None:
    assert number(written, 9) == read


@pytest.mark.parametrize(
    ("wanted", "items", "at"),
    [("0", "abc", 0), ("1", "de", 1), ("2", "de", 1), ("99", "de", 1), ("x", "abc", 0)],
)
def test_a_page_that_does_not_exist_is_the_nearest_there_is(wanted: str, items: str, at: int) -> None:
    assert leaf("abcde", wanted, 3) == Leaf(tuple(items), at, 1)


def test_an_empty_list_has_one_empty_page_and_a_full_page_no_second_one() -> None:
    assert leaf((), "3", 3) == Leaf((), 0, 0)
    assert leaf("abc", "1", 3) == Leaf(("a", "b", "c"), 0, 0)


def test_pages_turn_round_and_round() -> None:
    def turned(at: int) -> list[tuple[str, str]]:
        return [(one.label, one.data) for one in turning(Leaf((), at, 2), lambda page: ("list", page))]

    assert turned(0) == [("◀", "list:2"), ("1/3", "list:0"), ("▶", "list:1")]
    assert turned(2) == [("◀", "list:1"), ("3/3", "list:2"), ("▶", "list:0")]
    assert turning(Leaf((), 0, 0), lambda page: ("list", page)) == ()


def test_a_button_reads_as_it_was_written() -> None:
    assert parts(data("list", "*", 3)) == ("list", ("*", "3"))
