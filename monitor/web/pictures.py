"""The board's pictures: a map for each cycle, the curves, and the card that is shown where a link is shared."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from monitor.board.view import View
from monitor.language.catalogs import languages
from monitor.language.speech import speak
from monitor.picture import poster
from monitor.web.files import PNG, WebFile
from monitor.web.frame import CARD

Draw = Callable[[str], bytes]
"""Makes a PNG of an SVG."""


def makers(view: View, draw: Draw) -> Iterator[tuple[str, Callable[[], WebFile]]]:
    """Give every picture's path and what makes it."""
    if not view.cycles:
        return
    for code in languages():
        say, newest = speak(code), view.cycles[-1]
        yield f"{code}/{CARD}", partial(_drawn, view, draw, partial(poster.card, say, view, newest))
        for cycle in view.cycles:
            drawing = partial(poster.world, say, view, cycle, None)
            yield f"{code}/map-{cycle.id}.png", partial(_drawn, view, draw, drawing)


def _drawn(view: View, draw: Draw, picture: Callable[[], str]) -> WebFile:
    return WebFile(draw(picture()), PNG, view.as_of)
