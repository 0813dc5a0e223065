"""Pictures that stand alone, in chat or where a link is shared: with title, legend, date and source."""

from __future__ import annotations

from typing import Final

from monitor.alert import texts
from monitor.alert.markup import escape
from monitor.board.history import history
from monitor.board.view import View
from monitor.language.speech import Speech, capital
from monitor.model import DocumentKind, ReviewCycle
from monitor.picture import over_time
from monitor.picture.outlines import outlines
from monitor.picture.palette import COLOURS, LINE, PAPER, paint, patterns, style
from monitor.picture.shades import Shade, legend, shades
from monitor.picture.world_map import figures

WIDTH: Final = 1200
_EDGE: Final = 36
_TITLE: Final = 34
_TEXT: Final = 19
_SMALL: Final = 15
_CARD_HEIGHT: Final = 630
_LINE_HEIGHT: Final = 1.45
_LETTER: Final = 0.56
"""Width of a letter as a part of its height: Inter's average, a little more for safety."""
_KEY: Final = 26


def world(say: Speech, view: View, cycle: ReviewCycle, kind: DocumentKind | None) -> str:
    """Draw the map of one cycle, or of one document in it, as a whole picture."""
    return _map(say, view, cycle, kind, is_card=False)


def card(say: Speech, view: View, cycle: ReviewCycle) -> str:
    """Draw the map of a cycle in the shape that networks show where a link is shared: 1200 × 630."""
    return _map(say, view, cycle, None, is_card=True)


def _map(say: Speech, view: View, cycle: ReviewCycle, kind: DocumentKind | None, *, is_card: bool) -> str:
    found = shades(view, cycle, kind)
    width = WIDTH - 2 * _EDGE
    height = round(width * outlines().height / outlines().width)
    head = _head(title(say, cycle, kind), _about(say, cycle), 0)
    if is_card:
        # What a small preview cannot show readably is left out; the map gets the room.
        top = 104
        keys, _ = _legend(legend(say, found, kind), _CARD_HEIGHT - 42)
        return _svg(_CARD_HEIGHT, head, _placed(say, view, found, top, _CARD_HEIGHT - top - 62), keys)
    top = 112
    keys, bottom = _legend(legend(say, found, kind), top + height + 44)
    foot, end = _foot(say, view, bottom + 34, say("Outlines: Natural Earth."), disclaimer(say))
    return _svg(end, head, _placed(say, view, found, top, height), keys, foot)


def title(say: Speech, cycle: ReviewCycle, kind: DocumentKind | None) -> str:
    """Say what the picture shows."""
    if kind is None:
        return say("Who published their UNCAC review ({cycle})", cycle=texts.cycle(say, cycle.id))
    return capital(say("{documents}: who published", documents=texts.kind_in(say, kind, cycle.id)))


def disclaimer(say: Speech) -> str:
    """Say what the United Nations say of every map."""
    return say(
        "The boundaries and names shown on the maps do not imply official endorsement or acceptance by the United Nations, "
        "nor by those who run this board."
    )


def curves(say: Speech, view: View) -> str:
    """Draw publications over time as a whole picture; nothing where nobody has looked yet."""
    told = history(view)
    if told.since is None or not view.cycles:
        return ""
    top, height = 110, over_time.PANEL * len(view.cycles)
    scale = (WIDTH - 2 * _EDGE) / over_time.WIDTH
    about = say("Countries whose page lists the document, since {day}", day=say.day(told.since))
    place = f"translate({_EDGE} {top}) scale({scale:.4f})"
    drawn = f'<g class="chart" transform="{place}">{over_time.panels(say, view, told, told.since)}</g>'
    foot, end = _foot(say, view, round(top + height * scale) + 20)
    return _svg(end, _head(say("Publications over time"), about, 0), drawn, foot)


def _svg(height: int, *parts: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">'
        f"<style>{style()}{_CHART}</style><defs>{patterns()}</defs>"
        f'<rect width="{WIDTH}" height="{height}" fill="{PAPER}"/>{"".join(parts)}</svg>'
    )


_CHART: Final = (
    f".grid{{stroke:{LINE};stroke-width:1}}.line{{fill:none;stroke-width:3;stroke-linejoin:round}}"
    f".first{{stroke:{COLOURS[Shade.BOTH]}}}.second{{stroke:{COLOURS[Shade.COUNTRY_REPORT]};stroke-dasharray:9 4}}"
    f".dot{{fill:{PAPER};stroke-width:3}}.chart text{{font-size:15px}}"
)


def _placed(say: Speech, view: View, found: dict[str, Shade], top: int, height: int) -> str:
    """Put the map where it has ``height`` to itself, in the middle."""
    scale = height / outlines().height
    left = (WIDTH - outlines().width * scale) / 2
    drawn = figures(say, view.countries, found)
    return f'<g transform="translate({left:.1f} {top}) scale({scale:.4f})">{drawn}</g>'


def _head(heading: str, about: str, top: int) -> str:
    # A long title (French ones are) is set smaller instead of running out of the picture.
    size = min(_TITLE, round((WIDTH - 2 * _EDGE) / (_LETTER * max(len(heading), 1))))
    return _text(heading, _EDGE, top + 52, size, "strong") + _text(about, _EDGE, top + 84, _TEXT, "soft")


def _about(say: Speech, cycle: ReviewCycle) -> str:
    return capital(texts.chapters(say, cycle))


def _legend(entries: tuple[tuple[Shade, str, int], ...], top: int) -> tuple[str, int]:
    """Draw the legend in as many lines as it needs; gives where it ends."""
    drawn, x, y = list[str](), float(_EDGE), top
    for shade, word, count in entries:
        if not count:
            continue
        words = f"{word} {count}"
        width = _KEY + 10 + len(words) * _TEXT * _LETTER + 26
        if x + width > WIDTH and x > _EDGE:
            x, y = float(_EDGE), y + 34
        drawn.append(
            f'<g {paint(shade)}><rect x="{x:g}" y="{y - 16}" width="{_KEY}" height="18" rx="3" '
            f'stroke="#8f9aa5" stroke-width="1"/></g>'
        )
        drawn.append(_text(words, x + _KEY + 10, y, _TEXT))
        x += width
    return "".join(drawn), y


def _foot(say: Speech, view: View, top: int, *more: str) -> tuple[str, int]:
    lines = [
        say("As of {when}", when=say.moment(view.as_of)),
        say("Source: UNODC's country profiles, read by the UNCAC publication monitor"),
        *more,
        *((view.address,) if view.address else ()),
    ]
    room = round((WIDTH - 2 * _EDGE) / (_SMALL * _LETTER))
    wrapped = [part for line in lines for part in _wrapped(line, room)]
    step = round(_SMALL * _LINE_HEIGHT)
    drawn = "".join(_text(line, _EDGE, top + at * step, _SMALL, "soft") for at, line in enumerate(wrapped))
    return drawn, top + len(wrapped) * step + 14


def _wrapped(line: str, room: int) -> list[str]:
    lines = [""]
    for word in line.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > room:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


def _text(words: str, x: float, y: float, size: int, look: str = "") -> str:
    kind = f' class="{look}"' if look else ""
    # As a style and not as an attribute: the stylesheet's own size would go before that.
    return f'<text{kind} x="{x:g}" y="{y:g}" style="font-size:{size}px">{escape(words)}</text>'
