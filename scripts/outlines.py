"""Makes monitor/picture/outlines.json: once, by hand, never while the program runs.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m venv venv && venv/bin/pip install shapely pycountry
    venv/bin/python scripts/outlines.py package/countries-50m.json

The map is cut in the Bering Strait instead of at 180°, so that Russia and Fiji are whole, and drawn in the Equal Earth
projection, in which areas can be compared. Borders are thinned together: neighbours stay neighbours.
"""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import pycountry
import shapely
from shapely import MultiPolygon, Polygon

ROOT: Final = Path(__file__).parents[1]
SEAM: Final = -169.3
"""The meridian at which the map is cut."""
SOUTHERNMOST: Final = -58.0
"""What lies south of it, the Antarctic, is left out: no State party is there."""
HALF: Final = 180
WIDTH: Final = 1000
STEPS: Final = 5
"""Points lie on a grid of so many to one unit; the table counts in steps of that grid."""
THIN: Final = 0.75
"""Units: how far a thinned border may stray."""
SPECK: Final = 0.2
"""Square units: smaller islands are left out, unless they are all that a country has."""
SMALL: Final = 9.0
"""Square units: a country whose largest island is smaller gets a dot."""
RADIUS: Final = 2.9
PLACES: Final = {"EU": (-22.0, 47.5), "TUV": (179.2, -8.52), "KIR": (173.0, 1.42), "BHS": (-77.4, 25.0)}
"""Longitude and latitude of what is not in the data, and of what lies far apart."""
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
ROOT3: Final = math.sqrt(3) / 2

Ring = list[tuple[float, float]]


def shifted(lon: float) -> float:
    """Give the longitude from the map's centre, which lies opposite the seam."""
    return (lon - SEAM) % 360 - 180


def equal_earth(lon: float, lat: float) -> tuple[float, float]:
    """Project degrees (Šavrič, Patterson and Jenny 2018); north is negative, as in SVG."""
    t = math.asin(ROOT3 * math.sin(math.radians(lat)))
    x = math.radians(lon) * math.cos(t) / (ROOT3 * (A1 + 3 * A2 * t**2 + 7 * A3 * t**6 + 9 * A4 * t**8))
    return x, -(A1 * t + A2 * t**3 + A3 * t**7 + A4 * t**9)


LEFT, TOP = equal_earth(-180, 0)[0], equal_earth(0, 84)[1]
SCALE = WIDTH / (2 * -LEFT)


def placed(lon: float, lat: float) -> tuple[float, float]:
    """Give the place on the map of a shifted longitude and a latitude."""
    x, y = equal_earth(lon, lat)
    return (x - LEFT) * SCALE, (y - TOP) * SCALE


HEIGHT = math.ceil(placed(0, SOUTHERNMOST)[1])


def decoded(topology: dict[str, Any]) -> list[Ring]:
    """Give the arcs in degrees."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def polygons(geometry: dict[str, Any], arcs: list[Ring]) -> Iterator[Polygon]:
    """Give a country's polygons, on the side of the seam where most of each lies."""
    parts = [geometry["arcs"]] if geometry["type"] == "Polygon" else geometry["arcs"]
    for part in parts:
        rings = [ring(indices, arcs) for indices in part]
        if max(lat for _, lat in rings[0]) > SOUTHERNMOST:
            middle = sum(lon for lon, _ in rings[0]) / len(rings[0])
            turn = shifted(middle) - middle
            outer, *holes = (
                [(lon + turn + round((rings[0][0][0] - each[0][0]) / 360) * 360, lat) for lon, lat in each]
                for each in rings
            )
            yield Polygon(outer, holes).buffer(0)


def ring(indices: list[int], arcs: list[Ring]) -> Ring:
    """Join arcs to a ring; a negative number is an arc that runs backwards."""
    points: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return whole(points)


def whole(points: Ring) -> Ring:
    """Let a ring run on where it crosses 180°, instead of jumping to the other side of the world."""
    turn = 0
    kept = points[:1]
    for (before, _), (lon, lat) in pairwise(points):
        turn += -360 if lon - before > HALF else 360 if before - lon > HALF else 0
        kept.append((lon + turn, lat))
    return kept


def on_map(shape: Polygon | MultiPolygon) -> Polygon | MultiPolygon:
    """Project a shape."""
    return shapely.transform(shape, lambda points: [placed(*point) for point in points])


def outlined(topology: dict[str, Any], codes: set[str]) -> dict[str, Polygon | MultiPolygon]:
    """Give the shapes of the State parties, and of all other land under no name."""
    arcs = decoded(topology)
    alpha = {country.numeric: country.alpha_3 for country in pycountry.countries}
    parts: dict[str, list[Polygon]] = {}
    for geometry in topology["objects"]["countries"]["geometries"]:
        code = alpha.get(geometry.get("id", ""), "")
        # Each other territory for itself, so that the borders between them are thinned like all others.
        name = code if code in codes else f"-{geometry['properties']['name']}"
        parts.setdefault(name, []).extend(polygons(geometry, arcs))
    shapes = {name: on_map(shapely.union_all(found)) for name, found in parts.items() if found}
    thinned = shapely.coverage_simplify(list(shapes.values()), THIN)
    return dict(zip(shapes, thinned, strict=True))


def pieces(shape: Polygon | MultiPolygon) -> list[Polygon]:
    """Give a shape's polygons, the largest first."""
    found = list(shape.geoms) if isinstance(shape, MultiPolygon) else [shape]
    return sorted(found, key=lambda each: -each.area)


def path(shape: Polygon | MultiPolygon) -> str:
    """Write the outline as SVG does, in whole steps of the grid; specks are left out."""
    largest, *others = pieces(shape)
    kept = [largest, *(each for each in others if each.area > SPECK)]
    rings = (each for piece in kept for each in (piece.exterior, *piece.interiors))
    return "".join(written(each.coords) for each in rings)


def written(coordinates: Iterable[tuple[float, float]]) -> str:
    """Write a ring; nothing where the grid swallows it."""
    grid = [(round(x * STEPS), round(y * STEPS)) for x, y in coordinates]
    points = [grid[0], *(after for before, after in pairwise(grid) if after != before)][:-1]
    if len(points) < 3:  # noqa: PLR2004 - a triangle is the least
        return ""
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    line = "".join(f"{separated(x)}{signed(y)}" for x, y in steps)
    return f"M{points[0][0]}{signed(points[0][1])}l{line.strip()}z"


def separated(number: int) -> str:
    """Write a number so that it ends the one before."""
    return f" {number}" if number >= 0 else str(number)


signed = separated


def dots(shapes: dict[str, Polygon | MultiPolygon]) -> dict[str, tuple[int, int]]:
    """Give the dots of what is too small to be seen, moved apart where they would cover each other."""
    small = {code: shape for code, shape in shapes.items() if pieces(shape)[0].area < SMALL}
    named = {code for code in small if not code.startswith("-")}
    at = {code: centre(pieces(small[code])[0]) for code in named}
    at |= {code: placed(shifted(lon), lat) for code, (lon, lat) in PLACES.items()}
    return apart(dict(sorted(at.items())))


def centre(shape: Polygon) -> tuple[float, float]:
    """Give the middle of a shape."""
    return shape.centroid.x, shape.centroid.y


def apart(at: dict[str, tuple[float, float]]) -> dict[str, tuple[int, int]]:
    """Push dots apart, a little many times, and put them on the grid."""
    spots = {code: list(spot) for code, spot in at.items()}
    for _ in range(400):
        for one, other in ((a, b) for a in spots for b in spots if a < b):
            dx, dy = (spots[other][i] - spots[one][i] for i in (0, 1))
            distance = math.hypot(dx, dy)
            if distance < 2 * RADIUS:
                push = (2 * RADIUS - distance) / 2 / (distance or 1) * 0.2
                spots[one] = [spots[one][0] - dx * push, spots[one][1] - dy * push]
                spots[other] = [spots[other][0] + dx * push, spots[other][1] + dy * push]
    return {code: (round(x * STEPS), round(y * STEPS)) for code, (x, y) in spots.items()}


def main() -> None:
    """Make the table."""
    lines = (ROOT / "config" / "countries.csv").read_text("utf-8").splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    topology = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    shapes = outlined(topology, {row["code"] for row in rows})
    named = {code: path(shape) for code, shape in sorted(shapes.items()) if not code.startswith("-")}
    others = shapely.union_all([shape for code, shape in shapes.items() if code.startswith("-")])
    table = {
        "source": "Natural Earth 1:50m (public domain), by way of world-atlas 2.0.2 "
        "(Copyright 2013-2019 Michael Bostock, ISC licence); Equal Earth projection; made by scripts/outlines.py",
        "width": WIDTH * STEPS,
        "height": HEIGHT * STEPS,
        "radius": round(RADIUS * STEPS, 1),
        "land": path(others),
        "dots": dots(shapes),
        "outlines": named,
    }
    target = ROOT / "monitor" / "picture" / "outlines.json"
    target.write_text(json.dumps(table, ensure_ascii=False, indent=0) + "\n", "utf-8")
    size = sum(map(len, named.values()))
    print(
        f"{target}: {size} characters of outlines, {len(table['land'])} of other land, {len(table['dots'])} dots"
    )


if __name__ == "__main__":
    main()
