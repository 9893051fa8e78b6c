// @ts-check
/** A series of numbers to read values off, each with its day and who gave it. */
import { el, t } from "../kit.js";
import {
	cellText,
	choiceField,
	dayInWords,
	labelled,
	onceAFrame,
	shown,
	svg,
	tableBehind,
} from "./parts.js";

/** @typedef {import("./parts.js").Kit} Kit */
/** @typedef {import("./parts.js").Start} Start */
/** @typedef {import("./parts.js").Table} Table */
/** @typedef {{row: number, day: string, x: number, value: number}} Reading x: days since the first */

const WIDTH = 360;
const HEIGHT = 230;
const LEFT = 46;
const RIGHT = 12;
const TOP = 26;
const BOTTOM = 26;
const MS_PER_DAY = 86_400_000;

/**
 * The rows that have a value in a column, with days counted from the first of them, in order.
 * @param {Pick<Table, "rows" | "kinds">} table
 * @param {number} column
 * @returns {Reading[]}
 */
export function readings({ rows, kinds }, column) {
	const dates = kinds.indexOf("date");
	const found = rows.flatMap((row, number) => {
		const [day, value] = [row[dates], row[column]];
		return typeof day === "string" && typeof value === "number"
			? [{ row: number, day, value }]
			: [];
	});
	const first = Math.min(...found.map(({ day }) => Date.parse(day)));
	return found
		.map((one) => ({ ...one, x: (Date.parse(one.day) - first) / MS_PER_DAY }))
		.sort((a, b) => a.x - b.x || a.row - b.row);
}

/**
 * Round numbers from 0 to at least `most`, about `count` of them.
 * @param {number} most above 0
 * @param {number} [count]
 */
export function ticks(most, count = 4) {
	const rough = most / count;
	const power = 10 ** Math.floor(Math.log10(rough));
	const step = ([1, 2, 2.5, 5].find((n) => n * power >= rough) ?? 10) * power;
	return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, i) => i * step);
}

/**
 * The reading whose day is nearest to x.
 * @param {Reading[]} list
 * @param {number} x
 * @returns {number} its place in the list
 */
export function nearest(list, x) {
	return list.reduce(
		(best, one, i) => (Math.abs(one.x - x) < Math.abs(list[best].x - x) ? i : best),
		0,
	);
}

/**
 * The places in the list at which another issuer begins to speak: the first reading whose row is at
 * or behind a break of the table.
 * @param {Reading[]} list
 * @param {number[]} breaks row numbers
 */
export function breaksIn(list, breaks) {
	return breaks
		.map((row) => list.findIndex((one) => one.row >= row))
		.filter((i, n, all) => i > 0 && all.indexOf(i) === n);
}

/**
 * Which issuer speaks at each place of the list, as numbers from 0 in the order in which they come.
 * @param {Reading[]} list
 * @param {Pick<Table, "rows" | "keys" | "breaks">} table
 * @returns {{who: number[], names: string[]}} `names` is empty where the table has one issuer
 */
export function issuers(list, { rows, keys, breaks }) {
	const column = keys.indexOf("issuer");
	if (!breaks.length || column < 0) return { who: list.map(() => 0), names: [] };
	const names = [...new Set(list.map((one) => String(rows[one.row][column] ?? "")))];
	return { who: list.map((one) => names.indexOf(String(rows[one.row][column] ?? ""))), names };
}

/**
 * The columns of a table that can be drawn.
 * @param {Pick<Table, "kinds">} table
 */
function numberColumns({ kinds }) {
	return kinds.flatMap((kind, i) => (kind === "number" ? [i] : []));
}

/**
 * A chart with a line to read values off, a slider that moves it, and the table behind it.
 * @param {Kit} kit
 * @param {Start} start table (id), column (its key), claimed
 */
export function seriesTool(kit, start) {
	const { ui } = kit;
	const table = kit.tables.find((one) => one.id === start.table);
	if (!table) return el("p", {}, t(ui, "no-table", { table: String(start.table) }));
	const columns = numberColumns(table);
	const named = table.keys.indexOf(String(start.column));
	const chart = el("div", { class: "cd-chart" });
	const frame = el("div", {});
	/** @param {number} column */
	const show = (column) => {
		const claimed = column === named ? Number(start.claimed ?? 0) : 0;
		frame.replaceChildren(...chartOf(kit, table, column, claimed, chart));
	};
	const choice =
		columns.length > 1 &&
		choiceField(
			columns.map((i) => [String(i), table.columns[i]]),
			String(columns.includes(named) ? named : columns[0]),
			(i) => show(Number(i)),
		);
	show(columns.includes(named) ? named : columns[0]);
	return el(
		"div",
		{ class: "cd-tool-body" },
		choice && labelled(t(ui, "series-column"), choice),
		frame,
		tableBehind(table, kit),
	);
}

/** The signs of the issuers, a shape each, so that no colour is needed to tell them apart. */
const SIGNS = ["M-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0Z", "M-3 -3H3V3H-3Z", "M0 -4L4 3H-4Z"];

/**
 * The sign of an issuer at a spot.
 * @param {number} who
 * @param {number} x
 * @param {number} y
 */
function sign(who, x, y) {
	const n = who % SIGNS.length;
	return svg("path", { class: `cd-point by${n}`, d: SIGNS[n], transform: `translate(${x} ${y})` });
}

/**
 * Whose number each sign is.
 * @param {string[]} names
 */
function legend(names) {
	return el(
		"ul",
		{ class: "cd-legend" },
		...names.map((name, i) => {
			const key = svg(
				"svg",
				{ viewBox: "-6 -6 12 12", width: 12, height: 12, "aria-hidden": "true" },
				sign(i, 0, 0),
			);
			return el("li", {}, key, " ", name);
		}),
	);
}

/**
 * The chart of one column, the slider and what is read.
 * @param {Kit} kit
 * @param {Table} table
 * @param {number} column
 * @param {number} claimed the article's figure, drawn across; 0 for none
 * @param {HTMLElement} chart
 */
function chartOf(kit, table, column, claimed, chart) {
	const { ui, language } = kit;
	const list = readings(table, column);
	// It starts at the first day, so that the reader looks for the value.
	let at = 0;
	const scale = ticks(Math.max(...list.map((one) => one.value), claimed, 1));
	const most = scale[scale.length - 1];
	const days = Math.max(list[list.length - 1].x, 1);
	const px = (/** @type {number} */ x) => LEFT + (x / days) * (WIDTH - LEFT - RIGHT);
	const py = (/** @type {number} */ y) => HEIGHT - BOTTOM - (y / most) * (HEIGHT - TOP - BOTTOM);
	const changes = breaksIn(list, table.breaks);

	const rule = svg("line", { class: "cd-rule", y1: TOP, y2: HEIGHT - BOTTOM });
	const dot = svg("circle", { class: "cd-read", r: 5 });
	const { who, names } = issuers(list, table);
	const curves = [...new Set(who)].map((n) => ({ n, part: list.filter((_, i) => who[i] === n) }));
	chart.replaceChildren(
		svg(
			"svg",
			{
				viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
				role: "img",
				"aria-label": t(ui, "series-alt", { title: table.title, column: table.columns[column] }),
			},
			...scale.flatMap((value) => [
				svg("line", {
					class: "cd-grid",
					x1: LEFT,
					x2: WIDTH - RIGHT,
					y1: py(value),
					y2: py(value),
				}),
				svg(
					"text",
					{ class: "cd-tick", x: LEFT - 6, y: py(value) + 4, "text-anchor": "end" },
					shown(value, language),
				),
			]),
			...[list[0], list[list.length - 1]].map((one, i) =>
				svg(
					"text",
					{ class: "cd-tick", x: px(one.x), y: HEIGHT - 8, "text-anchor": i ? "end" : "start" },
					dayInWords(one.day, ui),
				),
			),
			...changes.slice(0, 1).flatMap((from) => {
				const x = (px(list[from - 1].x) + px(list[from].x)) / 2;
				return [
					svg("line", { class: "cd-change", x1: x, x2: x, y1: TOP, y2: HEIGHT - BOTTOM }),
					svg(
						"text",
						{ class: "cd-tick", x: x - 4, y: TOP - 8, "text-anchor": "end" },
						t(ui, "series-change"),
					),
				];
			}),
			...curves.map(({ n, part }) =>
				svg("polyline", {
					class: `cd-curve by${n % SIGNS.length}`,
					points: part
						.map((one) => `${px(one.x).toFixed(1)},${py(one.value).toFixed(1)}`)
						.join(" "),
				}),
			),
			...list.map((one, i) => sign(who[i], px(one.x), py(one.value))),
			...(claimed > 0
				? [
						svg("line", {
							class: "cd-claimed",
							x1: LEFT,
							x2: WIDTH - RIGHT,
							y1: py(claimed),
							y2: py(claimed),
						}),
						svg(
							"text",
							{ class: "cd-tick", x: LEFT + 6, y: py(claimed) - 5 },
							t(ui, "series-claimed", { value: shown(claimed, language) }),
						),
					]
				: []),
			rule,
			dot,
		),
	);
	// Text nodes whose data changes, as on the map: new nodes in each frame would cost more.
	const result = document.createTextNode("");
	const details = document.createTextNode("");
	const slider = el("input", {
		type: "range",
		min: 0,
		max: list.length - 1,
		step: 1,
		value: at,
	});
	const draw = () => {
		const one = list[at];
		const row = table.rows[one.row];
		rule.setAttribute("x1", String(px(one.x)));
		rule.setAttribute("x2", String(px(one.x)));
		dot.setAttribute("cx", String(px(one.x)));
		dot.setAttribute("cy", String(py(one.value)));
		const said = t(ui, "series-value", {
			day: dayInWords(one.day, ui),
			column: table.columns[column],
			value: shown(one.value, language),
		});
		const more = table.columns.flatMap((name, i) =>
			table.kinds[i] === "text" && row[i] !== null && row[i] !== ""
				? [`${name}: ${cellText(row[i], "text", kit)}`]
				: [],
		);
		result.data = said;
		details.data = more.join(" · ");
		slider.setAttribute("aria-valuetext", [said, ...more].join(". "));
	};
	const redraw = onceAFrame(draw);
	slider.addEventListener("input", () => {
		at = Number(slider.value);
		redraw();
	});
	/** @param {PointerEvent} event */
	const follow = (event) => {
		const box = chart.getBoundingClientRect();
		const x = ((event.clientX - box.left) / box.width) * WIDTH;
		at = nearest(list, ((x - LEFT) / (WIDTH - LEFT - RIGHT)) * days);
		slider.value = String(at);
		redraw();
	};
	chart.onpointerdown = (event) => {
		if (event.button !== 0) return;
		chart.setPointerCapture(event.pointerId);
		follow(event);
	};
	chart.onpointermove = (event) => {
		if (chart.hasPointerCapture(event.pointerId)) follow(event);
	};
	draw();
	return [
		chart,
		names.length > 1 ? legend(names) : "",
		labelled(t(ui, "series-slider"), slider),
		el("p", { class: "cd-result" }, result),
		el("p", { class: "cd-small" }, details),
	];
}
