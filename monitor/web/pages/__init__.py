"""The pages people read, in every language; a module a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from monitor.board.view import View
from monitor.dialogue.listing import by_name
from monitor.language.catalogs import languages
from monitor.language.speech import Speech, speak
from monitor.web.files import WebFile
from monitor.web.pages import (
    countries,
    country,
    everywhere,
    home,
    methodology,
    open_data,
    pledge,
    year,
)

Maker = Callable[[], WebFile]
_PAGES: Final[dict[str, Callable[[Speech, View], WebFile]]] = {
    "index.html": home.page,
    "countries.html": countries.page,
    "pledge.html": pledge.page,
    "year.html": year.page,
    "data.html": open_data.page,
    "methodology.html": methodology.page,
}
"""What every language has, by its path below the language's folder."""


def makers(view: View) -> Iterator[tuple[str, Maker]]:
    """Give every page's path and what makes it."""
    yield "index.html", partial(everywhere.entrance, view)
    yield "404.html", partial(everywhere.lost, view)
    for code in languages():
        say = speak(code)
        for path, page in _PAGES.items():
            yield f"{code}/{path}", partial(page, say, view)
        yield from _countries(say, view)


def _countries(say: Speech, view: View) -> Iterator[tuple[str, Maker]]:
    ordered = by_name(say, view.countries)
    for before, here, after in zip((None, *ordered), ordered, (*ordered[1:], None), strict=False):
        neighbours = country.Neighbours(before, after)
        yield f"{say.code}/countries/{here.code}.html", partial(country.page, say, view, here, neighbours)
