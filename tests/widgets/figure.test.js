import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import {
	answerOf,
	faultIn,
	inOrder,
	nextOpen,
	quoteOf,
	STANDINGS,
	segments,
	standingOf,
	stateOf,
	tally,
} from "../../copydesk/widgets/figure/claims.js";
import * as widget from "../../copydesk/widgets/figure/figure.js";
import {
	circle,
	frameAround,
	keptInside,
	scaleBar,
	toPicture,
	toPlace,
} from "../../copydesk/widgets/figure/map.js";
import { distanceKm, weekday } from "../../copydesk/widgets/figure/measure.js";
import { cellText, dayInWords, numberOf, shown } from "../../copydesk/widgets/figure/parts.js";
import { knowableText, weights } from "../../copydesk/widgets/figure/result.js";
import {
	breaksIn,
	issuers,
	nearest,
	readings,
	ticks,
} from "../../copydesk/widgets/figure/series.js";
import { daysLater, lastBefore, lengths, monthGrid } from "../../copydesk/widgets/figure/sums.js";
import { choices, forComparing, passes, sorted } from "../../copydesk/widgets/figure/votes.js";

const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));
const task = read("../data/figure-task.json");
const ui = read("../../copydesk/ui/en/figure.json");
const claims = inOrder(task.claims);
const table = (id) => task.tables.find((one) => one.id === id);
const claim = (id) => task.claims.find((one) => one.id === id);
const near = (found, wanted, within) =>
	assert.ok(Math.abs(found - wanted) <= within, `${found} is not within ${within} of ${wanted}`);

// --- claims ---------------------------------------------------------------------------------------

test("claims follow the text, and of two that begin together the longer comes first", () => {
	assert.deepEqual(
		claims.map(({ id }) => id),
		["way", "miles", "votes", "riders"],
	);
	const places = [
		{ first: 1, last: 2 },
		{ first: 1, last: 5 },
		{ first: 0, last: 0 },
	];
	assert.deepEqual(inOrder(places), [places[2], places[1], places[0]]);
});

test("the stretches of a line give the line back, and each claim ends once", () => {
	let word = 0;
	const ends = [];
	for (const pieces of task.lines) {
		const found = segments(pieces, word, claims);
		assert.equal(found.map(({ text }) => text).join(""), pieces.join(""));
		ends.push(...found.flatMap((one) => one.ends));
		word += (pieces.length - 1) / 2;
	}
	assert.deepEqual(ends.sort(), [0, 1, 2, 3]);
});

test("a claim inside another is a stretch of both, and a closing bracket stays with its word", () => {
	const found = segments(task.lines[0], 0, claims);
	const inner = found.filter((one) => one.claims.length === 2);
	assert.equal(inner.map(({ text }) => text).join(""), "50 kilometres (30 miles)");
	assert.deepEqual(
		found.filter((one) => one.ends.length).map((one) => [one.text, one.ends]),
		[
			["miles)", [1]],
			["Estby.", [0]],
		],
	);
});

test("a quote is the words of the claim, on whichever lines", () => {
	assert.equal(quoteOf(task.lines, claim("miles")), "50 kilometres (30 miles");
	const lines = [
		["", "one", " ", "two", "."],
		["“", "three", " ", "four", "”"],
		["", "five", ""],
	];
	assert.equal(quoteOf(lines, { first: 1, last: 2 }), "two three");
	assert.equal(quoteOf(lines, { first: 1, last: 1 }), "two");
	assert.equal(quoteOf(lines, { first: 3, last: 4 }), "four five");
});

test("a claim is open, has a verdict, or was compared", () => {
	const state = (given) => stateOf(answerOf({ claims: { way: given } }, "way"));
	assert.equal(stateOf(answerOf({ claims: {} }, "way")), "open");
	assert.equal(state({ reason: "way-sum" }), "open");
	assert.equal(state({ verdict: "holds" }), "given");
	assert.equal(state({ verdict: "holds", first: "fails" }), "compared");
});

test("how a verdict stands is looked up, and only the key's verdict has a right reason", () => {
	const standing = (id, verdict, reason) =>
		standingOf(claim(id), { ...answerOf({ claims: {} }, id), verdict, reason })?.standing;
	assert.equal(standing("way", "imprecise", "way-sum"), "key-right");
	assert.equal(standing("way", "imprecise", "way-trust"), "key-other");
	assert.equal(standing("way", "imprecise", null), "key-other");
	assert.equal(standing("way", "caveat", "way-sum"), "defensible");
	assert.equal(standing("way", "holds", "way-sum"), "off");
	assert.equal(standing("riders", "fails", "riders-sum"), "overconfident");
	assert.equal(standing("riders", null, null), undefined);
});

test("the counts are over what was compared", () => {
	const given = (verdict, reason, first = verdict) => ({ verdict, reason, first });
	const answer = {
		claims: {
			miles: given("holds", "miles-sum"),
			way: given("caveat", "way-sum"),
			votes: given("fails", "votes-sum", null),
			riders: given("holds", "riders-sum", "uncheckable"),
		},
	};
	const found = tally(claims, answer);
	assert.equal(found.given, 4);
	assert.equal(found.compared, 3);
	assert.deepEqual(Object.fromEntries(STANDINGS.map((name, i) => [name, found.counts[i]])), {
		"key-right": 1,
		"key-other": 0,
		defensible: 1,
		off: 0,
		overconfident: 1,
	});
	assert.deepEqual(
		found.holds.map(({ id }) => id),
		["miles"],
	);
	assert.equal(nextOpen(claims, answer, 0), 2);
	assert.equal(nextOpen(claims, answer, 2), 2);
	answer.claims.votes.first = "fails";
	assert.equal(nextOpen(claims, answer, 2), -1);
	assert.equal(nextOpen(claims, { claims: {} }, -1), 0);
});

test("an answer from a file is refused with what is wrong in it", () => {
	const whole = {
		verdict: "holds",
		reason: "way-sum",
		own_reason: "",
		note: "",
		first: null,
		first_reason: null,
	};
	assert.equal(faultIn(task, {}), null);
	assert.equal(widget.fault(task, { claims: { way: whole } }), null);
	assert.equal(faultIn(task, { claims: { way: { verdict: "fails" } } }), null);
	for (const [bad, what] of [
		[null, /not an object/],
		[{ claims: [] }, /claims is not an object/],
		[{ claims: { nowhere: whole } }, /no claim nowhere/],
		[{ claims: { way: 1 } }, /way is not an object/],
		[{ claims: { way: { ...whole, verdict: "true" } } }, /unknown verdict/],
		[{ claims: { way: { ...whole, first: 3 } } }, /unknown first/],
		[{ claims: { way: { ...whole, reason: "miles-sum" } } }, /unknown reason/],
		[{ claims: { way: { ...whole, first_reason: "x" } } }, /unknown first_reason/],
		[{ claims: { way: { ...whole, own_reason: "x".repeat(2001) } } }, /own_reason is not a short/],
		[{ claims: { way: { ...whole, note: 7 } } }, /note is not a short text/],
	])
		assert.match(String(faultIn(task, bad)), what);
});

test("every verdict of every claim has its place in the table that Python wrote", () => {
	for (const one of task.claims)
		assert.deepEqual(
			one.verdicts.map(({ verdict }) => verdict),
			task.verdicts.map(({ verdict }) => verdict),
		);
});

// --- numbers and days -----------------------------------------------------------------------------

test("a number is read as it is written, and a doubtful comma is refused", () => {
	for (const [text, number] of [
		["160", 160],
		[" 11,320 ", 11320],
		["1 234 567.5", 1234567.5],
		["-0.5", -0.5],
		["−3", -3],
		[".5", 0.5],
		["14.", 14],
		["1,5", null],
		["11,32", null],
		["", null],
		["1e3", null],
		["0x10", null],
		["ten", null],
	])
		assert.equal(numberOf(text), number, text);
});

test("cells and days are shown in words", () => {
	const kit = { ui, language: "en" };
	assert.equal(dayInWords("2023-11-05", ui), "5 November 2023");
	assert.equal(cellText(11320, "number", kit), "11,320");
	assert.equal(cellText(null, "number", kit), "–");
	assert.equal(cellText("2023-11-05", "date", kit), "5 November 2023");
	assert.equal(cellText("2023-11", "date", kit), "2023-11");
	assert.equal(shown(99.4194, "en"), "99.42");
});

test("a length comes out in all units, and what was given is kept as it is", () => {
	const { km, mi, m } = lengths(160, "km");
	assert.equal(km, 160);
	near(mi, 99.4194, 1e-4);
	assert.equal(m, 160000);
	near(lengths(100, "mi").km, 160.9344, 1e-9);
	assert.equal(lengths(0.1, "mi").mi, 0.1);
	assert.equal(lengths(500, "m").km, 0.5);
});

test("a month is whole weeks from Monday on", () => {
	const weeks = monthGrid(2023, 11);
	assert.equal(weeks.length, 5);
	assert.ok(weeks.every((week) => week.length === 7));
	assert.equal(weeks[0][2], "2023-11-01");
	assert.equal(weeks[2][2], "2023-11-15");
	assert.equal(weeks.flat().filter(Boolean).length, 30);
	for (const [year, month] of [
		[2024, 2],
		[2023, 2],
		[1, 1],
		[2100, 2],
	])
		for (const week of monthGrid(year, month))
			week.forEach((day, i) => {
				if (day) assert.equal(weekday(day), weekday(`2023-11-${13 + i}`));
			});
});

test("days move across months, and stay in the calendar", () => {
	assert.equal(daysLater("2023-11-01", -1), "2023-10-31");
	assert.equal(daysLater("2024-02-28", 1), "2024-02-29");
	assert.equal(daysLater("0001-01-01", -1), "0001-01-01");
	assert.equal(daysLater("9999-12-31", 7), "9999-12-31");
	assert.equal(lastBefore("2023-11-15", "Wednesday"), "2023-11-08");
	assert.equal(lastBefore("2023-11-15", "Tuesday"), "2023-11-14");
	assert.equal(lastBefore("2023-11-15", "Thursday"), "2023-11-09");
});

// --- the map --------------------------------------------------------------------------------------

const baghdad = { lat: 33.3152, lon: 44.3661 };
const base = { lat: 33.7856, lon: 42.4412 };

test("the map turns a place into a spot and back", () => {
	const frame = frameAround([baghdad, base]);
	for (const place of [baghdad, base, { lat: 33, lon: 43 }]) {
		const back = toPlace(frame, ...toPicture(frame, place));
		near(back.lat, place.lat, 1e-9);
		near(back.lon, place.lon, 1e-9);
	}
	for (const place of [baghdad, base]) {
		const [x, y] = toPicture(frame, place);
		assert.ok(x > 0 && x < frame.width && y > 0 && y < frame.height);
	}
});

test("a kilometre is as long to the east as to the north", () => {
	for (const places of [
		[baghdad, base],
		[
			{ lat: 60, lon: 10 },
			{ lat: 60.1, lon: 10 },
		],
		[baghdad],
	]) {
		const frame = frameAround(places);
		const lat = (frame.north + frame.south) / 2;
		const lon = (frame.east + frame.west) / 2;
		const wide = distanceKm({ lat, lon: frame.west }, { lat, lon: frame.east }) / frame.width;
		const high = distanceKm({ lat: frame.south, lon }, { lat: frame.north, lon }) / frame.height;
		near(wide / high, 1, 0.01);
	}
});

test("the ring is as far away as it says, on every side", () => {
	for (const place of circle(baghdad, 160)) near(distanceKm(baghdad, place), 160, 0.6);
});

test("a place is kept on the map, on hundredths of a degree", () => {
	const frame = frameAround([baghdad, base]);
	assert.deepEqual(keptInside(frame, { lat: 33.3152, lon: 44.3661 }), { lat: 33.32, lon: 44.37 });
	const out = keptInside(frame, { lat: 90, lon: 0 });
	near(out.lat, frame.north, 0.006);
	near(out.lon, frame.west, 0.006);
});

test("the scale bar is a round length, and as long as it says", () => {
	const frame = frameAround([baghdad, base]);
	const bar = scaleBar(frame);
	assert.match(String(bar.km), /^[125]0*$/);
	assert.ok(bar.width <= frame.width / 3 && bar.width > frame.width / 8);
	const lat = (frame.north + frame.south) / 2;
	const right = frame.west + (bar.width / frame.width) * (frame.east - frame.west);
	near(distanceKm({ lat, lon: frame.west }, { lat, lon: right }), bar.km, bar.km / 500);
});

// --- series and tables ----------------------------------------------------------------------------

test("readings are the rows with a value, by their day", () => {
	const riders = table("riders");
	const list = readings(riders, 2);
	assert.deepEqual(
		list.map(({ row, x, value }) => [row, x, value]),
		[
			[0, 0, 90],
			[1, 7, 101],
			[3, 21, 120],
			[4, 28, 126],
		],
	);
	assert.equal(nearest(list, 15), 2);
	assert.equal(nearest(list, -5), 0);
	assert.equal(nearest(list, 99), 3);
	assert.deepEqual(breaksIn(list, riders.breaks), [2]);
	assert.deepEqual(breaksIn(list, [0, 9]), []);
	assert.deepEqual(issuers(list, riders), {
		who: [0, 0, 1, 1],
		names: ["Harbour office", "Town hall"],
	});
	assert.deepEqual(issuers(list, { ...riders, breaks: [] }).names, []);
});

test("the scale ends at or above the largest value, in round steps", () => {
	assert.deepEqual(ticks(420), [0, 200, 400, 600]);
	assert.deepEqual(ticks(14854), [0, 5000, 10000, 15000]);
	assert.deepEqual(ticks(100), [0, 25, 50, 75, 100]);
	for (const most of [1, 3, 7, 29, 59, 99, 12345]) assert.ok(ticks(most).at(-1) >= most);
});

test("rows are sorted by number or alphabet, with empty cells last either way", () => {
	const rows = [
		[10, "b"],
		[9, null],
		[null, "a"],
		[11, "b"],
	];
	assert.deepEqual(sorted(rows, null, "en"), [0, 1, 2, 3]);
	assert.deepEqual(sorted(rows, { column: 0, down: false }, "en"), [1, 0, 3, 2]);
	assert.deepEqual(sorted(rows, { column: 0, down: true }, "en"), [3, 0, 1, 2]);
	assert.deepEqual(sorted(rows, { column: 1, down: false }, "en"), [2, 0, 3, 1]);
});

test("rows pass by text and by chosen values", () => {
	const { rows } = table("votes");
	const shownRows = (text, chosen = []) =>
		rows.filter((row) => passes(row, text, new Map(chosen))).length;
	assert.equal(shownRows(""), 3);
	assert.equal(shownRows(" FERRY "), 2);
	assert.equal(shownRows("", [[4, "yes"]]), 2);
	assert.equal(shownRows("ferry", [[4, "yes"]]), 1);
	assert.equal(shownRows("", [[4, ""]]), 3);
});

test("a column with few short values can be filtered", () => {
	assert.deepEqual(choices(table("votes")), [[4, ["no", "yes"]]]);
});

test("the columns that a reader compares come to the front, each with its cells", () => {
	const votes = table("votes");
	const moved = forComparing({
		...votes,
		kinds: ["date", "text", "date", ...votes.kinds.slice(3)],
	});
	assert.deepEqual(moved.keys, [
		"day",
		"motion",
		"against",
		"passed",
		"yes",
		...votes.keys.slice(5),
	]);
	assert.deepEqual(moved.rows[0].slice(0, 5), ["2023-03-01", "buy a ferry", 12, "no", 9]);
	assert.equal(moved.columns[2], "Against");
	assert.deepEqual(forComparing(votes), votes);
});

test("the weight of a reference is said in words", () => {
	const [, copied, old] = claim("way").references;
	assert.deepEqual(weights(ui, copied), [
		"How strong: weak",
		"carries the text of Estby News Agency: no second witness",
	]);
	assert.equal(weights(ui, old).length, 4);
	assert.equal(
		knowableText(ui, { knowable: "yes", knowable_words: "Yes: by maps." }),
		"Yes: by maps.",
	);
	assert.equal(
		knowableText(ui, { knowable: "later", knowable_words: "A study of 2025." }),
		"Only later. A study of 2025.",
	);
});
