"""The pages people read, in every language; a module a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from monitor.board.view import View
from monitor.dialogue.listing import by_name
from monitor.language.catalogs import languages
from monitor.language.speech import Speech, speak
from monitor.web.files import WebFile
from monitor.web.pages import countries, country, home

Maker = Callable[[], WebFile]


def makers(view: View) -> Iterator[tuple[str, Maker]]:
    """Give every page's path and what makes it."""
    for code in languages():
        say = speak(code)
        yield f"{code}/index.html", partial(home.page, say, view)
        yield f"{code}/countries.html", partial(countries.page, say, view)
        yield from _countries(say, view)


def _countries(say: Speech, view: View) -> Iterator[tuple[str, Maker]]:
    ordered = by_name(say, view.countries)
    for before, here, after in zip((None, *ordered), ordered, (*ordered[1:], None), strict=False):
        neighbours = country.Neighbours(before, after)
        yield f"{say.code}/countries/{here.code}.html", partial(country.page, say, view, here, neighbours)
