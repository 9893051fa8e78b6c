// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { fault, resultOf, segments, toggled } from "../../copydesk/widgets/compare/compare.js";

/** @type {any} */
const SOURCED = { kind: "sourced", multiple: true, results: ["other", "other", "key", "partly"] };
/** @type {any} */
const PLAINEST = {
	kind: "plainest",
	multiple: false,
	results: ["other", "accepted", "key", "other"],
};
/** @type {any} */
const TASK = {
	accounts: [{ id: "a" }, { id: "b" }],
	points: [{ id: "p", questions: [SOURCED, PLAINEST] }],
};

test("a choice is looked up at the sum of its accounts", () => {
	const look = (/** @type {string[]} */ chosen) => resultOf(SOURCED, TASK.accounts, chosen);
	assert.deepEqual([[], ["a"], ["b"], ["b", "a"]].map(look), ["other", "other", "key", "partly"]);
});

test("a line is cut around the words of a point, and joined it is the line again", () => {
	const line = ["“", "One", " ", "two", ", ", "three", "."];
	assert.deepEqual(segments(line, 4, 5, 5), ["“One ", "two", ", three."]);
	assert.deepEqual(segments(line, 4, 4, 6), ["“", "One two, three", "."]);
	assert.deepEqual(segments(line, 4, 0, 3), ["“One two, three.", "", ""]);
	assert.deepEqual(segments(line, 4, 7, 9), ["“One two, three.", "", ""]);
	assert.deepEqual(segments(line, 4, 6, 9), ["“One two, ", "three", "."]);
});

test("one account at most, or several, or the question is open again", () => {
	assert.deepEqual(toggled(undefined, "a", false), ["a"]);
	assert.deepEqual(toggled(["a"], "b", false), ["b"]);
	assert.deepEqual(toggled(["a"], "b", true), ["a", "b"]);
	assert.deepEqual(toggled([], "b", true), ["b"]);
	assert.equal(toggled(["b"], "b", true), undefined);
});

test("a fitting answer has no fault", () => {
	assert.equal(fault(TASK, {}), null);
	const points = { p: { sourced: ["a", "b"], plainest: ["b"] } };
	assert.equal(fault(TASK, { points, first: { p: { sourced: [] } }, dissent: { p: "x" } }), null);
});

for (const [what, answer] of /** @type {[RegExp, unknown][]} */ ([
	[/not an object/, null],
	[/points is not an object/, { points: [] }],
	[/point is unknown/, { points: { q: {} } }],
	[/question is unknown/, { points: { p: { leans: ["a"] } } }],
	[/question is unknown/, { points: { p: { sourced: "a" } } }],
	[/account is unknown/, { first: { p: { sourced: ["c"] } } }],
	[/too many/, { points: { p: { plainest: ["a", "b"] } } }],
	[/too many/, { points: { p: { sourced: ["a", "a"] } } }],
	[/dissent is not/, { dissent: 1 }],
	[/short text/, { dissent: { q: "x" } }],
	[/short text/, { dissent: { p: "x".repeat(2001) } }],
]))
	test(`a damaged comparison is told: ${what} ${JSON.stringify(answer)?.slice(0, 50)}`, () => {
		assert.match(String(fault(TASK, answer)), what);
	});
