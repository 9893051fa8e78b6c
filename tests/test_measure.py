"""Distance, units, rounding, shares and dates: published values, shared tables and properties."""

from __future__ import annotations

import json
import math
from dataclasses import FrozenInstanceError
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import assume, example, given
from hypothesis import strategies as st

from copydesk.measure import (
    LONGEST_KM,
    WEEKDAYS,
    Point,
    bearing_deg,
    distance_km,
    distance_page_km,
    distance_sphere_km,
    in_window,
    km_to_miles,
    last_weekday,
    miles_to_km,
    relative_error,
    round_figures,
    round_to,
    share,
    weekday,
)

DATA = Path(__file__).parent / "data"
DISTANCES = json.loads((DATA / "distances.json").read_text(encoding="utf-8"))
MEASURES = json.loads((DATA / "measures.json").read_text(encoding="utf-8"))
ROWS = {row["name"]: row for row in DISTANCES["cases"]}

points = st.builds(Point, lat=st.floats(-90, 90), lon=st.floats(-180, 180))
lengths = st.floats(0, 1e9)
days = st.dates()


@st.composite
def nearly_opposite(draw: st.DrawFn) -> tuple[Point, Point]:
    """Two places within 2 degrees of being opposite, where every formula is at its worst."""
    a = draw(points)
    lat = max(-90.0, min(90.0, -a.lat + draw(st.floats(-2, 2))))
    lon = math.remainder(a.lon + 180 + draw(st.floats(-2, 2)), 360)
    return a, Point(lat, lon)


# --- distance -----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ROWS)
def test_the_shared_table_is_what_the_geodesic_gives(name: str) -> None:
    row = ROWS[name]
    a, b = Point(**row["a"]), Point(**row["b"])
    assert distance_km(a, b) == pytest.approx(row["geodesic_km"], abs=1e-6)
    tolerance = DISTANCES["distance_tolerance"] * row["geodesic_km"]
    assert distance_page_km(a, b) == pytest.approx(row["geodesic_km"], abs=tolerance)
    if row["bearing_deg"] is not None:
        assert bearing_deg(a, b) == pytest.approx(row["bearing_deg"], abs=1e-6)


def test_distance_against_published_values() -> None:
    # The examples in the documentation of GeographicLib (GeodSolve, and its Python package).
    assert distance_km(Point(40.6, -73.8), Point(51.6, -0.5)) == pytest.approx(
        5551.759400319, abs=1e-6
    )
    assert bearing_deg(Point(40.6, -73.8), Point(51.6, -0.5)) == pytest.approx(
        51.198882845580, abs=1e-9
    )
    assert distance_km(Point(-41.32, 174.81), Point(40.96, -5.50)) == pytest.approx(
        19959.679267, abs=1e-6
    )
    # By hand: a degree of the equator is a * pi / 180; a quarter of a meridian is 10,001.965729 km.
    assert distance_km(Point(0, 0), Point(0, 1)) == pytest.approx(6378.137 * math.pi / 180)
    assert distance_km(Point(0, 7), Point(90, 7)) == pytest.approx(10001.965729, abs=1e-6)
    assert distance_km(Point(90, 0), Point(-90, 0)) == pytest.approx(LONGEST_KM, abs=1e-6)


def test_the_sphere_by_hand() -> None:
    # A quarter of a great circle, and a degree of one, with the radius 6371.0088 km.
    assert distance_sphere_km(Point(0, 0), Point(0, 90)) == pytest.approx(10007.5572, abs=1e-3)
    assert distance_sphere_km(Point(10, 5), Point(11, 5)) == pytest.approx(111.19508, abs=1e-4)
    baghdad, base = Point(33.3152, 44.3661), Point(33.7856, 42.4412)
    assert distance_sphere_km(baghdad, base) == pytest.approx(185.9, abs=0.05)


@pytest.mark.parametrize("distance", [distance_km, distance_sphere_km, distance_page_km])
class TestEveryDistance:
    @given(a=points, b=points)
    def test_is_the_same_both_ways_and_never_below_0(
        self, distance: Any, a: Point, b: Point
    ) -> None:
        assert distance(a, b) >= 0
        assert distance(a, b) == pytest.approx(distance(b, a), abs=1e-6)

    @given(a=points)
    def test_from_a_place_to_itself_is_0(self, distance: Any, a: Point) -> None:
        assert distance(a, a) == 0

    @given(lat=st.floats(-90, 90), lon=st.floats(-180, 180), lon2=st.floats(-180, 180))
    def test_depends_on_no_longitude_at_the_pole(
        self, distance: Any, lat: float, lon: float, lon2: float
    ) -> None:
        there = Point(lat, 20)
        for pole in (-90, 90):
            first, second = distance(Point(pole, lon), there), distance(Point(pole, lon2), there)
            assert first == pytest.approx(second, abs=1e-3)

    @given(lat=st.floats(-89, 89), lat2=st.floats(-89, 89), gap=st.floats(0, 10))
    def test_goes_the_short_way_across_the_date_line(
        self, distance: Any, lat: float, lat2: float, gap: float
    ) -> None:
        across = distance(Point(lat, 180 - gap), Point(lat2, -180 + gap))
        elsewhere = distance(Point(lat, -gap), Point(lat2, gap))
        assert across == pytest.approx(elsewhere, abs=1e-6)

    def test_takes_180_and_minus_180_for_one_meridian(self, distance: Any) -> None:
        assert distance(Point(20, 180), Point(20, -180)) == 0


@given(points, points, points)
def test_a_detour_is_never_shorter(a: Point, b: Point, c: Point) -> None:
    for distance in (distance_km, distance_sphere_km):
        assert distance(a, c) <= distance(a, b) + distance(b, c) + 1e-6


@given(points)
@example(Point(-4.26, 0))  # rounding takes the haversine above 1
def test_the_opposite_place_is_as_far_as_places_get(a: Point) -> None:
    opposite = Point(-a.lat, a.lon - 180 if a.lon > 0 else a.lon + 180)
    assert distance_km(a, opposite) == pytest.approx(LONGEST_KM, abs=1e-4)
    assert distance_sphere_km(a, opposite) == pytest.approx(math.pi * 6371.0088, abs=1e-3)
    assert distance_page_km(a, opposite) == pytest.approx(LONGEST_KM, abs=0.1)


@given(points, points)
def test_no_two_places_lie_further_apart(a: Point, b: Point) -> None:
    assert distance_km(a, b) <= LONGEST_KM + 1e-6
    assert distance_page_km(a, b) <= LONGEST_KM


@given(st.one_of(st.tuples(points, points), nearly_opposite()))
@example((Point(0, 0), Point(0.001, 0)))
def test_the_sphere_is_within_0_57_percent_of_the_geodesic(pair: tuple[Point, Point]) -> None:
    found = distance_km(*pair)
    assert distance_sphere_km(*pair) == pytest.approx(found, rel=0.0057, abs=1e-6)


def test_the_bound_of_the_sphere_is_no_wider_than_it_must_be() -> None:
    short = Point(0, 0), Point(0.001, 0)
    assert relative_error(distance_sphere_km(*short), distance_km(*short)) > 0.0056


@given(st.one_of(st.tuples(points, points), nearly_opposite()))
@example((Point(1, 0), Point(-1.11107, 179.79308)))
@example((Point(0, 0), Point(0, 180)))
@example((Point(0, 0), Point(0.1008, 179.7667)))
def test_the_page_is_within_0_08_percent_of_the_geodesic(pair: tuple[Point, Point]) -> None:
    found = distance_km(*pair)
    assert distance_page_km(*pair) == pytest.approx(found, rel=0.0008, abs=1e-6)


@given(points, st.floats(0, 360), st.floats(0, 19000))
def test_the_page_is_within_20_m_up_to_10000_km(a: Point, bearing: float, km: float) -> None:
    end = Geodesic.WGS84.Direct(a.lat, a.lon, bearing, km * 1000)
    b = Point(end["lat2"], end["lon2"])
    limit = 0.02 if km <= 10000 else 0.6
    assert abs(distance_page_km(a, b) - distance_km(a, b)) < limit


def test_the_page_is_not_the_sphere() -> None:
    a, b = Point(0, 0), Point(1, 0)
    assert distance_page_km(a, b) == pytest.approx(110.574389, abs=1e-4)
    assert distance_sphere_km(a, b) == pytest.approx(111.195080, abs=1e-4)


# --- bearing ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lat", "lon", "wanted"), [(1, 0, 0), (0, 1, 90), (-1, 0, 180), (0, -1, 270)]
)
def test_bearing_to_the_four_winds(lat: float, lon: float, wanted: float) -> None:
    assert bearing_deg(Point(0, 0), Point(lat, lon)) == pytest.approx(wanted, abs=1e-9)


def test_bearing_across_the_date_line_and_from_the_pole() -> None:
    assert bearing_deg(Point(0, 179.9), Point(0, -179.9)) == pytest.approx(90)
    assert bearing_deg(Point(90, 0), Point(60, 30)) == pytest.approx(150)


@given(points, st.floats(0, 360, exclude_max=True), st.floats(1, 15000))
def test_a_walk_along_the_bearing_arrives(a: Point, bearing: float, km: float) -> None:
    assume(abs(a.lat) < 89.9)
    end = Geodesic.WGS84.Direct(a.lat, a.lon, bearing, km * 1000)
    found = bearing_deg(a, Point(end["lat2"], end["lon2"]))
    assert 0 <= found < 360
    assert abs(math.remainder(found - bearing, 360)) < 1e-6


def test_a_bearing_a_trifle_west_of_north_is_not_360() -> None:
    assert bearing_deg(Point(-1, 0), Point(0, -1e-16)) == 0


def test_there_is_no_bearing_to_the_same_place() -> None:
    with pytest.raises(ValueError, match="give two different places"):
        bearing_deg(Point(1, 2), Point(1, 2))
    with pytest.raises(ValueError, match="give two different places"):
        bearing_deg(Point(1, 180), Point(1, -180))


# --- points -------------------------------------------------------------------------------------


def test_a_point_cannot_change() -> None:
    point = Point(1, 2)
    with pytest.raises(FrozenInstanceError):
        point.lat = 3  # type: ignore[misc]  # that it is an error is the point
    assert Point(-90, -180) != Point(90, 180)


BAD = [90.001, -90.001, math.nan, math.inf, "33.3", None, True]


@pytest.mark.parametrize("lat", BAD)
def test_a_latitude_off_the_globe_is_refused(lat: Any) -> None:
    with pytest.raises(ValueError, match=r"lat is .*from -90 to 90"):
        Point(lat, 0)


@pytest.mark.parametrize("lon", [180.001, -180.001, *BAD[2:]])
def test_a_longitude_off_the_globe_is_refused(lon: Any) -> None:
    with pytest.raises(ValueError, match=r"lon is .*from -180 to 180"):
        Point(0, lon)


def test_both_faults_of_a_point_are_named_at_once() -> None:
    with pytest.raises(ValueError, match=r"lat is 91: .*; lon is nan: "):
        Point(91, math.nan)


# --- units and rounding -------------------------------------------------------------------------


def test_a_mile_is_1609_344_metres() -> None:
    for km, miles in MEASURES["km_and_miles"]:
        assert km_to_miles(km) == pytest.approx(miles, abs=1e-8)
        assert miles_to_km(miles) == pytest.approx(km, abs=1e-7)


@given(lengths)
def test_there_and_back_between_units_is_the_same_length(length: float) -> None:
    assert miles_to_km(km_to_miles(length)) == pytest.approx(length)
    assert km_to_miles(length) <= length


@pytest.mark.parametrize(("value", "step", "wanted"), MEASURES["round_to"])
def test_rounding_to_a_step(value: float, step: float, wanted: float) -> None:
    assert round_to(value, step) == wanted
    assert math.copysign(1, round_to(value, step)) == (-1 if wanted < 0 else 1)


@pytest.mark.parametrize(("value", "n", "wanted"), MEASURES["round_figures"])
def test_rounding_to_significant_figures(value: float, n: int, wanted: float) -> None:
    assert round_figures(value, n) == wanted
    assert math.copysign(1, round_figures(-0.0, n)) == 1


@given(st.floats(-1e9, 1e9), st.sampled_from([0.01, 0.1, 0.25, 0.5, 1, 3, 10, 1000]))
def test_rounding_moves_at_most_half_a_step_and_rests(value: float, step: float) -> None:
    rounded = round_to(value, step)
    assert abs(rounded - value) <= step / 2 + 1e-6
    assert round_to(rounded, step) == rounded
    assert round_to(-value, step) == -rounded


@given(st.floats(-1e12, 1e12).filter(lambda x: x == 0 or abs(x) > 1e-12), st.integers(1, 15))
def test_significant_figures_move_at_most_half_of_the_last(value: float, n: int) -> None:
    rounded = round_figures(value, n)
    assert abs(rounded - value) <= abs(value) * 0.5 * 10 ** (1 - n) * (1 + 1e-9)
    assert round_figures(rounded, n) == rounded
    assert float(f"{rounded:.{n - 1}e}") == rounded


@pytest.mark.parametrize("n", [0, 16, -1, 1.0, True])
def test_a_number_of_figures_that_makes_no_sense_is_refused(n: Any) -> None:
    with pytest.raises(ValueError, match="whole number from 1 to 15"):
        round_figures(1, n)


@pytest.mark.parametrize("step", [0, -1])
def test_a_step_that_makes_no_sense_is_refused(step: float) -> None:
    with pytest.raises(ValueError, match=f"the step is {step}: give a number above 0"):
        round_to(1, step)


@pytest.mark.parametrize("bad", [math.nan, math.inf, "1,200", None, True])
@pytest.mark.parametrize(
    "call",
    [
        km_to_miles,
        miles_to_km,
        lambda x: round_to(x, 1),
        lambda x: round_to(1, x),
        lambda x: round_figures(x, 2),
        lambda x: share(x, 1),
        lambda x: share(1, x),
        lambda x: relative_error(x, 1),
        lambda x: relative_error(1, x),
    ],
)
def test_what_is_no_number_is_refused(call: Any, bad: Any) -> None:
    with pytest.raises(ValueError, match=r" is .*: give a number, with a point"):
        call(bad)


@pytest.mark.parametrize("call", [km_to_miles, miles_to_km, lambda x: share(x, 1)])
def test_a_number_below_0_is_refused_where_it_makes_no_sense(call: Any) -> None:
    with pytest.raises(ValueError, match="give a number of 0 or more"):
        call(-1)


# --- shares -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("part", "whole", "wanted"), MEASURES["share"])
def test_a_share(part: float, whole: float, wanted: float) -> None:
    assert share(part, whole) == wanted


@given(st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_the_shares_of_a_whole_sum_to_1(parts: list[int]) -> None:
    shares = [share(part, sum(parts)) for part in parts]
    assert math.fsum(shares) == pytest.approx(1)
    assert all(0 <= s <= 1 for s in shares)


def test_a_share_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="the whole is 0"):
        share(0, 0)
    with pytest.raises(ValueError, match="swap them"):
        share(3, 2)
    with pytest.raises(ValueError, match="the whole is -2"):
        share(0, -2)


def test_the_sign_of_a_relative_error_says_too_high_or_too_low() -> None:
    assert relative_error(160, 186.2) == pytest.approx(-0.1407, abs=5e-5)
    assert relative_error(200, 100) == 1
    assert relative_error(-50, -100) == 0.5
    with pytest.raises(ValueError, match="the figure found is 0"):
        relative_error(1, 0)


# --- dates --------------------------------------------------------------------------------------


def zeller(day: date) -> str:
    """Zeller's congruence (1883), where January and February end the year before."""
    month, year = (day.month, day.year) if day.month > 2 else (day.month + 12, day.year - 1)
    century, rest = divmod(year, 100)
    h = (day.day + 13 * (month + 1) // 5 + rest + rest // 4 + century // 4 - 2 * century) % 7
    return ("Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday")[h]


@given(days)
def test_the_weekday_agrees_with_the_calendar_and_with_zeller(day: date) -> None:
    assert weekday(day) == zeller(day) == WEEKDAYS[day.isoweekday() - 1]


@pytest.mark.parametrize(("day", "wanted"), MEASURES["weekday"])
def test_the_weekday_of_a_known_day(day: str, wanted: str) -> None:
    assert weekday(date.fromisoformat(day)) == wanted


@given(days.filter(lambda day: day.year > 1), st.sampled_from(WEEKDAYS))
def test_the_last_weekday_is_within_the_week(up_to: date, name: str) -> None:
    found = last_weekday(name, up_to)
    assert weekday(found) == name
    assert timedelta(0) <= up_to - found < timedelta(7)


def test_a_name_that_is_no_weekday_is_refused() -> None:
    with pytest.raises(ValueError, match="'Mittwoch' is no weekday: give one of Monday, "):
        last_weekday("Mittwoch", date(2023, 11, 15))


def test_a_window_includes_its_first_and_its_last_day() -> None:
    start, end = date(2023, 10, 7), date(2023, 11, 15)
    one = timedelta(1)
    assert in_window(start, start, end)
    assert in_window(end, start, end)
    assert in_window(start, start, start)
    assert not in_window(start - one, start, end)
    assert not in_window(end + one, start, end)
    with pytest.raises(ValueError, match="ends on 2023-10-07 before it starts on 2023-11-15"):
        in_window(start, end, start)


@pytest.mark.parametrize("bad", [datetime(2023, 11, 15, 9), "2023-11-15", None])
def test_what_is_no_date_is_refused(bad: Any) -> None:
    day = date(2023, 11, 15)
    for call in (
        lambda: weekday(bad),
        lambda: last_weekday("Monday", bad),
        lambda: in_window(bad, day, day),
        lambda: in_window(day, bad, day),
        lambda: in_window(day, day, bad),
    ):
        with pytest.raises(ValueError, match="give a date without a time"):
            call()
