// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import {
	count,
	isRecord,
	isShortText,
	LONGEST_TEXT,
	same,
	strayKey,
	t,
	wellFormed,
} from "../../copydesk/widgets/kit.js";

const ui = {
	hello: "Hello {name}, {name}!",
	"n.zero": "none",
	"n.one": "one",
	"n.other": "{n} of {all}",
	"m.other": "{n}",
	"m.one": "just {n}",
};

test("a message takes its values in every place, and leaves what it has no value for", () => {
	assert.equal(t(ui, "hello", { name: "Ann" }), "Hello Ann, Ann!");
	assert.equal(t(ui, "hello"), "Hello {name}, {name}!");
	assert.equal(t(ui, "hello", { name: "$& {name}" }), "Hello $& {name}, $& {name}!");
});

test("a message that is missing shows its key", () => {
	assert.equal(t(ui, "no-such"), "no-such");
});

test("a message that counts has a form for none, one and more", () => {
	assert.deepEqual(
		[0, 1, 2].map((n) => count(ui, "n", n, { all: 9 })),
		["none", "one", "2 of 9"],
	);
	assert.equal(count(ui, "m", 0), "0");
});

test("answers are the same when they would be stored as the same text", () => {
	assert.ok(same({ a: [1, null] }, { a: [1, null] }));
	assert.ok(!same({ a: 1 }, { a: 2 }));
	assert.ok(same(undefined, undefined));
});

test("only a plain object is a record", () => {
	assert.ok(isRecord({}));
	for (const other of [null, [], "x", 1, undefined]) assert.ok(!isRecord(other));
});

test("half a character is replaced and a whole one is not", () => {
	assert.equal(wellFormed("a\ud83db\u{1f600}c\ude00"), "a\ufffdb\u{1f600}c\ufffd");
	assert.equal(wellFormed("Kata'ib “سقط” é"), "Kata'ib “سقط” é");
});

test("a short text is counted in characters, as Python counts", () => {
	assert.ok(isShortText(""));
	assert.ok(isShortText("\u{1f600}".repeat(LONGEST_TEXT)));
	assert.ok(!isShortText("x".repeat(LONGEST_TEXT + 1)));
	assert.ok(!isShortText("\u{1f600}".repeat(LONGEST_TEXT + 1)));
	assert.ok(!isShortText("\ud83d"));
	assert.ok(!isShortText(["x"]));
});

test("a stray key is named, cut short and whole", () => {
	assert.equal(strayKey({ a: 1 }, ["a", "b"]), null);
	assert.equal(strayKey({ a: 1, c: 1 }, ["a", "b"]), "c");
	assert.equal(strayKey({ ["y".repeat(999)]: 1 }, [])?.length, 40);
	assert.equal(strayKey({ "\ud83d": 1 }, []), "\ufffd");
});
