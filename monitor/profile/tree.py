"""The tree of a page: made, walked step by step, and what it says as a whole about addresses and tabs."""

from __future__ import annotations

from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString, PreformattedString
from bs4.exceptions import ParserRejectedMarkup

from monitor.errors import ProfileError
from monitor.profile import tags
from monitor.profile.address import normalise
from monitor.profile.words import squeeze


def make_soup(html: str) -> BeautifulSoup:
    """Parse HTML as browsers would; raises ProfileError where even that is impossible."""
    try:
        return BeautifulSoup(html, "lxml")
    except ParserRejectedMarkup as error:
        raise ProfileError(f"the page is no HTML: {error}") from error


def events(root: Tag) -> Iterator[tuple[str, Tag | NavigableString]]:
    """Walk the tree without recursion: a hostile page nests ten thousand deep."""
    stack: list[tuple[Tag, Iterator[object]]] = [(root, iter(root.contents))]
    while stack:
        tag, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield "leave", tag
        elif isinstance(child, Tag):
            if child.name not in tags.SKIPPED:
                yield "enter", child
                stack.append((child, iter(child.contents)))
        elif isinstance(child, NavigableString) and not isinstance(child, PreformattedString):
            yield "text", child


def base_address(soup: BeautifulSoup, page_url: str) -> str:
    """Honour <base href> only within the page's own host: a foreign one would move every link."""
    tag = soup.find("base", href=True)
    base = normalise(str(tag["href"]), page_url) if tag else None
    is_own = base is not None and base.split("/")[2] == page_address(page_url).split("/")[2]
    return base if base is not None and is_own else page_url


def page_address(url: str) -> str:
    """Give a page's own address in the form in which links to it are recognised."""
    return normalise(url, url) or url


def tab_titles(soup: BeautifulSoup) -> dict[str, str]:
    """Find what opens each part of the page: a tab, a button, an entry of a table of contents."""
    titles: dict[str, str] = {}
    for tag in soup.find_all(("a", "button")):
        target = next(
            (str(tag[name]) for name in ("data-bs-target", "data-target", "href") if tag.has_attr(name)), ""
        )
        if target.startswith("#") or tag.has_attr("aria-controls"):
            name = target.removeprefix("#") if target.startswith("#") else str(tag["aria-controls"])
            titles.setdefault(name, squeeze(tag.get_text(" ")))
    return titles
