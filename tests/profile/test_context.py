"""The words over a place: headings end headings, containers end with themselves."""

from __future__ import annotations

from monitor.model import Where, Words
from monitor.profile.context import BOLD_LABEL, Context, pop, push, push_heading


def texts(context: Context | None) -> list[str]:
    return [words.text for words in context] if context is not None else []


def heading(outer: Context | None, text: str, level: int, floor: Context | None = None) -> Context | None:
    return push_heading(outer, Where.HEADING, text, level, floor)


def test_the_nearest_words_come_first() -> None:
    context = push(push(None, Where.TAB, "outer"), Where.ROW, "inner")
    assert list(context or ()) == [Words(Where.ROW, "inner"), Words(Where.TAB, "outer")]


def test_empty_words_change_nothing() -> None:
    context = push(None, Where.TAB, "tab")
    assert push(context, Where.ROW, "") is context


def test_a_heading_ends_those_of_its_level_and_below() -> None:
    context = heading(heading(heading(None, "two", 2), "three", 3), "bold", BOLD_LABEL)
    assert texts(heading(context, "next three", 3)) == ["next three", "two"]


def test_an_empty_heading_ends_what_was_before() -> None:
    assert texts(heading(heading(None, "two", 2), "", 2)) == []


def test_a_heading_ends_nothing_outside_its_container() -> None:
    floor = push(heading(None, "three", 3), Where.ROW, "row")
    assert texts(heading(floor, "two", 2, floor)) == ["two", "row", "three"]


def test_a_heading_that_is_the_edge_of_a_container_stays() -> None:
    floor = heading(None, "three", 3)
    assert texts(heading(floor, "two", 2, floor)) == ["two", "three"]


def test_a_heading_never_ends_the_words_of_a_container() -> None:
    context = push(heading(None, "two", 2), Where.TERM, "term")
    assert texts(pop(context, 1, None)) == ["term", "two"]


def test_a_hostile_page_cannot_grow_the_words_of_a_link() -> None:
    context = None
    for number in range(1_000):
        context = push(context, Where.SUMMARY, f"{number} {'x' * 1_000}")
    assert len(texts(context)) == 24
    assert all(len(text) <= 400 for text in texts(context))
