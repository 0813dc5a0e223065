"""The colours of pictures: told apart by lightness and pattern as well, so that no eye and no printer needs the hue.

monitor/web/static/map.css holds the same for pages, and those of the dark.
"""

from __future__ import annotations

from typing import Final

from monitor.picture.shades import Shade

PAPER: Final = "#ffffff"
INK: Final = "#17212b"
SOFT: Final = "#53606e"
LINE: Final = "#d5dce3"
LAND: Final = "#f0f1f3"
EDGE: Final = "#ffffff"
COLOURS: Final = {
    Shade.BOTH: "#0a4a78",
    Shade.PUBLISHED: "#0a4a78",
    Shade.SELF_ASSESSMENT: "#4d9fcf",
    Shade.COUNTRY_REPORT: "#f0b840",
    Shade.WITHDRAWN: "#b0402c",
    Shade.NOT_SEEN: "#cfd5da",
    Shade.UNKNOWN: "#ffffff",
}
STRIPES: Final = {Shade.WITHDRAWN: "#f6d9cf", Shade.UNKNOWN: "#7b8794"}
"""What lies in stripes over the colour; those of the two run against each other."""
_STRIPES_EACH: Final = {Shade.WITHDRAWN: (-45, 26, 8), Shade.UNKNOWN: (45, 20, 5)}
"""Their angle, distance and width in steps of the map's grid."""


def patterns() -> str:
    """Define the patterns that ``paint`` names, in classes that a style gives colours."""
    return "".join(_pattern(shade, *each) for shade, each in _STRIPES_EACH.items())


def _pattern(shade: Shade, angle: int, apart: int, width: int) -> str:
    return (
        f'<pattern id="{_name(shade)}" class="{_name(shade)}" width="{apart}" height="{apart}" '
        f'patternUnits="userSpaceOnUse" patternTransform="rotate({angle})">'
        f'<rect class="ground" width="{apart}" height="{apart}"/>'
        f'<rect class="stripe" width="{width}" height="{apart}"/></pattern>'
    )


def _name(shade: Shade) -> str:
    return f"map-{shade}"


def paint(shade: Shade) -> str:
    """Give the attributes of what has a shade."""
    fill = f' fill="url(#{_name(shade)})"' if shade in STRIPES else ""
    return f'class="{shade}"{fill}'


def style() -> str:
    """Give the style of a picture that stands alone."""
    solid = (f".{shade}{{fill:{colour}}}" for shade, colour in COLOURS.items() if shade not in STRIPES)
    striped = (
        f".{_name(shade)} .ground{{fill:{COLOURS[shade]}}}.{_name(shade)} .stripe{{fill:{stripe}}}"
        for shade, stripe in STRIPES.items()
    )
    fixed = (
        f".land{{fill:{LAND};stroke:{LINE};stroke-width:1}}",
        f".states{{stroke:{EDGE};stroke-width:2;stroke-linejoin:round}}",
        f".states circle,.states rect{{stroke:{INK};stroke-width:2}}",
        f".states .not-seen,.states .unknown{{stroke:{SOFT};stroke-width:1.2}}",
        f'text{{font-family:Inter;fill:{INK}}}.soft{{fill:{SOFT}}}.strong,.name{{font-family:"Inter Semi Bold";font-weight:600}}',
    )
    return "".join((*solid, *striped, *fixed))
