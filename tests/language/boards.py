"""Everything the board can show, once, in one language: pages, feeds and pictures, as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bs4 import BeautifulSoup

from monitor.board.view import View
from monitor.dialogue.ask import Ask
from monitor.dialogue.map import map_
from monitor.language.speech import Speech
from monitor.model import DocumentKind, Pledge, PledgeState
from monitor.picture import poster, world_map
from monitor.web.pages import everywhere
from monitor.web.pages.timeline import MOST
from monitor.web.plan import plan
from tests.web import world

COUNTRIES = ("MEX", "AUS", "PHL", "LKA", "GHA", "KOR", "COL", "JAM", "MNG", "VUT", "HTI", "TUV", world.HELD)
"""Countries of the sample to which something else happened each."""
ATTRIBUTES = ("title", "aria-label", "content", "data-text", "data-label")


def boards(say: Speech) -> Iterator[str]:
    """Give the words of every page in a language, of a rich world, an empty one and one with a whole list."""
    rich = world.view()
    signed = {code: Pledge(PledgeState.NOT_SIGNATORY) for code in list(rich.pledges)[:3]}
    open_ended = tuple(replace(cycle, years=(cycle.years[0], None)) for cycle in rich.cycles)
    other = world.view(is_pledge_complete=True, pledges={**rich.pledges, **signed}, cycles=open_ended)
    for view in (rich, _crowded(other), world.empty()):
        yield from _texts(say, view)
        yield from _words(everywhere.lost(view).body, "lxml", say.code)
        yield from _pictures(say, view)


def _pictures(say: Speech, view: View) -> Iterator[str]:
    newest = view.cycles[-1]
    drawn = (
        poster.card(say, view, newest),
        poster.world(say, view, newest, None),
        poster.world(say, view, newest, DocumentKind.COUNTRY_REPORT),
        world_map.svg(say, view, newest, DocumentKind.COUNTRY_REPORT, lambda _: ""),
        poster.curves(say, view),
    )
    for svg in drawn:
        picture = BeautifulSoup(svg, "lxml")
        yield from (text.get_text(" ") for text in picture.select("text, title"))
        yield from (str(tag["aria-label"]) for tag in picture.select("[aria-label]"))
    for words in ("", "1 country report"):
        sent = map_(say, Ask("", 1), words, view).drawing
        yield from (sent.caption, *(each.label for each in sent.buttons)) if sent else ()


def _crowded(view: View) -> View:
    """Make one country's past longer than its page shows."""
    history = view.world.looks["MEX"]
    many = replace(history, looks=tuple(history.looks[-1] for _ in range(MOST + 1)))
    return replace(view, world=replace(view.world, looks={**view.world.looks, "MEX": many}))


def _texts(say: Speech, view: View) -> Iterator[str]:
    for path, make in plan(view).items():
        if path.startswith(f"{say.code}/") and _is_of_interest(path):
            yield from _words(make().body, "xml" if path.endswith(".atom") else "lxml", say.code)


def _is_of_interest(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    is_one_of_many = folder.endswith(("/countries", "/feeds"))
    return name.endswith((".html", ".atom")) and (not is_one_of_many or name.partition(".")[0] in COUNTRIES)


def _words(body: bytes, builder: str, code: str) -> Iterator[str]:
    page = BeautifulSoup(body, builder)
    for other in page.select(f"main [lang]:not([lang={code}])"):
        other.decompose()
    # What a page says in its own language: documents' titles are theirs, and other languages are named in themselves.
    for foreign in page.select("bdi, code, pre, content, [hreflang]"):
        foreign.decompose()
    yield page.get_text(" ", strip=True)
    for name in ATTRIBUTES:
        yield from (str(tag[name]) for tag in page.select(f"[{name}]"))
