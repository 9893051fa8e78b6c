// @ts-check
/** The small tools of the figure task: units, shares and rounding, and the calendar. */
import { el, t } from "../kit.js";
import { kmToMiles, milesToKm, roundTo, share, weekday } from "./measure.js";
import {
	choiceField,
	dayInWords,
	freshId,
	labelled,
	numberField,
	shown,
	tableBehind,
} from "./parts.js";

/** @typedef {import("./parts.js").Kit} Kit */
/** @typedef {import("./parts.js").Start} Start */
/** @typedef {"km" | "mi" | "m"} Unit */

/** @type {Unit[]} */
const UNITS = ["km", "mi", "m"];
const M_PER_KM = 1000;
const DAY_NAMES = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/** The calendar goes no further than the four digits of a year; measure.js has the same. */
const FIRST_MONTH = "0001-01";
const LAST_MONTH = "9999-12";

/**
 * A length in all three units.
 * @param {number} value 0 or more
 * @param {Unit} unit
 * @returns {Record<Unit, number>}
 */
export function lengths(value, unit) {
	const km = unit === "km" ? value : unit === "mi" ? milesToKm(value) : value / M_PER_KM;
	// What was given is handed back as it is, not turned there and back.
	return { km, mi: kmToMiles(km), m: km * M_PER_KM, [unit]: value };
}

/**
 * A month as weeks from Monday to Sunday; null where a week reaches into another month.
 * @param {number} year
 * @param {number} month 1 to 12
 * @returns {(string | null)[][]}
 */
export function monthGrid(year, month) {
	const first = isoDay(year, month, 1);
	const before = DAY_NAMES.indexOf(weekday(first));
	/** @type {(string | null)[]} */
	const days = new Array(before).fill(null);
	for (let date = 1; date <= daysIn(year, month); date++) days.push(isoDay(year, month, date));
	while (days.length % 7) days.push(null);
	return Array.from({ length: days.length / 7 }, (_, week) => days.slice(7 * week, 7 * week + 7));
}

/**
 * A day some days later, or earlier below 0; the day itself where that would leave the calendar.
 * @param {string} day
 * @param {number} days
 */
export function daysLater(day, days) {
	const [year, month, date] = day.split("-").map(Number);
	const moved = new Date(0);
	moved.setUTCFullYear(year, month - 1, date + days);
	const found = moved.toISOString().slice(0, 10);
	return /^\d{4}-/.test(found) && found >= `${FIRST_MONTH}-01` ? found : day;
}

/**
 * The last day with this weekday before a day, the day itself left out.
 * @param {string} day
 * @param {string} name English name of the weekday
 */
export function lastBefore(day, name) {
	const back = DAY_NAMES.indexOf(weekday(day)) - DAY_NAMES.indexOf(name);
	return daysLater(day, -(((back + 6) % 7) + 1));
}

/** @param {number} year @param {number} month @param {number} date */
function isoDay(year, month, date) {
	const pad = (/** @type {number} */ n, length = 2) => String(n).padStart(length, "0");
	return `${pad(year, 4)}-${pad(month)}-${pad(date)}`;
}

/** @param {number} year @param {number} month */
function daysIn(year, month) {
	const last = new Date(0);
	last.setUTCFullYear(year, month, 0);
	return last.getUTCDate();
}

/**
 * Kilometres, miles and metres, in both directions.
 * @param {Kit} kit
 * @param {Start} start value, from, [to, claimed]
 */
export function convertTool(kit, start) {
	const { ui, language } = kit;
	let unit = /** @type {Unit} */ (UNITS.find((name) => name === start.from) ?? "km");
	/** @type {number | null} */
	let value = Number(start.value ?? 1);
	const result = el("output", { class: "cd-result" });
	const rows = new Map(UNITS.map((name) => [name, [el("td", {}), el("td", {})]]));
	const show = () => {
		if (value === null || value < 0) {
			result.textContent = t(ui, value === null ? "no-number" : "not-negative");
			for (const cells of rows.values())
				for (const cell of cells) cell.textContent = t(ui, "no-value");
			return;
		}
		const all = lengths(value, unit);
		for (const [name, [exact, rounded]] of rows) {
			exact.textContent = shown(all[name], language);
			rounded.textContent = shown(roundTo(all[name], 10), language);
		}
		const others = UNITS.filter((name) => name !== unit).map((name) => measured(all[name], name));
		result.textContent = t(ui, "convert-result", {
			given: measured(value, unit),
			one: others[0],
			two: others[1],
		});
	};
	/** @param {number} number @param {Unit} name */
	const measured = (number, name) => t(ui, `with-unit.${name}`, { n: shown(number, language) });
	const input = numberField(value, (number) => {
		value = number;
		show();
	});
	const units = choiceField(
		UNITS.map((name) => [name, t(ui, `unit.${name}`)]),
		unit,
		(name) => {
			unit = /** @type {Unit} */ (name);
			show();
		},
	);
	show();
	return el(
		"div",
		{ class: "cd-tool-body" },
		el(
			"div",
			{ class: "cd-givens" },
			labelled(t(ui, "convert-value"), input),
			labelled(t(ui, "convert-unit"), units),
		),
		result,
		el(
			"table",
			{ class: "cd-sums" },
			el(
				"thead",
				{},
				el(
					"tr",
					{},
					...["convert-unit", "convert-exact", "convert-tens"].map((key) =>
						el("th", { scope: "col" }, t(ui, key)),
					),
				),
			),
			el(
				"tbody",
				{},
				...UNITS.map((name) =>
					el(
						"tr",
						{},
						el("th", { scope: "row" }, t(ui, `unit.${name}`)),
						...(rows.get(name) ?? []),
					),
				),
			),
		),
	);
}

/**
 * A part of a whole as a percentage, and any number rounded.
 * @param {Kit} kit
 * @param {Start} start part, whole, [unit, table]
 */
export function shareTool(kit, start) {
	const { ui, language } = kit;
	/** @type {number | null} */
	let part = Number(start.part ?? 1);
	/** @type {number | null} */
	let whole = Number(start.whole ?? 4);
	/** @type {number | null} */
	let value = whole;
	let step = Number(start.step ?? 10);
	const result = el("output", { class: "cd-result" });
	const bar = el("span", {});
	const rounded = el("output", { class: "cd-result" });
	const show = () => {
		const why =
			part === null || whole === null
				? "no-number"
				: part < 0 || whole < 0
					? "not-negative"
					: whole === 0
						? "whole-zero"
						: part > whole
							? "part-above"
							: null;
		if (why || part === null || whole === null) {
			result.textContent = t(ui, why ?? "no-number");
			bar.style.inlineSize = "0";
			return;
		}
		const percent = 100 * share(part, whole);
		bar.style.inlineSize = `${percent}%`;
		result.textContent = t(ui, "share-result", {
			part: shown(part, language),
			whole: shown(whole, language),
			percent: shown(percent, language),
			rounded: shown(roundTo(percent, 1), language),
			rest: shown(whole - part, language),
		});
	};
	const round = () => {
		rounded.textContent =
			value === null
				? t(ui, "no-number")
				: t(ui, "round-result", {
						value: shown(value, language),
						step: shown(step, language),
						rounded: shown(roundTo(value, step), language),
					});
	};
	const partField = numberField(part, (number) => {
		part = number;
		show();
	});
	const wholeField = numberField(whole, (number) => {
		whole = number;
		show();
	});
	const valueField = numberField(value, (number) => {
		value = number;
		round();
	});
	const steps = choiceField(
		[1, 10, 100, 1000].map((n) => [String(n), shown(n, language)]),
		String(step),
		(chosen) => {
			step = Number(chosen);
			round();
		},
	);
	show();
	round();
	const table = kit.tables.find((one) => one.id === start.table);
	return el(
		"div",
		{ class: "cd-tool-body" },
		el(
			"div",
			{ class: "cd-givens" },
			labelled(t(ui, "share-part"), partField),
			labelled(t(ui, "share-whole"), wholeField),
		),
		result,
		el("div", { class: "cd-bar", "aria-hidden": "true" }, bar),
		el(
			"div",
			{ class: "cd-givens" },
			labelled(t(ui, "round-value"), valueField),
			labelled(t(ui, "round-step"), steps),
		),
		rounded,
		table && tableBehind(table, kit),
	);
}

/**
 * A month to look at, and the weekday of the day that is chosen in it.
 * @param {Kit} kit
 * @param {Start} start date, [weekday, first, last]
 */
export function calendarTool(kit, start) {
	const { ui } = kit;
	let day = /^\d{4}-\d{2}-\d{2}$/.test(String(start.date)) ? String(start.date) : "2023-11-15";
	let sought = DAY_NAMES.includes(String(start.weekday)) ? String(start.weekday) : "Wednesday";
	const caption = el("caption", {});
	const body = el("tbody", {});
	const result = el("output", { class: "cd-result" });
	const hint = el("p", { class: "cd-small", id: freshId() }, t(ui, "calendar-keys"));
	const grid = el(
		"table",
		{ class: "cd-month", "aria-describedby": hint.id },
		caption,
		el(
			"thead",
			{},
			el(
				"tr",
				{},
				...DAY_NAMES.map((name) =>
					el("th", { scope: "col", abbr: t(ui, `day.${name}`) }, t(ui, `short.${name}`)),
				),
			),
		),
		body,
	);
	/** @param {string} chosen @param {boolean} [focus] */
	const go = (chosen, focus = false) => {
		day = chosen;
		const [year, month] = day.split("-").map(Number);
		caption.textContent = t(ui, "month-of", { month: t(ui, `month.${month}`), year });
		body.replaceChildren(
			...monthGrid(year, month).map((week) =>
				el("tr", {}, ...week.map((one) => el("td", {}, one && dayButton(one)))),
			),
		);
		tell();
		if (focus) /** @type {HTMLElement} */ (body.querySelector("[aria-pressed=true]")).focus();
	};
	const tell = () => {
		result.textContent = t(ui, "calendar-result", {
			day: dayInWords(day, ui),
			weekday: t(ui, `day.${weekday(day)}`),
			sought: t(ui, `day.${sought}`),
			before: dayInWords(lastBefore(day, sought), ui),
		});
	};
	const [from, to] = [start.first, start.last].map((end) => String(end ?? ""));
	/** @param {string} one */
	const within = (one) => from !== "" && from <= one && one <= to;
	/** @param {string} one */
	const dayButton = (one) =>
		el(
			"button",
			{
				type: "button",
				"data-day": one,
				tabindex: one === day ? 0 : -1,
				class: within(one) && "cd-within",
				"aria-pressed": String(one === day),
				"aria-label": within(one)
					? t(ui, "calendar-within", { day: dayInWords(one, ui) })
					: dayInWords(one, ui),
				onclick: () => go(one, true),
			},
			String(Number(one.slice(8))),
		);
	/** @param {-1 | 1} step */
	const turn = (step) => {
		const [year, month, date] = day.split("-").map(Number);
		const index = 12 * year + month - 1 + step;
		const [toYear, toMonth] = [Math.floor(index / 12), (index % 12) + 1];
		const name = isoDay(toYear, toMonth, 1).slice(0, 7);
		if (name < FIRST_MONTH || name > LAST_MONTH) return;
		go(isoDay(toYear, toMonth, Math.min(date, daysIn(toYear, toMonth))));
	};
	/** @type {Record<string, number>} */
	const moves = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
	grid.addEventListener("keydown", (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		if (event.key in moves) go(daysLater(day, moves[event.key]), true);
		else if (event.key === "PageUp" || event.key === "PageDown") {
			turn(event.key === "PageUp" ? -1 : 1);
			go(day, true);
		} else return;
		event.preventDefault();
	});
	/** @param {string} key @param {-1 | 1} step */
	const turner = (key, step) =>
		el(
			"button",
			{ type: "button", class: "cd-button", "data-turn": step, onclick: () => turn(step) },
			t(ui, key),
		);
	const seeker = choiceField(
		DAY_NAMES.map((name) => [name, t(ui, `day.${name}`)]),
		sought,
		(name) => {
			sought = name;
			tell();
		},
	);
	go(day);
	return el(
		"div",
		{ class: "cd-tool-body" },
		el("div", { class: "cd-row" }, turner("month-before", -1), turner("month-after", 1)),
		grid,
		from &&
			el(
				"p",
				{ class: "cd-small" },
				t(ui, "calendar-window", { first: dayInWords(from, ui), last: dayInWords(to, ui) }),
			),
		hint,
		labelled(t(ui, "calendar-seek"), seeker),
		result,
	);
}
