// @ts-check
/**
 * Runs a task on a page that has no kernel: wakes the text that Python wrote, keeps the answer in
 * this browser, and gives it out and takes it in as a file.
 */
import { el, same, t } from "./kit.js";
import {
	bringBack,
	codeOf,
	keyOf,
	LARGEST_FILE,
	LONGEST_CODE,
	openStore,
	PREFIX,
	parseKept,
	readSheet,
	setAside,
	sheetOf,
	storeEntries,
	versions,
} from "./store.js";

/** @typedef {import("./kit.js").Strings} Strings */
/** @typedef {import("./store.js").Entry} Entry */
/** @typedef {import("./store.js").Kept} Kept */
/** @typedef {{id: string, kind: string, ui: Strings, case: {id: string, sha256: string}}} Task */
/** @typedef {{fault: (task: unknown, answer: unknown) => string | null,
 *   default: {render: (context: {model: import("./kit.js").Model, el: HTMLElement}) => unknown}}} Widget */

const CODE_KEY = `${PREFIX}code`;

/**
 * A page's stand-in for a notebook's model: the same four calls, and the answer goes to `onSave`.
 * @param {Task} task
 * @param {Record<string, unknown>} answer
 * @param {(answer: Record<string, unknown>) => void} onSave
 */
export function modelOf(task, answer, onSave) {
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

/** One task of the page: its answer, and the line below it that says where the answer is. */
class Running {
	/** @type {string | null} the stored text that this page has taken into account */
	#last = null;
	/** @type {Entry | null} the answer of this page, stored or not */
	current = null;
	/** Whether the storage has refused the answer of this page. */
	#refused = false;
	/** Whether the answer is in a file since it last changed. */
	taken = false;

	/**
	 * @param {Page} page
	 * @param {Task} task
	 * @param {Widget} widget
	 * @param {HTMLElement} bar
	 */
	constructor(page, task, widget, bar) {
		this.page = page;
		this.task = task;
		this.widget = widget;
		this.key = keyOf(task.case.id, task.id);
		this.said = el("p", { class: "cd-said", role: "status" }, task.ui["nothing-yet"]);
		this.offer = el("button", {
			type: "button",
			class: "cd-link",
			"data-do": "bring-back",
			hidden: true,
			onclick: () => this.bringBack(),
		});
		bar.replaceChildren(...page.tools(this), this.offer, this.said);
		if (!page.lasting) this.say(task.ui.blocked, true);
		this.model = modelOf(task, this.#start(), (answer) => this.save(answer));
	}

	/** @param {string} text @param {boolean} [trouble] */
	say(text, trouble = false) {
		// A status that is written anew is read out anew, at every stroke of a key.
		if (this.said.textContent !== text) this.said.textContent = text;
		this.said.classList.toggle("trouble", trouble);
	}

	/**
	 * The answer in a stored text, or the message why it does not fit this page.
	 * @param {string} text
	 * @returns {{kept: Kept} | {message: string}}
	 */
	judge(text) {
		const { ui } = this.task;
		const { kept, why } = parseKept(text);
		if (!kept) return { message: t(ui, "unreadable", { why: why ?? "" }) };
		if (kept.sha256 !== this.task.case.sha256) return { message: ui["older-text"] };
		const fault = this.widget.fault(this.task, kept.answer);
		return fault ? { message: t(ui, "unreadable", { why: fault }) } : { kept };
	}

	#start() {
		const text = this.page.store.getItem(this.key);
		const kept = text === null ? null : this.#take(text);
		if (kept) this.say(this.task.ui.saved);
		this.showOffer();
		return kept?.answer ?? {};
	}

	/** Take a stored text into account: use it, or keep it aside. @param {string} text @returns {Kept | null} */
	#take(text) {
		const found = this.judge(text);
		if ("kept" in found) {
			this.#last = text;
			this.#refused = false;
			this.current = { case: this.task.case.id, task: this.task.id, ...found.kept };
			return found.kept;
		}
		this.say(found.message, true);
		try {
			setAside(this.page.store, this.key, text);
			this.#last = text;
		} catch {
			// No room for it now: `save` finds a text that it does not know, and tries again.
		}
		return null;
	}

	/** @param {Record<string, unknown>} answer */
	save(answer) {
		const { page, task, key } = this;
		const kept = {
			sha256: task.case.sha256,
			kind: task.kind,
			saved: new Date().toISOString(),
			answer,
		};
		this.current = { case: task.case.id, task: task.id, ...kept };
		this.taken = false;
		try {
			const there = page.store.getItem(key);
			if (there !== this.#last && !same(parseKept(there).kept?.answer, answer))
				setAside(page.store, key, there);
			const text = JSON.stringify(kept);
			page.store.setItem(key, text);
			this.#last = text;
			this.#refused = false;
			this.showOffer();
			if (!page.lasting) this.say(task.ui.blocked, true);
			else this.say(this.offer.hidden ? task.ui.saved : `${task.ui.saved} ${task.ui.kept}`);
		} catch {
			this.#refused = true;
			this.say(task.ui.full, true);
		}
	}

	/** Take over what another tab, or a file, has put into storage. @param {string} message */
	adopt(message) {
		const text = this.page.store.getItem(this.key);
		if (text === null || text === this.#last) return;
		// What the storage has refused is nowhere else; the other version will be kept aside.
		if (this.#refused && this.current) return this.save(this.current.answer);
		const kept = this.#take(text);
		this.showOffer();
		if (!kept) return;
		this.model.set("answer", kept.answer);
		this.say(message);
	}

	/** The newest version kept aside that fits this page. */
	#spare() {
		for (const text of versions(this.page.store, this.key)) {
			const found = this.judge(text);
			if ("kept" in found && text !== this.#last) return { text, saved: found.kept.saved };
		}
		return null;
	}

	showOffer() {
		const spare = this.#spare();
		this.offer.hidden = !spare;
		const when = new Date(spare?.saved ?? "");
		const language = document.documentElement.lang || undefined;
		this.offer.textContent = t(this.task.ui, "bring-back", {
			when: Number.isNaN(when.valueOf())
				? "?"
				: when.toLocaleString(language, { dateStyle: "medium", timeStyle: "short" }),
		});
	}

	bringBack() {
		const spare = this.#spare();
		if (!spare || !this.settle()) return;
		try {
			bringBack(this.page.store, this.key, spare.text);
			this.adopt(this.task.ui["brought-back"]);
		} catch {
			this.say(this.task.ui.full, true);
		}
		// The button may be gone now; its line is still there.
		if (this.offer.hidden) this.said.parentElement?.querySelector("button")?.focus();
	}

	/** Store what the storage has refused before; false while it still does. */
	settle() {
		if (this.#refused && this.current) this.save(this.current.answer);
		return !this.#refused;
	}

	/** Whether the answer would be gone if the page were left now. */
	atRisk() {
		return this.current !== null && !this.taken && (this.#refused || !this.page.lasting);
	}
}

/** What the tasks of one page share: the storage, the reader's code, and the file. */
class Page {
	constructor() {
		const { store, lasting } = openStore();
		this.store = store;
		this.lasting = lasting;
		/** @type {Running[]} */
		this.running = [];
		/** @type {Set<HTMLInputElement>} */
		this.codes = new Set();
	}

	/** The field and the buttons below a task. @param {Running} running */
	tools(running) {
		const { ui } = running.task;
		const code = el("input", {
			type: "text",
			maxlength: LONGEST_CODE,
			autocomplete: "off",
			value: this.store.getItem(CODE_KEY) ?? "",
			oninput: () => this.setCode(code.value),
		});
		this.codes.add(code);
		const chooser = el("input", {
			type: "file",
			accept: ".json,application/json",
			hidden: true,
			onchange: async () => {
				const [file] = chooser.files ?? [];
				if (!file) return;
				const text = file.size > 2 * LARGEST_FILE ? null : await file.text();
				chooser.value = "";
				this.bringIn(text ?? " ".repeat(LARGEST_FILE + 1), running);
			},
		});
		/** @param {string} name @param {() => void} act */
		const button = (name, act) =>
			el("button", { type: "button", class: "cd-button", "data-do": name, onclick: act }, ui[name]);
		return [
			el("label", {}, ui["code-label"], " ", code),
			button("export", () => running.say(t(ui, "exported", { name: this.takeAway() }))),
			button("import", () => chooser.click()),
			chooser,
		];
	}

	/** @param {string} given */
	setCode(given) {
		const code = codeOf(given);
		for (const field of this.codes) if (field.value !== code) field.value = code;
		try {
			this.store.setItem(CODE_KEY, code);
		} catch {
			// The code stays in the field, and goes into the file from there.
		}
	}

	/** Give out all answers as a file; returns its name. */
	takeAway() {
		const [field] = this.codes;
		const code = codeOf(field?.value);
		const mine = this.running.map((r) => r.current).filter((entry) => entry !== null);
		const sheet = sheetOf(this.store, mine, code);
		const part = code.replace(/[^\p{L}\p{N}_-]+/gu, "-").replace(/^-+|-+$/g, "");
		const name = `copydesk-answers${part && "-"}${part}.json`;
		const url = URL.createObjectURL(
			new Blob([JSON.stringify(sheet, null, 1)], { type: "application/json" }),
		);
		el("a", { href: url, download: name }).click();
		// The browser has read it long before, but says so nowhere.
		setTimeout(() => URL.revokeObjectURL(url), 60_000);
		for (const running of this.running) running.taken = true;
		return name;
	}

	/**
	 * Take in a file: all of it, or nothing.
	 * @param {string} text
	 * @param {Running} asked the task whose button was pressed, which says how it went
	 */
	bringIn(text, asked) {
		const { ui } = asked.task;
		const refuse = (/** @type {string} */ why, values = {}) =>
			asked.say(t(ui, "refused", { why: t(ui, why, values) }), true);
		const sheet = readSheet(
			text,
			this.running.map((r) => r.task),
		);
		if ("why" in sheet) return refuse(sheet.why, sheet.values);
		const texts = new Map(this.running.map((r) => [r.task.case.id, r.task.case.sha256]));
		for (const running of this.running)
			for (const entry of sheet.entries) {
				const { id, sha256 } = running.task.case;
				if (entry.case !== id || entry.task !== running.task.id || entry.sha256 !== sha256)
					continue;
				const what = running.widget.fault(running.task, entry.answer);
				if (what) return refuse("why-broken", { task: entry.task, what });
			}
		const settled = this.running.map((running) => running.settle()).every(Boolean);
		if (!settled || !storeEntries(this.store, sheet.entries, texts)) return refuse("why-storage");
		if (sheet.code) this.setCode(sheet.code);
		const message = t(ui, "imported", { count: sheet.entries.length });
		for (const running of this.running) {
			running.adopt(message);
			running.showOffer();
		}
		asked.say(this.lasting ? message : `${message} ${ui.blocked}`, !this.lasting);
	}
}

/** Wake one section of the page. @param {Element} section @param {Page} page */
async function wake(section, page) {
	const bar = section.querySelector(".cd-store");
	const root = section.querySelector(".cd-root");
	const source = section.querySelector('script[type="application/json"]');
	const kind = section.getAttribute("data-kind") ?? "";
	if (
		!(root instanceof HTMLElement) ||
		!(bar instanceof HTMLElement) ||
		!source ||
		!/^[a-z]+$/.test(kind)
	)
		return;
	const task = JSON.parse(source.textContent ?? "");
	try {
		const widget = await import(`./${kind}/${kind}.js`);
		const running = new Running(page, task, widget, bar);
		page.running.push(running);
		widget.default.render({ model: running.model, el: root });
		section.setAttribute("data-awake", "");
	} catch (error) {
		bar.querySelector(".cd-said")?.replaceChildren(task.ui.asleep);
		throw error;
	}
}

async function start() {
	const page = new Page();
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
		if (page.running.some((running) => running.atRisk())) event.preventDefault();
	});
	const sections = [...document.querySelectorAll("section.copydesk-task")];
	await Promise.all(sections.map((section) => wake(section, page)));
}

if (typeof document !== "undefined") start();
