"""Which files the board consists of, and what makes each: nothing is made before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from monitor.board.view import View
from monitor.web import data, feed, pages, pictures, sitemap, static
from monitor.web.files import WebFile

Maker = Callable[[], WebFile]
Plan = Mapping[str, Maker]
"""Makers by path: relative to the board's root, without a slash in front, such as ``en/index.html``."""


def plan(view: View, draw: pictures.Draw | None = None) -> Plan:
    """Name every file of the board and how it is made; cheap, and each maker gives the same bytes every time.

    ``draw`` makes a PNG of an SVG; without it there are no pictures.
    """
    return dict(_makers(view, draw))


def _makers(view: View, draw: pictures.Draw | None) -> Iterator[tuple[str, Maker]]:
    shown = dict(pages.makers(view))
    yield from shown.items()
    if draw is not None:
        yield from pictures.makers(view, draw)
    yield from data.makers(view)
    yield from feed.makers(view)
    yield from sitemap.makers(view, shown)
    for name, content_type in static.FILES.items():
        yield f"static/{name}", partial(static.read, name, content_type, view.as_of)
