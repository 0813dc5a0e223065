"""A hostile page is read in bounded time and without a recursion error."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from monitor.errors import MonitorError
from tests.profile.reading import FILE, links, page, read, reader

MOST = 12.0
"""Seconds of CPU for a page whose parts are many: all of them take below 2 s here, and minutes where work is quadratic."""
A = f'<a href="{FILE}">English</a>'
COUNTRY = "<h1>Country Profile: Mexico</h1><p>Executive summary</p>"

PAGES: dict[str, Callable[[], str]] = {
    "10,000 links": lambda: "".join(
        f'<li><a href="{number}.pdf">Executive summary</a></li>' for number in range(10_000)
    ),
    "10,000 links on one line": lambda: "".join(
        f'text <a href="{number}.pdf">x</a> ' for number in range(10_000)
    ),
    "a line of 5 MB": lambda: f"<p>{'Country report, ' * 312_000} {A}</p>",
    "a label of 5 MB": lambda: f'<a href="{FILE}">{"Country report, " * 312_000}</a>',
    "an address of 5 MB": lambda: f'<a href="/documents/{"x" * 5_000_000}.pdf">x</a>',
    "a heading of 5 MB with 1,000 links": lambda: f"<h2>{'Report ' * 700_000}</h2>{A * 1_000}",
    "nested 10,000 deep": lambda: f"{'<div><section>' * 10_000}{A}{'</section></div>' * 10_000}",
    "headings nested 5,000 deep": lambda: f"{'<div role=heading>x' * 5_000}{A}",
    "card titles nested 5,000 deep": lambda: f"{'<div class=card-title>x' * 5_000}{A}",
    "tables nested 5,000 deep": lambda: f"{'<table><tr><td>x' * 5_000}{A}",
    "lists nested 5,000 deep": lambda: f"{'<ul><li>x' * 5_000}{A}",
    "details nested 5,000 deep": lambda: f"{'<details><summary>x</summary>' * 5_000}{A}",
    "bold nested 5,000 deep": lambda: f"{'<b>x' * 5_000}{A}",
    "10,000 tabs": lambda: "".join(f'<a href="#t{n}">x</a><div id="t{n}">{A}</div>' for n in range(10_000)),
    "tabs nested 5,000 deep": lambda: f"{'<button data-target=#x><i>x' * 5_000}{A}",
    "a table of 10,000 cells in a row": lambda: (
        f"<table><tr>{'<th>x' * 10_000}<tr>{f'<td>{A}' * 2_000}</table>"
    ),
    "a table of 10,000 rows": lambda: f"<table><tr><th>a<th>b{f'<tr><td>x<td>{A}' * 10_000}</table>",
    "5,000 rows across a table": lambda: f"<table>{f'<tr><td colspan=2>x<tr><td>x<td>{A}' * 5_000}</table>",
    "spans as wide and tall as can be": lambda: (
        f"<table>{('<tr>' + '<td rowspan=999999 colspan=999999>x' * 50 + f'<td>{A}') * 500}</table>"
    ),
    "5,000 open links": lambda: "".join(f'<a href="{number}.pdf"><div>x' for number in range(5_000)),
}


@pytest.mark.no_cover  # measuring coverage would make it many times slower
@pytest.mark.parametrize("name", PAGES)
def test_a_hostile_page_is_read_in_bounded_time(name: str) -> None:
    html = COUNTRY + PAGES[name]()
    began = time.process_time()
    try:
        read(html)
    except MonitorError:
        assert links(html)
    assert time.process_time() - began < MOST


def test_the_deepest_link_is_found() -> None:
    assert len(links(f"{'<div><section>' * 10_000}{A}")) == 1


def test_what_is_remembered_does_not_grow_with_the_page() -> None:
    (found,) = reader().readings(
        page(f'<h2>{"h" * 99_999}</h2><p>{"b" * 99_999}: <a href="{FILE}">{"x" * 99_999}</a></p>')
    )
    assert found.document is not None
    assert len(found.document.title) <= 200
    assert sum(len(words.text) for words in found.link.words) < 2_000
