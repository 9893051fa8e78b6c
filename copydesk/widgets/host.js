// @ts-check
/**
 * Runs a task on a page that has no kernel: wakes the text that Python wrote, keeps the answer in
 * this browser, and gives it out and takes it in as a file.
 *
 * In storage, under PREFIX + "<case>/<task>": {sha256, kind, saved, answer}; under the same key + "/kept":
 * a list of earlier versions, newest first, so that nothing a reader did is ever overwritten unseen.
 */
import { el, isRecord, same, t } from "./kit.js";

/** @typedef {import("./kit.js").Strings} Strings */
/** @typedef {{sha256: string, kind: string, saved: string, answer: Record<string, unknown>}} Kept */
/** @typedef {{case: string, sha256: string, task: string, kind: string, saved: string,
 *   answer: Record<string, unknown>}} Entry */
/** @typedef {{id: string, kind: string, ui: Strings, case: {id: string, sha256: string}}} Task */
/** @typedef {{fault: (task: unknown, answer: unknown) => string | null,
 *   default: {render: (context: {model: import("./kit.js").Model, el: HTMLElement}) => unknown}}} Widget */

export const SCHEMA = "copydesk.answers/1";
export const PREFIX = "copydesk/1/";
const CODE_KEY = `${PREFIX}code`;
/** Earlier versions that are kept for one task; the oldest goes first. */
const MOST_KEPT = 5;
/** No answer sheet comes near this size, in characters; a larger file is something else. */
const LARGEST_FILE = 5_000_000;

/**
 * The browser's storage, or null where it is forbidden.
 * @returns {Storage | null}
 */
function storage() {
	try {
		const probe = `${PREFIX}probe`;
		localStorage.setItem(probe, "1");
		localStorage.removeItem(probe);
		return localStorage;
	} catch (error) {
		// Full storage refuses the probe too, and can still be read.
		return error instanceof DOMException && error.name === "QuotaExceededError" ? localStorage : null;
	}
}

/**
 * What a stored text holds, or why it cannot be used.
 * @param {string | null} text
 * @returns {{kept: Kept | null, why?: string}}
 */
export function parseKept(text) {
	if (text === null) return { kept: null };
	try {
		const value = JSON.parse(text);
		if (!isRecord(value) || typeof value.sha256 !== "string" || !isRecord(value.answer))
			return { kept: null, why: "not an answer" };
		return {
			kept: {
				sha256: value.sha256,
				kind: String(value.kind ?? ""),
				saved: String(value.saved ?? ""),
				answer: value.answer,
			},
		};
	} catch {
		return { kept: null, why: "not JSON" };
	}
}

/**
 * The entries of an answer sheet that may be brought in, or why it is refused: `why` is the name of
 * a message, `values` its places. Nothing is changed here.
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
	} catch {
		return { why: "why-not-json" };
	}
	if (!isRecord(sheet) || typeof sheet.schema !== "string") return { why: "why-not-ours" };
	const version = /^copydesk\.answers\/(\d+)$/.exec(sheet.schema);
	if (!version) return { why: "why-not-ours" };
	if (sheet.schema !== SCHEMA)
		return { why: Number(version[1]) > 1 ? "why-later" : "why-not-ours", values: { schema: sheet.schema } };
	if (!Array.isArray(sheet.answers)) return { why: "why-broken", values: { task: "?", what: "no list of answers" } };
	/** @type {Entry[]} */
	const entries = [];
	for (const entry of sheet.answers) {
		const task = isRecord(entry) && typeof entry.task === "string" ? entry.task : "?";
		const whole =
			isRecord(entry) &&
			isRecord(entry.answer) &&
			["case", "sha256", "task", "kind", "saved"].every((name) => typeof entry[name] === "string") &&
			[entry.case, entry.task].every((name) => /^[a-z0-9][a-z0-9-]{0,59}$/.test(String(name)));
		if (!whole) return { why: "why-broken", values: { task, what: "a part is missing" } };
		const { case: case_, sha256, kind, saved, answer } = /** @type {Entry} */ (/** @type {unknown} */ (entry));
		entries.push({ case: case_, sha256, task, kind, saved, answer });
	}
	const cases = new Map(tasks.map((task) => [task.case.id, task.case.sha256]));
	const here = entries.filter((entry) => cases.has(entry.case));
	if (here.length === 0)
		return { why: "why-other-case", values: { case: entries[0]?.case ?? "none" } };
	if (here.some((entry) => entry.sha256 !== cases.get(entry.case))) return { why: "why-other-text" };
	const code = typeof sheet.code === "string" ? sheet.code.slice(0, 40) : "";
	return { entries, code };
}

/**
 * All answers in this browser as an answer sheet.
 * @param {Storage | null} store
 * @param {Entry[]} unsaved answers of this page, which the storage may have refused
 * @param {string} code
 */
export function sheetOf(store, unsaved, code) {
	/** @type {Map<string, Entry>} */
	const entries = new Map();
	for (let i = 0; store && i < store.length; i++) {
		const key = store.key(i) ?? "";
		const name = key.startsWith(PREFIX) ? /^([^/]+)\/([^/]+)$/.exec(key.slice(PREFIX.length)) : null;
		const { kept } = name ? parseKept(store.getItem(key)) : { kept: null };
		if (!name || !kept) continue;
		entries.set(name[0], { case: name[1], task: name[2], ...kept });
	}
	for (const entry of unsaved) entries.set(`${entry.case}/${entry.task}`, entry);
	return { schema: SCHEMA, code, saved: new Date().toISOString(), answers: [...entries.values()] };
}

/**
 * The earlier versions kept for a key, newest first.
 * @param {Storage} store
 * @param {string} key
 * @returns {string[]}
 */
function versions(store, key) {
	try {
		const list = JSON.parse(store.getItem(`${key}/kept`) ?? "[]");
		return Array.isArray(list) ? list.filter((text) => typeof text === "string") : [];
	} catch {
		return [];
	}
}

/**
 * Keep a stored text aside before something else takes its place.
 * @param {Storage} store
 * @param {string} key
 * @param {string | null} text
 */
function setAside(store, key, text) {
	if (text === null) return;
	const list = versions(store, key).filter((other) => other !== text);
	store.setItem(`${key}/kept`, JSON.stringify([text, ...list].slice(0, MOST_KEPT)));
}

/**
 * A page's stand-in for a notebook's model: the same four calls, and the answer goes to `onSave`.
 * @param {Task} task
 * @param {Record<string, unknown>} answer
 * @param {(answer: Record<string, unknown>) => void} onSave
 */
function modelOf(task, answer, onSave) {
	/** @type {Record<string, any>} */
	const data = { task, answer };
	/** @type {Map<string, Set<() => void>>} */
	const listeners = new Map();
	return {
		/** @param {string} name */
		get: (name) => data[name],
		/** @param {string} name @param {unknown} value */
		set(name, value) {
			if (same(data[name], value)) return;
			data[name] = value;
			for (const callback of listeners.get(`change:${name}`) ?? []) callback();
		},
		save_changes: () => onSave(data.answer),
		/** @param {string} event @param {() => void} callback */
		on(event, callback) {
			listeners.set(event, (listeners.get(event) ?? new Set()).add(callback));
		},
		/** @param {string} event @param {() => void} callback */
		off: (event, callback) => void listeners.get(event)?.delete(callback),
	};
}

/**
 * One task of the page: its model, and the line below it that keeps, gives out and takes in.
 * @param {HTMLElement} section
 * @param {Task} task
 * @param {Widget} widget
 * @param {Page} page
 */
function runTask(section, task, widget, page) {
	const { store } = page;
	const ui = task.ui;
	const key = `${PREFIX}${task.case.id}/${task.id}`;
	const bar = section.querySelector(".cd-store");
	const root = section.querySelector(".cd-root");
	if (!(root instanceof HTMLElement) || !(bar instanceof HTMLElement)) return;

	const said = el("p", { class: "cd-said", role: "status" }, ui["nothing-yet"]);
	/** @param {string} text @param {boolean} [trouble] */
	const say = (text, trouble = false) => {
		said.textContent = text;
		said.classList.toggle("trouble", trouble);
	};

	/** @type {string | null} what stood in storage when this page last looked */
	let last = null;
	/** @type {Entry | null} what this page holds, stored or not */
	let current = null;
	let saved = true;

	/** @param {string | null} text @returns {Record<string, unknown> | null} */
	function usable(text) {
		const { kept, why } = parseKept(text);
		const fault = why ?? (kept && kept.sha256 === task.case.sha256 && widget.fault(task, kept.answer));
		if (text === null || (kept && !fault && kept.sha256 === task.case.sha256)) return kept?.answer ?? null;
		// It does not fit this page; it is not thrown away.
		try {
			if (store) setAside(store, key, text);
		} catch {}
		say(fault ? t(ui, "unreadable", { why: fault }) : ui["older-text"], true);
		return null;
	}

	/** @param {Record<string, unknown>} answer */
	function save(answer) {
		current = {
			case: task.case.id,
			sha256: task.case.sha256,
			task: task.id,
			kind: task.kind,
			saved: new Date().toISOString(),
			answer,
		};
		saved = false;
		if (!store) return say(ui.blocked, true);
		const { case: _, task: __, ...kept } = current;
		const text = JSON.stringify(kept);
		try {
			const there = store.getItem(key);
			if (there !== null && there !== last) {
				setAside(store, key, there);
				offer.hidden = false;
			}
			store.setItem(key, text);
			last = text;
			saved = true;
			say(offer.hidden ? ui.saved : `${ui.saved} ${ui.kept}`);
		} catch {
			say(ui.full, true);
		}
	}

	/** Take over what another tab, or a file, has put into storage. @param {string} message */
	function adopt(message) {
		const text = store?.getItem(key) ?? null;
		if (text === null || text === last) return;
		const answer = usable(text);
		last = text;
		if (!answer) return;
		current = { case: task.case.id, task: task.id, ...(/** @type {Kept} */ (parseKept(text).kept)) };
		saved = true;
		model.set("answer", answer);
		offer.hidden = !store || versions(store, key).length === 0;
		say(message);
	}

	function bringBack() {
		if (!store) return;
		const [text] = versions(store, key);
		const answer = text ? usable(text) : null;
		if (!answer) return;
		try {
			setAside(store, key, store.getItem(key));
			store.setItem(key, text);
			adopt(ui.saved);
		} catch {
			say(ui.full, true);
		}
	}

	const offer = el("button", { type: "button", class: "cd-link", "data-do": "bring-back", hidden: true, onclick: bringBack }, ui["bring-back"]);
	const code = el("input", {
		type: "text",
		maxlength: 40,
		autocomplete: "off",
		value: page.code(),
		oninput: () => page.setCode(code.value),
	});
	page.codes.add(code);
	const chooser = el("input", {
		type: "file",
		accept: ".json,application/json",
		hidden: true,
		onchange: async () => {
			const [file] = chooser.files ?? [];
			chooser.value = "";
			if (!file) return;
			const text = file.size > LARGEST_FILE ? " ".repeat(LARGEST_FILE + 1) : await file.text();
			page.bringIn(text, ui, say);
		},
	});
	bar.replaceChildren(
		el("label", {}, ui["code-label"], " ", code),
		el(
			"button",
			{ type: "button", class: "cd-button", "data-do": "export", onclick: () => say(t(ui, "exported", { name: page.takeAway() })) },
			ui.export,
		),
		el("button", { type: "button", class: "cd-button", "data-do": "import", onclick: () => chooser.click() }, ui.import),
		chooser,
		offer,
		said,
	);

	last = store?.getItem(key) ?? null;
	const start = usable(last);
	if (start) {
		current = { case: task.case.id, task: task.id, ...(/** @type {Kept} */ (parseKept(last).kept)) };
		say(ui.saved);
	} else if (!store) say(ui.blocked, true);
	offer.hidden = !store || versions(store, key).length === 0;
	const model = modelOf(task, start ?? {}, save);
	page.running.push({
		key,
		task,
		widget,
		adopt,
		/** @param {Record<string, unknown>} answer */
		put(answer) {
			model.set("answer", answer);
			save(answer);
		},
		current: () => current,
		unsaved: () => !saved,
	});
	widget.default.render({ model, el: root });
	section.dataset.awake = "";
}

/**
 * @typedef {object} Running
 * @property {string} key
 * @property {Task} task
 * @property {Widget} widget
 * @property {(message: string) => void} adopt
 * @property {(answer: Record<string, unknown>) => void} put
 * @property {() => Entry | null} current
 * @property {() => boolean} unsaved
 */

/** What the tasks of one page share: the storage, the reader's code, and the file. */
class Page {
	constructor() {
		this.store = storage();
		/** @type {Running[]} */
		this.running = [];
		/** @type {Set<HTMLInputElement>} */
		this.codes = new Set();
	}

	code() {
		return this.store?.getItem(CODE_KEY) ?? "";
	}

	/** @param {string} code */
	setCode(code) {
		for (const field of this.codes) if (field.value !== code) field.value = code;
		try {
			this.store?.setItem(CODE_KEY, code);
		} catch {
			// The code stays in the field, and goes into the file from there.
		}
	}

	/** Give out all answers as a file; returns its name. */
	takeAway() {
		const [field] = this.codes;
		const code = field?.value ?? "";
		const mine = this.running.map((r) => r.current()).filter((entry) => entry !== null);
		const sheet = sheetOf(this.store, mine, code);
		const part = code.replace(/[^\p{L}\p{N}_-]+/gu, "-").replace(/^-+|-+$/g, "");
		const name = `copydesk-answers${part && "-"}${part}.json`;
		const url = URL.createObjectURL(new Blob([JSON.stringify(sheet, null, 1)], { type: "application/json" }));
		el("a", { href: url, download: name }).click();
		setTimeout(() => URL.revokeObjectURL(url), 10_000);
		return name;
	}

	/**
	 * Take in a file: all of it, or nothing.
	 * @param {string} text
	 * @param {Strings} ui
	 * @param {(text: string, trouble?: boolean) => void} say
	 */
	bringIn(text, ui, say) {
		const refuse = (/** @type {string} */ why, values = {}) =>
			say(t(ui, "refused", { why: t(ui, why, values) }), true);
		const sheet = readSheet(
			text,
			this.running.map((r) => r.task),
		);
		if ("why" in sheet) return refuse(sheet.why, sheet.values);
		const here = new Map(this.running.map((r) => [`${r.task.case.id}/${r.task.id}`, r]));
		for (const entry of sheet.entries) {
			const running = here.get(`${entry.case}/${entry.task}`);
			const what = running?.widget.fault(running.task, entry.answer);
			if (what) return refuse("why-broken", { task: entry.task, what });
		}
		/** @type {Map<string, string | null>} what to put back if the storage gives out half way */
		const before = new Map();
		try {
			for (const { case: case_, task, ...kept } of this.store ? sheet.entries : []) {
				const store = /** @type {Storage} */ (this.store);
				const key = `${PREFIX}${case_}/${task}`;
				for (const touched of [key, `${key}/kept`]) before.set(touched, store.getItem(touched));
				const raw = JSON.stringify(kept);
				const there = store.getItem(key);
				if (there === raw) continue;
				setAside(store, key, there);
				store.setItem(key, raw);
			}
		} catch {
			for (const [key, raw] of before)
				if (raw === null) this.store?.removeItem(key);
				else this.store?.setItem(key, raw);
			return refuse("why-storage");
		}
		if (sheet.code) this.setCode(sheet.code);
		const message = t(ui, "imported", { count: sheet.entries.length });
		for (const running of this.running) {
			const entry = sheet.entries.find((e) => e.case === running.task.case.id && e.task === running.task.id);
			if (!this.store && entry) running.put(entry.answer);
			else running.adopt(message);
		}
		say(message);
	}
}

async function start() {
	const page = new Page();
	const sections = [...document.querySelectorAll("section.copydesk-task")];
	await Promise.all(
		sections.map(async (section) => {
			const kind = /** @type {HTMLElement} */ (section).dataset.kind ?? "";
			const source = section.querySelector('script[type="application/json"]');
			if (!/^[a-z]+$/.test(kind) || !source) return;
			const task = JSON.parse(source.textContent ?? "");
			runTask(/** @type {HTMLElement} */ (section), task, await import(`./${kind}/${kind}.js`), page);
		}),
	);
	addEventListener("storage", (event) => {
		for (const running of page.running)
			if (event.key === running.key) running.adopt(running.task.ui["other-tab"]);
		if (event.key === CODE_KEY && event.newValue !== null)
			for (const field of page.codes) field.value = event.newValue;
	});
	// A page that slept in the background, or in the back-forward cache, may have missed an event.
	const look = () => {
		if (document.visibilityState === "visible")
			for (const running of page.running) running.adopt(running.task.ui["other-tab"]);
	};
	document.addEventListener("visibilitychange", look);
	addEventListener("pageshow", look);
	addEventListener("beforeunload", (event) => {
		if (page.running.some((running) => running.unsaved())) event.preventDefault();
	});
}

if (typeof document !== "undefined") start();
