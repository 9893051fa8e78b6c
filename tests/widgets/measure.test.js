// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import {
	bearingDeg,
	distanceKm,
	kmToMiles,
	milesToKm,
	roundFigures,
	roundTo,
	share,
	weekday,
} from "../../copydesk/widgets/figure/measure.js";

/** @param {string} name */
const read = (name) =>
	JSON.parse(readFileSync(new URL(`../data/${name}.json`, import.meta.url), "utf-8"));
const distances = read("distances");
const measures = read("measures");

/**
 * @param {number} value
 * @param {number} wanted
 * @param {number} tolerance
 */
const near = (value, wanted, tolerance) =>
	assert.ok(
		Math.abs(value - wanted) <= tolerance,
		`${value} is not within ${tolerance} of ${wanted}`,
	);

for (const { name, a, b, geodesic_km, bearing_deg } of distances.cases) {
	test(`distance and bearing: ${name}`, () => {
		near(distanceKm(a, b), geodesic_km, geodesic_km * distances.distance_tolerance);
		near(distanceKm(b, a), distanceKm(a, b), 1e-6);
		if (geodesic_km < 10_000) {
			near(distanceKm(a, b), geodesic_km, 0.02);
		}
		if (bearing_deg !== null) {
			const apart = Math.abs(bearingDeg(a, b) - bearing_deg);
			near(Math.min(apart, 360 - apart), 0, distances.bearing_tolerance_deg);
		}
	});
}

test("a bearing is at least 0 and below 360", () => {
	const south = { lat: -1, lon: 0 };
	assert.equal(bearingDeg(south, { lat: 0, lon: 0 }), 0);
	assert.equal(bearingDeg(south, { lat: 0, lon: -1e-16 }), 0);
	near(bearingDeg({ lat: 0, lon: 0 }, { lat: 0, lon: -1 }), 270, 1e-9);
});

test("there is no bearing from a place to itself", () => {
	const place = { lat: 33.7856, lon: 42.4412 };
	assert.throws(() => bearingDeg(place, { ...place }), /give two different places/);
});

test("a mile is 1.609344 km", () => {
	for (const [km, miles] of measures.km_and_miles) {
		near(kmToMiles(km), miles, 1e-8);
		near(milesToKm(miles), km, 1e-7);
	}
});

test("rounding to a step, halves away from 0", () => {
	for (const [value, step, wanted] of measures.round_to) {
		assert.equal(roundTo(value, step), wanted, `${value} to ${step}`);
	}
});

test("rounding to significant figures", () => {
	for (const [value, n, wanted] of measures.round_figures) {
		assert.equal(roundFigures(value, n), wanted, `${value} with ${n}`);
		assert.equal(roundFigures(-0, n), 0);
	}
});

test("a share of a whole", () => {
	for (const [part, whole, wanted] of measures.share) {
		assert.equal(share(part, whole), wanted);
	}
});

test("the weekday of a day", () => {
	for (const [day, wanted] of measures.weekday) {
		assert.equal(weekday(day), wanted, day);
	}
});

test("what is no day is refused with the form that is wanted", () => {
	for (const day of measures.no_day) {
		assert.throws(() => weekday(day), /such as 2023-11-15/, day);
	}
});

test("numbers that make no sense are refused with the cure", () => {
	assert.throws(() => kmToMiles(-1), {
		name: "RangeError",
		message: /-1: give a number of 0 or more/,
	});
	assert.throws(() => milesToKm(Number.NaN), /NaN: give a number/);
	assert.throws(() => share(1, 0), /the whole is 0/);
	assert.throws(() => share(3, 2), /swap them/);
	assert.throws(() => share(-1, 2), /the part is -1/);
	assert.throws(() => roundTo(1, 0), /the step is 0/);
	assert.throws(() => roundTo(Number.POSITIVE_INFINITY, 1), /Infinity: give a number/);
	for (const n of [0, 16, 1.5]) {
		assert.throws(() => roundFigures(1, n), /whole number from 1 to 15/);
	}
});

test("a place off the globe is refused with both of its faults", () => {
	const here = { lat: 0, lon: 0 };
	for (const measure of [distanceKm, bearingDeg]) {
		assert.throws(
			() => measure({ lat: 90.1, lon: Number.NaN }, here),
			/first place.*lat is 90.1.*lon is NaN/,
		);
		assert.throws(() => measure(here, { lat: 0, lon: -181 }), /second place.*lon is -181/);
	}
});
