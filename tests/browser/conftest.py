"""A board that is served here, and people who look at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import browser as chromium
from tests.browser.host import served
from tests.browser.visitor import Visitor
from tests.web import world

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Visit = Callable[..., Visitor]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture(scope="module")
def board() -> Iterator[str]:
    with served(world.view(address=world.ADDRESS)) as address:
        yield address


FEW = ("AUS", "BRA", "EU", "GBR", "GHA", "HTI", "JAM", "KAZ", "LKA", "MEX", "MNG", "NOR", "TUV", "VUT", "ZWE")


@pytest.fixture(scope="module")
def small_board() -> Iterator[str]:
    """One country of each sort, for what takes long: a row of the table is like the next."""
    countries = tuple(each for each in world.SHIPPED.countries if each.code in FEW)
    with served(world.view(address=world.ADDRESS, countries=countries)) as address:
        yield address


@pytest.fixture(scope="module")
def hostile_board() -> Iterator[str]:
    with served(world.hostile(address=world.ADDRESS)) as address:
        yield address


@pytest.fixture
def visit(browser: Browser, board: str) -> Iterator[Visit]:
    """Let people come; when they leave, nothing was complained of, asked of other hosts or left behind."""
    visitors: list[Visitor] = []

    def arrive(path: str = "", at: str = board, **options: object) -> Visitor:
        visitors.append(Visitor.arrives(browser, at, **options))
        visitors[-1].goes_to(path)
        return visitors[-1]

    yield arrive
    for visitor in visitors:
        visitor.leaves()
