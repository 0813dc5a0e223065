"""The tree of a page: made, walked step by step, the text of its parts, and what it says of addresses and tabs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString

from monitor.errors import ProfileError
from monitor.profile import tags
from monitor.profile.address import normalise
from monitor.profile.words import squeeze

MOST_TAGS = 15_000
"""Opened and closed together; the largest page seen, with its 400 links, has 1,700. What follows costs up to a second."""
_MOST_STEPS = 100
"""Of the walk through one heading or cell: a hostile page nests them ten thousand deep."""
_LONGEST_TEXT = 1_000
"""Characters of one heading or cell; all that is kept of it is shorter."""
_NESTED = 2
_XML_DECLARATION = re.compile(r"<\?xml\b[^<>]*>", re.IGNORECASE)


def make_soup(html: str) -> BeautifulSoup:
    """Parse HTML as browsers would, whatever it is; ProfileError for more of it than any profile has."""
    if (found := html.count("<")) > MOST_TAGS:
        raise ProfileError(f"a page of {found:,} tags: no profile is known to have more than {MOST_TAGS:,}")
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
                stack.append((child, iter(() if child.name in tags.SEALED else child.contents)))
                break
            if isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
                yield "text", child
        else:
            stack.pop()
            if stack:
                yield "leave", tag


def text_of(tag: Tag) -> str:
    """Give the text of a heading, a cell or a tab; words split over inline tags stay whole."""
    return squeeze(join(_pieces(islice(events(tag), _MOST_STEPS))))[:_LONGEST_TEXT]


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


def holders(root: Tag, is_wanted: Callable[[Tag], bool]) -> frozenset[int]:
    """Give the ``id`` of every tag that a tag of some sort stands inside."""
    # All at once, up from what is wanted: to ask each tag for what it holds is quadratic where they nest.
    found: set[int] = set()
    for step, node in events(root):
        if step == "enter" and isinstance(node, Tag) and is_wanted(node):
            for parent in node.parents:
                if id(parent) in found:
                    break
                found.add(id(parent))
    return frozenset(found)


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
