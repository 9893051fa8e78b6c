"""The map of the figures desk: the base, the capital, and the distance that was claimed."""

from __future__ import annotations

from geographiclib.geodesic import Geodesic

from copydesk.case import Case
from copydesk.figures.counts import strings_of
from copydesk.measure import Point, bearing_deg, distance_km, km_to_miles
from copydesk.model import MapPoint
from copydesk.picture import Picture
from copydesk.picture import Table as Numbers
from copydesk.plots.place import Country, two_places
from copydesk.task.figure import map_shapes

# West, south, east, north: what of the outlines is shown, in degrees.
WINDOW = (38.6, 29.0, 48.8, 37.6)
# Where a country's name is written (longitude, latitude), chosen by eye.
LABELS = {
    "Iraq": (45.6, 30.6),
    "Iran": (47.6, 35.0),
    "Jordan": (39.1, 31.3),
    "Kuwait": (47.6, 29.35),
    "Saudi Arabia": (42.2, 29.8),
    "Syria": (39.7, 35.2),
    "Turkey": (41.2, 37.4),
}
SCALE_KM = 100


def ring_around(at: Point, km: float) -> list[tuple[float, float]]:
    """The (lon, lat) of points at a distance from a place, every three degrees around it."""
    found = []
    for bearing in range(0, 361, 3):
        end = Geodesic.WGS84.Direct(at.lat, at.lon, bearing, km * 1000)
        found.append((float(end["lon2"]), float(end["lat2"])))
    return found


def _point(point: MapPoint) -> Point:
    return Point(point.lat, point.lon)


def distance_map(case: Case, name: str) -> Picture:
    """Iraq and its neighbours, the line from Baghdad to the base, and the ring that was claimed."""
    strings = strings_of(case)
    claim, tool = next((c, t) for c in case.claims for t in c.entry.tools if t.kind == "distance")
    points = {p.id: p for p in case.points}
    start, end = points[str(tool.start["from"])], points[str(tool.start["to"])]
    claimed = float(tool.start["claimed_km"])
    km = distance_km(_point(start), _point(end))
    directions = strings["map.directions"].split(",")
    bearing = bearing_deg(_point(start), _point(end))
    figure = two_places(
        [Country(s.name, s.rings, LABELS.get(s.name), main=s.name == "Iraq") for s in map_shapes()],
        WINDOW,
        start=(start.name, (start.lon, start.lat)),
        end=(end.name, (end.lon, end.lat)),
        ring=ring_around(_point(start), claimed),
        ring_label=(strings["map.ring"].format(km=f"{claimed:g}"), (44.4, 31.55)),
        line_label=strings["map.line"].format(km=round(km)),
        scale=(strings["map.scale"].format(km=SCALE_KM), SCALE_KM),
        note=strings["map.note"],
    )
    return Picture(
        id=name,
        figure=figure,
        caption=strings["map.caption"],
        alt=strings["map.alt"].format(
            km=round(km),
            miles=round(km_to_miles(km)),
            direction=directions[round(bearing / 22.5) % 16],
            claimed=f"{claimed:g}",
            short=round(km - claimed),
        ),
        table=Numbers(
            heads=[strings["map.who"], strings["map.says"]],
            rows=[
                [strings["map.article"], claim.words.claimed],
                *(
                    [case.source(r.source).publisher, claim.words.found[r.source]]
                    for r in claim.entry.references
                ),
            ],
        ),
        table_title=strings["numbers"],
    )
