// @ts-check
/**
 * Distance, units, rounding, shares and dates, as copydesk/measure.py does them. Pure functions; what
 * makes no sense is refused with a RangeError that says what is wrong and how to put it right.
 */

/** @typedef {{ lat: number, lon: number }} Point degrees; north and east are above 0 */

// As in measure.py, which says where they come from.
const KM_PER_MILE = 1.609344;
const WGS84_RADIUS_KM = 6378.137;
const WGS84_FLATTENING = 1 / 298.257223563;
const LONGEST_KM = 20003.931459;
const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

// A double holds 15 decimal digits whatever they are; rounding to them removes the binary dust.
const DIGITS = 15;

/**
 * Kilometres as international miles (1,609.344 m, exact).
 * @param {number} km 0 or more
 * @returns {number}
 */
export function kmToMiles(km) {
	return notNegative("a distance in kilometres", km) / KM_PER_MILE;
}

/**
 * International miles (1,609.344 m, exact) as kilometres.
 * @param {number} miles 0 or more
 * @returns {number}
 */
export function milesToKm(miles) {
	return notNegative("a distance in miles", miles) * KM_PER_MILE;
}

/**
 * Length of the shortest line from a to b on the WGS84 ellipsoid by Lambert's formula, in kilometres.
 * Error: below 20 m up to 10,000 km; never above 0.08 %, which occurs near the opposite point of the
 * globe. See distance_page_km in measure.py for the source and the proof.
 * @param {Point} a
 * @param {Point} b
 * @returns {number}
 */
export function distanceKm(a, b) {
	checkPoint("the first place", a);
	checkPoint("the second place", b);
	const latA = reduced(a.lat);
	const latB = reduced(b.lat);
	const mean = (latA + latB) / 2;
	const halfLat = (latB - latA) / 2;
	const halfLon = radians(degreesEast(a, b)) / 2;
	const sine =
		(Math.sin(halfLat) * Math.cos(halfLon)) ** 2 + (Math.cos(mean) * Math.sin(halfLon)) ** 2;
	const cosine =
		(Math.cos(halfLat) * Math.cos(halfLon)) ** 2 + (Math.sin(mean) * Math.sin(halfLon)) ** 2;
	const angle = 2 * Math.atan2(Math.sqrt(sine), Math.sqrt(cosine));
	// The cosine of no double is 0, so `cosine` never is; `sine` is for equal places.
	const x = ((angle - Math.sin(angle)) * (Math.sin(mean) * Math.cos(halfLat)) ** 2) / cosine;
	const y =
		sine > 0 ? ((angle + Math.sin(angle)) * (Math.cos(mean) * Math.sin(halfLat)) ** 2) / sine : 0;
	return Math.min(LONGEST_KM, WGS84_RADIUS_KM * (angle - (WGS84_FLATTENING / 2) * (x + y)));
}

/**
 * The direction in which the shortest line from a to b leaves a, in degrees from north by east,
 * 0 up to, not including, 360. Worked out on a sphere: within 0.2 degrees of bearing_deg in
 * measure.py up to 10,000 km, and of no use near the opposite point of the globe.
 * @param {Point} a
 * @param {Point} b
 * @returns {number}
 */
export function bearingDeg(a, b) {
	checkPoint("the first place", a);
	checkPoint("the second place", b);
	if (distanceKm(a, b) === 0) {
		throw new RangeError("there is no bearing from a place to itself: give two different places");
	}
	const latA = radians(a.lat);
	const latB = radians(b.lat);
	const lon = radians(degreesEast(a, b));
	const east = Math.sin(lon) * Math.cos(latB);
	const north = Math.cos(latA) * Math.sin(latB) - Math.sin(latA) * Math.cos(latB) * Math.cos(lon);
	return ((Math.atan2(east, north) * 180) / Math.PI + 360) % 360;
}

/**
 * The English name of a day's weekday, by the Gregorian calendar, extended backwards.
 * @param {string} day year, month and day, such as "2023-11-15"; years 0001 to 9999
 * @returns {string}
 */
export function weekday(day) {
	const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(day);
	const [year, month, number] = parts ? parts.slice(1).map(Number) : [0, 0, 0];
	const date = new Date(0);
	// Date.UTC would take the years 0 to 99 for 1900 to 1999.
	date.setUTCFullYear(year, month - 1, number);
	// A day that its month does not have comes out in another month.
	if (year < 1 || date.getUTCMonth() !== month - 1) {
		throw new RangeError(`"${day}" is no day: give year, month and day, such as 2023-11-15`);
	}
	return WEEKDAYS[date.getUTCDay()];
}

/**
 * Part of a whole, 0..1; times 100 it is a percentage.
 * @param {number} part 0 or more, not above the whole
 * @param {number} whole above 0
 * @returns {number}
 */
export function share(part, whole) {
	notNegative("the part", part);
	notNegative("the whole", whole);
	if (whole === 0) {
		throw new RangeError(
			"the whole is 0: nothing can be a share of it; give the total it is out of",
		);
	}
	if (part > whole) {
		throw new RangeError(
			`the part ${part} is more than the whole ${whole}: swap them, or check that both count the same things`,
		);
	}
	return part / whole;
}

/**
 * The multiple of step that is nearest to value; halves go away from 0. Worked out on the decimal
 * digits as written: roundTo(2.675, 0.01) is 2.68.
 * @param {number} value up to 15 digits
 * @param {number} step above 0
 * @returns {number}
 */
export function roundTo(value, step) {
	number("the value to round", value);
	if (number("the step", step) <= 0) {
		throw new RangeError(`the step is ${step}: give a number above 0, such as 10 or 0.5`);
	}
	const steps = Math.round(clean(Math.abs(value) / step));
	// + 0 turns -0 into 0.
	return Math.sign(value) * clean(steps * step) + 0;
}

/**
 * Value with n significant figures; halves go away from 0. 186.4 with 2 is 190.
 * @param {number} value up to 15 digits
 * @param {number} n a whole number from 1 to 15
 * @returns {number}
 */
export function roundFigures(value, n) {
	number("the value to round", value);
	if (!Number.isInteger(n) || n < 1 || n > DIGITS) {
		throw new RangeError(`the number of figures is ${n}: give a whole number from 1 to 15`);
	}
	// The digits are rounded apart from the power of ten, because no double holds most of these.
	const [leading, exponent] = Math.abs(value).toExponential().split("e").map(Number);
	const digits = Math.round(clean(leading * 10 ** (n - 1)));
	return Math.sign(value) * Number(`${digits}e${exponent - n + 1}`) + 0;
}

/** @param {number} value */
function clean(value) {
	return Number(value.toPrecision(DIGITS));
}

/** @param {number} degrees */
function radians(degrees) {
	return (degrees * Math.PI) / 180;
}

/**
 * The short way round from the meridian of a to that of b, so that 180 and -180 are exactly one.
 * @param {Point} a
 * @param {Point} b
 */
function degreesEast(a, b) {
	const east = b.lon - a.lon;
	return east - 360 * Math.round(east / 360);
}

/**
 * The latitude of a place on the sphere around the ellipsoid, in radians.
 * @param {number} lat degrees
 */
function reduced(lat) {
	return Math.atan((1 - WGS84_FLATTENING) * Math.tan(radians(lat)));
}

/**
 * @param {string} what
 * @param {number} value
 */
function number(what, value) {
	if (!Number.isFinite(value)) {
		throw new RangeError(`${what} is ${value}: give a number, with a point and no thousands comma`);
	}
	return value;
}

/**
 * @param {string} what
 * @param {number} value
 */
function notNegative(what, value) {
	if (number(what, value) < 0) {
		throw new RangeError(`${what} is ${value}: give a number of 0 or more`);
	}
	return value;
}

/**
 * @param {string} what
 * @param {Point} place
 */
function checkPoint(what, place) {
	const faults = [];
	for (const [name, value, limit] of /** @type {const} */ ([
		["lat", place.lat, 90],
		["lon", place.lon, 180],
	])) {
		// NaN and what is no number fail as well.
		if (!Number.isFinite(value) || Math.abs(value) > limit) {
			faults.push(`${name} is ${value}: give decimal degrees, from -${limit} to ${limit}`);
		}
	}
	if (faults.length > 0) {
		throw new RangeError(`${what} needs two numbers; ${faults.join("; ")}`);
	}
}
