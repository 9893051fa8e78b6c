// @ts-check
/** A table to sort by any column and to filter, such as the votes of a council. */
import { el, t } from "../kit.js";
import { choiceField, labelled, scrolling, tableRows } from "./parts.js";

/** @typedef {import("./parts.js").Kit} Kit */
/** @typedef {import("./parts.js").Start} Start */
/** @typedef {import("./parts.js").Cell} Cell */
/** @typedef {import("./parts.js").Table} Table */
/** @typedef {{column: number, down: boolean} | null} Order */

/** A column with no more values than this, each short, can be filtered by value: yes and no. */
const FEW = 3;
const SHORT = 12;
/** The columns that every table ends with: where a row comes from, and what to think of it. */
const ABOUT_THE_ROW = ["source", "confidence", "note"];

/**
 * Row numbers in an order: numbers by size, the rest by the alphabet, empty cells last either way.
 * Rows that are alike keep their places.
 * @param {Cell[][]} rows
 * @param {Order} order
 * @param {string} language
 * @returns {number[]}
 */
export function sorted(rows, order, language) {
	const numbers = rows.map((_, i) => i);
	if (!order) return numbers;
	const empty = (/** @type {Cell} */ cell) => cell === null || cell === "";
	return numbers.sort((a, b) => {
		const [x, y] = [rows[a][order.column], rows[b][order.column]];
		if (empty(x) || empty(y)) return Number(empty(x)) - Number(empty(y));
		const by =
			typeof x === "number" && typeof y === "number"
				? x - y
				: String(x).localeCompare(String(y), language);
		return order.down ? -by : by;
	});
}

/**
 * Whether a row has a text in one of its cells, and the chosen values in their columns.
 * @param {Cell[]} row
 * @param {string} text
 * @param {Map<number, string>} chosen
 */
export function passes(row, text, chosen) {
	const sought = text.trim().toLowerCase();
	return (
		(!sought ||
			row.some((cell) =>
				String(cell ?? "")
					.toLowerCase()
					.includes(sought),
			)) &&
		[...chosen].every(([column, value]) => value === "" || String(row[column] ?? "") === value)
	);
}

/**
 * The columns with so few and so short values that a reader may filter by them, with those values.
 * @param {Pick<Table, "rows" | "kinds" | "columns" | "keys">} table
 * @returns {[number, string[]][]}
 */
export function choices({ rows, kinds, columns, keys }) {
	return columns.flatMap((_, i) => {
		if (ABOUT_THE_ROW.includes(keys[i])) return [];
		const values = [...new Set(rows.map((row) => String(row[i] ?? "")))].filter(Boolean).sort();
		const fits =
			values.length > 1 && values.length <= FEW && values.every((v) => v.length <= SHORT);
		return kinds[i] === "text" && fits ? [/** @type {[number, string[]]} */ ([i, values])] : [];
	});
}

/**
 * A table with the columns that a reader compares moved to the front: after the first two (when, and
 * what it was) the numbers, then the short answers, then what takes room to read.
 * @param {Table} table
 * @returns {Table}
 */
export function forComparing(table) {
	const short = choices(table).map(([i]) => i);
	const rank = (/** @type {number} */ i) =>
		i < 2 ? 0 : table.kinds[i] === "number" ? 1 : short.includes(i) ? 2 : 3;
	const order = table.columns.map((_, i) => i).sort((a, b) => rank(a) - rank(b));
	/** @template T @param {T[]} cells */
	const moved = (cells) => order.map((i) => cells[i]);
	return {
		...table,
		columns: moved(table.columns),
		kinds: moved(table.kinds),
		keys: moved(table.keys),
		rows: table.rows.map(moved),
	};
}

/**
 * The table with a button in each column's head, a field for a text and one for each short column.
 * @param {Kit} kit
 * @param {Start} start table (id)
 */
export function votesTool(kit, start) {
	const { ui, language } = kit;
	const given = kit.tables.find((one) => one.id === start.table);
	if (!given) return el("p", {}, t(ui, "no-table", { table: String(start.table) }));
	const table = forComparing(given);
	/** @type {Order} */
	let order = null;
	let text = "";
	/** @type {Map<number, string>} */
	const chosen = new Map();
	const status = el("output", { class: "cd-small" });
	const rows = tableRows(table, kit);
	const body = el("tbody", {});
	const heads = table.columns.map((name, column) =>
		el(
			"th",
			{ scope: "col", "aria-sort": "none" },
			el(
				"button",
				{
					type: "button",
					class: "cd-sort",
					onclick: () => {
						order = { column, down: order?.column === column && !order.down };
						show();
					},
				},
				name,
				el("span", { "aria-hidden": "true" }),
			),
		),
	);
	const show = () => {
		heads.forEach((head, i) => {
			const way = order?.column !== i ? "none" : order.down ? "descending" : "ascending";
			head.setAttribute("aria-sort", way);
			const sign = head.querySelector("span");
			if (sign) sign.textContent = { none: " ↕", ascending: " ↑", descending: " ↓" }[way];
		});
		const seen = sorted(table.rows, order, language).filter((i) =>
			passes(table.rows[i], text, chosen),
		);
		body.replaceChildren(...seen.map((i) => rows[i]));
		status.textContent = t(ui, "votes-shown", { n: seen.length, all: rows.length });
	};
	const search = el("input", {
		type: "text",
		autocomplete: "off",
		oninput: () => {
			text = search.value;
			show();
		},
	});
	show();
	return el(
		"div",
		{ class: "cd-tool-body" },
		el(
			"div",
			{ class: "cd-givens" },
			labelled(t(ui, "votes-search"), search),
			...choices(table).map(([column, values]) =>
				labelled(
					table.columns[column],
					choiceField(
						[
							["", t(ui, "votes-all")],
							...values.map((v) => /** @type {[string, string]} */ ([v, v])),
						],
						"",
						(value) => {
							chosen.set(column, value);
							show();
						},
					),
				),
			),
		),
		scrolling(
			table.title,
			el(
				"table",
				{},
				el("caption", {}, table.title),
				el("thead", {}, el("tr", {}, ...heads)),
				body,
			),
		),
		status,
	);
}
