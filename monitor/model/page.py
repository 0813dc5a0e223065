"""A profile page and its links, nothing interpreted yet."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Where(StrEnum):
    """Where on the page (or in the address) words stood, relative to a link."""

    LABEL = "label"
    TITLE = "title attribute"
    ARIA = "aria-label"
    BEFORE = "text before"
    AFTER = "text after"
    ROW = "row header"
    COLUMN = "column header"
    CELL = "row cell"
    TERM = "term"
    SUMMARY = "summary"
    CAPTION = "caption"
    LEGEND = "legend"
    CARD = "card title"
    TAB = "tab"
    ITEM = "list item"
    LINE = "line before"
    BOLD = "bold label"
    HEADING = "heading"
    PAGE = "page heading"
    LANG = "language attribute"
    SYMBOL = "symbol"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Validators:
    """What the server gave us to ask "has it changed?" with; empty where it gave nothing."""

    etag: str = ""
    last_modified: str = ""


NO_VALIDATORS = Validators()
"""The server gave nothing to compare with."""


@dataclass(frozen=True, slots=True)
class Page:
    """A profile page as served: our own value, nothing past fetch.py has heard of httpx."""

    url: str
    """The address that answered, after redirects."""
    html: str
    body_hash: str
    """sha256 of the body's bytes, hexadecimal."""
    validators: Validators = NO_VALIDATORS
    body: bytes = b""
    """As served, unpacked: what ``body_hash`` is of."""


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server answered 304: the page is what it was when it gave us the validators."""

    url: str


@dataclass(frozen=True, slots=True)
class Words:
    """Some words and where they stood relative to a link."""

    where: Where
    text: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link and the words around it: nothing interpreted yet."""

    url: str
    """Normalised for identity (see profile/address.py)."""
    words: tuple[Words, ...]
    """Nearest first: the link's own label, title and aria-label, then outwards to the page's first heading."""
    language: str = ""
    """The hreflang or lang attribute on the link itself."""
    is_navigation: bool = False
    """Stands in a menu, header, footer or breadcrumb."""

    @property
    def label(self) -> str:
        """The link's own text."""
        return next((words.text for words in self.words if words.where is Where.LABEL), "")
