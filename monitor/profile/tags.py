"""The vocabulary of HTML, as far as it says what words stand over what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bs4 import Tag

from monitor.model import Where

SKIPPED = frozenset(["script", "style", "noscript", "template", "head", "svg"])
SEALED = frozenset(["iframe", "select"])
"""What holds no text of the page: markup for browsers without frames, and lists of choices."""
ANCHORS = frozenset(["a", "area"])
LINKS = {
    "a": "href",
    "area": "href",
    "iframe": "src",
    "embed": "src",
    "object": "data",
    "button": "data-href",
    "option": "value",
}
"""What leads to a document, and the attribute that says where; all but anchors count only for files."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOLD = frozenset(["b", "strong"])
INLINE = frozenset(
    [
        "a",
        "abbr",
        "area",
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
_NAVIGATION_NAMES = frozenset(
    ["breadcrumb", "breadcrumbs", "navbar", "navigation", "menu", "sidenav", "footer", "sitemap", "megamenu"]
)
"""The last part of a class name: "side-menu", "site-footer"."""
_PARTS_OF_CONTENT = frozenset(["card", "panel", "modal", "dropdown", "table", "accordion"])
"""The first part of a class name that is no navigation: a "dropdown-menu" often holds one document's languages."""
_LEVELS = frozenset("123456")
_WHOLE_PAGE = frozenset(["html", "body", "main"])
_QUOTED = re.compile(r"""['"](?=(?P<text>[^'"\s]+)['"])""")
_NAMES_A_FILE = re.compile(r".\.(?:pdf|docx?|rtf|odt)\b", re.IGNORECASE)
_LONGEST_VALUE = 4_000
"""Characters of an attribute that are looked at; servers take no longer addresses."""
_SCOPES = frozenset(
    "section article aside details table tr td th dl dd li ul ol fieldset figure".split()  # noqa: SIM905 - as above
)


def classes(tag: Tag) -> Sequence[str]:
    """Give the names in the class attribute."""
    value = tag.get("class")
    return str(value)[:_LONGEST_VALUE].split() if value else ()


def is_navigation(tag: Tag) -> bool:
    """Tell whether what is inside leads around the site rather than being the page."""
    if tag.name in _WHOLE_PAGE:
        return False
    if tag.name in _NAVIGATION or tag.get("role") in _NAVIGATION_ROLES:
        return True
    return any(map(_is_navigation_name, classes(tag)))


@lru_cache(maxsize=2_048)
def _is_navigation_name(name: str) -> bool:
    parts = name.lower().replace("_", "-").split("-")
    return parts[-1] in _NAVIGATION_NAMES and parts[0] not in _PARTS_OF_CONTENT


def is_scope(tag: Tag) -> bool:
    """Tell whether headings inside end with it."""
    if tag.name in _SCOPES:
        return True
    return not _CARDS.isdisjoint(classes(tag)) or is_navigation(tag)


def is_card_title(tag: Tag) -> bool:
    """Tell whether it is a card's title by its class."""
    return not _CARD_TITLES.isdisjoint(classes(tag))


def is_heading(tag: Tag) -> bool:
    """Tell whether it is a real heading."""
    return tag.name in HEADINGS


def address_of(tag: Tag) -> str:
    """Give where a tag leads: its address, or the document's that a script would open; nothing where to none."""
    href = str(tag.get(LINKS[tag.name]) or "").strip()
    if len(href) > _LONGEST_VALUE:
        return ""
    if href and href != "#" and not href.lower().startswith("javascript:"):
        return href
    script = str(tag.get("onclick", ""))[:_LONGEST_VALUE]
    quoted = _QUOTED.finditer(f"{href} {script} '{str(tag.get('data-href', ''))[:_LONGEST_VALUE]}'")
    return next((found["text"] for found in quoted if _NAMES_A_FILE.search(found["text"])), "")


def options(tag: Tag) -> Iterator[Tag]:
    """Give what a list of choices lets one choose and lead to."""
    return (option for option in tag.find_all("option") if address_of(option))


def is_link(tag: Tag) -> bool:
    """Tell whether a tag leads somewhere."""
    if tag.name == "select":
        return any(True for _ in options(tag))
    return tag.name in LINKS and bool(address_of(tag))


def opens(tag: Tag) -> str:
    """Give the id of the part of the page that a tab, a button or an entry of a contents list opens."""
    for name in ("data-bs-target", "data-target", "href"):
        target = str(tag.get(name, ""))
        if target.startswith("#") and target != "#":
            return target.removeprefix("#")
    return str(tag.get("aria-controls", ""))


def aria_level(tag: Tag) -> int | None:
    """Give the level of what is a heading by its role alone; None for everything else."""
    if tag.get("role") != "heading":
        return None
    level = str(tag.get("aria-level", "2"))
    return int(level) if level in _LEVELS else 2
