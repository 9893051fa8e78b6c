"""Distance, units, rounding, shares and dates: the sums that a reader does to check a figure.

Every function takes plain numbers or dates, gives a plain number, name or yes/no, and refuses what
makes no sense with a ValueError that says what is wrong and how to put it right. The page does the
same sums in widgets/figure/measure.js; tests/data/distances.json and tests/data/measures.json hold
both to the same results.
"""

from __future__ import annotations

import math
import numbers
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from geographiclib.geodesic import Geodesic

# The mean radius R1 = (2a + b) / 3 of the ellipsoid; Moritz (2000), Geodetic Reference System 1980,
# Journal of Geodesy 74.
EARTH_RADIUS_KM = 6371.0088

# WGS84: the equatorial radius in kilometres and the flattening. They define it, so they are exact.
WGS84_RADIUS_KM = 6378.137
WGS84_FLATTENING = 1 / 298.257223563

# From pole to pole on WGS84, in kilometres: no two places lie further apart.
LONGEST_KM = 20003.931459

# The international mile, exact since the yard and pound agreement of 1959.
KM_PER_MILE = 1.609344

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True)
class Point:
    """A place on the globe, in degrees: latitude -90..90 and longitude -180..180; north, east > 0.

    Raises ValueError, naming both faults if both numbers are out of range.
    """

    lat: float
    lon: float

    def __post_init__(self) -> None:
        faults = [
            f"{name} is {value!r}: give {what} in decimal degrees, from -{limit} to {limit}"
            for name, value, limit, what in (
                ("lat", self.lat, 90, "the latitude (south is below 0)"),
                ("lon", self.lon, 180, "the longitude (west is below 0)"),
            )
            # NaN fails the comparison too.
            if not _is_real(value) or not -limit <= value <= limit
        ]
        if faults:
            raise ValueError("a Point needs two numbers; " + "; ".join(faults))


# --- distance -----------------------------------------------------------------------------------


def distance_km(a: Point, b: Point) -> float:
    """Length of the shortest line from a to b on the WGS84 ellipsoid, in kilometres.

    Error: below 1 mm for exact coordinates; a base 5 km wide makes it +-2.5 km.
    Source: Karney (2013), through geographiclib.
    """
    line = Geodesic.WGS84.Inverse(a.lat, a.lon, b.lat, b.lon, Geodesic.DISTANCE)
    return float(line["s12"]) / 1000


def distance_sphere_km(a: Point, b: Point) -> float:
    """Length of the shortest line from a to b on a sphere (haversine formula), in kilometres.

    The formula to do by hand or in a few cells. Error: up to 0.57 % of distance_km, the most on a
    north-south line at the equator, because the earth is no sphere.
    Source: Sinnott (1984), Virtues of the Haversine, Sky and Telescope 68, 159.
    """
    lat_a, lat_b = math.radians(a.lat), math.radians(b.lat)
    half_lon = math.radians(_degrees_east(a, b)) / 2
    h = (
        math.sin((lat_b - lat_a) / 2) ** 2
        + math.cos(lat_a) * math.cos(lat_b) * math.sin(half_lon) ** 2
    )
    # Rounding can lift h a last digit above 1 for opposite places.
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(min(1.0, h)))


def distance_page_km(a: Point, b: Point) -> float:
    """The distance that the page computes: Lambert's formula, in kilometres.

    A few lines without iteration, and close enough for any figure in the news. Stands here so that
    its error can be measured against distance_km. Error: below 20 m up to 10,000 km and below
    0.6 km up to 19,000 km; near the opposite point of the globe, where many lines are almost
    equally short, up to 16 km or 0.08 %. LONGEST_KM caps it there: without it, 0.17 %.
    Source: Lambert (1942), Journal of the Washington Academy of Sciences 32(5), 125-130; the cap is
    ours.
    """
    flat = WGS84_FLATTENING
    lat_a, lat_b = (math.atan((1 - flat) * math.tan(math.radians(x))) for x in (a.lat, b.lat))
    mean, half_lat = (lat_a + lat_b) / 2, (lat_b - lat_a) / 2
    half_lon = math.radians(_degrees_east(a, b)) / 2
    # The squares of the sine and the cosine of half the angle between the places, each summed on
    # its own, so that neither loses its digits where it is small.
    sine = (math.sin(half_lat) * math.cos(half_lon)) ** 2 + (
        math.cos(mean) * math.sin(half_lon)
    ) ** 2
    cosine = (math.cos(half_lat) * math.cos(half_lon)) ** 2 + (
        math.sin(mean) * math.sin(half_lon)
    ) ** 2
    angle = 2 * math.atan2(math.sqrt(sine), math.sqrt(cosine))
    # The cosine of no double is 0, so `cosine` never is; `sine` is for equal places.
    x = (angle - math.sin(angle)) * (math.sin(mean) * math.cos(half_lat)) ** 2 / cosine
    y = 0.0
    if sine > 0:
        y = (angle + math.sin(angle)) * (math.cos(mean) * math.sin(half_lat)) ** 2 / sine
    return min(LONGEST_KM, WGS84_RADIUS_KM * (angle - flat / 2 * (x + y)))


def bearing_deg(a: Point, b: Point) -> float:
    """The direction in which the shortest line from a to b leaves a, in degrees from north by east.

    Range: 0 (north) up to, not including, 360; 90 is east. From a pole the longitude decides, as if
    one stood there facing along the meridian a.lon.
    Raises ValueError for two equal places, between which there is no direction.
    Source: Karney (2013), through geographiclib.
    """
    line = Geodesic.WGS84.Inverse(a.lat, a.lon, b.lat, b.lon)
    if line["s12"] == 0:
        raise ValueError(f"there is no bearing from {a} to itself: give two different places")
    return (float(line["azi1"]) + 360) % 360


def _degrees_east(a: Point, b: Point) -> float:
    # The short way round, so that 180 and -180 are exactly one meridian.
    return math.remainder(b.lon - a.lon, 360)


# --- units and rounding -------------------------------------------------------------------------


def km_to_miles(km: float) -> float:
    """Kilometres as international miles (1,609.344 m, exact). Raises ValueError below 0."""
    return _not_negative("a distance in kilometres", km) / KM_PER_MILE


def miles_to_km(miles: float) -> float:
    """International miles (1,609.344 m, exact) as kilometres. Raises ValueError below 0."""
    return _not_negative("a distance in miles", miles) * KM_PER_MILE


def round_to(value: float, step: float) -> float:
    """The multiple of step that is nearest to value; halves go away from 0, as taught at school.

    Worked out on the decimal digits as written: round_to(2.675, 0.01) is 2.68, though the nearest
    binary number lies a trifle below 2.675. Raises ValueError unless step is above 0.
    """
    number, unit = _decimal("the value to round", value), _decimal("the step", step)
    if unit <= 0:
        raise ValueError(f"the step is {step!r}: give a number above 0, such as 10 or 0.5")
    steps = (number / unit).to_integral_value(ROUND_HALF_UP)
    return float(steps * unit) + 0.0  # + 0.0 turns -0.0 into 0.0


def round_figures(value: float, n: int) -> float:
    """Value with n significant figures (1 to 15); halves go away from 0. 186.4 with 2 is 190."""
    number = _decimal("the value to round", value)
    if isinstance(n, bool) or not isinstance(n, numbers.Integral) or not 1 <= n <= 15:
        raise ValueError(f"the number of figures is {n!r}: give a whole number from 1 to 15")
    unit = Decimal(1).scaleb(number.adjusted() - int(n) + 1)
    return float((number / unit).to_integral_value(ROUND_HALF_UP) * unit) + 0.0


def share(part: float, whole: float) -> float:
    """Part of a whole. Range: 0..1; times 100 it is a percentage.

    Raises ValueError for a whole of 0, for numbers below 0, and for a part above the whole.
    """
    some, total = _not_negative("the part", part), _not_negative("the whole", whole)
    if total == 0:
        raise ValueError(
            "the whole is 0: nothing can be a share of it; give the total it is out of"
        )
    if some > total:
        raise ValueError(
            f"the part {part!r} is more than the whole {whole!r}: swap them, or check that both "
            "count the same things"
        )
    return some / total


def relative_error(claimed: float, found: float) -> float:
    """How far a claimed figure lies from the one found, as a fraction of the one found.

    Sign: above 0 if the claim is too high, below 0 if too low; -0.14 is 14 % too low.
    Raises ValueError if the figure found is 0.
    """
    claim, truth = _number("the claimed figure", claimed), _number("the figure found", found)
    if truth == 0:
        raise ValueError("the figure found is 0: no error is a fraction of it; give the difference")
    return (claim - truth) / abs(truth)


# --- dates --------------------------------------------------------------------------------------


def weekday(day: date) -> str:
    """The English name of a day's weekday, by the Gregorian calendar, extended backwards."""
    return WEEKDAYS[_day("the day", day).weekday()]


def last_weekday(name: str, up_to: date) -> date:
    """The last day with this weekday, on or before up_to: what "on Wednesday" means in a report.

    Raises ValueError if name is not the English name of a weekday.
    """
    if name not in WEEKDAYS:
        raise ValueError(f"{name!r} is no weekday: give one of {', '.join(WEEKDAYS)}")
    back = (_day("the last day", up_to).weekday() - WEEKDAYS.index(name)) % 7
    return up_to - timedelta(days=back)


def in_window(day: date, start: date, end: date) -> bool:
    """Whether a day lies in a window, its first and last day included.

    Raises ValueError if the window ends before it starts.
    """
    first, last = _day("the start", start), _day("the end", end)
    if last < first:
        raise ValueError(f"the window ends on {end} before it starts on {start}: swap the two")
    return first <= _day("the day", day) <= last


# --- what is refused ----------------------------------------------------------------------------


def _is_real(value: object) -> bool:
    return isinstance(value, numbers.Real) and not isinstance(value, bool)


def _number(what: str, value: float) -> float:
    if not _is_real(value) or not math.isfinite(value):
        raise ValueError(f"{what} is {value!r}: give a number, with a point and no thousands comma")
    return float(value)


def _not_negative(what: str, value: float) -> float:
    number = _number(what, value)
    if number < 0:
        raise ValueError(f"{what} is {value!r}: give a number of 0 or more")
    return number


def _decimal(what: str, value: float) -> Decimal:
    return Decimal(str(_number(what, value)))


def _day(what: str, day: date) -> date:
    # To isinstance a datetime is a date, but in another time zone its day may be another.
    if not isinstance(day, date) or isinstance(day, datetime):
        raise ValueError(f"{what} is {day!r}: give a date without a time, date(2023, 11, 15)")
    return day
