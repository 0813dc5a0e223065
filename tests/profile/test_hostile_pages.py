"""A hostile page is read in bounded time and without a recursion error, or refused at once."""

from __future__ import annotations

import asyncio
import time

import pytest

from monitor.errors import Blocked, MonitorError, ProfileError
from tests.profile.hostile import BELOW, BEYOND, COUNTRY, A
from tests.profile.reading import FILE, config, links, page, read, reader

pytestmark = pytest.mark.slow

MOST = 24.0
"""Seconds of CPU: below 3.5 on a busy machine, and minutes where work is quadratic."""
PART = 4
"""Most pages are read at a quarter of their size; work that grows with the square of it is seen there, too."""
MOST_OF_A_PART = MOST / PART
"""Seconds of CPU: below 0.8 here, four times that while coverage is measured."""
LATEST = 2.0
"""Seconds of CPU that go by until somebody who waits for an answer gets a turn while pages are read."""
LARGEST = (
    "as many links as can be",
    "nested 14,900 deep",
    "tables nested 4,900 deep",
    "spans as wide and tall as can be",
    "a line of 5 MB that nobody sees",
)
"""One of each sort, read whole."""
READ_AT_ONCE = (
    "each under its own long headings",
    "each with its own long title",
    "a line of 5 MB in Arabic",
    "a line of 5 MB that nobody sees",
    "a label of 5 MB",
)


@pytest.mark.no_cover  # measuring coverage would make it many times slower
@pytest.mark.parametrize("name", BELOW)
def test_a_quarter_of_a_page_is_read_in_time_that_grows_with_its_size_only(name: str) -> None:
    # What is slow by itself is slow every time.
    assert any(_seconds(BELOW[name](PART)) < MOST_OF_A_PART for _ in range(3))


@pytest.mark.no_cover
@pytest.mark.parametrize("name", LARGEST)
def test_the_costliest_page_that_is_read_is_read_in_bounded_time(name: str) -> None:
    assert _seconds(BELOW[name](1)) < MOST


def _seconds(hostile: str) -> float:
    """Read it to its end; of CPU."""
    html = COUNTRY + hostile
    began = time.process_time()
    try:
        read(html)
    except Blocked:
        assert len(links(html)) <= 1
    return time.process_time() - began


@pytest.mark.no_cover
@pytest.mark.parametrize("name", BEYOND)
def test_a_page_with_more_than_any_profile_has_is_refused_before_it_costs(name: str) -> None:
    html = COUNTRY + BEYOND[name]()
    began = time.process_time()
    with pytest.raises(ProfileError, match="no profile is known to have"):
        read(html)
    assert time.process_time() - began < MOST / 4


@pytest.mark.parametrize(("more", "fits"), [(0, True), (1, False)])
def test_the_limits_are_exact(more: int, fits: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("monitor.profile.tree.MOST_TAGS", 60)
    monkeypatch.setattr("monitor.profile.parse.MOST_LINKS", 20)
    for html in ("<p>" * (60 + more), "".join(f"<a href={n}>x" for n in range(20 + more))):
        try:
            assert links(html) is not None
            assert fits
        except ProfileError:
            assert not fits


def test_the_deepest_link_is_found() -> None:
    assert len(links(f"{'<div><section>' * 7_000}{A}")) == 1


def test_what_is_remembered_does_not_grow_with_the_page() -> None:
    (found,) = reader().readings(
        page(f'<h2>{"h" * 99_999}</h2><p>{"b" * 99_999}: <a href="{FILE}">{"x" * 99_999}</a></p>')
    )
    assert found.document is not None
    assert len(found.document.title) <= 200
    assert sum(len(words.text) for words in found.link.words) < 2_000


@pytest.mark.no_cover
async def test_people_are_answered_while_hostile_pages_are_read() -> None:
    """As a sweep reads them: in threads, several at once."""
    pages = [COUNTRY + BELOW[name](1) for name in READ_AT_ONCE]
    reads = [asyncio.ensure_future(asyncio.to_thread(_read, html)) for html in pages]
    worst = 0.0
    while not all(each.done() for each in reads):
        # Ours alone: tests beside this one take the machine's time, too.
        began = time.process_time()
        await asyncio.sleep(0.01)
        worst = max(worst, time.process_time() - began)
    assert worst < LATEST


def _read(html: str) -> None:
    try:
        reader().read(page(html), config().country("MEX"))
    except MonitorError:
        return
