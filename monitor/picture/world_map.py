"""The map of the world: every State party in its shade, for a page (each a link) or a picture that stands alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from monitor.alert import texts
from monitor.alert.markup import escape
from monitor.board.view import View
from monitor.language.speech import Speech
from monitor.model import Country, DocumentKind, ReviewCycle
from monitor.picture.outlines import outlines
from monitor.picture.palette import paint, patterns
from monitor.picture.shades import Shade, facts, marks, shade

EU: Final = "EU"


def svg(
    say: Speech,
    view: View,
    cycle: ReviewCycle,
    kind: DocumentKind | None,
    href: Callable[[Country], str],
    *,
    has_outlines: bool = True,
) -> str:
    """Draw the map for a page: each country a link that says what is known of it; colours are map.css's.

    ``has_outlines``: False for a second map on the same page, which borrows those of the first.
    """
    table = outlines()
    found = marks(view, cycle, kind)
    links = "".join(
        f'<a href="{escape(href(country))}" {paint(shade(found[country.code]))}>'
        f"<title>{escape(facts(say, country, found[country.code], kind))}</title>"
        f"{shape(country.code, is_whole=has_outlines)}</a>"
        for country in ordered(say, view.countries)
    )
    borrowed = '<use href="#land"/>'
    land = f'<path id="land" d="{table.land}"/>' if has_outlines else borrowed
    return (
        f'<svg class="map" viewBox="0 0 {table.width} {table.height}" role="group" '
        f'aria-label="{escape(label(say, cycle, kind))}">'
        f"<defs>{patterns() if has_outlines else ''}</defs>"
        f'<g class="land">{land}</g><g class="states">{links}</g>{_eu(say)}</svg>'
    )


def figures(say: Speech, countries: tuple[Country, ...], found: Mapping[str, Shade]) -> str:
    """Draw the map for a picture that stands alone: no links, no words but the EU's name."""
    states = "".join(
        f"<g {paint(found[country.code])}>{shape(country.code)}</g>" for country in ordered(say, countries)
    )
    land = f'<path class="land" d="{outlines().land}"/>'
    return f'{land}<g class="states">{states}</g>{_eu(say)}'


def label(say: Speech, cycle: ReviewCycle, kind: DocumentKind | None) -> str:
    """Name the map."""
    if kind is None:
        return say(
            "Map: who published self-assessment and country report ({cycle})",
            cycle=texts.cycle(say, cycle.id),
        )
    return say("Map: who published the document: {document}", document=texts.kind_in(say, kind, cycle.id))


def ordered(say: Speech, countries: tuple[Country, ...]) -> list[Country]:
    """Sort as the language names them; dots come last, so that nothing lies over them."""
    return sorted(countries, key=lambda each: (each.code in outlines().dots, say.name(each).casefold()))


def shape(code: str, *, is_whole: bool = True) -> str:
    """Draw one State: its outline, and its dot where it has one; nothing for a code without a place."""
    if not is_whole:
        return f'<use href="#at-{code}"/>'
    table = outlines()
    outline = f'<path d="{table.outlines[code]}"/>' if code in table.outlines else ""
    inside = outline + _dot(code)
    # A path alone carries the name itself: most do, and a page should stay small.
    if outline and inside == outline:
        return outline.replace("<path ", f'<path id="at-{code}" ')
    return f'<g id="at-{code}">{inside}</g>'


def _dot(code: str) -> str:
    spot, radius = outlines().dots.get(code), outlines().radius
    if spot is None:
        return ""
    x, y = spot
    if code == EU:
        side = 3 * radius
        return f'<rect x="{x - side / 2:g}" y="{y - side / 2:g}" width="{side:g}" height="{side:g}" rx="6"/>'
    return f'<circle cx="{x}" cy="{y}" r="{radius:g}"/>'


def _eu(say: Speech) -> str:
    x, y = outlines().dots[EU]
    return f'<text class="eu" x="{x + 32}" y="{y + 18}" font-size="52" aria-hidden="true">{escape(say("EU"))}</text>'
