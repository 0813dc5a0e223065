"""axe-core judges a page's accessibility; what it finds is written so that a person can mend it."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from playwright.sync_api import Page

RULES: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")
OPTIONS: Final[dict[str, Any]] = {
    "runOnly": {"type": "tag", "values": RULES},
    "rules": {"target-size": {"enabled": True}},  # off by itself
    "resultTypes": ["violations"],
}
WITHOUT_COLOURS: Final = {"color-contrast": {"enabled": False}}


def barriers(page: Page, *, in_colour: bool = True) -> list[str]:
    """Name everything on a page that hinders people, by axe's rule and the element.

    Judging colours takes most of the time, and they are the same in every language.
    """
    page.evaluate(_axe())
    options = OPTIONS if in_colour else OPTIONS | {"rules": OPTIONS["rules"] | WITHOUT_COLOURS}
    found: dict[str, Any] = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {node['html'][:200]} - {node['failureSummary']}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


@cache
def _axe() -> str:
    package = find_spec("axe_playwright_python")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).with_name("axe.min.js").read_text("utf-8")
