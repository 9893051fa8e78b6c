// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { modelOf } from "../../copydesk/widgets/host.js";

const task = { id: "t", kind: "mark", ui: {}, case: { id: "c", sha256: "" } };

test("the host can be imported where there is no page", () => {
	assert.equal(typeof modelOf, "function");
});

test("the stand-in for a notebook's model has its manners", () => {
	/** @type {unknown[]} */
	const saved = [];
	let heard = 0;
	const model = modelOf(task, { a: 1 }, (answer) => saved.push(answer));
	const hear = () => heard++;
	model.on("change:answer", hear);
	assert.deepEqual([model.get("task"), model.get("answer")], [task, { a: 1 }]);

	model.set("answer", { a: 1 });
	assert.equal(heard, 0, "what is the same is no change");
	model.set("answer", { a: 2 });
	assert.deepEqual([heard, saved.length], [1, 0], "a change is heard at once, and not saved yet");
	model.save_changes();
	assert.deepEqual(saved, [{ a: 2 }]);

	model.off("change:answer", hear);
	model.off("change:task", hear);
	model.set("answer", { a: 3 });
	assert.equal(heard, 1);
});
