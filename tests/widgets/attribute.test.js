// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import {
	counts,
	fault,
	result,
	segments,
	wordsByVoice,
} from "../../copydesk/widgets/attribute/attribute.js";

/** A clause (1) inside another one (0), then one of its own (2). */
const LINE = ["", "The", " ", "group", ", ", "a", " ", "club", ", ", "said", ".", "It", ".”"];
const OWNERS = [0, 0, 1, 1, 0, 2];
/** @param {string} id @param {string} voice */
const clause = (id, voice) => ({
	id,
	same: {
		voice: [voice],
		verb_kind: ["none"],
		party: ["yes"],
		document: ["no"],
		checkable: ["no"],
	},
});
const choice = (/** @type {string} */ id) => ({ id, letter: id[0], name: id, what: id });
/** @type {any} */
const TASK = {
	questions: [
		{ field: "voice", choices: [choice("reporter"), choice("document")] },
		{ field: "verb_kind", choices: [choice("neutral"), choice("none")] },
	],
	clauses: [clause("a", "reporter"), clause("b", "document")],
};

test("a line is cut where the clause changes, and its pieces join to the line", () => {
	const found = segments(LINE, 0, OWNERS);
	assert.deepEqual(
		found.map(({ owner, text }) => [owner, text]),
		[
			[0, "The group"],
			[-1, ", "],
			[1, "a club"],
			[-1, ", "],
			[0, "said"],
			[-1, "."],
			[2, "It"],
			[-1, ".”"],
		],
	);
	assert.equal(found.map(({ text }) => text).join(""), LINE.join(""));
});

test("a line's words are counted from its first word in the article", () => {
	const owners = [-1, -1, 0];
	assert.deepEqual(segments(["“", "Yes", ""], 2, owners), [
		{ owner: -1, text: "“" },
		{ owner: 0, text: "Yes" },
	]);
	assert.deepEqual(segments(["", "No", " ", "way", "."], 0, owners), [
		{ owner: -1, text: "No way." },
	]);
	assert.deepEqual(segments([""], 0, owners), []);
});

test("an answer is the same as the key's, or differs, or is open", () => {
	const [a] = TASK.clauses;
	assert.equal(result(a, { voice: "reporter" }, "voice"), "same");
	assert.equal(result(a, { voice: "document" }, "voice"), "differs");
	for (const own of [undefined, {}, { voice: null }]) assert.equal(result(a, own, "voice"), "open");
});

test("the table of the task decides what is the same, not the key itself", () => {
	const generous = { same: { ...TASK.clauses[0].same, voice: ["reporter", "document"] } };
	assert.equal(result(generous, { voice: "document" }, "voice"), "same");
});

test("counts of a question add up to the clauses", () => {
	const answers = { a: { voice: "reporter" }, b: { voice: "reporter", verb_kind: "none" } };
	assert.deepEqual(counts(TASK, TASK.clauses, answers), [
		{ field: "voice", same: 1, differs: 1, open: 0 },
		{ field: "verb_kind", same: 1, differs: 0, open: 1 },
	]);
	assert.deepEqual(counts(TASK, [], answers)[0], { field: "voice", same: 0, differs: 0, open: 0 });
});

test("a word counts for the clause that owns it, and for no voice where there is none yet", () => {
	assert.deepEqual(
		wordsByVoice(OWNERS, (n) => ["reporter", "document", null][n]),
		{ reporter: 3, document: 2, "": 1 },
	);
	assert.deepEqual(
		wordsByVoice([-1, -1], () => "reporter"),
		{},
	);
});

test("a fitting answer has no fault, and null is an open question", () => {
	assert.equal(fault(TASK, {}), null);
	assert.equal(
		fault(TASK, {
			clauses: { a: { voice: "reporter", verb_kind: null } },
			first: { a: {} },
			dissent: { b: "no" },
		}),
		null,
	);
});

for (const [what, answer] of /** @type {[RegExp, unknown][]} */ ([
	[/not an object/, null],
	[/clauses is not an object/, { clauses: [] }],
	[/no claim of this id/, { clauses: { z: {} } }],
	[/no claim of this id/, { dissent: { z: "x" } }],
	[/an answer is not an object/, { first: { a: "reporter" } }],
	[/unknown question/, { clauses: { a: { colour: "red" } } }],
	[/unknown answer/, { clauses: { a: { voice: "nobody" } } }],
	[/unknown answer/, { first: { a: { verb_kind: 1 } } }],
	[/not a short text/, { dissent: { a: "x".repeat(2001) } }],
	[/not a short text/, { dissent: { a: 1 } }],
]))
	test(`${JSON.stringify(answer).slice(0, 50)} is refused`, () =>
		assert.match(String(fault(TASK, answer)), what));
