// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { counts, fault } from "../../copydesk/widgets/sort/sort.js";

/** @type {any} */
const TASK = {
	bins: [{ id: "today" }, { id: "past" }, { id: "other" }],
	cards: [
		{ id: "a", fits: { today: "key", past: "accepted", other: "other" } },
		{ id: "b", fits: { today: "other", past: "key", other: "other" } },
	],
};

test("cards are counted by how their bin stands to the key, and the four add up", () => {
	assert.deepEqual(counts(TASK.cards, {}), { key: 0, accepted: 0, other: 0, open: 2 });
	assert.deepEqual(counts(TASK.cards, { a: "past", b: "past" }), {
		key: 1,
		accepted: 1,
		other: 0,
		open: 0,
	});
	assert.deepEqual(counts(TASK.cards, { b: "today" }), { key: 0, accepted: 0, other: 1, open: 1 });
});

test("a fitting answer has no fault", () => {
	assert.equal(fault(TASK, {}), null);
	assert.equal(
		fault(TASK, { placed: { a: "past" }, first: { a: "other" }, dissent: { b: "x" } }),
		null,
	);
});

for (const [what, answer] of /** @type {[RegExp, unknown][]} */ ([
	[/not an object/, 7],
	[/placed is not an object/, { placed: ["today"] }],
	[/no card of this id/, { placed: { z: "today" } }],
	[/unknown bin/, { placed: { a: "bin" } }],
	[/unknown bin/, { first: { a: "bin" } }],
	[/not a text/, { first: { a: null } }],
	[/not a short text/, { dissent: { a: "x".repeat(2001) } }],
]))
	test(`${JSON.stringify(answer).slice(0, 50)} is refused`, () =>
		assert.match(String(fault(TASK, answer)), what));
