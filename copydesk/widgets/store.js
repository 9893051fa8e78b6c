// @ts-check
/**
 * Answers in this browser's storage and in files: text from outside goes in, what may be used comes
 * out. Nothing here knows a page.
 *
 * Under PREFIX + "<case>/<task>" stands {sha256, kind, saved, answer}; under the same key + "/kept"
 * a list of other versions, newest first, so that nothing a reader did is ever overwritten unseen.
 */
import { isRecord, same, wellFormed } from "./kit.js";

/** @typedef {Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">} Store */
/** @typedef {{sha256: string, kind: string, saved: string, answer: Record<string, unknown>}} Kept */
/** @typedef {{case: string, sha256: string, task: string, kind: string, saved: string,
 *   answer: Record<string, unknown>}} Entry */

export const SCHEMA = "copydesk.answers/1";
export const PREFIX = "copydesk/1/";
/** Other versions that are kept for one task; the oldest goes first. */
const MOST_KEPT = 20;
/** No answer sheet comes near this size, in characters; a larger file is something else. */
export const LARGEST_FILE = 5_000_000;
/** The longest code that a reader may choose for the file, in characters. */
export const LONGEST_CODE = 40;

/** A name of a case or a task, as in the models. */
const NAME = /^[a-z0-9][a-z0-9-]{0,59}$/;
/** What the parts of an entry look like. */
const FORMS = {
	case: NAME,
	task: NAME,
	sha256: /^[0-9a-f]{64}$/,
	kind: /^[a-z]{1,20}$/,
	saved: /^[\dTZ:.+-]{0,40}$/,
};

/** Where the browser's own storage is forbidden: what the page holds until it is left. */
class Memory {
	/** @type {Map<string, string>} */
	#texts = new Map();
	get length() {
		return this.#texts.size;
	}
	/** @param {number} i */
	key(i) {
		return [...this.#texts.keys()][i] ?? null;
	}
	/** @param {string} key */
	getItem(key) {
		return this.#texts.get(key) ?? null;
	}
	/** @param {string} key @param {string} text */
	setItem(key, text) {
		this.#texts.set(key, text);
	}
	/** @param {string} key */
	removeItem(key) {
		this.#texts.delete(key);
	}
}

/**
 * The browser's storage, or where that is forbidden, one that lasts as long as the page.
 * @returns {{store: Store, lasting: boolean}}
 */
export function openStore() {
	const probe = `${PREFIX}probe`;
	try {
		localStorage.setItem(probe, "1");
		localStorage.removeItem(probe);
		return { store: localStorage, lasting: true };
	} catch (error) {
		// Full storage refuses the probe too, and can still be read.
		if (error instanceof DOMException && error.name === "QuotaExceededError")
			return { store: localStorage, lasting: true };
		return { store: new Memory(), lasting: false };
	}
}

/**
 * The key of a task's answer.
 * @param {string} case_
 * @param {string} task
 */
export const keyOf = (case_, task) => `${PREFIX}${case_}/${task}`;

/**
 * What a stored text holds, or why it cannot be used.
 * @param {string | null} text
 * @returns {{kept: Kept | null, why?: string}}
 */
export function parseKept(text) {
	if (text === null) return { kept: null };
	try {
		const value = JSON.parse(text);
		if (!isRecord(value) || !isRecord(value.answer)) return { kept: null, why: "not an answer" };
		const { sha256, kind = "", saved = "", answer } = value;
		if (!fits("sha256", sha256)) return { kept: null, why: "not an answer" };
		return {
			kept: {
				sha256: String(sha256),
				kind: fits("kind", kind) ? String(kind) : "",
				saved: fits("saved", saved) ? String(saved) : "",
				answer,
			},
		};
	} catch {
		return { kept: null, why: "not JSON" };
	}
}

/** @param {keyof typeof FORMS} name @param {unknown} value */
function fits(name, value) {
	return typeof value === "string" && FORMS[name].test(value);
}

/**
 * The entry that a part of an answer sheet holds, or what is wrong with it.
 * @param {unknown} value
 * @returns {Entry | string}
 */
function entryOf(value) {
	if (!isRecord(value)) return "not an object";
	for (const name of /** @type {(keyof typeof FORMS)[]} */ (Object.keys(FORMS)))
		if (!fits(name, value[name])) return `${name} is missing or damaged`;
	if (!isRecord(value.answer)) return "answer is missing or damaged";
	const {
		case: case_,
		sha256,
		task,
		kind,
		saved,
		answer,
	} = /** @type {Entry} */ (/** @type {unknown} */ (value));
	return { case: case_, sha256, task, kind, saved, answer };
}

/**
 * The entries of an answer sheet that may be brought in, or why it is refused: `why` is the name of
 * a message, `values` its places. Nothing is changed here.
 *
 * An entry that belongs to another text of a case of this page comes in only beside one that fits.
 * @param {string} text
 * @param {{case: {id: string, sha256: string}}[]} tasks the tasks of this page
 * @returns {{entries: Entry[], code: string} | {why: string, values?: Record<string, string>}}
 */
export function readSheet(text, tasks) {
	if (text.length > LARGEST_FILE) return { why: "why-too-big" };
	/** @type {unknown} */
	let sheet;
	try {
		// Some editors put a mark at the start of a file.
		sheet = JSON.parse(text.replace(/^\uFEFF/, ""));
		// What nests too deep to be written could not be kept either.
		JSON.stringify(sheet);
	} catch {
		return { why: "why-not-json" };
	}
	const schema = isRecord(sheet) && typeof sheet.schema === "string" ? sheet.schema : "";
	const version = /^copydesk\.answers\/(\d{1,9})$/.exec(schema);
	if (!isRecord(sheet) || !version) return { why: "why-not-ours" };
	if (schema !== SCHEMA)
		return Number(version[1]) > 1
			? { why: "why-later", values: { schema } }
			: { why: "why-not-ours" };
	/** @param {string} task @param {string} what */
	const broken = (task, what) => ({ why: "why-broken", values: { task, what } });
	if (!Array.isArray(sheet.answers)) return broken("?", "no list of answers");
	if (sheet.answers.length === 0) return { why: "why-empty" };
	/** @type {Entry[]} */
	const entries = [];
	const seen = new Set();
	for (const value of sheet.answers) {
		const entry = entryOf(value);
		if (typeof entry === "string")
			return broken(isRecord(value) && fits("task", value.task) ? String(value.task) : "?", entry);
		const place = `${entry.case}/${entry.task}/${entry.sha256}`;
		if (seen.has(place)) return broken(entry.task, "it is there twice");
		seen.add(place);
		entries.push(entry);
	}
	const cases = new Map(tasks.map((task) => [task.case.id, task.case.sha256]));
	const here = entries.filter((entry) => cases.has(entry.case));
	if (here.length === 0) return { why: "why-other-case", values: { case: entries[0].case } };
	if (!here.some((entry) => entry.sha256 === cases.get(entry.case)))
		return { why: "why-other-text" };
	return { entries, code: codeOf(sheet.code) };
}

/**
 * A reader's code as it may stand in a file.
 * @param {unknown} code
 */
export function codeOf(code) {
	return typeof code === "string" ? [...wellFormed(code)].slice(0, LONGEST_CODE).join("") : "";
}

/**
 * All answers in this browser as an answer sheet: of each task the answer, and behind it the newest
 * answer to each other version of the article's text.
 * @param {Store} store
 * @param {Entry[]} unsaved answers of this page, which the storage may have refused
 * @param {string} code
 */
export function sheetOf(store, unsaved, code) {
	/** @type {Map<string, Entry>} */
	const entries = new Map();
	/** @param {Entry} entry */
	const add = (entry) => {
		const place = `${entry.case}/${entry.task}/${entry.sha256}`;
		if (!entries.has(place)) entries.set(place, entry);
	};
	for (const entry of unsaved) add(entry);
	for (let i = 0; i < store.length; i++) {
		const key = store.key(i) ?? "";
		const [case_, task, more] = key.startsWith(PREFIX) ? key.slice(PREFIX.length).split("/") : [];
		if (more !== undefined || !fits("case", case_) || !fits("task", task)) continue;
		for (const text of [store.getItem(key), ...versions(store, key)]) {
			const { kept } = parseKept(text);
			if (kept?.kind) add({ case: case_, task, ...kept });
		}
	}
	return {
		schema: SCHEMA,
		code: codeOf(code),
		saved: new Date().toISOString(),
		answers: [...entries.values()],
	};
}

/**
 * The other versions kept for a key, newest first.
 * @param {Store} store
 * @param {string} key
 * @returns {string[]}
 */
export function versions(store, key) {
	try {
		const list = JSON.parse(store.getItem(`${key}/kept`) ?? "[]");
		return Array.isArray(list) ? list.filter((text) => typeof text === "string") : [];
	} catch {
		return [];
	}
}

/**
 * Keep a stored text aside before something else takes its place.
 * @param {Store} store
 * @param {string} key
 * @param {string | null} text
 */
export function setAside(store, key, text) {
	if (text === null) return;
	const list = versions(store, key).filter((other) => other !== text);
	store.setItem(`${key}/kept`, JSON.stringify([text, ...list].slice(0, MOST_KEPT)));
}

/**
 * Put a version that was kept aside in the place of the one there now, which goes to the end of the
 * list, so that doing it again and again comes round to each.
 * @param {Store} store
 * @param {string} key
 * @param {string} text
 */
export function bringBack(store, key, text) {
	const there = store.getItem(key);
	const rest = versions(store, key).filter((other) => other !== text && other !== there);
	if (there !== null && there !== text) rest.push(there);
	// First one more than needed, so that a storage that gives out half way has lost nothing.
	store.setItem(`${key}/kept`, JSON.stringify([text, ...rest]));
	store.setItem(key, text);
	store.setItem(`${key}/kept`, JSON.stringify(rest));
}

/**
 * Put the entries of a sheet into the storage: all of them, or none. What they replace is kept
 * aside, and so is an entry that belongs to another text than `texts` says of its case.
 * @param {Store} store
 * @param {Entry[]} entries
 * @param {Map<string, string>} texts sha256 by case
 * @returns {boolean} whether the storage took them
 */
export function storeEntries(store, entries, texts) {
	/** @type {Map<string, string | null>} */
	const before = new Map();
	const done = new Set();
	try {
		for (const { case: case_, task, ...kept } of entries) {
			const key = keyOf(case_, task);
			for (const touched of [`${key}/kept`, key])
				if (!before.has(touched)) before.set(touched, store.getItem(touched));
			const text = JSON.stringify(kept);
			// A case of another page: the first entry of a task is the one in use.
			const aside = (texts.get(case_) ?? kept.sha256) !== kept.sha256 || done.has(key);
			if (aside) setAside(store, key, text);
			else {
				done.add(key);
				const there = store.getItem(key);
				if (there !== text && !same(parseKept(there).kept?.answer, kept.answer))
					setAside(store, key, there);
				store.setItem(key, text);
			}
		}
		return true;
	} catch {
		// Each answer that is back makes room for the next. Where one has no room even so, the list
		// beside it is left as it is: the answer stands in there.
		const keys = [...before.keys()].filter((key) => !key.endsWith("/kept"));
		for (const key of [...keys, ...keys])
			try {
				putBack(store, key, before.get(key) ?? null);
				putBack(store, `${key}/kept`, before.get(`${key}/kept`) ?? null);
			} catch {}
		return false;
	}
}

/** @param {Store} store @param {string} key @param {string | null} text */
function putBack(store, key, text) {
	if (text === null) store.removeItem(key);
	else if (store.getItem(key) !== text) store.setItem(key, text);
}
