"""The pages people read, in every language; a module a page."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from monitor.board.view import View
from monitor.language.catalogs import languages
from monitor.language.speech import speak
from monitor.web.files import WebFile
from monitor.web.pages import home

Maker = Callable[[], WebFile]


def makers(view: View) -> Iterator[tuple[str, Maker]]:
    """Give every page's path and what makes it."""
    for code in languages():
        say = speak(code)
        yield f"{code}/index.html", partial(home.page, say, view)
