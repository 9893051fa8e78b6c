"""Cuts a country and its neighbours from Natural Earth into copydesk/data.

`python -m tools.natural_earth <countries-50m.json>` takes the TopoJSON of the npm package
world-atlas (Natural Earth, public domain). The package is no dependency of the course: it is
installed somewhere else for the purpose, and only the small GeoJSON is committed.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

Position = tuple[float, float]
Ring = list[Position]

TARGET = (
    Path(__file__).resolve().parent.parent / "copydesk" / "data" / "iraq-and-neighbours.geojson"
)
# Degrees: west, south, east, north. Iraq, with about a degree around it.
WINDOW = (37.5, 28.0, 49.8, 38.3)
# Two decimals are about a kilometre, finer than a phone's screen shows of this window.
DECIMALS = 2
ORIGIN = (
    "Made by tools/natural_earth.py from countries-50m.json of the npm package world-atlas 2.0.2 "
    "(Natural Earth 1:50m, admin 0 countries, public domain, naturalearthdata.com): clipped to "
    "37.5-49.8 E, 28.0-38.3 N, rounded to two decimals. Borders are Natural Earth's."
)


def arcs_of(topology: dict[str, Any]) -> list[Ring]:
    """The arcs of a TopoJSON file in degrees: its numbers are differences on a grid."""
    (scale_x, scale_y), (left, bottom) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points: Ring = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + left, y * scale_y + bottom))
        arcs.append(points)
    return arcs


def ring_of(indices: list[int], arcs: list[Ring]) -> Ring:
    """A closed ring from its arcs; a negative index ~i means arc i, backwards."""
    ring: Ring = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        # The last point of an arc is the first of the next.
        ring += arc[1:] if ring else arc
    return ring


def clip(ring: Ring, window: tuple[float, float, float, float]) -> Ring:
    """The part of a closed ring inside a window (Sutherland and Hodgman, side by side)."""
    west, south, east, north = window
    for axis, limit, sign in ((0, west, 1), (1, south, 1), (0, east, -1), (1, north, -1)):
        ring = _clip_side(ring, lambda p, a=axis, k=limit, s=sign: s * (p[a] - k))  # type: ignore[misc]
        if not ring:
            return []
    return ring


def _clip_side(ring: Ring, inside: Callable[[Position], float]) -> Ring:
    open_ring = ring[:-1] if ring[0] == ring[-1] else ring
    kept: Ring = []
    for number, point in enumerate(open_ring):
        before = open_ring[number - 1]
        here, there = inside(point), inside(before)
        if (here >= 0) != (there >= 0):
            part = there / (there - here)
            kept.append(
                (
                    before[0] + part * (point[0] - before[0]),
                    before[1] + part * (point[1] - before[1]),
                )
            )
        if here >= 0:
            kept.append(point)
    return [*kept, kept[0]] if kept else []


def rounded(ring: Ring) -> Ring:
    """A ring with fewer decimals, without points that have become one; [] if nothing is left."""
    points: Ring = []
    for x, y in ring:
        point = (round(x, DECIMALS), round(y, DECIMALS))
        if not points or points[-1] != point:
            points.append(point)
    return points if len(points) >= 4 else []


def cut(topology: dict[str, Any]) -> dict[str, Any]:
    """The countries inside the window as a GeoJSON FeatureCollection, by name."""
    arcs = arcs_of(topology)
    features: list[dict[str, Any]] = []
    for country in topology["objects"]["countries"]["geometries"]:
        shapes = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
        polygons = []
        for shape in shapes:
            rings = [rounded(clip(ring_of(indices, arcs), WINDOW)) for indices in shape]
            if rings[0]:
                polygons.append([ring for ring in rings if ring])
        if polygons:
            features.append(
                {
                    "type": "Feature",
                    "properties": {"name": country["properties"]["name"]},
                    "geometry": {"type": "MultiPolygon", "coordinates": polygons},
                }
            )
    features.sort(key=lambda feature: feature["properties"]["name"])
    return {
        "type": "FeatureCollection",
        "source": ORIGIN,
        "bbox": list(WINDOW),
        "features": features,
    }


def main(path: str) -> None:
    """Write the GeoJSON of the map."""
    topology = json.loads(Path(path).read_text("utf-8"))
    text = json.dumps(cut(topology), ensure_ascii=False, separators=(",", ":"))
    TARGET.parent.mkdir(exist_ok=True)
    # A line for each country, so that a change shows which.
    text = text.replace('{"type":"Feature","prop', '\n{"type":"Feature","prop')
    TARGET.write_text(text + "\n", "utf-8", newline="\n")
    print(f"{TARGET.name}: {TARGET.stat().st_size:,} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python -m tools.natural_earth <countries-50m.json of npm's world-atlas>")
    main(sys.argv[1])
