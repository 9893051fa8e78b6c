// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { fault, inOrder, moved, sameOrder } from "../../copydesk/widgets/match/match.js";

/** @type {any} */
const ROUND = { id: "r", labels: [{ id: "a" }, { id: "b" }, { id: "c" }], pairs: [] };
/** @type {any} */
const TASK = { standings: [{ id: "state" }, { id: "private" }], rounds: [ROUND] };

test("a label moves by one place, and stays at an end", () => {
	assert.deepEqual(moved(["a", "b", "c"], "b", -1), ["b", "a", "c"]);
	assert.deepEqual(moved(["a", "b", "c"], "b", 1), ["a", "c", "b"]);
	assert.deepEqual(moved(["a", "b", "c"], "a", -1), ["a", "b", "c"]);
	assert.deepEqual(moved(["a", "b", "c"], "c", 1), ["a", "b", "c"]);
});

test("pairs are counted as the key has them", () => {
	/** @type {[string, string][]} */
	const pairs = [
		["a", "b"],
		["a", "c"],
	];
	assert.equal(sameOrder(pairs, ["a", "c", "b"]), 2);
	assert.equal(sameOrder(pairs, ["b", "a", "c"]), 1);
	assert.equal(sameOrder(pairs, ["c", "b", "a"]), 0);
});

test("labels stand in the reader's order, or as the task has them", () => {
	const ids = (/** @type {string[]} */ order) => inOrder(ROUND, order).map(({ id }) => id);
	assert.deepEqual(ids([]), ["a", "b", "c"]);
	assert.deepEqual(ids(["c", "a", "b"]), ["c", "a", "b"]);
});

test("a fitting answer has no fault", () => {
	assert.equal(fault(TASK, {}), null);
	const rounds = { r: { guesses: { a: "state" }, order: ["c", "b", "a"] } };
	assert.equal(fault(TASK, { rounds, first: { r: {} }, dissent: { a: "x" } }), null);
});

for (const [what, answer] of /** @type {[RegExp, unknown][]} */ ([
	[/not an object/, []],
	[/rounds is not an object/, { rounds: 1 }],
	[/round is unknown/, { rounds: { q: {} } }],
	[/round is unknown/, { first: { r: null } }],
	[/damaged/, { rounds: { r: { order: "abc" } } }],
	[/guess is unknown/, { rounds: { r: { guesses: { z: "state" } } } }],
	[/guess is unknown/, { rounds: { r: { guesses: { a: "king" } } } }],
	[/each label once/, { rounds: { r: { order: ["a", "b"] } } }],
	[/each label once/, { rounds: { r: { order: ["a", "b", "b"] } } }],
	[/short text/, { dissent: { z: "x" } }],
]))
	test(`a damaged match is told: ${what} ${JSON.stringify(answer)?.slice(0, 50)}`, () => {
		assert.match(String(fault(TASK, answer)), what);
	});
