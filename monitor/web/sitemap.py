"""What tells search engines which pages there are: the same page in each language is one page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from monitor.board.view import View
from monitor.language.catalogs import languages
from monitor.model import DEFAULT_LANGUAGE
from monitor.web.files import TEXT, XML, WebFile

SITEMAP: Final = "sitemap.xml"
ROBOTS: Final = "robots.txt"
_HOME: Final = "index.html"
_SPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML: Final = "http://www.w3.org/1999/xhtml"


def makers(view: View, pages: Iterable[str]) -> Iterator[tuple[str, Callable[[], WebFile]]]:
    """Give the sitemap, where the board's address is known, and robots.txt; ``pages``: paths of pages."""
    yield ROBOTS, partial(_robots, view)
    if view.address:
        yield SITEMAP, partial(_sitemap, view, tuple(pages))


def _robots(view: View) -> WebFile:
    lines = ["User-agent: *", "Allow: /"]
    if view.address:
        lines.append(f"Sitemap: {view.address}/{SITEMAP}")
    return WebFile("".join(f"{line}\n" for line in lines).encode(), TEXT, view.as_of)


def _sitemap(view: View, pages: tuple[str, ...]) -> WebFile:
    root = Element("urlset", {"xmlns": _SPACE, "xmlns:xhtml": _XHTML})
    spoken = [code for code in languages() if any(path.startswith(f"{code}/") for path in pages)]
    for path in pages:
        code, _, page = path.partition("/")
        if code in spoken and page.endswith(".html"):
            _add(root, f"{view.address}/{path}", _versions(view.address, spoken, page))
    indent(root, "")
    return WebFile(tostring(root, encoding="utf-8", xml_declaration=True), XML, view.as_of)


def _versions(address: str, spoken: list[str], page: str) -> dict[str, str]:
    versions = {code: f"{address}/{code}/{page}" for code in spoken}
    # What is shown to those whose language none of them is; at the entrance the browser chooses.
    default = f"{address}/" if page == _HOME else versions[DEFAULT_LANGUAGE]
    return versions | {"x-default": default}


def _add(root: Element, address: str, versions: dict[str, str]) -> None:
    url = SubElement(root, "url")
    SubElement(url, "loc").text = address
    for code, version in versions.items():
        SubElement(url, "xhtml:link", {"rel": "alternate", "hreflang": code, "href": version})
