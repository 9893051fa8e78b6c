// @ts-check
/**
 * What every widget needs and nothing more. A widget module imports from this file only; for a
 * notebook, which takes a module as one text, Python puts this file in the import's place.
 */

/** @typedef {Record<string, string>} Strings */
/**
 * What anywidget and host.js both give a widget: `task` goes in, `answer` comes out.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {() => void} save_changes
 * @property {(event: string, callback: () => void) => void} on
 * @property {(event: string, callback: () => void) => void} off
 */
/** @typedef {string | number | boolean | null | undefined | EventListener} Prop */

/**
 * An element with attributes, listeners (a function under "onclick" and the like) and children.
 * Strings become text, never markup.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, Prop>} [props]
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, props = {}, ...children) {
	const node = document.createElement(tag);
	for (const [name, value] of Object.entries(props)) {
		if (typeof value === "function") node.addEventListener(name.slice(2), value);
		else if (value === true) node.setAttribute(name, "");
		else if (value !== false && value !== null && value !== undefined)
			node.setAttribute(name, String(value));
	}
	for (const child of children) if (child) node.append(child);
	return node;
}

/**
 * A message with its {places} filled in. A key that has no message shows itself, so that it is seen.
 * @param {Strings} ui
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(ui, key, values = {}) {
	return (ui[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/**
 * A message that depends on a number: key.zero, key.one, key.other.
 * @param {Strings} ui
 * @param {string} key
 * @param {number} n
 * @param {Record<string, string | number>} [values]
 */
export function count(ui, key, n, values = {}) {
	const form = n === 0 && `${key}.zero` in ui ? "zero" : n === 1 ? "one" : "other";
	return t(ui, `${key}.${form}`, { n, ...values });
}

/** A live region: what is said to it is read out, and never shown. */
export function voice() {
	const node = el("div", { class: "cd-voice", "aria-live": "polite", role: "status" });
	return {
		node,
		/** @param {string} text */
		say(text) {
			// The same words twice are read twice only when the text changes.
			node.textContent = node.textContent === text ? `${text}\u00a0` : text;
		},
	};
}

/**
 * The article's lines as paragraphs, the text as it was published.
 * @param {string[][]} lines
 * @param {(line: string[], number: number) => (Node | string)[]} fill
 */
export function paragraphs(lines, fill = (pieces) => [pieces.join("")]) {
	return lines.map((pieces, number) => {
		const line = el("p", { class: "cd-line" });
		line.append(...fill(pieces, number));
		return line;
	});
}

/**
 * Whether two answers are the same.
 * @param {unknown} a
 * @param {unknown} b
 */
export function same(a, b) {
	return JSON.stringify(a) === JSON.stringify(b);
}

/** @param {unknown} value @returns {value is Record<string, unknown>} */
export function isRecord(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The longest text that an answer keeps in one field, in characters; copydesk.model has the same. */
export const LONGEST_TEXT = 2000;
/** Half of a character, which a cut in the wrong place leaves over and no file may hold. */
const HALF = /\p{Surrogate}/gu;

/**
 * A text without half characters: JSON can carry them, and most readers of JSON refuse them.
 * @param {string} text
 */
export function wellFormed(text) {
	return text.replace(HALF, "\uFFFD");
}

/**
 * Whether a value is a text that an answer may keep.
 * @param {unknown} value
 * @returns {value is string}
 */
export function isShortText(value) {
	if (typeof value !== "string" || value.length > 2 * LONGEST_TEXT) return false;
	return [...value].length <= LONGEST_TEXT && value === wellFormed(value);
}

/**
 * The first key of a record that is not among the names, for an error, or null.
 * @param {Record<string, unknown>} record
 * @param {string[]} names
 */
export function strayKey(record, names) {
	const stray = Object.keys(record).find((key) => !names.includes(key));
	return stray === undefined ? null : wellFormed(stray.slice(0, 40));
}

/**
 * Switch a button off without taking the focus from whoever has just pressed it.
 * @param {HTMLElement} button
 * @param {boolean} off
 */
export function switchOff(button, off) {
	if (off) button.setAttribute("aria-disabled", "true");
	else button.removeAttribute("aria-disabled");
}

/**
 * Make an element a widget's own: its looks, and its keys.
 * @param {HTMLElement} root
 * @param {string} kind
 */
export function settle(root, kind) {
	root.classList.add("cd-root", `cd-${kind}`);
	// JupyterLab would take single keys for its own: "dd" deletes a cell, Enter goes into its editor.
	root.setAttribute("data-lm-suppress-shortcuts", "true");
	root.addEventListener("keydown", (event) => {
		if (!event.ctrlKey && !event.metaKey && !event.altKey) event.stopPropagation();
	});
}
