// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import {
	bringBack,
	codeOf,
	keyOf,
	LARGEST_FILE,
	openStore,
	PREFIX,
	parseKept,
	readSheet,
	SCHEMA,
	setAside,
	sheetOf,
	storeEntries,
	versions,
} from "../../copydesk/widgets/store.js";

const HERE = "a".repeat(64);
const OLDER = "b".repeat(64);
const TASKS = [{ case: { id: "bridge", sha256: HERE } }];
const entry = {
	case: "bridge",
	sha256: HERE,
	task: "words",
	kind: "mark",
	saved: "2026-01-02T03:04:05.678Z",
	answer: { marks: [[0, 1, "LABEL"]] },
};
/** @param {object} [change] */
const sheet = (change = {}) => ({
	schema: SCHEMA,
	code: "fox 7",
	saved: "",
	answers: [entry],
	...change,
});
/** @param {unknown} value */
const read = (value) => readSheet(typeof value === "string" ? value : JSON.stringify(value), TASKS);
/** @param {unknown} value @param {string} why @param {RegExp} [what] */
function refused(value, why, what = /(?:)/) {
	const said = read(value);
	assert.ok("why" in said, `it was taken, not refused with ${why}`);
	assert.equal(said.why, why);
	assert.match(JSON.stringify(said.values ?? {}), what);
}

/** A storage with room for so many characters. */
class Small {
	/** @param {number} [room] */
	constructor(room = Number.POSITIVE_INFINITY) {
		this.room = room;
		/** @type {Map<string, string>} */
		this.texts = new Map();
	}
	get length() {
		return this.texts.size;
	}
	/** @param {number} i */
	key(i) {
		return [...this.texts.keys()][i] ?? null;
	}
	/** @param {string} key */
	getItem(key) {
		return this.texts.get(key) ?? null;
	}
	/** @param {string} key @param {string} text */
	setItem(key, text) {
		const next = new Map(this.texts).set(key, text);
		if ([...next].join("").length > this.room) throw new Error("full");
		this.texts = next;
	}
	/** @param {string} key */
	removeItem(key) {
		this.texts.delete(key);
	}
}
const { case: case_, task, ...kept } = entry;
const KEY = keyOf(case_, task);
const text = JSON.stringify(kept);
/** @param {string} letter */
const other = (letter) =>
	JSON.stringify({ ...kept, answer: { marks: [], dissent: { m1: letter } } });

test("a sheet comes in with its entries and its code", () => {
	assert.deepEqual(read(sheet()), { entries: [entry], code: "fox 7" });
	assert.deepEqual(read(`\uFEFF${JSON.stringify(sheet())}`), { entries: [entry], code: "fox 7" });
});

test("what an entry has beside its parts does not come in", () => {
	assert.deepEqual(read(sheet({ answers: [{ ...entry, extra: 1 }], more: 2 })), {
		entries: [entry],
		code: "fox 7",
	});
	const hostile = JSON.stringify(sheet()).replace('"case"', '"__proto__": {"polluted": 1}, "case"');
	assert.deepEqual(read(hostile), { entries: [entry], code: "fox 7" });
	assert.equal(/** @type {any} */ ({}).polluted, undefined);
});

test("entries of other cases come in beside one of this page's", () => {
	const away = { ...entry, case: "far", sha256: OLDER };
	assert.deepEqual(read(sheet({ answers: [away, entry] })), {
		entries: [away, entry],
		code: "fox 7",
	});
});

test("what is no JSON, or could not be written again, is refused", () => {
	for (const bad of ["", "{", "\u0000", "NaN", '{"a": Infinity}', "\uFEFF"])
		refused(bad, "why-not-json");
	refused(`${"[".repeat(200_000)}${"]".repeat(200_000)}`, "why-not-json");
	const deep = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
	refused(JSON.stringify(sheet()).replace('{"marks"', `{"deep": ${deep}, "marks"`), "why-not-json");
});

test("what is too large is refused unread", () => {
	refused(" ".repeat(LARGEST_FILE + 1), "why-too-big");
	refused(`{"pad": "${"x".repeat(10_000_000)}"}`, "why-too-big");
});

test("what is no answer sheet is refused", () => {
	for (const bad of ["null", "1", '"x"', "[]", "{}", '{"schema": 1}', '{"schema": "other/1"}'])
		refused(bad, "why-not-ours");
	for (const schema of [
		"copydesk.answers/0",
		"copydesk.answers/",
		"copydesk.answers/1 ",
		`${SCHEMA}.0`,
	])
		refused(sheet({ schema }), "why-not-ours");
	refused(sheet({ schema: `copydesk.answers/${"9".repeat(1000)}` }), "why-not-ours");
});

test("a later schema is refused by its name", () => {
	refused(sheet({ schema: "copydesk.answers/2" }), "why-later", /copydesk\.answers\/2/);
});

test("a sheet without answers is refused", () => {
	refused(sheet({ answers: [] }), "why-empty");
	for (const answers of [null, {}, "x", { 0: entry, length: 1 }, undefined])
		refused(sheet({ answers }), "why-broken", /no list/);
});

test("a damaged entry is refused, by its task and the part", () => {
	for (const bad of [null, [], "x", 1])
		refused(sheet({ answers: [bad] }), "why-broken", /not an object/);
	for (const [name, bad] of /** @type {[string, unknown][]} */ ([
		["case", "../up"],
		["case", "A"],
		["case", ["bridge"]],
		["task", "x".repeat(61)],
		["task", "__proto__"],
		["sha256", "a".repeat(63)],
		["sha256", "A".repeat(64)],
		["kind", "Mark"],
		["kind", ""],
		["saved", "\ud800"],
		["saved", 5],
		["saved", "yesterday"],
		["answer", []],
		["answer", null],
		["answer", "x"],
	])) {
		refused(sheet({ answers: [{ ...entry, [name]: bad }] }), "why-broken", new RegExp(name));
		refused(sheet({ answers: [{ ...entry, [name]: undefined }] }), "why-broken", new RegExp(name));
	}
	refused(
		sheet({ answers: [entry, { ...entry, task: "other", kind: 1 }] }),
		"why-broken",
		/"task":"other"/,
	);
	// A long name would fill the page.
	refused(sheet({ answers: [{ ...entry, task: "y".repeat(999) }] }), "why-broken", /"task":"\?"/);
});

test("two answers to the same task on the same text are refused", () => {
	refused(sheet({ answers: [entry, { ...entry, saved: "" }] }), "why-broken", /there twice/);
});

test("answers to another article, or to another text of it only, are refused", () => {
	refused(sheet({ answers: [{ ...entry, case: "far" }] }), "why-other-case", /far/);
	refused(sheet({ answers: [{ ...entry, sha256: OLDER }] }), "why-other-text");
	const both = sheet({ answers: [{ ...entry, sha256: OLDER }, entry] });
	assert.ok("entries" in read(both));
});

test("a code is a short text, cut between characters", () => {
	assert.equal(codeOf(`${"x".repeat(39)}\u{1f600}${"y".repeat(9)}`), `${"x".repeat(39)}\u{1f600}`);
	assert.equal(codeOf("\ud800a"), "\ufffda");
	for (const bad of [null, 5, ["x"], { length: 3 }]) assert.equal(codeOf(bad), "");
	assert.deepEqual(read(sheet({ code: 7 })), { entries: [entry], code: "" });
});

test("a stored text is read, and what is damaged says why", () => {
	assert.deepEqual(parseKept(text), { kept });
	assert.deepEqual(parseKept(null), { kept: null });
	assert.deepEqual(parseKept(JSON.stringify({ sha256: HERE, answer: {} })).kept, {
		sha256: HERE,
		kind: "",
		saved: "",
		answer: {},
	});
	for (const bad of ["", "{", text.slice(0, -2)]) assert.equal(parseKept(bad).why, "not JSON");
	for (const bad of [
		"null",
		"[]",
		"1",
		'{"answer": {}}',
		'{"sha256": "x", "answer": {}}',
		`{"sha256": "${HERE}"}`,
	])
		assert.equal(parseKept(bad).why, "not an answer");
});

test("without a storage of the browser's there is one that lasts as long as the page", () => {
	const { store, lasting } = openStore();
	assert.equal(lasting, false);
	store.setItem("a", "1");
	store.setItem("b", "2");
	store.removeItem("a");
	assert.deepEqual(
		[store.length, store.key(0), store.key(1), store.getItem("a"), store.getItem("b")],
		[1, "b", null, null, "2"],
	);
});

test("the sheet that goes out holds every answer, and this page's own over the stored", () => {
	const store = new Small();
	store.setItem(KEY, text);
	store.setItem(keyOf("far", "words"), other("far"));
	store.setItem(`${PREFIX}code`, "fox");
	store.setItem("mode", "dark");
	store.setItem(`${PREFIX}bad name/words`, text);
	store.setItem(keyOf("bridge", "broken"), "{");
	const mine = { ...entry, answer: { marks: [] } };
	const out = sheetOf(store, [mine], "fox");
	assert.deepEqual([out.schema, out.code], [SCHEMA, "fox"]);
	assert.match(out.saved, /^\d{4}-.*Z$/);
	assert.deepEqual(out.answers, [
		mine,
		{ case: "far", task: "words", ...JSON.parse(other("far")) },
	]);
});

test("an answer to an older text goes out too, and comes in again", () => {
	const store = new Small();
	const older = JSON.stringify({ ...kept, sha256: OLDER });
	store.setItem(KEY, text);
	setAside(store, KEY, older);
	setAside(store, KEY, other("a version of the same text stays here"));
	const out = sheetOf(store, [], "");
	assert.deepEqual(
		out.answers.map((one) => one.sha256),
		[HERE, OLDER],
	);
	const fresh = new Small();
	const back = read(out);
	assert.ok("entries" in back);
	assert.ok(storeEntries(fresh, back.entries, new Map([["bridge", HERE]])));
	assert.equal(fresh.getItem(KEY), text);
	assert.deepEqual(versions(fresh, KEY), [older]);
});

test("versions are kept newest first, each once, and damage in the list loses nothing else", () => {
	const store = new Small();
	for (const letter of ["a", "b", "a"]) setAside(store, KEY, other(letter));
	assert.deepEqual(versions(store, KEY), [other("a"), other("b")]);
	setAside(store, KEY, null);
	assert.equal(versions(store, KEY).length, 2);
	store.setItem(`${KEY}/kept`, JSON.stringify([1, other("c"), null]));
	assert.deepEqual(versions(store, KEY), [other("c")]);
	for (const bad of ["{", "{}", "null"]) {
		store.setItem(`${KEY}/kept`, bad);
		assert.deepEqual(versions(store, KEY), []);
	}
	for (let n = 0; n < 30; n++) setAside(store, KEY, other(String(n)));
	assert.deepEqual([versions(store, KEY).length, versions(store, KEY)[0]], [20, other("29")]);
});

test("bringing back again and again comes round to every version", () => {
	const store = new Small();
	store.setItem(KEY, other("now"));
	for (const letter of ["a", "b", "c"]) setAside(store, KEY, other(letter));
	const met = [];
	for (let n = 0; n < 4; n++) {
		bringBack(store, KEY, versions(store, KEY)[0]);
		met.push(store.getItem(KEY));
		assert.equal(versions(store, KEY).length, 3);
	}
	assert.deepEqual(met, ["c", "b", "a", "now"].map(other));
});

test("bringing back in a full storage loses nothing", () => {
	for (let room = 100; room < 1500; room += 20) {
		const store = new Small();
		store.setItem(KEY, other("now"));
		setAside(store, KEY, other("a"));
		store.room = room;
		try {
			bringBack(store, KEY, other("a"));
		} catch {}
		assert.deepEqual(
			new Set([store.getItem(KEY), ...versions(store, KEY)]),
			new Set([other("now"), other("a")]),
		);
	}
});

test("a sheet is stored whole; what was there is kept, unless it says the same", () => {
	const store = new Small();
	store.setItem(KEY, other("before"));
	assert.ok(storeEntries(store, [entry], new Map([["bridge", HERE]])));
	assert.equal(store.getItem(KEY), text);
	assert.deepEqual(versions(store, KEY), [other("before")]);
	const later = { ...entry, saved: "2027-01-01T00:00:00Z" };
	assert.ok(storeEntries(store, [later], new Map([["bridge", HERE]])));
	assert.deepEqual(versions(store, KEY), [other("before")]);
});

test("of another page's case the first entry is in use, and one to another text is kept", () => {
	const store = new Small();
	const far = { ...entry, case: "far" };
	assert.ok(storeEntries(store, [far, { ...far, sha256: OLDER }], new Map([["bridge", HERE]])));
	assert.equal(store.getItem(keyOf("far", "words")), text);
	assert.deepEqual(versions(store, keyOf("far", "words")), [
		JSON.stringify({ ...kept, sha256: OLDER }),
	]);
});

test("a storage that gives out half way is put back as it was", () => {
	const entries = ["words", "other", "third"].map((name) => ({ ...entry, task: name }));
	let refusals = 0;
	for (let more = 0; more < 2000; more += 10) {
		const store = new Small();
		store.setItem(KEY, other("before"));
		setAside(store, KEY, other("kept"));
		const before = [...store.texts].sort();
		store.room = before.flat().join("").length + more;
		if (storeEntries(store, entries, new Map([["bridge", HERE]]))) continue;
		refusals++;
		assert.deepEqual([...store.texts].sort(), before, `with room for ${more} more`);
	}
	assert.ok(refusals > 50);
});
