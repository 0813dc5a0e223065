"""The vocabulary of HTML, as far as it says what words stand over what."""

from __future__ import annotations

from bs4 import Tag

from monitor.model import Where

SKIPPED = frozenset(["script", "style", "noscript", "template", "head", "svg", "select", "iframe", "object"])
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD = frozenset(["b", "strong"])
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "body",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "html",
        "i",
        "img",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
NO_LABEL = frozenset(["summary", "caption", "legend", "figcaption", "dt", *HEADINGS])
"""Blocks whose text is put over what follows in a way of its own."""
FIRST_CHILD_WORDS = {
    "details": ("summary", Where.SUMMARY),
    "table": ("caption", Where.CAPTION),
    "fieldset": ("legend", Where.LEGEND),
    "figure": ("figcaption", Where.CAPTION),
}
_CARD_TITLES = frozenset(["card-title", "card-header", "panel-title", "panel-heading", "accordion-header"])
_CARDS = frozenset(["card", "panel", "accordion-item"])
_NAVIGATION = frozenset(["nav", "footer", "menu"])
_NAVIGATION_ROLES = frozenset(["navigation", "banner", "contentinfo", "search", "menu", "menubar"])
_NAVIGATION_CLASSES = frozenset(
    ["breadcrumb", "breadcrumbs", "navbar", "navigation", "menu", "footer", "sitemap", "megamenu"]
)
_SCOPES = frozenset(
    "section article aside details table tr td th dl dd li ul ol fieldset figure".split()  # noqa: SIM905 - as above
)


def classes(tag: Tag) -> frozenset[str]:
    """Give the names in the class attribute."""
    value = tag.get("class") or ()
    return frozenset(value.split() if isinstance(value, str) else value)


def is_navigation(tag: Tag) -> bool:
    """Tell whether what is inside leads around the site rather than being the page."""
    is_named = tag.name in _NAVIGATION or tag.get("role") in _NAVIGATION_ROLES
    parts = {part for name in classes(tag) for part in name.lower().replace("_", "-").split("-")}
    return is_named or bool(parts & _NAVIGATION_CLASSES)


def is_scope(tag: Tag) -> bool:
    """Tell whether headings inside end with it."""
    return tag.name in _SCOPES or bool(classes(tag) & _CARDS) or is_navigation(tag)


def is_card_title(tag: Tag) -> bool:
    """Tell whether it is a card's title by its class alone, with no real heading in it."""
    return bool(classes(tag) & _CARD_TITLES) and tag.find(tuple(HEADINGS)) is None


def aria_level(tag: Tag) -> int | None:
    """Give the level of what is a heading by its role alone; None for everything else."""
    if tag.get("role") != "heading":
        return None
    level = str(tag.get("aria-level", "2"))
    return int(level) if level in "123456" else 2
