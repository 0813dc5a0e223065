"""The pictures: every State has its place and its shade, strangers' and countries' names are text, and all can be drawn."""

from __future__ import annotations

import asyncio
import re
import sys
from dataclasses import replace
from html import unescape
from io import BytesIO
from time import monotonic

import pytest
from lxml import etree

from monitor.board.history import history
from monitor.board.promise import PROMISED
from monitor.board.status import Mark
from monitor.drawing import SECONDS, Drawings, Pen, draw
from monitor.errors import NotDrawn
from monitor.language.catalogs import languages
from monitor.language.speech import speak
from monitor.model import DocumentKind
from monitor.picture import over_time, poster, world_map
from monitor.picture.outlines import outlines
from monitor.picture.shades import OF_BOTH, Shade, legend, shade, shades
from monitor.web.plan import plan
from tests.dialogue.talk import SHIPPED
from tests.web import world

ENGLISH = speak()
RICH = world.view()
NEWEST = RICH.cycles[-1]
P, W, N, U = Mark.PUBLISHED, Mark.WITHDRAWN, Mark.NOT_SEEN, Mark.UNKNOWN


def test_each_of_the_192_states_parties_has_a_place_that_can_be_seen() -> None:
    table = outlines()
    assert {each.code for each in SHIPPED.countries} <= table.outlines.keys() | table.dots.keys()
    assert {"EU", "TUV", "NRU", "VAT"} <= table.dots.keys()
    assert all(0 < x < table.width and 0 < y < table.height for x, y in table.dots.values())
    assert "Natural Earth" in table.source


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ((P, P), Shade.BOTH),
        ((P, N), Shade.SELF_ASSESSMENT),
        ((P, U), Shade.SELF_ASSESSMENT),
        ((W, P), Shade.COUNTRY_REPORT),
        ((W, N), Shade.WITHDRAWN),
        ((W, U), Shade.WITHDRAWN),
        ((N, U), Shade.UNKNOWN),
        ((U, U), Shade.UNKNOWN),
        ((N, N), Shade.NOT_SEEN),
        ((P,), Shade.PUBLISHED),
        ((W,), Shade.WITHDRAWN),
        ((N,), Shade.NOT_SEEN),
        ((U,), Shade.UNKNOWN),
    ],
)
def test_a_country_has_the_shade_of_its_marks(found: tuple[Mark, ...], expected: Shade) -> None:
    assert shade(found) is expected


@pytest.mark.parametrize("kind", [None, *PROMISED])
def test_the_legend_counts_every_country_once(kind: DocumentKind | None) -> None:
    counted = legend(ENGLISH, shades(RICH, NEWEST, kind), kind)
    assert sum(count for _, _, count in counted) == len(RICH.countries)
    assert kind is not None or tuple(each for each, _, _ in counted) == OF_BOTH


def links(svg: str) -> dict[str, str]:
    return dict(re.findall(r'<a href="([^"]*)"[^>]*><title>([^<]*)</title>', svg))


def test_on_a_page_every_country_is_a_link_that_says_what_is_known_of_it() -> None:
    found = links(world_map.svg(ENGLISH, RICH, NEWEST, None, lambda country: f"{country.code}.html"))
    assert len(found) == len(RICH.countries)
    assert found["MEX.html"] == "Mexico · self-assessment: published · country report: not seen"


def test_a_second_map_borrows_the_outlines_of_the_first() -> None:
    first, second = (
        world_map.svg(ENGLISH, RICH, NEWEST, None, lambda country: country.code, has_outlines=whole)
        for whole in (True, False)
    )
    borrowed = set(re.findall(r'<use href="#([^"]+)"/>', second))
    assert borrowed <= set(re.findall(r'id="([^"]+)"', first))
    assert len(borrowed) == len(RICH.countries) + 1
    assert len(second) < len(first) / 2
    assert ' id="' not in second


@pytest.mark.parametrize("code", languages())
def test_every_picture_is_well_formed_whatever_countries_are_called(code: str) -> None:
    say = speak(code)
    hostile = '</text><script>alert(1)</script>&"'
    countries = tuple(replace(each, names={"en": hostile, code: hostile}) for each in RICH.countries)
    view = replace(RICH, countries=countries, address="https://board.example.org")
    drawn = [
        poster.card(say, view, NEWEST),
        poster.world(say, view, NEWEST, DocumentKind.COUNTRY_REPORT),
        poster.curves(say, view),
        world_map.svg(say, view, NEWEST, None, lambda _: hostile),
        over_time.svg(say, view),
    ]
    for svg in drawn:
        names = {etree.QName(each).localname for each in etree.fromstring(svg.encode()).iter()}
        assert "script" not in names
    assert hostile in unescape(drawn[3])


def test_no_line_of_a_poster_is_wider_than_the_poster() -> None:
    for code in languages():
        for svg in (poster.world(speak(code), RICH, NEWEST, None), poster.card(speak(code), RICH, NEWEST)):
            for text in etree.fromstring(svg.encode()).iter("{*}text"):
                if text.get("class") == "eu":
                    continue  # in the map's own grid
                size = int(re.sub(r"\D", "", text.get("style") or "") or 0)
                width = float(text.get("x") or 0) + len(text.text or "") * size * 0.5
                assert width <= poster.WIDTH, text.text


def test_the_curves_end_where_the_numbers_stand_today() -> None:
    svg = over_time.svg(ENGLISH, RICH)
    told = history(RICH)
    for curve in told.curves:
        if curve.kind in PROMISED:
            assert f"{curve.at(told.until)} " in svg
    assert svg.count('class="line ') == 2 * len(RICH.cycles)


def test_where_nobody_has_looked_there_are_no_curves() -> None:
    assert over_time.svg(ENGLISH, world.empty()) == ""
    assert poster.curves(ENGLISH, world.empty()) == ""


def test_an_hour_of_looks_is_drawn_as_well_as_a_year() -> None:
    dossiers = {
        code: replace(
            each,
            first_read=world.NOW,
            documents=tuple(
                replace(one, first_seen=world.NOW, not_seen_at=None, missing_since=None)
                for one in each.documents
            ),
        )
        for code, each in RICH.world.dossiers.items()
    }
    young = replace(RICH, world=replace(RICH.world, dossiers=dossiers, changes=()))
    assert "NaN" not in over_time.svg(ENGLISH, young)
    assert over_time.svg(ENGLISH, young).startswith("<svg")


@pytest.mark.parametrize(
    ("highest", "top"), [(0, 10), (10, 10), (11, 20), (21, 50), (51, 100), (192, 200), (201, 500)]
)
def test_the_scale_ends_at_a_number_that_is_easy_to_read(highest: int, top: int) -> None:
    assert over_time._round_up(highest) == top


def test_every_letter_of_the_pictures_is_in_the_font() -> None:
    words = {
        letter
        for code in languages()
        for svg in (poster.world(speak(code), RICH, NEWEST, None), poster.curves(speak(code), RICH))
        for text in etree.fromstring(svg.encode()).iter("{*}text")
        for letter in text.text or ""
    }
    # A letter without a picture is drawn as nothing, or as a box: both pictures are then the same.
    plain = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 40"><text x="5" y="30" font-family="Inter" font-size="30">{}</text></svg>'
    missing = draw(plain.format("\u0f40"))
    unusual = [letter for letter in sorted(words) if not letter.isascii() and not letter.isspace()]
    assert [letter for letter in unusual if draw(plain.format(letter)) == missing] == []


async def test_a_picture_is_drawn_once_while_it_stays_the_same() -> None:
    drawings = Drawings()
    svg = poster.card(ENGLISH, RICH, NEWEST)
    first = await drawings(svg)
    assert first.startswith(b"\x89PNG")
    assert BytesIO(first).read()[16:24] == (1200).to_bytes(4) + (630).to_bytes(4)
    assert await drawings(svg) is first
    assert await drawings(svg.replace("630", "631")) is not first


async def test_only_so_many_pictures_are_kept() -> None:
    drawings = Drawings()
    plain = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"/>'
    first = await drawings(plain.format(1))
    for size in range(2, 14):
        await drawings(plain.format(size))
    assert await drawings(plain.format(1)) is not first


def test_the_board_has_a_picture_of_each_cycle_and_a_card_in_every_language() -> None:
    drawn = plan(RICH, lambda svg: svg[:4].encode())
    names = {path for path in drawn if path.endswith(".png")}
    assert names == {f"{code}/{name}.png" for code in languages() for name in ("card", "map-1", "map-2")}
    assert {drawn[name]().body for name in names} == {b"<svg"}
    assert not [path for path in plan(replace(RICH, cycles=()), lambda _: b"") if path.endswith(".png")]


async def test_what_is_no_picture_is_said_to_be_none() -> None:
    with pytest.raises(NotDrawn):
        await Drawings()("this is no SVG")


SLOW = (sys.executable, "-c", "import sys, time; sys.stdout.write('x'); sys.stdout.flush(); time.sleep(300)")


async def test_a_pen_that_is_put_down_ends_what_it_draws_at_once() -> None:
    pen = Pen(SLOW)
    drawing = asyncio.create_task(Drawings(pen)("<svg/>"))
    while not pen._drawing:  # noqa: ASYNC110 - what is awaited has no event
        await asyncio.sleep(0.01)
    pen.put_down()
    async with asyncio.timeout(SECONDS / 2):
        with pytest.raises(NotDrawn):
            await drawing


def test_a_pen_that_was_put_down_draws_nothing_any_more() -> None:
    pen = Pen(SLOW)
    pen.put_down()
    began = monotonic()
    with pytest.raises(NotDrawn):
        pen("<svg/>")
    assert monotonic() - began < SECONDS / 2
