"""What search engines are told."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from monitor.board.view import View
from monitor.web import sitemap
from monitor.web.plan import plan
from tests.web import world

PAGES = (
    "index.html",
    "404.html",
    "en/index.html",
    "fr/index.html",
    "es/index.html",
    "en/countries/MEX.html",
    "en/map-1.png",
    "static/odd.html",
)
URL = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"
WITH, WITHOUT = world.empty(address=world.ADDRESS), world.empty()


def made(view: View, path: str) -> str:
    return dict(sitemap.makers(view, PAGES))[path]().body.decode()


def test_everybody_may_read_everything_and_is_told_where_the_pages_are_listed() -> None:
    assert made(WITH, "robots.txt") == "User-agent: *\nAllow: /\nSitemap: https://board.example/sitemap.xml\n"


def test_without_an_address_there_is_no_sitemap_since_its_addresses_must_be_whole() -> None:
    assert [path for path, _ in sitemap.makers(WITHOUT, PAGES)] == ["robots.txt"]
    assert made(WITHOUT, "robots.txt") == "User-agent: *\nAllow: /\n"


def test_every_page_stands_once_with_its_other_languages_and_itself() -> None:
    root = ET.fromstring(made(WITH, "sitemap.xml"))  # noqa: S314 - our own
    assert [url.findtext(f"{URL}loc") for url in root] == [f"{world.ADDRESS}/{path}" for path in PAGES[2:6]]
    for url, page, default in (
        (root[1], "index.html", ""),
        (root[3], "countries/MEX.html", "en/countries/MEX.html"),
    ):
        versions = {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
        assert versions == {
            **{code: f"{world.ADDRESS}/{code}/{page}" for code in ("en", "es", "fr")},
            "x-default": f"{world.ADDRESS}/{default}",
        }


def test_a_page_says_the_same_of_its_languages_as_the_sitemap() -> None:
    view = world.view(address=world.ADDRESS)
    board = plan(view)
    root = ET.fromstring(board["sitemap.xml"]().body)  # noqa: S314 - our own
    said = {str(url.findtext(f"{URL}loc")): {(link.get("hreflang"), link.get("href")) for link in url.iter(LINK)} for url in root}  # fmt: skip
    for path in ("en/index.html", "fr/countries.html", "es/countries/MEX.html"):
        html = board[path]().body.decode()
        written = set(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html))
        assert written == said[f"{world.ADDRESS}/{path}"]


def test_the_sitemap_lists_the_pages_of_the_board_and_nothing_else() -> None:
    view = world.view(address=world.ADDRESS)
    board = plan(view)
    root = ET.fromstring(board["sitemap.xml"]().body)  # noqa: S314 - our own
    listed = [str(url.findtext(f"{URL}loc")).removeprefix(f"{world.ADDRESS}/") for url in root]
    assert listed == [path for path in board if path.endswith(".html") and "/" in path]
    assert len(listed) == len(set(listed))
    links = {str(link.get("href")).removeprefix(f"{world.ADDRESS}/") for link in root.iter(LINK)}
    assert links - {""} <= board.keys()
