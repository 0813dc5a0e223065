"""Where each State party is on the map: prepared outlines, and dots for what is too small to be seen."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Outlines:
    """The map without colours, in steps of its own grid."""

    source: str
    """Whose data this is, and under which licence."""
    width: int
    height: int
    radius: float
    """Of a dot."""
    land: str
    """The outline of what is no State party, as SVG writes it."""
    dots: Mapping[str, tuple[int, int]]
    """By code: the dot of a State that is too small to be seen, or in no data; the dot of the EU is a square."""
    outlines: Mapping[str, str]
    """By code, as SVG writes them."""


@cache
def outlines() -> Outlines:
    """Read the table that scripts/outlines.py made."""
    table = json.loads((files("monitor.picture") / "outlines.json").read_text("utf-8"))
    dots = {code: (x, y) for code, (x, y) in table.pop("dots").items()}
    return Outlines(dots=dots, **table)
