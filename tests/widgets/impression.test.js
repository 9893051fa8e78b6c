// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import * as module from "../../copydesk/widgets/impression/impression.js";

const { fault } = module;

test("the module gives anywidget a render function", () => {
	assert.equal(typeof module.default.render, "function");
});

for (const answer of [
	{},
	{ trust: null, happened: "", want: "" },
	{ trust: 5, happened: "\u{1f600}".repeat(2000), want: "<b>" },
]) {
	test(`an impression fits: ${JSON.stringify(answer).slice(0, 40)}`, () => {
		assert.equal(fault(null, answer), null);
	});
}

const BAD = /** @type {[string, unknown, RegExp][]} */ ([
	["null", null, /not an object/],
	["a list", [], /not an object/],
	["trust 0", { trust: 0 }, /from 1 to 5/],
	["trust 6", { trust: 6 }, /from 1 to 5/],
	["trust between", { trust: 2.5 }, /from 1 to 5/],
	["trust as text", { trust: "3" }, /from 1 to 5/],
	["trust not a number", { trust: Number.NaN }, /from 1 to 5/],
	["a text too long", { happened: "x".repeat(2001) }, /short text/],
	["a text that is null", { want: null }, /short text/],
	["half a character", { want: "\udc00" }, /short text/],
	["an unknown part", { trust: 3, mood: "x" }, /unknown part “mood”/],
]);

for (const [name, answer, said] of BAD) {
	test(`an impression is refused with the reason: ${name}`, () => {
		assert.match(fault(null, answer) ?? "no fault", said);
	});
}
