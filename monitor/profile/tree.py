"""The tree of a page: made, walked step by step, the text of its parts, and what it says of addresses and tabs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from monitor.profile import tags
from monitor.profile.address import normalise
from monitor.profile.words import squeeze

_MOST_STEPS = 300
"""Of the walk through one heading or cell: a hostile page nests them ten thousand deep."""
_MOST_NODES = 1_000
"""Of a cell that are searched for a link, of a card's title for a heading."""
_NESTED = 2
_XML_DECLARATION = re.compile(r"<\?xml\b[^>]*>", re.IGNORECASE)


def make_soup(html: str) -> BeautifulSoup:
    """Parse HTML as browsers would, whatever it is."""
    # lxml puts a replacement character into the middle of words for NUL, and takes no lone surrogates.
    clean = html.replace("\0", "").encode(errors="replace").decode()
    # The line's end keeps bs4 from taking a short text for a file's name.
    return BeautifulSoup(_XML_DECLARATION.sub("", clean) + "\n", "lxml", multi_valued_attributes=None)


def events(root: Tag) -> Iterator[tuple[str, Tag | NavigableString]]:
    """Walk what a tag holds without recursion, past scripts and the like; what is hidden by style is read."""
    stack: list[tuple[Tag, Iterator[object]]] = [(root, iter(root.contents))]
    while stack:
        tag, children = stack[-1]
        for child in children:
            if isinstance(child, Tag):
                if child.name in tags.SKIPPED:
                    continue
                yield "enter", child
                # What stands in a frame is markup as text, for browsers without frames.
                stack.append((child, iter(() if child.name == "iframe" else child.contents)))
                break
            if isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                yield "text", child
        else:
            stack.pop()
            if stack:
                yield "leave", tag


def text_of(tag: Tag) -> str:
    """Give the text of a heading, a cell or a tab; words split over inline tags stay whole."""
    return squeeze(join(_pieces(islice(events(tag), _MOST_STEPS))))


def _pieces(steps: Iterable[tuple[str, Tag | NavigableString]]) -> Iterator[str]:
    for step, node in steps:
        if not isinstance(node, Tag):
            yield str(node)
        elif node.name == "img" and step == "enter":
            yield f" {node.get('alt', '')} "
        elif node.name not in tags.INLINE:
            yield " "


def join(pieces: Iterable[str]) -> str:
    """Put pieces of one line together; a space goes in only where they would run into one ("Self-assessmentEnglish")."""
    joined: list[str] = []
    last = " "
    for piece in filter(None, pieces):
        if piece[0].isupper() and (last.islower() or last.isdigit() or last in ")]"):
            joined.append(" ")
        joined.append(piece)
        last = piece[-1]
    return "".join(joined)


def children(tag: Tag, *names: str) -> Iterator[Tag]:
    """Give the tags of these names directly inside."""
    return (node for node in tag.contents if isinstance(node, Tag) and node.name in names)


def holds(tag: Tag, is_wanted: Callable[[Tag], bool]) -> bool:
    """Tell whether a tag of some sort stands inside, not too deep."""
    # bs4's own descendants look for the last one first: quadratic where they nest.
    within = islice(events(tag), _MOST_NODES)
    return any(step == "enter" and isinstance(node, Tag) and is_wanted(node) for step, node in within)


def base_address(soup: BeautifulSoup, page_url: str) -> str:
    """Honour <base href> only within the page's own host: a foreign one would move every link."""
    written = next((str(tag["href"]) for tag in soup.find_all("base") if tag.has_attr("href")), None)
    base = normalise(written, page_url) if written is not None else None
    is_own = base is not None and urlsplit(base).netloc == urlsplit(page_address(page_url)).netloc
    return base if base is not None and is_own else page_url


def page_address(url: str) -> str:
    """Give a page's own address in the form in which links to it are recognised."""
    return normalise(url, url) or url


def tab_titles(soup: BeautifulSoup) -> dict[str, str]:
    """Find what opens each part of the page: a tab, a button, an entry of a table of contents."""
    titles: dict[str, str] = {}
    for tag in (*soup.find_all("a"), *soup.find_all("button")):
        opened = tags.opens(tag)
        if opened and opened not in titles:
            titles[opened] = text_of(tag)
    return titles


def own_headings(soup: BeautifulSoup) -> frozenset[str]:
    """Give the headings of the page itself: the first and its repeats, and the second where that is the last.

    A page of UNODC is a document nested in a document, each with its own; more of them head parts of the page.
    """
    found = soup.find_all("h1") or soup.find_all(lambda tag: tags.aria_level(tag) == 1)
    texts = [text_of(tag) for tag in found]
    repeats = [text for text in texts if text and (text in texts[0] or texts[0] in text)]
    return frozenset(texts if len(texts) <= _NESTED else repeats)
