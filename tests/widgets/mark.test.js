// @ts-check
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import * as module from "../../copydesk/widgets/mark/mark.js";

const { distinct, fault, feedback, put, take } = module;

const table = JSON.parse(readFileSync(new URL("../data/scoring.json", import.meta.url), "utf-8"));

/** @type {[number, number, string][]} */
const some = [
	[1, 2, "LABEL"],
	[4, 4, "VERB"],
	[7, 9, "DOUBT"],
];

test("the module gives anywidget a render function", () => {
	assert.equal(typeof module.default.render, "function");
});

test("a mark takes its place in reading order, and the list given is left as it was", () => {
	const before = structuredClone(some);
	assert.deepEqual(put(some, [5, 6, "SOFTEN"]), [some[0], some[1], [5, 6, "SOFTEN"], some[2]]);
	assert.deepEqual(some, before);
	assert.deepEqual(put([], [0, 0, "LABEL"]), [[0, 0, "LABEL"]]);
});

test("a mark replaces every mark that it shares a word with, and no neighbour", () => {
	assert.deepEqual(put(some, [2, 7, "VERDICT"]), [[2, 7, "VERDICT"]]);
	assert.deepEqual(put(some, [2, 3, "VERDICT"]), [[2, 3, "VERDICT"], some[1], some[2]]);
	assert.deepEqual(put(some, [3, 3, "VERDICT"])[0], some[0]);
	assert.deepEqual(put(some, [4, 4, "LABEL"])[1], [4, 4, "LABEL"]);
});

test("marks are taken away by any of their words", () => {
	assert.deepEqual(take(some, 8, 8), [some[0], some[1]]);
	assert.deepEqual(take(some, 2, 4), [some[2]]);
	assert.deepEqual(take(some, 3, 3), some);
	assert.deepEqual(take(some, 5, 6), some);
});

test("marks that say the same thing twice count once, in reading order", () => {
	assert.deepEqual(distinct([some[2], some[0], [7, 9, "DOUBT"], [7, 9, "LABEL"]]), [
		some[0],
		some[2],
		[7, 9, "LABEL"],
	]);
});

test("the shared table has cases", () => {
	assert.ok(table.cases.length > 10);
});

for (const { name, task, answer, expect } of table.cases) {
	test(`the page counts what the rules score: ${name}`, () => {
		const said = feedback(table.tasks[task], answer.marks);
		/** @param {{id: string}[]} list */
		const ids = (list) => list.map((one) => one.id);
		assert.deepEqual(
			{
				results: said.outcomes.map((o) => o.result),
				found: ids(said.found),
				missed: ids(said.missed),
				fair_marked: ids(said.fair),
				elsewhere: said.elsewhere,
				wide: said.wide,
			},
			{
				results: expect.results,
				found: expect.found,
				missed: expect.missed,
				fair_marked: expect.fair_marked,
				elsewhere: expect.elsewhere,
				wide: expect.wide,
			},
		);
	});
}

const task = {
	lines: [["", "One", " ", "two", " ", "three", "."], ["", "Four", "."], [""]],
	codes: ["LABEL", "VERB"].map((code) => ({ code, letter: code[0], name: code, what: "" })),
};
const good = {
	marks: [
		[0, 1, "LABEL"],
		[3, 3, "VERB"],
	],
	first_marks: [[0, 0, "VERB"]],
	dissent: { m01: "No.", "0-1": "\u{1f600}".repeat(2000) },
};

test("an answer that fits has no fault, nor has one with parts left out", () => {
	assert.equal(fault(task, good), null);
	assert.equal(fault(task, { ...good, first_marks: null }), null);
	assert.equal(fault(task, { marks: [] }), null);
	assert.equal(fault(task, {}), null);
});

const BAD = /** @type {[string, unknown, RegExp][]} */ ([
	["null", null, /not an object/],
	["a list", [], /not an object/],
	["a text", "marks", /not an object/],
	["marks that are an object", { marks: { 0: [0, 0, "LABEL"], length: 1 } }, /marks is not a list/],
	["marks that are null", { marks: null }, /marks is not a list/],
	["first marks that are a text", { first_marks: "x" }, /first_marks is not a list/],
	["a mark that is no list", { marks: ["LABEL"] }, /not \[first, last, code\]/],
	["a mark with four parts", { marks: [[0, 0, "LABEL", 1]] }, /not \[first, last, code\]/],
	["half a word", { marks: [[0.5, 1, "LABEL"]] }, /not whole/],
	["a number as text", { marks: [["0", 1, "LABEL"]] }, /not whole/],
	["not a number", { marks: [[Number.NaN, 1, "LABEL"]] }, /not whole/],
	["infinity", { marks: [[0, Number.POSITIVE_INFINITY, "LABEL"]] }, /not whole/],
	["a word below 0", { marks: [[-1, 0, "LABEL"]] }, /-1 to 0 are not in the article/],
	["a word beyond the last", { marks: [[3, 4, "LABEL"]] }, /3 to 4 are not in the article/],
	["a huge number", { marks: [[0, 1e300, "LABEL"]] }, /not in the article/],
	["an end before its start", { marks: [[2, 1, "LABEL"]] }, /2 to 1/],
	["an unknown code", { marks: [[0, 0, "FACT"]] }, /unknown code/],
	["a code from Object", { marks: [[0, 0, "constructor"]] }, /unknown code/],
	["a code that is a list", { marks: [[0, 0, ["LABEL"]]] }, /unknown code/],
	["a fault in the first marks", { first_marks: [[9, 9, "LABEL"]] }, /first_marks: words 9 to 9/],
	["too many marks", { marks: Array(9).fill([0, 0, "LABEL"]) }, /more marks than/],
	["dissent that is a list", { dissent: ["x"] }, /dissent is not an object/],
	["dissent that is null", { dissent: null }, /dissent is not an object/],
	["dissent that is a number", { dissent: { m01: 1 } }, /not a short text/],
	["dissent that is too long", { dissent: { m01: "x".repeat(2001) } }, /not a short text/],
	["half a character", { dissent: { m01: "\ud83d" } }, /not a short text/],
	["half a character in a name", { dissent: { "\udc00": "x" } }, /not a short text/],
	["a part of another version", { marks: [], tags: [] }, /unknown part “tags”/],
	["__proto__ as a part", JSON.parse('{"__proto__": {"marks": []}}'), /unknown part “__proto__”/],
]);

for (const [name, answer, said] of BAD) {
	test(`an answer is refused with the reason: ${name}`, () => {
		assert.match(fault(task, answer) ?? "no fault", said);
	});
}

test("an argument filed under __proto__ is kept as a text and changes no object", () => {
	const answer = JSON.parse('{"dissent": {"__proto__": "text"}}');
	assert.equal(fault(task, answer), null);
	assert.equal(/** @type {any} */ ({}).text, undefined);
});
