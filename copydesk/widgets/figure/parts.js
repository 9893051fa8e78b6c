// @ts-check
/** What the tools of the figure task share: numbers as a reader writes them, fields, tables, SVG. */
import { el, t } from "../kit.js";

/** @typedef {Record<string, string>} Strings */
/** @typedef {string | number | null} Cell */
/** @typedef {{id: string, title: string, columns: string[], kinds: ("text" | "number" | "date")[],
 *   rows: Cell[][], breaks: number[], keys: string[], links: (string | null)[]}} Table */
/** @typedef {{id: string, name: string, lat: number, lon: number, movable: boolean}} Place */
/** @typedef {{name: string, rings: [number, number][][]}} Shape */
/** @typedef {Record<string, string | number>} Start */
/**
 * What a tool is built from. `say` goes to the live region.
 * @typedef {object} Kit
 * @property {Strings} ui
 * @property {string} language
 * @property {Table[]} tables
 * @property {Place[]} points
 * @property {Shape[]} shapes
 * @property {(text: string) => void} say
 */

let serial = 0;
/** An id that no other element of the page has. */
export function freshId() {
	serial += 1;
	return `cd-figure-${serial}`;
}

/**
 * The number that a reader typed, or null. Commas and spaces between groups of three are passed
 * over, a comma elsewhere is refused: "1,5" could be 1.5 or 15.
 * @param {string} text
 * @returns {number | null}
 */
export function numberOf(text) {
	const plain = text.trim().replace(/\u2212/g, "-");
	const grouped = /^-?\d{1,3}([, \u00a0\u202f]\d{3})+(\.\d+)?$/.test(plain);
	const digits = grouped ? plain.replace(/[, \u00a0\u202f]/g, "") : plain;
	return /^-?(\d+(\.\d*)?|\.\d+)$/.test(digits) ? Number(digits) : null;
}

/**
 * A number as a reader meets it, with at most so many decimals.
 * @param {number} value
 * @param {string} language
 * @param {number} [decimals]
 */
export function shown(value, language, decimals = 2) {
	return new Intl.NumberFormat(language, { maximumFractionDigits: decimals }).format(value);
}

/**
 * A day in words: 15 November 2023.
 * @param {string} day such as "2023-11-15"
 * @param {Strings} ui
 */
export function dayInWords(day, ui) {
	const [year, month, date] = day.split("-").map(Number);
	return t(ui, "day", { day: date, month: t(ui, `month.${month}`), year });
}

/**
 * A cell of a table as a reader meets it.
 * @param {Cell} value
 * @param {"text" | "number" | "date"} kind
 * @param {Pick<Kit, "ui" | "language">} kit
 */
export function cellText(value, kind, { ui, language }) {
	if (value === null || value === "") return t(ui, "no-value");
	if (kind === "number" && typeof value === "number") return shown(value, language);
	if (kind === "date" && /^\d{4}-\d{2}-\d{2}$/.test(String(value)))
		return dayInWords(String(value), ui);
	return String(value);
}

/**
 * A field with its label.
 * @param {string} label
 * @param {HTMLElement} input
 */
export function labelled(label, input) {
	input.id ||= freshId();
	return el("div", { class: "cd-given" }, el("label", { for: input.id }, label), input);
}

/**
 * A field for a number. `onnumber` gets null while the text is none.
 * @param {number} value
 * @param {(value: number | null) => void} onnumber
 */
export function numberField(value, onnumber) {
	const input = el("input", {
		type: "text",
		inputmode: "decimal",
		autocomplete: "off",
		value: String(value),
		oninput: () => {
			const number = numberOf(input.value);
			input.setAttribute("aria-invalid", String(number === null));
			onnumber(number);
		},
	});
	return input;
}

/**
 * A field that chooses one of several values.
 * @param {[string, string][]} options value and name
 * @param {string} value
 * @param {(value: string) => void} onchoice
 */
export function choiceField(options, value, onchoice) {
	const select = el(
		"select",
		{ onchange: () => onchoice(select.value) },
		...options.map(([key, name]) => el("option", { value: key, selected: key === value }, name)),
	);
	return select;
}

/**
 * A table in a box of its own that scrolls sideways, by keyboard too.
 * @param {string} title
 * @param {HTMLTableElement} table
 */
export function scrolling(title, table) {
	return el(
		"div",
		{ class: "cd-table cd-scroll", role: "region", tabindex: 0, "aria-label": title },
		table,
	);
}

/**
 * A link that opens another site, and tells it nothing.
 * @param {string} url
 * @param {string} text
 */
export function outsideLink(url, text) {
	// An address comes from data: one that is no web page stays text.
	if (!/^https?:\/\//.test(url)) return el("span", {}, text);
	return el("a", { href: url, rel: "noopener noreferrer external" }, text);
}

/**
 * The rows of a table; the source in each is a link where the row has an address.
 * @param {Table} table
 * @param {Kit} kit
 */
export function tableRows(table, kit) {
	const linked = table.keys.indexOf("source");
	return table.rows.map((row, number) =>
		el(
			"tr",
			{ class: table.breaks.includes(number) && "cd-break" },
			...row.map((cell, i) => {
				const text = cellText(cell, table.kinds[i], kit);
				const url = i === linked && table.links[number];
				const content = url ? outsideLink(url, text) : text;
				return i === 0
					? el("th", { scope: "row" }, content)
					: el("td", { class: table.kinds[i] === "number" && "cd-number" }, content);
			}),
		),
	);
}

/**
 * The numbers behind a picture, closed until they are asked for.
 * @param {Table} table
 * @param {Kit} kit
 */
export function tableBehind(table, kit) {
	const place = el("div", {});
	const box = el(
		"details",
		{ class: "cd-behind" },
		el("summary", {}, t(kit.ui, "table-behind")),
		place,
	);
	box.addEventListener("toggle", () => {
		if (!box.open || place.hasChildNodes()) return;
		const heads = table.columns.map((name) => el("th", { scope: "col" }, name));
		place.append(
			scrolling(
				table.title,
				el(
					"table",
					{},
					el("caption", {}, table.title),
					el("thead", {}, el("tr", {}, ...heads)),
					el("tbody", {}, ...tableRows(table, kit)),
				),
			),
		);
	});
	return box;
}

/**
 * An SVG element with attributes and children.
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...(Node | string)} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
	const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
	for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
	node.append(...children);
	return node;
}

/**
 * Calls `draw` once in the next frame, however often it is asked for.
 * @param {() => void} draw
 */
export function onceAFrame(draw) {
	let asked = false;
	return () => {
		if (asked) return;
		asked = true;
		requestAnimationFrame(() => {
			asked = false;
			draw();
		});
	};
}
