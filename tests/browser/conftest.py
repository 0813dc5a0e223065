"""A board that is served here, and people who look at it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from monitor.model import Country
from tests.browser.chromium import browser as chromium
from tests.browser.host import served
from tests.browser.visitor import DESKTOP, Motion, Scheme, Visitor
from tests.web import world

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ViewportSize

Seats = defaultdict[tuple[tuple[str, object], ...], list[Visitor]]
Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def board() -> Iterator[str]:
    with served(world.view(address=world.ADDRESS)) as address:
        yield address


FEW = (
    "ALB",
    "AUS",
    "BRA",
    "EU",
    "GBR",
    "GHA",
    "HTI",
    "JAM",
    "KAZ",
    "LKA",
    "MEX",
    "MNG",
    "NOR",
    "TUV",
    "VUT",
    "ZWE",
)


@pytest.fixture(scope="module")
def small_board() -> Iterator[str]:
    """One country of each sort, for what takes long: a row of the table is like the next."""
    with served(world.view(address=world.ADDRESS, countries=few())) as address:
        yield address


@pytest.fixture(scope="module")
def hostile_board() -> Iterator[str]:
    """The same few, with words that mean harm."""
    with served(world.hostile(address=world.ADDRESS, countries=few())) as address:
        yield address


def few() -> tuple[Country, ...]:
    return tuple(each for each in world.SHIPPED.countries if each.code in FEW)


@pytest.fixture(scope="module")
def seats() -> Seats:
    """Browsers that nobody sits at, by what cannot be changed in them."""
    return defaultdict(list)


@pytest.fixture
def visit(browser: Browser, board: str, seats: Seats) -> Iterator[Visit]:
    """Let people come; when they leave, nothing was complained of, asked of other hosts or left behind."""
    taken: list[tuple[list[Visitor], Visitor]] = []

    def arrive(
        path: str | None = None,
        at: str = board,
        viewport: ViewportSize = DESKTOP,
        color_scheme: Scheme = "light",
        reduced_motion: Motion = "no-preference",
        **options: object,
    ) -> Visitor:
        free = seats[tuple(sorted(options.items()))]
        visitor = free.pop() if free else Visitor.arrives(browser, at, **options)
        taken.append((free, visitor))
        visitor.settles(at, viewport, color_scheme, reduced_motion)
        if path is not None:
            visitor.goes_to(path)
        return visitor

    yield arrive
    for free, visitor in taken:
        visitor.makes_room()  # where it cannot, nobody sits there again
        free.append(visitor)
