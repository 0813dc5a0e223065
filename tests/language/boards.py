"""Everything the board can show, once, in one language: pages, feeds and pictures, as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from lxml import etree, html

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
ATTRIBUTES = "//@title | //@aria-label | //@content | //@data-text | //@data-label"
FOREIGN = """//main//*[@lang and @lang != $code] | //*[@hreflang or local-name() = 'bdi' or local-name() = 'code'
    or local-name() = 'pre' or local-name() = 'content']"""
"""What is not in a page's own language: documents' titles are in theirs, and other languages are named in themselves."""


def boards(say: Speech) -> Iterator[str]:
    """Give the words of every page in a language, of a rich world, an empty one and one with a whole list."""
    for view in _views():
        yield from _texts(say, view)
        yield from _words(html.document_fromstring(everywhere.lost(view).body.decode()), say.code)
        yield from _pictures(say, view)


@cache
def _views() -> tuple[View, ...]:
    rich = world.view()
    signed = {code: Pledge(PledgeState.NOT_SIGNATORY) for code in list(rich.pledges)[:3]}
    open_ended = tuple(replace(cycle, years=(cycle.years[0], None)) for cycle in rich.cycles)
    other = world.view(is_pledge_complete=True, pledges={**rich.pledges, **signed}, cycles=open_ended)
    return rich, _crowded(other), world.empty()


def _pictures(say: Speech, view: View) -> Iterator[str]:
    newest = view.cycles[-1]
    drawn = (
        poster.card(say, view, newest),
        poster.world(say, view, newest, None),
        poster.world(say, view, newest, DocumentKind.COUNTRY_REPORT),
        world_map.svg(say, view, newest, DocumentKind.COUNTRY_REPORT, lambda _: ""),
        poster.curves(say, view),
    )
    for svg in filter(None, drawn):
        picture = etree.fromstring(svg.encode())
        for text in picture.xpath("//*[local-name() = 'text' or local-name() = 'title']"):
            yield " ".join(map(str, text.xpath(".//text()")))
        yield from map(str, picture.xpath("//@aria-label"))
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
            body = make().body
            is_feed = path.endswith(".atom")
            yield from _words(
                etree.fromstring(body) if is_feed else html.document_fromstring(body.decode()), say.code
            )


def _is_of_interest(path: str) -> bool:
    folder, _, name = path.rpartition("/")
    is_one_of_many = folder.endswith(("/countries", "/feeds"))
    return name.endswith((".html", ".atom")) and (not is_one_of_many or name.partition(".")[0] in COUNTRIES)


def _words(page: etree._Element, code: str) -> Iterator[str]:
    for foreign in page.xpath(FOREIGN, code=code):
        foreign.clear(keep_tail=True)
    yield " ".join(str(text).strip() for text in page.xpath("//text()[normalize-space()]"))
    yield from map(str, page.xpath(ATTRIBUTES))
