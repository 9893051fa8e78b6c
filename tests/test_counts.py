"""The figures of the figures desk: what is drawn is what the tables say, and text says it too."""

from __future__ import annotations

import itertools
import math
import re
import xml.etree.ElementTree as ET
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from matplotlib.patches import Rectangle

from copydesk.case import Case, read_case
from copydesk.figures import build_figure
from copydesk.figures.counts import named, number, rows_of
from copydesk.figures.place import ring_around
from copydesk.measure import Point, distance_km
from copydesk.picture import Picture
from copydesk.plots.series import LOOKS, Run, running_totals
from copydesk.plots.style import PALETTE

ROOT = Path(__file__).parent.parent
IDS = ("reported-deaths", "attacks-counted", "map", "house-bill", "council-votes")


@pytest.fixture(scope="module")
def case() -> Case:
    return read_case(ROOT / "seeds" / "ain-al-asad-2023")


@pytest.fixture(scope="module")
def pictures(case: Case) -> dict[str, Picture]:
    return {name: build_figure(case, name) for name in IDS}


def texts(picture: Picture) -> str:
    """All that is written in the drawing, line by line."""
    root = ET.fromstring(picture.svg())  # noqa: S314  our own drawing
    found = root.iter("{http://www.w3.org/2000/svg}text")
    return "\n".join("".join(node.itertext()) for node in found)


def axes_of(picture: Picture) -> Any:
    return picture.figure.axes[0]


@pytest.mark.parametrize("name", IDS)
def test_unit_and_source_stand_on_the_figure_and_its_text_says_the_numbers(
    name: str, pictures: dict[str, Picture]
) -> None:
    picture = pictures[name]
    written = texts(picture)
    assert "Unit: " in written
    assert re.search(r"Sources?: |carried by|carries it|computation", written)
    assert len(re.findall(r"\d+", picture.alt)) > 3
    assert picture.caption
    assert "{" not in picture.alt + picture.caption + written
    assert len(picture.table.rows) > 5
    assert all(len(row) == len(picture.table.heads) for row in picture.table.rows)


@pytest.mark.parametrize("name", IDS)
def test_every_colour_of_a_drawing_is_the_pages_own(
    name: str, pictures: dict[str, Picture]
) -> None:
    svg = pictures[name].svg()
    left = set(re.findall(r"(?<!, )#[0-9a-f]{6}\b", svg)) - set(PALETTE.values())
    assert left == set()
    assert svg.count("<path") < 400
    assert len(svg) < 45_000


def runs_drawn(axes: Any) -> list[Any]:
    """The lines that join numbers, without markers and rings."""
    return [
        line
        for line in axes.lines
        if line.get_linewidth() and line.get_marker() == "None" and len(line.get_xdata()) > 2
    ]


def test_no_line_bridges_a_day_without_a_number(pictures: dict[str, Picture]) -> None:
    for name in ("reported-deaths", "attacks-counted"):
        lines = runs_drawn(axes_of(pictures[name]))
        assert len(lines) == 3
        for line in lines:
            points = list(zip(line.get_xdata(), line.get_ydata(), strict=True))
            for (x, y), (next_x, next_y) in itertools.pairwise(points):
                if not math.isnan(y) and not math.isnan(next_y):
                    assert next_x - x == 1


def test_every_number_of_the_table_is_drawn_by_its_issuer(
    case: Case, pictures: dict[str, Picture]
) -> None:
    rows = rows_of(case.table("gaza-reported-deaths"))
    lines = runs_drawn(axes_of(pictures["reported-deaths"]))
    issuers = list(dict.fromkeys(row["issuer"] for row in rows))
    for issuer, line in zip(issuers, lines, strict=True):
        drawn = {
            (int(x), int(y))
            for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
            if not math.isnan(y)
        }
        assert drawn == {
            (row["date"].toordinal(), row["killed_people"])
            for row in rows
            if row["issuer"] == issuer
        }


def test_issuers_are_told_apart_without_colour() -> None:
    assert len({pattern for _, pattern, _ in LOOKS}) == len(LOOKS)
    assert len({marker for _, _, marker in LOOKS}) == len(LOOKS)


def test_the_articles_number_is_ringed_where_it_was_issued(pictures: dict[str, Picture]) -> None:
    axes = axes_of(pictures["reported-deaths"])
    (ring,) = (line for line in axes.lines if line.get_markersize() > 10)
    assert (ring.get_xdata()[0], ring.get_ydata()[0]) == (date(2023, 11, 14).toordinal(), 11320)
    assert "the article: 11,320" in texts(pictures["reported-deaths"])
    assert "from 12 Nov:" in texts(pictures["reported-deaths"])


def test_the_dead_of_both_sides_are_named_with_issuer_and_date(
    pictures: dict[str, Picture],
) -> None:
    caption = pictures["reported-deaths"].caption
    for part in ("Gaza", "Israel", "about 1,200", "foreign ministry", "10 November", "240"):
        assert part in caption


def test_an_open_marker_stands_for_nobody_named() -> None:
    assert named("Pentagon press secretary (Ryder)")
    assert not named("senior defense official, unnamed")
    assert not named("Pentagon representative")
    assert not named("AP count with an unnamed US official")


def test_running_totals_of_nothing_is_an_empty_figure() -> None:
    empty = running_totals([Run("nobody", [], [])], ticks=[], y_label="y", note="n")
    assert runs_drawn(empty.axes[0]) == []


def test_the_ring_lies_at_the_claimed_distance() -> None:
    baghdad = Point(33.3152, 44.3661)
    ring = ring_around(baghdad, 160)
    assert ring[0] == pytest.approx(ring[-1])
    for lon, lat in ring:
        assert distance_km(baghdad, Point(lat, lon)) == pytest.approx(160, abs=0.001)


def test_the_map_names_both_distances_and_is_drawn_to_scale(pictures: dict[str, Picture]) -> None:
    written = texts(pictures["map"])
    for part in ("186 km", "160 km", "100 km", "Iraq", "Iran", "Syria", "Baghdad", "Ain al-Asad"):
        assert part in written
    for part in ("186 km", "116 miles", "west-north-west", "160 km", "26 km"):
        assert part in pictures["map"].alt
    bar = next(
        line for line in axes_of(pictures["map"]).lines if line.get_solid_capstyle() == "butt"
    )
    (west, east), (lat, _) = bar.get_xdata(), bar.get_ydata()
    assert distance_km(Point(lat, west), Point(lat, east)) == pytest.approx(100, rel=0.005)


def widths(axes: Any) -> list[float]:
    """The lengths of all bars in the order in which they were drawn."""
    return [
        round(float(patch.get_width()), 6) for patch in axes.patches if isinstance(patch, Rectangle)
    ]


def test_the_bars_of_the_bill_are_its_lines_and_the_offset_is_as_long_as_the_whole(
    case: Case, pictures: dict[str, Picture]
) -> None:
    drawn = widths(axes_of(pictures["house-bill"]))
    rows = rows_of(case.table("house-bill"))
    parts = sorted((r["value"] for r in rows if r["kind"] == "amount"), reverse=True)
    assert drawn == [14.3, *parts, 14.3]
    assert math.isclose(sum(parts), 14.3)
    for part in ("30.8 %", "1.0 %", "0.3 %", "not about Israel"):
        assert part in texts(pictures["house-bill"])


def test_each_vote_is_drawn_as_for_abstained_against(
    case: Case, pictures: dict[str, Picture]
) -> None:
    rows = rows_of(case.table("council-votes"))
    wanted = [n for r in rows for n in (r["votes_for"], r["abstentions"], r["votes_against"]) if n]
    assert widths(axes_of(pictures["council-votes"])) == wanted
    written = texts(pictures["council-votes"])
    assert written.count("veto: US") == 2
    assert "9 votes needed" in written
    needed = [
        line for line in axes_of(pictures["council-votes"]).lines if line.get_linewidth() == 2.2
    ]
    assert len(needed) == len(rows)
    assert all(set(line.get_xdata()) == {9} for line in needed)


def test_the_votes_of_each_text_are_those_of_fifteen_members(case: Case) -> None:
    for row in rows_of(case.table("council-votes")):
        assert row["votes_for"] + row["votes_against"] + row["abstentions"] == 15


def test_a_number_is_written_as_it_is_read() -> None:
    assert [number(n) for n in (11320, 14.3, 0.05, 4)] == ["11,320", "14.3", "0.05", "4"]
